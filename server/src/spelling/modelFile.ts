/**
 * The stored form of the language model's trie. Nodes are coded breadth first, each number in the context of what is
 * known of the node's suffix by then: a child is coded as its index among the children of its parent's suffix, a
 * probability relative to that of the shorter n-gram.
 */
import { type Resumable, runToCompletion } from '../text/resumable';
import { type NumberCoder, NumberDecoder, NumberEncoder } from './entropyCoder';

/** Number of nodes (a power of two) read between two yields: about a millisecond's work. */
const PIECE = 1 << 10;
/** Resolution of probabilities, in nats. */
export const STEP = 0.5;
/** Back-off weights, in nats, go down from this one in steps of {@link STEP}. */
export const MAX_BACKOFF = 1;

/** The n-grams as a trie. Node 0 is the root; nodes are numbered breadth first, and siblings by their characters. */
export interface Trie {
  /** UTF-16 codes of the vocabulary, the most frequent first; `characters` holds 1-based indexes into it. */
  readonly vocabulary: Uint16Array;
  /** The number of nodes by level, from 1. */
  readonly sizes: Uint32Array;
  readonly characters: Uint16Array;
  /** The first child; the children of a node end where those of the next begin. One longer than the number of nodes. */
  readonly firstChild: Uint32Array;
  /** The node of the n-gram without its first character. */
  readonly suffix: Uint32Array;
  /** In steps of {@link STEP}, negated. */
  readonly probabilities: Uint8Array;
  /** In steps of {@link STEP} below {@link MAX_BACKOFF}; of nodes with children. */
  readonly backoffs: Uint8Array;
}

/** Codes a trie node by node. With a decoder `trie` is filled, with an encoder it is read. */
function* codeTrie(coder: NumberCoder, trie: Trie): Resumable<void> {
  const { sizes, characters, firstChild, suffix, probabilities, backoffs, vocabulary } = trie;
  const levels = sizes.length;
  let next = 1;
  let node = 0;
  for (let level = 0; level < levels; level++) {
    const end = next;
    for (; node < end; node++) {
      if ((node & (PIECE - 1)) === 0) yield;
      const written = firstChild[node + 1]! - firstChild[node]!;
      firstChild[node] = next;
      const lower = suffix[node]!;
      const lowerFirst = firstChild[lower]!;
      const lowerCount = level === 0 ? vocabulary.length : firstChild[lower + 1]! - lowerFirst;
      const context = level * 64;
      const count = level === 0 ? vocabulary.length : coder.code(context + bucket(lowerCount), written);
      if (count > 0 && level > 0) backoffs[node] = coder.code(context + 14 + bucket(count), backoffs[node]!);
      let place = -1;
      for (let left = count; left > 0; left--, next++) {
        if (level === 0) place++;
        else if (level === 1) place += 1 + coder.code(context + 28 + bucket(count), characters[next]! - place - 2);
        else {
          // Number of remaining positions per child to come.
          const share = bucket((lowerCount - place - 1) / left);
          place += 1 + coder.code(context + 28 + share, suffix[next]! - lowerFirst - place - 1);
        }
        const twin = lowerFirst + place;
        characters[next] = level === 0 ? place + 1 : characters[level === 1 ? place + 1 : twin]!;
        suffix[next] = level === 0 ? 0 : level === 1 ? place + 1 : twin;
        const usual = level === 0 ? 0 : Math.min(21, probabilities[suffix[next]!]! >> 1);
        probabilities[next] = coder.code(context + 42 + usual, probabilities[next]!);
      }
    }
  }
  firstChild.fill(next, node);
}

/** Quantises a number: small ones as they are, larger ones by order of magnitude, 14 values in all. */
function bucket(value: number): number {
  if (value < 5) return Math.floor(value);
  // 5 to 8 are 5, 9 to 16 are 6 and so on.
  return Math.min(13, 34 - Math.clz32(Math.ceil(value) - 1));
}

const MAGIC = 0x70_74_73_31;

export function encodeTrie(trie: Trie): Uint8Array {
  const encoder = new NumberEncoder();
  runToCompletion(codeTrie(encoder, trie));
  const body = encoder.finish();
  const { sizes, vocabulary } = trie;
  const bytes = new Uint8Array(12 + 4 * sizes.length + 2 * vocabulary.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, sizes.length);
  view.setUint32(8, vocabulary.length);
  let at = 12;
  for (const size of sizes) {
    view.setUint32(at, size);
    at += 4;
  }
  for (const code of vocabulary) {
    view.setUint16(at, code);
    at += 2;
  }
  bytes.set(body, at);
  return bytes;
}

/**
 * Decodes the output of {@link encodeTrie}.
 * @throws RangeError if `bytes` are something else
 */
export function* decodeTrie(bytes: Uint8Array): Resumable<Trie> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== MAGIC) throw new RangeError('not a spelling model');
  const sizes = new Uint32Array(view.getUint32(4));
  const vocabulary = new Uint16Array(view.getUint32(8));
  let at = 12;
  for (let level = 0; level < sizes.length; level++, at += 4) sizes[level] = view.getUint32(at);
  for (let index = 0; index < vocabulary.length; index++, at += 2) vocabulary[index] = view.getUint16(at);
  const total = sizes.reduce((sum, size) => sum + size, 1);
  const trie: Trie = {
    vocabulary,
    sizes,
    characters: new Uint16Array(total),
    firstChild: new Uint32Array(total + 1),
    suffix: new Uint32Array(total),
    probabilities: new Uint8Array(total),
    backoffs: new Uint8Array(total),
  };
  yield* codeTrie(new NumberDecoder(bytes.subarray(at)), trie);
  return trie;
}
