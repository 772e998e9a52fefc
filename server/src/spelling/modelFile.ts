/**
 * The stored form of the language model's trie. Nodes are coded breadth first, each number in the context of what is
 * known of the node's suffix by then: a child is coded as its index among the children of its parent's suffix, a
 * probability relative to that of the shorter n-gram.
 */
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import { type NumberCoder, NumberDecoder, NumberEncoder } from './entropyCoder';

/** Number of nodes read between two yields: about a millisecond's work. A character may have thousands of children. */
const PIECE = 1 << 12;
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

/** The same with what a step of the model needs of one node in one place, as most steps wait for memory. */
export interface PackedTrie {
  readonly vocabulary: Uint16Array;
  /**
   * Two words for each node: its first child; and its suffix, with the level of its back-off weight in the high byte. One node
   * more than there are: the children of a node end where those of the next begin.
   */
  nodes: Uint32Array;
  /** For each node its character, and the level of its probability in the high half. */
  entries: Uint32Array;
}

/** The high byte of the second word of a node is above this, the suffix below. */
export const HIGH_BYTE = 24;
export const LOW_BITS = (1 << HIGH_BYTE) - 1;
/** The probability of an entry is above this, the character below. */
export const HIGH_HALF = 16;
export const LOW_HALF = 0xffff;
const MAX_NODES = LOW_BITS;

/** Room for the trie with levels of `sizes`. */
function emptyTrie(vocabulary: Uint16Array, sizes: Uint32Array): PackedTrie {
  const length = sizes.reduce((sum, size) => sum + size, 1);
  if (length > MAX_NODES) throw new RangeError(`too many n-grams: ${length}`);
  return { vocabulary, nodes: new Uint32Array(2 * length + 2), entries: new Uint32Array(length) };
}

/**
 * Codes a trie node by node. With a decoder `trie` is filled, with an encoder it is read. Nodes of the last level, which have
 * no children, are left without their first child: returns what it is for all nodes from the first of these on.
 */
function* codeTrie(
  coder: NumberCoder,
  sizes: Uint32Array,
  { vocabulary, nodes, entries }: PackedTrie,
): Resumable<{ readonly childless: number; readonly firstChild: number }> {
  const levels = sizes.length;
  const pace = Pace.rising(PIECE);
  let next = 1;
  let first = next;
  let node = 0;
  for (let level = 0; level < levels; level++) {
    const end = next;
    for (; node < end; node++) {
      if (pace.isOver(1 + next - first)) yield;
      first = next;
      const written = nodes[2 * node + 2]! - nodes[2 * node]!;
      nodes[2 * node] = next;
      const word = nodes[2 * node + 1]!;
      const lower = word & LOW_BITS;
      const lowerFirst = nodes[2 * lower]!;
      const lowerCount = level === 0 ? vocabulary.length : nodes[2 * lower + 2]! - lowerFirst;
      const context = level * 64;
      const count = level === 0 ? vocabulary.length : coder.code(context + bucket(lowerCount), written);
      if (count > 0 && level > 0) {
        const backoff = coder.code(context + 14 + bucket(count), word >>> HIGH_BYTE);
        nodes[2 * node + 1] = lower | (backoff << HIGH_BYTE);
      }
      let place = -1;
      for (let left = count; left > 0; left--, next++) {
        const entry = entries[next]!;
        const above = nodes[2 * next + 1]!;
        if (level === 0) place++;
        else if (level === 1) place += 1 + coder.code(context + 28 + bucket(count), (entry & LOW_HALF) - place - 2);
        else {
          // Number of remaining positions per child to come.
          const share = bucket((lowerCount - place - 1) / left);
          place += 1 + coder.code(context + 28 + share, (above & LOW_BITS) - lowerFirst - place - 1);
        }
        const suffix = level === 0 ? 0 : level === 1 ? place + 1 : lowerFirst + place;
        const twin = entries[suffix]!;
        const usual = level === 0 ? 0 : Math.min(21, (twin >>> HIGH_HALF) >> 1);
        const probability = coder.code(context + 42 + usual, entry >>> HIGH_HALF);
        entries[next] = (level === 0 ? place + 1 : twin & LOW_HALF) | (probability << HIGH_HALF);
        nodes[2 * next + 1] = suffix | (above & ~LOW_BITS);
      }
    }
  }
  return { childless: node, firstChild: next };
}

/** Quantises a number: small ones as they are, larger ones by order of magnitude, 14 values in all. */
function bucket(value: number): number {
  if (value < 5) return Math.floor(value);
  // 5 to 8 are 5, 9 to 16 are 6 and so on.
  return Math.min(13, 34 - Math.clz32(Math.ceil(value) - 1));
}

const MAGIC = 0x70_74_73_31;

/** The bytes of `trie`. */
export function encodeTrie(trie: Trie): Uint8Array {
  const { sizes, vocabulary, characters, firstChild, suffix, probabilities, backoffs } = trie;
  const packed = emptyTrie(vocabulary, sizes);
  for (let node = 0; node <= characters.length; node++) packed.nodes[2 * node] = firstChild[node]!;
  for (let node = 0; node < characters.length; node++) {
    packed.nodes[2 * node + 1] = suffix[node]! | (backoffs[node]! << HIGH_BYTE);
    packed.entries[node] = characters[node]! | (probabilities[node]! << HIGH_HALF);
  }
  const encoder = new NumberEncoder();
  runToCompletion(codeTrie(encoder, sizes, packed));
  const body = encoder.finish();
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
 * Decodes the output of {@link encodeTrie}, in steps. The suffix of a node is its longest one with children then: one without
 * adds nothing to a step.
 * @throws RangeError if `bytes` are something else
 */
export function* decodeTrie(bytes: Uint8Array): Resumable<PackedTrie> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== MAGIC) throw new RangeError('not a spelling model');
  const sizes = new Uint32Array(view.getUint32(4));
  const vocabulary = new Uint16Array(view.getUint32(8));
  let at = 12;
  for (let level = 0; level < sizes.length; level++, at += 4) sizes[level] = view.getUint32(at);
  for (let index = 0; index < vocabulary.length; index++, at += 2) vocabulary[index] = view.getUint16(at);
  const trie = emptyTrie(vocabulary, sizes);
  yield;
  const decoder = new NumberDecoder(bytes.subarray(at));
  yield;
  const { childless, firstChild } = yield* codeTrie(decoder, sizes, trie);
  const { nodes, entries } = trie;
  for (let node = 0; node <= entries.length; node++) {
    if (node % FINISHED_AT_ONCE === 0) yield;
    if (node >= childless) nodes[2 * node] = firstChild;
    if (node === entries.length) break;
    const word = nodes[2 * node + 1]!;
    const lower = word & LOW_BITS;
    // Suffixes precede their nodes, so that theirs are known.
    if (lower <= vocabulary.length || nodes[2 * lower] !== nodes[2 * lower + 2]) continue;
    nodes[2 * node + 1] = (nodes[2 * lower + 1]! & LOW_BITS) | (word & ~LOW_BITS);
  }
  return trie;
}

/** Number of nodes between two yields of the last pass over them, which takes about a millisecond. */
const FINISHED_AT_ONCE = 1 << 15;
