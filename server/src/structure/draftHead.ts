/**
 * The head of a draft: lines of `密级：机密` between `---`, which define elements of an official document besides its text.
 */
import type { Span } from '../text/span';
import type { Analysis } from './analysis';

/** The forms of GB/T 9704 (general, clause 10.1 letter, 10.2 command, 10.3 minutes) and plain manuscripts. */
export const FORMS = ['document', 'letter', 'command', 'minutes', 'speech', 'report', 'regulation'] as const;
export type Form = (typeof FORMS)[number];

/** The fields of a head; the first name is the canonical one. */
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

/** Values set once for all drafts of a unit, or by one draft. */
export type HeadValues = ReadonlyMap<HeadField, string>;

/** A line of a head, known or not. */
export interface HeadEntry {
  /** Undefined for an unknown name. */
  readonly field: HeadField | undefined;
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}

export interface DraftHead {
  readonly fields: HeadValues;
  /** Fields that the head leaves empty: the unit's values for other drafts do not apply to this one. */
  readonly emptied: ReadonlySet<HeadField>;
  readonly entries: readonly HeadEntry[];
  /** The form named in the head. */
  readonly form: Form | undefined;
  /** The last line of the head, -1 if there is none, and the offset after it. */
  readonly lastLine: number;
  readonly end: number;
}

const BY_NAME = new Map(
  Object.entries(HEAD_FIELDS).flatMap(([field, names]) =>
    [field, ...names].map((name) => [name, field as HeadField] as const),
  ),
);

/** The form of each name; the first name of each form is the canonical one. */
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

/** The names of the forms for writers. */
export const FORM_CHOICES = ['通用', '信函', '命令', '纪要', '讲话', '报告', '法规'] as const;

const FENCE = /^---\s*$/;
const MAX_LINE = 400;

/** The field with this name in a head or a configuration file. */
export function headFieldNamed(name: string): HeadField | undefined {
  return BY_NAME.get(name);
}

/** The form with this name. */
export function formNamed(name: string): Form | undefined {
  return Object.hasOwn(FORM_NAMES, name) ? FORM_NAMES[name] : undefined;
}

/** Reads the head of a draft. Unknown lines are left for other programs. */
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

/** The head, supplemented by the unit's values for fields that it does not set. */
export function mergedHead(head: DraftHead, unit: HeadValues | undefined): DraftHead {
  if (!unit || unit.size === 0) return head;
  const fields = new Map(unit);
  for (const field of head.emptied) fields.delete(field);
  for (const [field, value] of head.fields) fields.set(field, value);
  return { ...head, fields, form: formNamed(fields.get('form') ?? '') };
}
