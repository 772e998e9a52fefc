/**
 * Entropy coding of small numbers: range asymmetric numeral systems (Duda 2013) in the form of Giesen's rANS, with one
 * frequency table per context of a number. Numbers from 16 up are coded as their two highest bits and the rest
 * verbatim.
 */

/** The frequencies of a context are scaled to this sum, as a power of two. */
const SCALE_BITS = 12;
const SCALE = 1 << SCALE_BITS;
/** Lower bound of the coder's state; it reads or writes whole bytes. */
const LOWER = 1 << 23;
const DIRECT = 16;
const SYMBOLS = 48;

/** Codes a sequence of numbers: an encoder takes `value` and returns it, a decoder returns what was encoded. */
export interface NumberCoder {
  code(context: number, value: number): number;
}

/** The symbol of `value`, which determines the number of remaining bits. */
function symbolOf(value: number): number {
  if (value < DIRECT) return value;
  const high = 31 - Math.clz32(value);
  return DIRECT + (high - 4) * 2 + ((value >>> (high - 1)) & 1);
}

export class NumberEncoder implements NumberCoder {
  private readonly contexts: number[] = [];
  private readonly values: number[] = [];

  code(context: number, value: number): number {
    this.contexts.push(context);
    this.values.push(value);
    return value;
  }

  /** The output: tables, bits and states. */
  finish(): Uint8Array {
    const { contexts, values } = this;
    const count = contexts.reduce((most, one) => Math.max(most, one), 0) + 1;
    const counts = Array.from({ length: count }, () => new Float64Array(SYMBOLS));
    contexts.forEach((context, index) => {
      counts[context]![symbolOf(values[index]!)]! += 1;
    });
    const tables = counts.map(scaled);
    const head: number[] = [count & 255, count >>> 8];
    for (const table of tables) {
      for (let symbol = 0; symbol < SYMBOLS; symbol++) {
        const frequency = table[symbol]!;
        if (frequency === 0) {
          // A run of absent symbols.
          let run = 1;
          while (symbol + run < SYMBOLS && table[symbol + run] === 0) run++;
          head.push(0, run);
          symbol += run - 1;
        } else head.push(1 + (frequency >>> 8), frequency & 255);
      }
    }
    const starts = tables.map((table) => {
      let sum = 0;
      return table.map((frequency) => {
        const start = sum;
        sum += frequency;
        return start;
      });
    });
    // The coder is a stack: what is decoded first is encoded last.
    const bits: number[] = [];
    const reversed: number[] = [];
    let state = LOWER;
    for (let index = values.length - 1; index >= 0; index--) {
      const context = contexts[index]!;
      const symbol = symbolOf(values[index]!);
      const frequency = tables[context]![symbol]!;
      const limit = (LOWER >>> SCALE_BITS) * 256 * frequency;
      while (state >= limit) {
        reversed.push(state & 255);
        state = Math.floor(state / 256);
      }
      state = Math.floor(state / frequency) * SCALE + (state % frequency) + starts[context]![symbol]!;
    }
    for (let shift = 0; shift < 32; shift += 8) reversed.push((state >>> shift) & 255);
    let buffer = 0;
    let filled = 0;
    for (const value of values) {
      if (value < DIRECT) continue;
      const rest = 30 - Math.clz32(value);
      for (let bit = rest - 1; bit >= 0; bit--) {
        buffer = (buffer << 1) | ((value >>> bit) & 1);
        if (++filled === 8) {
          bits.push(buffer);
          buffer = 0;
          filled = 0;
        }
      }
    }
    bits.push((buffer << (8 - filled)) & 255);
    const bytes = new Uint8Array(8 + head.length + bits.length + reversed.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, head.length);
    view.setUint32(4, bits.length);
    bytes.set(head, 8);
    bytes.set(bits, 8 + head.length);
    bytes.set(reversed.reverse(), 8 + head.length + bits.length);
    return bytes;
  }
}

/** Frequencies scaled to the sum {@link SCALE}, none of them 0 if its symbol occurred. */
function scaled(counts: Float64Array): Uint32Array {
  const total = counts.reduce((sum, one) => sum + one, 0);
  const table = new Uint32Array(counts.length);
  if (total === 0) {
    table[0] = SCALE;
    return table;
  }
  let sum = 0;
  let largest = 0;
  counts.forEach((count, symbol) => {
    table[symbol] = count === 0 ? 0 : Math.max(1, Math.floor((count / total) * SCALE));
    sum += table[symbol]!;
    if (table[symbol]! > table[largest]!) largest = symbol;
  });
  table[largest]! += SCALE - sum;
  return table;
}

export class NumberDecoder implements NumberCoder {
  private readonly symbols: Uint8Array;
  private readonly frequencies: Uint32Array;
  private readonly starts: Uint32Array;
  private state = 0;
  private at: number;
  private bitAt: number;
  private bit = 0;

  /** Decodes the output of {@link NumberEncoder.finish}. */
  constructor(private readonly bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const headLength = view.getUint32(0);
    this.bitAt = 8 + headLength;
    this.at = this.bitAt + view.getUint32(4);
    let head = 8;
    const count = bytes[head]! | (bytes[head + 1]! << 8);
    head += 2;
    this.symbols = new Uint8Array(count * SCALE);
    this.frequencies = new Uint32Array(count * SYMBOLS);
    this.starts = new Uint32Array(count * SYMBOLS);
    for (let context = 0; context < count; context++) {
      let sum = 0;
      for (let symbol = 0; symbol < SYMBOLS; symbol++) {
        const high = bytes[head++]!;
        const low = bytes[head++]!;
        if (high === 0) {
          symbol += low - 1;
          continue;
        }
        const frequency = ((high - 1) << 8) | low;
        this.frequencies[context * SYMBOLS + symbol] = frequency;
        this.starts[context * SYMBOLS + symbol] = sum;
        this.symbols.fill(symbol, context * SCALE + sum, context * SCALE + sum + frequency);
        sum += frequency;
      }
    }
    for (let left = 4; left > 0; left--) this.state = ((this.state << 8) | bytes[this.at++]!) >>> 0;
  }

  code(context: number): number {
    let { state } = this;
    const slot = state & (SCALE - 1);
    const symbol = this.symbols[context * SCALE + slot]!;
    const index = context * SYMBOLS + symbol;
    state = this.frequencies[index]! * (state >>> SCALE_BITS) + slot - this.starts[index]!;
    while (state < LOWER) state = ((state << 8) | this.bytes[this.at++]!) >>> 0;
    this.state = state;
    if (symbol < DIRECT) return symbol;
    const high = 4 + ((symbol - DIRECT) >>> 1);
    let value = 2 | ((symbol - DIRECT) & 1);
    for (let left = high - 1; left > 0; left--) {
      value = (value << 1) | ((this.bytes[this.bitAt]! >>> (7 - this.bit)) & 1);
      if (++this.bit === 8) {
        this.bit = 0;
        this.bitAt++;
      }
    }
    return value;
  }
}
