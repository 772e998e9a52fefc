/** Where it is kept what was made of a line. */
import type { Analysis } from './analysis';
import type { LineRecord } from './lineScan';

let slots = 0;

/**
 * Room in a line's record for what was made of the line, one place for each {@link LineCacheKey}. A map from records would do
 * the same; with a dozen readers and thousands of lines, looking into it cost more than much of the reading.
 */
export class LineCache {
  // Private to the engine too: records of lines that say the same are equal, whatever has been read of them.
  readonly #kept: unknown[] = new Array(slots);

  get(slot: number): unknown {
    return this.#kept[slot];
  }

  set(slot: number, value: unknown): void {
    this.#kept[slot] = value;
  }
}

/** A place in every line's record for values of one kind. There are as many as there are readers of lines, a fixed number. */
export class LineCacheKey<Value> {
  private readonly slot = slots++;

  /** What was kept with `record`, if anything was. */
  get({ notes }: LineRecord): Value | undefined {
    return notes.get(this.slot) as Value | undefined;
  }

  set({ notes }: LineRecord, value: Value): void {
    notes.set(this.slot, value);
  }

  /** What was kept with line `number` of `analysis`, if anything was: for those who go through all lines. */
  at({ columns, records }: Analysis, number: number): Value | undefined {
    const column = columns.of(this.slot);
    const value = column[number] as Value | undefined;
    if (value !== undefined) return value;
    const kept = this.get(records[number] as LineRecord);
    if (kept !== undefined) column[number] = kept;
    return kept;
  }

  put({ columns, records }: Analysis, number: number, value: Value): void {
    columns.of(this.slot)[number] = value;
    this.set(records[number] as LineRecord, value);
  }
}
