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

/** A copy of `array` with twice the capacity. */
export function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
