/** *Clean Up Text* and conversion between the scripts, as edits of a text and an account of them. */
import { type RepairEntry, repair } from '../repair/index';
import type { TextReplacement } from '../rules/rule';
import { convert, type TargetScript } from '../text/script';

/** Offsets in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface CleanUp {
  /** In order, without overlaps. */
  readonly edits: readonly (TextReplacement & { readonly toCheck: boolean })[];
  readonly report: readonly RepairEntry[];
}

/**
 * What cleaning up `text` changes, or only what lies in `span`. A selection is judged by the whole text, which shows what
 * is systematic in it; where nothing is wrong with that, by itself: it may have been pasted into a sound one.
 */
export function cleanUp(text: string, span: Span = { start: 0, end: text.length }): CleanUp {
  const whole = span.start <= 0 && span.end >= text.length;
  const { edits, report } = repair(text);
  const inside = whole ? edits : edits.filter(({ start, end }) => start >= span.start && end <= span.end);
  const told = report.filter(({ offset }) => offset >= span.start && offset < Math.max(span.end, span.start + 1));
  if (whole || inside.length > 0) return { edits: marked(inside, told), report: told };
  const alone = repair(text.slice(span.start, span.end));
  const moved = alone.report.map((entry) => ({ ...entry, offset: entry.offset + span.start }));
  const shifted = alone.edits.map(({ start, end, newText }) => ({
    start: start + span.start,
    end: end + span.start,
    newText,
  }));
  return { edits: marked(shifted, moved), report: moved };
}

/** The edits, with those told from the rest that a writer should look at. */
function marked(edits: readonly TextReplacement[], report: readonly RepairEntry[]): CleanUp['edits'] {
  const doubtful = report.filter(({ status }) => status === 'check').map(({ offset }) => offset);
  doubtful.sort((a, b) => a - b);
  let next = 0;
  return edits.map((edit) => {
    while (next < doubtful.length && doubtful[next]! < edit.start) next++;
    return { ...edit, toCheck: next < doubtful.length && doubtful[next]! < Math.max(edit.end, edit.start + 1) };
  });
}

/**
 * The edits that write `text`, or what lies in `span`, in another script; one for each stretch of a line that changes.
 * Characters only, unless `vocabulary` asks for the region's words too.
 */
export async function convertScript(
  text: string,
  to: TargetScript,
  vocabulary: boolean,
  span: Span = { start: 0, end: text.length },
): Promise<TextReplacement[]> {
  const edits: TextReplacement[] = [];
  let start = Math.max(0, span.start);
  for (const line of text.slice(span.start, span.end).split(/(?<=\n)/)) {
    const converted = await convert(line, to, { vocabulary });
    edits.push(...differences(line, converted, start));
    start += line.length;
  }
  return edits;
}

/** What makes `after` of `before`, which begins at `start`: character by character where both are as long. */
function differences(before: string, after: string, start: number): TextReplacement[] {
  if (before === after) return [];
  if (before.length !== after.length) {
    let from = 0;
    while (before[from] === after[from]) from++;
    let same = 0;
    const most = Math.min(before.length, after.length) - from;
    while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
    return [
      { start: start + from, end: start + before.length - same, newText: after.slice(from, after.length - same) },
    ];
  }
  const edits: TextReplacement[] = [];
  for (let at = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    const from = at;
    while (at < before.length && before[at] !== after[at]) at++;
    edits.push({ start: start + from, end: start + at, newText: after.slice(from, at) });
  }
  return edits;
}
