/** Totals over all lines of a text, brought up to date after an edit by the lines that changed. */
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import type { Analysis } from './analysis';
import type { LineRecord } from './lineScan';

/** Number of characters counted between two yields; every line counts for some more. */
const PIECE = 20_000;
const LINE_COST = 10;

/** A total and the version of the text whose lines it contains. */
interface Counted<Total> {
  readonly total: Total;
  readonly text: string;
  readonly lines: Analysis['lines'];
  readonly records: readonly LineRecord[];
}

/** A line of `text` from `start` up to `end`, including its break. */
export interface CountedLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly record: LineRecord;
}

/**
 * A mutable total over the lines of a text, one for all versions of it: the columns of the lines pass it from one version to
 * the next. After an edit the changed lines are subtracted and added again, so that it costs no more than they do.
 */
export class LineTotals<Total> {
  /**
   * `count` adds a line to a total; with `by` -1 it subtracts it. It may depend on the character before the line, but on nothing
   * else around it.
   */
  constructor(
    private readonly create: () => Total,
    private readonly count: (total: Total, line: CountedLine, by: 1 | -1) => void,
  ) {}

  /** The total of `analysis`, which the same call for a later version changes: not to be kept. */
  of(analysis: Analysis): Total {
    return runToCompletion(this.prepare(analysis));
  }

  /** The same, counted in steps if it has to be counted anew. */
  *prepare({ text, lines, records, columns }: Analysis): Resumable<Total> {
    const before = columns.totals.get(this) as Counted<Total> | undefined;
    if (before?.records === records) return before.total;
    const shared = before && sharedEnds(before.records, records);
    // If most lines are new, counting anew is cheaper than subtracting.
    const kept = shared && shared.head + shared.tail > records.length / 2 ? before : undefined;
    const total = kept?.total ?? this.create();
    const { head, tail } = (kept && shared) || { head: 0, tail: 0 };
    // What is counted for several versions is changed at once: a lint of a text that has changed is abandoned between steps.
    if (kept) runToCompletion(this.countLines(total, kept, head, tail, -1));
    const counted = { total, text, lines, records };
    const adding = this.countLines(total, counted, head, tail, 1);
    if (kept) runToCompletion(adding);
    else yield* adding;
    columns.totals.set(this, counted);
    return total;
  }

  /** Counts the lines of a text without its first `head` and last `tail` ones. */
  private *countLines(
    total: Total,
    { text, lines, records }: Counted<Total>,
    head: number,
    tail: number,
    by: 1 | -1,
  ): Resumable<void> {
    const pace = new Pace(PIECE);
    // The line after the changed ones may have another character before it.
    const end = Math.min(lines.count, lines.count - tail + 1);
    for (let line = head; line < end; line++) {
      const next = line + 1 < lines.count ? lines.start(line + 1) : text.length;
      this.count(total, { text, start: lines.start(line), end: next, record: records[line]! }, by);
      if (pace.isOver(next - lines.start(line) + LINE_COST)) yield;
    }
  }
}

/** The number of records that two texts share at the beginning, and beyond those at the end. */
function sharedEnds(one: readonly LineRecord[], other: readonly LineRecord[]): { head: number; tail: number } {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  return { head, tail };
}
