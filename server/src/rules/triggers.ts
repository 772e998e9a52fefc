/** One pass over a line that tells for all line rules at once which of their trigger characters it holds. */
import type { LineRule } from './rule';

const DOUBLED = 1;
/** Bits of a small integer; sets beyond that many count as present everywhere, which is slower but not wrong. */
const BITS = 30;

export class TriggerTable {
  /** For each UTF-16 code unit the bits of the sets it belongs to. */
  private readonly bits = new Int32Array(0x10000);
  private readonly sets = new Map<string, number>();

  /** Enters the triggers of `rule`; returns the bits that {@link scan} must give for the rule to be run. */
  maskOf(rule: LineRule): number {
    let mask = rule.doubled ? DOUBLED : 0;
    for (const set of rule.triggers ?? []) mask |= this.bitOf(set);
    return mask;
  }

  private bitOf(set: string): number {
    let bit = this.sets.get(set);
    if (bit === undefined) {
      bit = this.sets.size < BITS - 1 ? 1 << (this.sets.size + 1) : 0;
      this.sets.set(set, bit);
      for (let at = 0; at < set.length; at++) this.bits[set.charCodeAt(at)]! |= bit;
    }
    return bit;
  }

  /** The bits of all sets that have a character in `text` from `start` to `end`. */
  scan(text: string, start: number, end: number): number {
    const { bits } = this;
    let present = 0;
    let before = -1;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      present |= bits[code]!;
      if (code === before) present |= DOUBLED;
      before = code;
    }
    return present;
  }
}
