import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTrie,
  encodeTrie,
  HIGH_BYTE,
  HIGH_HALF,
  LOW_BITS,
  LOW_HALF,
  type Trie,
} from '../../../server/src/spelling/modelFile';
import { runToCompletion } from '../../../server/src/text/resumable';

/**
 * A trie of `size` characters with the pairs and triples that the numbers choose; the suffix of each n-gram is in it, as the
 * stored form requires.
 */
function trieOf(size: number, chosen: readonly number[]): Trie {
  const pairs = [...new Set(chosen.map((number) => number % (size * size)))].sort((a, b) => a - b);
  const firstPair = 1 + size;
  const nodeOf = new Map(pairs.map((pair, at) => [pair, firstPair + at]));
  const firstTriple = firstPair + pairs.length;
  const triples: { readonly last: number; readonly suffix: number }[] = [];
  const firstChild = [1];
  let at = 0;
  for (let character = 0; character < size; character++) {
    firstChild.push(firstPair + at);
    while (at < pairs.length && (pairs[at] as number) < (character + 1) * size) at++;
  }
  for (const pair of pairs) {
    firstChild.push(firstTriple + triples.length);
    // A few of those whose suffix is there.
    for (let last = pair % 5; last < size; last += 29) {
      const suffix = nodeOf.get((pair % size) * size + last);
      if (suffix !== undefined) triples.push({ last, suffix });
    }
  }
  const total = firstTriple + triples.length;
  while (firstChild.length <= total) firstChild.push(total);
  const level = (node: number) => (node * 5) % 23;
  const hasChildren = (node: number) => (firstChild[node] as number) < (firstChild[node + 1] as number);
  return {
    vocabulary: Uint16Array.from({ length: size }, (_, at) => 0x4e00 + at),
    sizes: Uint32Array.of(size, pairs.length, triples.length),
    characters: Uint16Array.from([
      0,
      ...Array.from({ length: size }, (_, at) => at + 1),
      ...pairs.map((pair) => 1 + (pair % size)),
      ...triples.map(({ last }) => 1 + last),
    ]),
    firstChild: Uint32Array.from(firstChild),
    suffix: Uint32Array.from([
      0,
      ...Array.from({ length: size }, () => 0),
      ...pairs.map((pair) => 1 + (pair % size)),
      ...triples.map(({ suffix }) => suffix),
    ]),
    probabilities: Uint8Array.from({ length: total }, (_, node) => (node === 0 ? 0 : level(node))),
    backoffs: Uint8Array.from({ length: total }, (_, node) => (node > 0 && hasChildren(node) ? level(node) % 9 : 0)),
  };
}

describe('the stored n-grams', () => {
  it('come back as they were, with the longest suffix that has children', () => {
    const numbers = fc.array(fc.nat(10_000), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), numbers, (size, chosen) => {
        const trie = trieOf(size, chosen);
        const { nodes, entries, vocabulary } = runToCompletion(decodeTrie(encodeTrie(trie)));
        expect(vocabulary).toEqual(trie.vocabulary);
        const hasChildren = (node: number) => (trie.firstChild[node] as number) < (trie.firstChild[node + 1] as number);
        for (let node = 0; node < trie.characters.length; node++) {
          expect(nodes[2 * node]).toBe(trie.firstChild[node]);
          expect((entries[node] as number) & LOW_HALF).toBe(trie.characters[node]);
          expect((entries[node] as number) >>> HIGH_HALF).toBe(trie.probabilities[node]);
          expect((nodes[2 * node + 1] as number) >>> HIGH_BYTE).toBe(trie.backoffs[node]);
          let suffix = trie.suffix[node] as number;
          while (suffix > size && !hasChildren(suffix)) suffix = trie.suffix[suffix] as number;
          expect((nodes[2 * node + 1] as number) & LOW_BITS).toBe(suffix);
        }
        expect(nodes[2 * trie.characters.length]).toBe(trie.characters.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are read in steps however many follow one character', () => {
    const size = 200;
    const trie = trieOf(
      size,
      Array.from({ length: 40_000 }, (_, at) => at),
    );
    const steps = [...decodeTrie(encodeTrie(trie))].length;
    expect(steps).toBeGreaterThanOrEqual(trie.characters.length / 5_000);
  });
});
