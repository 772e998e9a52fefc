/** Renumbers attachments: 附件3 after 附件1, with their note (附件说明) and the references to them. */

import type { Analysis, Section } from '../structure/analysis';
import { referencesOf } from '../structure/references';
import { numeralLike, parseChineseNumeral } from '../text/numerals';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';

/** A number as written, and its range. */
interface Figure extends Span {
  readonly value: number;
}

/** The number over an attachment (附件3, 附件三); undefined for a section that is not an attachment or has no number. */
export function attachmentNumber(text: string, { kind, titleSpan }: Section): Figure | undefined {
  if (kind !== 'appendix') return undefined;
  const head = /^(附[件录錄][\s　]?)([一二三四五六七八九十]{1,3}|\d{1,2})(?!\d)/.exec(
    text.slice(titleSpan.start, titleSpan.start + 12),
  );
  return head ? figureAt(titleSpan.start + (head[1] as string).length, head[2] as string) : undefined;
}

function figureAt(start: number, numeral: string): Figure | undefined {
  const value = /^\d/.test(numeral) ? Number(numeral) : parseChineseNumeral(numeral);
  return value === undefined ? undefined : { start, end: start + numeral.length, value };
}

/**
 * The edits that close the gaps in the numbers of attachments, in their note and in the references that mean them.
 * Empty if the note names other attachments than those in the text, some of which may be separate files.
 */
export function attachmentEdits(analysis: Analysis): TextReplacement[] {
  const { text, headings } = analysis;
  const due = new Map<Section, number>();
  const heads: Figure[] = [];
  for (const section of headings) {
    if (section.kind !== 'appendix') continue;
    const figure = attachmentNumber(text, section);
    if (!figure || figure.value <= (heads.at(-1)?.value ?? 0)) return [];
    heads.push(figure);
    due.set(section, heads.length);
  }
  const [first] = heads;
  if (!first || heads.length === heads.at(-1)?.value) return [];
  const note = noteAbove(analysis, first.start);
  // Without a note, a text that begins with 附件2 may be a part of a longer one.
  if (note ? !names(note, heads) : first.value !== 1) return [];
  const edits = [...counted(text, heads), ...counted(text, note ?? [])];
  for (const { parts } of referencesOf(analysis)) {
    for (const { unit, target, numeral, value } of parts) {
      const number = unit === 'attachment' && target ? due.get(target) : undefined;
      if (number !== undefined && number !== value) edits.push(renumbered(text, numeral, number));
    }
  }
  return edits;
}

/** Whether a note has the numbers of `heads`, or the same count already numbered correctly. */
function names(note: readonly Figure[], heads: readonly Figure[]): boolean {
  if (note.length !== heads.length) return false;
  const same = note.every(({ value }, index) => value === heads[index]?.value);
  return same || note.every(({ value }, index) => value === index + 1);
}

function counted(text: string, figures: readonly Figure[]): TextReplacement[] {
  return figures.flatMap((figure, index) => (figure.value === index + 1 ? [] : [renumbered(text, figure, index + 1)]));
}

function renumbered(text: string, { start, end }: Span, value: number): TextReplacement {
  return { start, end, newText: numeralLike(text.slice(start, end), value) };
}

/** 附件：, alone or followed by the first entry, and an entry. */
const NOTE = /^[\s　]{0,20}附件[:：][\s　]{0,20}/;
const ENTRY = /^([\s　]{0,20})(\d{1,2})[.．、][\s　]?(?=\S)/;
/** Maximum number of lines between a note and the first attachment, and maximum length of an entry. */
const DISTANCE = 60;
const ENTRY_LENGTH = 80;

/** The numbers in the nearest note above `offset`; undefined if there is none. */
function noteAbove({ text, lines }: Analysis, offset: number): Figure[] | undefined {
  const below = lines.lineAt(offset);
  const read = (line: number) =>
    text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + ENTRY_LENGTH));
  let line = below - 1;
  while (line >= Math.max(0, below - DISTANCE) && !NOTE.test(read(line))) line--;
  if (line < Math.max(0, below - DISTANCE)) return undefined;
  const figures: Figure[] = [];
  const take = (start: number, words: string): boolean => {
    const entry = ENTRY.exec(words);
    const figure = entry && figureAt(start + (entry[1] as string).length, entry[2] as string);
    if (figure) figures.push(figure);
    return Boolean(figure);
  };
  const lead = (NOTE.exec(read(line)) as RegExpExecArray)[0].length;
  take(lines.start(line) + lead, read(line).slice(lead));
  for (let next = line + 1; next < below; next++) {
    if (read(next).trim() !== '' && !take(lines.start(next), read(next))) break;
  }
  return figures;
}
