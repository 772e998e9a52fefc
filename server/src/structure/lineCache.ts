/** Storage of values derived from a line. */
import type { Analysis } from './analysis';
import type { LineRange } from './lineColumns';
import type { LineRecord } from './lineScan';

let slots = 0;

/**
 * Storage in a line's record for values derived from the line, one place per {@link LineCacheKey}. A map from records
 * would do the same; with a dozen readers and thousands of lines, its look-ups cost more than much of the reading.
 */
export class LineCache {
  // Private even within the engine: records of equal lines are equal, whatever has been derived from them.
  // Made with the first value: an outline derives nothing from most lines.
  #kept: unknown[] | undefined;

  get(slot: number): unknown {
    return this.#kept?.[slot];
  }

  set(slot: number, value: unknown): void {
    this.#kept ??= new Array(slots);
    this.#kept[slot] = value;
  }
}

/** A place in every line's record for values of one kind. Their number is fixed, one for each reader of lines. */
export class LineCacheKey<Value> {
  private readonly slot = slots++;

  /** The value stored with `record`, if any. */
  get({ notes }: LineRecord): Value | undefined {
    return notes.get(this.slot) as Value | undefined;
  }

  set({ notes }: LineRecord, value: Value): void {
    notes.set(this.slot, value);
  }

  /** The value stored with line `number` of `analysis`, if any: for callers that go through all lines. */
  at({ columns, records }: Analysis, number: number): Value | undefined {
    const column = columns.of(this.slot);
    const value = column[number] as Value | undefined;
    if (value !== undefined) return value;
    const kept = this.get(records[number] as LineRecord);
    if (kept !== undefined) column[number] = kept;
    return kept;
  }

  /** The lines of `analysis` for which {@link at} may return nothing: those that changed since all had a value. */
  gapIn({ columns }: Analysis): LineRange {
    return columns.gapOf(this.slot);
  }

  /** Notes that all lines of `analysis` that need a value have one. */
  filledIn({ columns }: Analysis): void {
    columns.filled(this.slot);
  }

  put({ columns, records }: Analysis, number: number, value: Value): void {
    columns.of(this.slot)[number] = value;
    this.set(records[number] as LineRecord, value);
  }
}
