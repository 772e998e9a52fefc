/** Which positions in a text can be the border of a phrase, learned from where clauses begin and end. */
import { isHan } from '../../text/characters';
import { SEPARATOR } from './lcp';

const OPENING = new Set('“‘《（〔【'.split('').map((mark) => mark.charCodeAt(0)));
const CLOSING = new Set('”’》）〕】'.split('').map((mark) => mark.charCodeAt(0)));
const STOPS = new Set('，。；：、！？'.split('').map((mark) => mark.charCodeAt(0)));
const PARTNER = new Map('“”‘’《》（）〔〕【】'.match(/../gu)?.map((pair) => [pair.charCodeAt(1), pair.charCodeAt(0)]));

/** Whether `unit` is one of “ ‘ 《 （ 〔 【 */
export function isOpening(unit: number): boolean {
  return OPENING.has(unit);
}

/** Whether `unit` is one of ” ’ 》 ） 〕 】 */
export function isClosing(unit: number): boolean {
  return CLOSING.has(unit);
}

/** The mark that opens what `unit` closes; undefined if it is not a closing mark. */
export function openingOf(unit: number): number | undefined {
  return PARTNER.get(unit);
}

/** Whether `unit` ends a clause or an item of a list: ， 。 ； ： 、 ！ ？ */
export function isStop(unit: number): boolean {
  return STOPS.has(unit);
}

/** Whether `unit` is punctuation or the end of a line; false for the characters of words and figures. */
export function isBorder(unit: number): boolean {
  if (unit < 0x80) return unit !== 0x25 && unit !== 0x2e && !isAlphanumeric(unit);
  return (unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x3001 && unit <= 0x301f && unit !== 0x3007) || unit >= 0xff01;
}

/** Whether `unit` is an ASCII letter or digit, as left by {@link import('./prepare').prepareText}. */
export function isAlphanumeric(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

/**
 * How often each pair of characters begins and ends a segment between two punctuation marks. A pair that never does is
 * probably cut out of a word: 平新 ends no clause and 近平 begins none.
 */
export class BoundaryModel {
  private keys: Int32Array;
  private totals: Uint32Array;
  private begins: Uint32Array;
  private ends: Uint32Array;
  private size = 0;

  constructor() {
    const capacity = 1 << 16;
    this.keys = new Int32Array(capacity);
    this.totals = new Uint32Array(capacity);
    this.begins = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  /** The model of `text`, whose lines and documents end with a {@link SEPARATOR}. */
  static of(text: Uint16Array): BoundaryModel {
    const model = new BoundaryModel();
    const last = text.length - 1;
    for (let at = 0; at < last; at++) {
      const one = text[at] as number;
      const two = text[at + 1] as number;
      if (!isHan(one) || !isHan(two)) continue;
      const before = at === 0 ? SEPARATOR : (text[at - 1] as number);
      const after = at + 2 > last ? SEPARATOR : (text[at + 2] as number);
      const begins = isBorder(before) && !isClosing(before) ? 1 : 0;
      const ends = isBorder(after) && !isOpening(after) ? 1 : 0;
      model.add((one << 16) | two, 1, begins, ends);
    }
    return model;
  }

  /** Adds the counts of a pair, as returned by {@link entries}. */
  add(pair: number, total: number, begins: number, ends: number): void {
    if (this.size * 2 > this.keys.length) this.grow();
    const slot = this.slotOf(pair);
    if (this.totals[slot] === 0) {
      this.keys[slot] = pair;
      this.size++;
    }
    this.totals[slot]! += total;
    this.begins[slot]! += begins;
    this.ends[slot]! += ends;
  }

  /** Each pair with its counts in total, at the beginning and at the end of a clause: four numbers per pair. */
  entries(): Int32Array {
    const all = new Int32Array(this.size * 4);
    let at = 0;
    for (let slot = 0; slot < this.keys.length; slot++) {
      if (this.totals[slot] === 0) continue;
      all[at++] = this.keys[slot] as number;
      all[at++] = this.totals[slot] as number;
      all[at++] = this.begins[slot] as number;
      all[at++] = this.ends[slot] as number;
    }
    return all;
  }

  /** The share of the pair's occurrences that begin a clause, 0 to 1. */
  beginning(one: number, two: number): number {
    const slot = this.slotOf((one << 16) | two);
    return (this.begins[slot] as number) / Math.max(1, this.totals[slot] as number);
  }

  /** The share of the pair's occurrences that end a clause, 0 to 1. */
  ending(one: number, two: number): number {
    const slot = this.slotOf((one << 16) | two);
    return (this.ends[slot] as number) / Math.max(1, this.totals[slot] as number);
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 7) & mask;
    while (this.totals[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, totals, begins, ends } = this;
    const capacity = keys.length * 2;
    this.keys = new Int32Array(capacity);
    this.totals = new Uint32Array(capacity);
    this.begins = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    for (let old = 0; old < keys.length; old++) {
      if (totals[old] === 0) continue;
      const slot = this.slotOf(keys[old] as number);
      this.keys[slot] = keys[old] as number;
      this.totals[slot] = totals[old] as number;
      this.begins[slot] = begins[old] as number;
      this.ends[slot] = ends[old] as number;
    }
  }
}
