/** Assigns consecutive numbers to 32-bit keys. Open addressing, since maps of numbers are slow. */
export class Keys {
  count = 0;
  private slots: Int32Array<ArrayBuffer>;
  private keys: Int32Array<ArrayBuffer>;

  constructor(private bits: number) {
    this.slots = new Int32Array(1 << bits);
    this.keys = new Int32Array(1 << (bits - 1));
  }

  /** The key with the number `number`. */
  key(number: number): number {
    return this.keys[number]! >>> 0;
  }

  /** The number of `key`, or -1. */
  find(key: number): number {
    const mask = this.slots.length - 1;
    for (let slot = Math.imul(key, 0x9e3779b1) >>> (32 - this.bits); ; slot = (slot + 1) & mask) {
      const number = this.slots[slot]! - 1;
      if (number < 0 || this.keys[number] === (key | 0)) return number;
    }
  }

  add(key: number): number {
    const found = this.find(key);
    if (found >= 0) return found;
    if (this.count === this.keys.length) this.grow();
    this.keys[this.count] = key;
    this.enter(this.count);
    return this.count++;
  }

  private enter(number: number): void {
    const mask = this.slots.length - 1;
    let slot = Math.imul(this.keys[number]!, 0x9e3779b1) >>> (32 - this.bits);
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }

  private grow(): void {
    this.bits++;
    this.slots = new Int32Array(1 << this.bits);
    this.keys = doubled(this.keys);
    for (let number = 0; number < this.count; number++) this.enter(number);
  }
}

/** Counts by 32-bit key, which can be added and subtracted. */
export class KeyCounts {
  private readonly keys: Keys;
  private counts: Int32Array<ArrayBuffer>;

  /** `bits`: the logarithm of the initial capacity. */
  constructor(bits: number) {
    this.keys = new Keys(bits);
    this.counts = new Int32Array(1 << bits);
  }

  /** Number of different keys so far. */
  get size(): number {
    return this.keys.count;
  }

  /** Adds `by` to the count of `key`. */
  add(key: number, by: number): void {
    const number = this.keys.add(key);
    if (number === this.counts.length) this.counts = doubled(this.counts);
    this.counts[number]! += by;
  }

  /** The count of `key`; 0 if it was never added. */
  of(key: number): number {
    const number = this.keys.find(key);
    return number < 0 ? 0 : this.counts[number]!;
  }

  /** The number of `key`, consecutive from 0; -1 if it was never added. */
  numberOf(key: number): number {
    return this.keys.find(key);
  }

  /** The count of the key with the number `number`. */
  at(number: number): number {
    return this.counts[number]!;
  }
}

/** A copy of `array` with twice the capacity. */
export function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
