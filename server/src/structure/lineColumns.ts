/** The derived values of an analysis's lines in contiguous columns, one for each reader of lines. */

/**
 * Values derived from a line are stored with the line's record. Records are scattered in memory, and two dozen readers
 * that go from record to record after every key press mostly wait for memory. In a column the values of all lines are
 * contiguous. An edit passes the columns on, with gaps for the changed lines: readers of the previous version fall back
 * on the records.
 */
export class LineColumns {
  private columns: (unknown[] | undefined)[] = [];
  /** By column, the lines that may lack a value; all of them if absent. */
  private gaps: (LineRange | undefined)[] = [];
  /** Totals over the lines of this text or of a version before it, by reader: see `lineTotals.ts`. */
  totals = new Map<object, unknown>();

  /** Creates empty columns for `count` lines. */
  constructor(private readonly count: number) {}

  /** Takes over the columns of `before`, whose first `head` and last `tail` lines are unchanged. */
  takeOver(before: LineColumns, head: number, tail: number): this {
    const added = this.count - head - tail;
    const removed = before.count - head - tail;
    const { columns, gaps } = before;
    before.columns = [];
    before.gaps = [];
    this.totals = before.totals;
    before.totals = new Map();
    if (added > MAX_INSERTED) return this;
    const room = new Array<undefined>(added).fill(undefined);
    for (const column of columns) column?.splice(head, removed, ...room);
    this.columns = columns;
    this.gaps = gaps.map((gap) => gap && withChange(gap, { first: head, end: head + removed }, added));
    return this;
  }

  /** The lines that may lack a value in the column numbered `slot`: those that changed since it was {@link filled}. */
  gapOf(slot: number): LineRange {
    return this.gaps[slot] ?? { first: 0, end: this.count };
  }

  /** Notes that no line lacks a value in the column numbered `slot`. */
  filled(slot: number): void {
    this.gaps[slot] = NO_LINES;
  }

  /** The column numbered `slot`, created on first use. */
  of(slot: number): unknown[] {
    let column = this.columns[slot];
    if (!column) {
      column = new Array(this.count).fill(undefined);
      this.columns[slot] = column;
    }
    return column;
  }
}

/** Lines from `first` up to, but not including, `end`. */
export interface LineRange {
  readonly first: number;
  readonly end: number;
}

const NO_LINES: LineRange = { first: 0, end: 0 };

/** The smallest range with the lines of `range` and those of `changed`, after `added` lines have replaced the latter. */
export function withChange(range: LineRange, changed: LineRange, added: number): LineRange {
  const isEmpty = range.first >= range.end;
  const first = isEmpty ? changed.first : Math.min(range.first, changed.first);
  const end = isEmpty ? changed.end : Math.max(range.end, changed.end);
  return { first, end: end + added - (changed.end - changed.first) };
}

/** If more lines than this are inserted at once, the values of the others are looked up again. */
const MAX_INSERTED = 1_000;
