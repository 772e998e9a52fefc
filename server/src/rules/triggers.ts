/** One pass over a line that tells for all line rules at once which of their trigger characters it holds. */
import type { LineRule } from './rule';

/** Bits of a small integer; sets beyond that many count as present everywhere, which is slower but not wrong. */
const BITS = 30;

/** What a line must hold for a rule to be run on it. */
export interface TriggerMask {
  readonly all: number;
  readonly adjacent: number;
}

export class TriggerTable {
  /** For each UTF-16 code unit the bits of the sets it belongs to. */
  private readonly bits = new Int32Array(0x10000);
  private readonly sets = new Map<string, number>();
  private present = 0;
  private sideBySide = 0;

  /** Enters the triggers of `rule`; the result is given to {@link wants}. */
  enter(rule: LineRule): TriggerMask | undefined {
    if (!rule.triggers && !rule.adjacent) return undefined;
    let all = 0;
    for (const set of rule.triggers ?? []) all |= this.bitOf(set);
    const adjacent = rule.adjacent ? this.bitOf(rule.adjacent) : 0;
    const outOfBits = (rule.triggers && all === 0) || (rule.adjacent && adjacent === 0);
    return outOfBits ? undefined : { all, adjacent };
  }

  private bitOf(set: string): number {
    let bit = this.sets.get(set);
    if (bit === undefined) {
      bit = this.sets.size < BITS ? 1 << this.sets.size : 0;
      this.sets.set(set, bit);
      for (let at = 0; at < set.length; at++) this.bits[set.charCodeAt(at)]! |= bit;
    }
    return bit;
  }

  /** Looks for all sets in `text` from `start` to `end`. */
  scan(text: string, start: number, end: number): void {
    const { bits } = this;
    let present = 0;
    let sideBySide = 0;
    let before = 0;
    for (let at = start; at < end; at++) {
      const here = bits[text.charCodeAt(at)]!;
      present |= here;
      sideBySide |= here & before;
      before = here;
    }
    this.present = present;
    this.sideBySide = sideBySide;
  }

  /** True where the stretch scanned last holds what `mask` asks for. */
  wants({ all, adjacent }: TriggerMask): boolean {
    return (all !== 0 && (this.present & all) === all) || (this.sideBySide & adjacent) !== 0;
  }
}
