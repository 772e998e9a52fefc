/** The short head of a draft that says what stands on an official document beside its text: lines of `密级：机密` between `---`. */
import type { Span } from '../text/span';
import type { Analysis } from './analysis';

/** The forms of GB/T 9704 (general, clause 10.1 letter, 10.2 command, 10.3 minutes) and plain manuscripts. */
export const FORMS = ['document', 'letter', 'command', 'minutes', 'speech', 'report', 'regulation'] as const;
export type Form = (typeof FORMS)[number];

/** What a head can say; the first name is the one to write. */
export const HEAD_FIELDS = {
  copyNumber: ['份号'],
  secrecy: ['密级', '密级和保密期限'],
  urgency: ['紧急程度'],
  issuer: ['发文机关', '发文机关标志'],
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

/** What is said once for all drafts of a unit, or by one draft. */
export type HeadValues = ReadonlyMap<HeadField, string>;

/** A line of a head, known or not. */
export interface HeadEntry {
  /** Undefined for a name that is none of ours. */
  readonly field: HeadField | undefined;
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}

export interface DraftHead {
  readonly fields: HeadValues;
  /** Fields that the head leaves empty: what holds for other drafts of the unit does not stand on this one. */
  readonly emptied: ReadonlySet<HeadField>;
  readonly entries: readonly HeadEntry[];
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

/** The form that each name means; the first name of each is the one to write. */
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
  ...Object.fromEntries(FORMS.map((form) => [form, form])),
};

/** What a writer calls the forms. */
export const FORM_CHOICES = ['通用', '信函', '命令', '纪要', '讲话', '报告', '法规'] as const;

const FENCE = /^---\s*$/;
const MAX_LINE = 400;

/** The field that a name in a head or a configuration file means. */
export function headFieldNamed(name: string): HeadField | undefined {
  return BY_NAME.get(name);
}

/** The form that a writer's word means. */
export function formNamed(name: string): Form | undefined {
  return Object.hasOwn(FORM_NAMES, name) ? FORM_NAMES[name] : undefined;
}

/** Reads the head of a draft. Lines it does not know are left for other programs. */
export function readHead({ text, lines, blocks }: Pick<Analysis, 'text' | 'lines' | 'blocks'>): DraftHead {
  const fields = new Map<HeadField, string>();
  const emptied = new Set<HeadField>();
  const entries: HeadEntry[] = [];
  const none: DraftHead = { fields, emptied, entries, form: undefined, lastLine: -1, end: 0 };
  const lineText = (line: number) =>
    text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + MAX_LINE));
  if (!FENCE.test(lineText(0)) || blocks[0]?.kind !== 'furniture' || blocks[0].firstLine !== 0) return none;
  for (let line = 1; line <= blocks[0].lastLine; line++) {
    const words = lineText(line);
    if (FENCE.test(words)) {
      const form = formNamed(fields.get('form') ?? '');
      return { fields, emptied, entries, form, lastLine: line, end: Math.min(text.length, lines.end(line) + 1) };
    }
    const entry = headEntry(words, lines.start(line));
    if (!entry) continue;
    entries.push(entry);
    const { field, value } = entry;
    if (!field) continue;
    if (value !== '') fields.set(field, value);
    else emptied.add(field);
  }
  return { ...none, fields: new Map(), emptied: new Set(), entries: [] };
}

/** A line `name：value` of a head that begins at `start`; undefined for other lines. */
export function headEntry(words: string, start: number): HeadEntry | undefined {
  const at = words.search(/[：:]/);
  if (at <= 0) return undefined;
  const place = (from: number, to: number): Span & { readonly words: string } => {
    const part = words.slice(from, to);
    const lead = part.length - part.trimStart().length;
    const own = part.trim();
    return {
      start: start + from + (own === '' ? 0 : lead),
      end: start + from + (own === '' ? 0 : lead + own.length),
      words: own,
    };
  };
  const { words: name, ...nameSpan } = place(0, at);
  const { words: value, ...valueSpan } = place(at + 1, words.length);
  return { field: BY_NAME.get(name), name, nameSpan, value, valueSpan };
}

/** What stands in the head, with what holds for all drafts of the unit where the head does not say. */
export function mergedHead(head: DraftHead, unit: HeadValues | undefined): DraftHead {
  if (!unit || unit.size === 0) return head;
  const fields = new Map(unit);
  for (const field of head.emptied) fields.delete(field);
  for (const [field, value] of head.fields) fields.set(field, value);
  return { ...head, fields, form: formNamed(fields.get('form') ?? '') };
}
