/** *Clean Up Text* and conversion between scripts, as edits of a text and a report on them. */

import { type RepairEntry, type RepairOptions, type RepairStep, repairIncremental } from '../repair/index';
import { type Resumable, runToCompletion } from '../text/resumable';
import { convert, scriptOf, type TargetScript } from '../text/script';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';

export interface CleanUp {
  /** Sorted and disjoint. */
  readonly edits: readonly CleanUpEdit[];
  readonly report: readonly RepairEntry[];
}

export interface CleanUpEdit extends TextReplacement {
  /** The repair it belongs to, or the first of several at one place. */
  readonly step: RepairStep | undefined;
  /** Whether another reading was possible. */
  readonly toCheck: boolean;
}

/**
 * The edits for cleaning up `text`, or only those in `span`. A selection is judged in the context of the whole text,
 * which shows what is systematic; if that is sound, by itself: it may have been pasted into a sound text.
 */
export function cleanUp(text: string, span?: Span, options: RepairOptions = {}): CleanUp {
  return runToCompletion(cleanUpIncremental(text, span, options));
}

/** The same incrementally. */
export function* cleanUpIncremental(
  text: string,
  span: Span = { start: 0, end: text.length },
  options: RepairOptions = {},
): Resumable<CleanUp> {
  const whole = span.start <= 0 && span.end >= text.length;
  const { edits, report } = yield* repairIncremental(text, options);
  const inside = whole ? edits : edits.filter(({ start, end }) => start >= span.start && end <= span.end);
  const entries = report.filter(({ offset }) => offset >= span.start && offset < Math.max(span.end, span.start + 1));
  if (whole || inside.length > 0) return { edits: marked(inside, entries), report: entries };
  const alone = yield* repairIncremental(text.slice(span.start, span.end), options);
  const moved = alone.report.map((entry) => ({ ...entry, offset: entry.offset + span.start }));
  const shifted = alone.edits.map(({ start, end, newText }) => ({
    start: start + span.start,
    end: end + span.start,
    newText,
  }));
  return { edits: marked(shifted, moved), report: moved };
}

/** The edits combined with their entries in `report`. */
function marked(edits: readonly TextReplacement[], report: readonly RepairEntry[]): CleanUpEdit[] {
  const repairs = report.filter(({ status }) => status !== 'left').sort((a, b) => a.offset - b.offset);
  let next = 0;
  return edits.map((edit) => {
    while (next < repairs.length && repairs[next]!.offset < edit.start) next++;
    const from = next;
    while (next < repairs.length && repairs[next]!.offset < Math.max(edit.end, edit.start + 1)) next++;
    const here = repairs.slice(from, next);
    return { ...edit, step: here[0]?.step, toCheck: here.some(({ status }) => status === 'check') };
  });
}

/** Number of characters converted at a time, in whole lines. */
const PIECE = 20_000;

/**
 * The edits that convert `text`, or `span` of it, to another script; one for each part of a line that changes.
 * Characters only, unless `vocabulary` asks for the region's words too. Waits for `turn` at intervals, which may throw.
 */
export async function convertScript(
  text: string,
  to: TargetScript,
  vocabulary: boolean,
  span: Span = { start: 0, end: text.length },
  turn: () => Promise<void> = async () => {},
): Promise<TextReplacement[]> {
  const edits: TextReplacement[] = [];
  let start = Math.max(0, span.start);
  let done = 0;
  const context = scriptOf(text).script;
  for (const line of text.slice(span.start, span.end).split(/(?<=\n)/)) {
    const converted = await convert(line, to, { vocabulary, context });
    for (const edit of differences(line, converted, start)) edits.push(edit);
    start += line.length;
    done += line.length;
    if (done > PIECE) {
      await turn();
      done = 0;
    }
  }
  return edits;
}

/** The edits from `before`, which begins at `start`, to `after`: by character if both have the same length. */
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
