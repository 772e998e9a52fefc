/** Where the lines of an analysis have what was made of them side by side, a column for each reader of lines. */

/**
 * What was made of a line is kept with the line's record. Records lie wherever there was room when their line was read, and
 * two dozen readers that go from record to record at every key wait for memory most of the time. In a column the values of all
 * lines follow each other. An edit hands the columns on, with room for the lines that changed: who still reads the version
 * before goes by the records.
 */
export class LineColumns {
  private columns: (unknown[] | undefined)[] = [];

  /** Empty ones for `count` lines. */
  constructor(private readonly count: number) {}

  /** Takes over those of `before`, of which the first `head` and the last `tail` lines are lines of these. */
  takeOver(before: LineColumns, head: number, tail: number): this {
    const added = this.count - head - tail;
    const removed = before.count - head - tail;
    const { columns } = before;
    before.columns = [];
    if (added > MOST_AT_ONCE) return this;
    const room = new Array<undefined>(added).fill(undefined);
    for (const column of columns) column?.splice(head, removed, ...room);
    this.columns = columns;
    return this;
  }

  /** The column numbered `slot`, made when it is first asked for. */
  of(slot: number): unknown[] {
    let column = this.columns[slot];
    if (!column) {
      column = new Array(this.count).fill(undefined);
      this.columns[slot] = column;
    }
    return column;
  }
}

/** Where so many lines are put in at once, what was made of the others is looked up with them. */
const MOST_AT_ONCE = 1_000;
