/** The short head of a draft that says what stands on an official document beside its text: lines of `密级：机密` between `---`. */
import type { Analysis } from '../structure/analysis';
import type { Form } from './elements';

/** What a head can say. */
export const HEAD_FIELDS = {
  copyNumber: ['份号'],
  secrecy: ['密级', '密级和保密期限'],
  urgency: ['紧急程度'],
  issuer: ['发文机关标志', '发文机关'],
  number: ['发文字号'],
  signer: ['签发人'],
  note: ['附注'],
  copyTo: ['抄送', '抄送机关'],
  issuedBy: ['印发机关'],
  issuedOn: ['印发日期'],
  seal: ['用印', '盖章', '印章'],
  form: ['版式', '公文格式'],
} as const;

export type HeadField = keyof typeof HEAD_FIELDS;

export interface DraftHead {
  readonly fields: ReadonlyMap<HeadField, string>;
  /** The form that the head names. */
  readonly form: Form | undefined;
  /** The last line of the head, -1 where there is none, and the offset behind it. */
  readonly lastLine: number;
  readonly end: number;
}

const BY_NAME = new Map(
  Object.entries(HEAD_FIELDS).flatMap(([field, names]) =>
    [field, ...names].map((name) => [name, field as HeadField] as const),
  ),
);

const FORM_NAMES: Readonly<Record<string, Form>> = {
  通用: 'document',
  文件: 'document',
  信函: 'letter',
  函: 'letter',
  命令: 'command',
  令: 'command',
  纪要: 'minutes',
  讲话: 'speech',
  讲话稿: 'speech',
  报告: 'report',
  文稿: 'report',
  法规: 'regulation',
  制度: 'regulation',
  document: 'document',
  letter: 'letter',
  command: 'command',
  minutes: 'minutes',
  speech: 'speech',
  report: 'report',
  regulation: 'regulation',
};

/** Reads the head of a draft. Lines it does not know are left for other programs. */
export function readHead({ text, lines, blocks }: Analysis): DraftHead {
  const fields = new Map<HeadField, string>();
  const none: DraftHead = { fields, form: undefined, lastLine: -1, end: 0 };
  const lineText = (line: number) => text.slice(lines.start(line), lines.end(line));
  if (!/^---\s*$/.test(lineText(0)) || blocks[0]?.kind !== 'furniture' || blocks[0].firstLine !== 0) return none;
  for (let line = 1; line <= blocks[0].lastLine; line++) {
    const words = lineText(line);
    if (/^---\s*$/.test(words)) {
      const form = FORM_NAMES[fields.get('form') ?? ''];
      return { fields, form, lastLine: line, end: Math.min(text.length, lines.end(line) + 1) };
    }
    const at = words.search(/[：:]/);
    const field = at > 0 ? BY_NAME.get(words.slice(0, at).trim()) : undefined;
    const value = words.slice(at + 1).trim();
    if (field && value !== '') fields.set(field, value);
  }
  return none;
}
