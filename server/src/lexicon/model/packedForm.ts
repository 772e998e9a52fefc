/**
 * The packed form of a lexicon: a file whose sections are typed arrays, little-endian and aligned. It is loaded in the
 * time that one pass over the n-grams takes, without decoding anything.
 *
 * | bytes | |
 * | --- | --- |
 * | 4 | `PTLX` |
 * | 5 × 4 | version; numbers of n-grams with the root, of large groups of children, of units; length of the head |
 * | 4 × large groups | `excess`, see {@link PackedNgrams} |
 * | 2 × units | `byRank` |
 * | 4 × n-grams | `low` for all of them, then `high`, `levels`, `children` |
 * | length of the head | the text form without the n-grams: JSON in UTF-8 |
 */
import type { PackedNgrams } from '../mining/ngrams';

/** To be raised when the packed form changes; it is made anew from the text form. */
export const PACKED_VERSION = 1;

const SIGNATURE = [...'PTLX'].map((letter) => letter.charCodeAt(0));
const FIELDS = 5;
const START = SIGNATURE.length + FIELDS * Uint32Array.BYTES_PER_ELEMENT;
/** Whether typed arrays are laid out here as in the file. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The parts of a packed file; `version` is checked by the reader. */
export interface PackedForm {
  readonly version: number;
  readonly head: Uint8Array;
  readonly ngrams: PackedNgrams;
}

/** Whether `bytes` are meant to be a packed lexicon, sound or not. */
export function isPacked(bytes: Uint8Array): boolean {
  return SIGNATURE.every((code, at) => bytes[at] === code);
}

/** The file of the lexicon with these n-grams and this head. */
export function packed(head: Uint8Array, { excess, byRank, low, high, levels, children }: PackedNgrams): Uint8Array {
  const size = children.length;
  const bytes = new Uint8Array(START + excess.byteLength + byRank.byteLength + 4 * size + head.length);
  bytes.set(SIGNATURE);
  const view = new DataView(bytes.buffer);
  let at = SIGNATURE.length;
  for (const value of [PACKED_VERSION, size, excess.length, byRank.length, head.length, ...excess]) {
    view.setUint32(at, value, true);
    at += Uint32Array.BYTES_PER_ELEMENT;
  }
  for (const unit of byRank) {
    view.setUint16(at, unit, true);
    at += Uint16Array.BYTES_PER_ELEMENT;
  }
  for (const part of [low, high, levels, children, head]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * The parts of `bytes`, for which {@link isPacked} holds, as views of them where the machine allows it: they must not
 * be changed. Throws an error if they are too few or too many.
 */
export function unpacked(bytes: Uint8Array): PackedForm {
  // A view of 32-bit integers must begin at a multiple of four; a small file may be anywhere in a shared buffer.
  const aligned = bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const field = (index: number): number => view.getUint32(SIGNATURE.length + 4 * index, true);
  const [version, size, groups, units, headLength] = [field(0), field(1), field(2), field(3), field(4)];
  const unitsAt = START + 4 * groups;
  const nodesAt = unitsAt + 2 * units;
  const headAt = nodesAt + 4 * size;
  const column = (index: number): Uint8Array => aligned.subarray(nodesAt + index * size, nodesAt + (index + 1) * size);
  if (size === 0 || headAt + headLength !== bytes.length) throw new Error('a packed lexicon of another length');
  return {
    version,
    head: aligned.subarray(headAt),
    ngrams: {
      excess: IS_LITTLE_ENDIAN
        ? new Uint32Array(aligned.buffer, aligned.byteOffset + START, groups)
        : Uint32Array.from({ length: groups }, (_, at) => view.getUint32(START + 4 * at, true)),
      byRank: IS_LITTLE_ENDIAN
        ? new Uint16Array(aligned.buffer, aligned.byteOffset + unitsAt, units)
        : Uint16Array.from({ length: units }, (_, at) => view.getUint16(unitsAt + 2 * at, true)),
      low: column(0),
      high: column(1),
      levels: column(2),
      children: column(3),
    },
  };
}
