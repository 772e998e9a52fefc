import type { Analysis } from './analysis';
import type { LineRecord } from './lineScan';

/**
 * What was made of a line, kept for as long as the line stays the same text: its record then goes from one analysis to
 * the next. After an edit only the lines that changed are read again.
 */
export class LineMemo<Value> {
  private readonly known = new WeakMap<LineRecord, Value>();

  /** `read` gets a line without its break and must go by nothing else. */
  constructor(private readonly read: (line: string) => Value) {}

  /** What `read` makes of line `number` of `analysis`. */
  of({ text, lines, records }: Analysis, number: number): Value {
    const record = records[number] as LineRecord;
    let value = this.known.get(record);
    if (value === undefined) {
      value = this.read(text.slice(lines.start(number), lines.end(number)));
      this.known.set(record, value);
    }
    return value;
  }

  /** True where `wanted` holds for what is made of some line. */
  some(analysis: Analysis, wanted: (value: Value) => boolean): boolean {
    for (let number = 0; number < analysis.lines.count; number++) {
      if (wanted(this.of(analysis, number))) return true;
    }
    return false;
  }
}
