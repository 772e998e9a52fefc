import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPrefixes, DocumentTable, SEPARATOR, visitIntervals } from '../../../../server/src/lexicon/mining/lcp';
import { suffixArray } from '../../../../server/src/lexicon/mining/suffixArray';

const encode = (text: string) => {
  const out = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) out[at] = text.charCodeAt(at);
  return out;
};
const naive = (text: string) =>
  Array.from({ length: text.length }, (_, at) => at).sort((a, b) => (text.slice(a) < text.slice(b) ? -1 : 1));

const repetitive = fc
  .array(fc.constantFrom('坚', '持', '“', '\0', '两个'), { maxLength: 60 })
  .map((parts) => parts.join(''));

describe('suffixArray', () => {
  it.each(['', '一', '一一', '一二', '二一', '一一一一一', '一二一二一', 'mississippi', '坚持和完善坚持和发展'])(
    'sorts %j',
    (text) => {
      expect([...suffixArray(encode(text))]).toEqual(naive(text));
    },
  );

  it('sorts any text as comparing suffixes does', () => {
    const sorts = (text: string) => {
      expect([...suffixArray(encode(text))]).toEqual(naive(text));
    };
    fc.assert(fc.property(repetitive, sorts), { numRuns: 500 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), sorts));
  });

  it('is linear on the texts that are hard for sorting', () => {
    const length = 400_000;
    const same = new Uint16Array(length).fill(0x4e00);
    const pair = Uint16Array.from({ length }, (_, at) => 0x4e00 + (at & 1));
    expect(suffixArray(same)[0]).toBe(length - 1);
    expect(suffixArray(pair)[0]).toBe(length - 2);
  });
});

describe('commonPrefixes', () => {
  it('counts what neighbours share up to a separator', () => {
    fc.assert(
      fc.property(repetitive, (text) => {
        const symbols = encode(text);
        const suffixes = suffixArray(symbols);
        const prefixes = commonPrefixes(symbols, suffixes);
        for (let at = 1; at < suffixes.length; at++) {
          const [a, b] = [text.slice(suffixes[at - 1]), text.slice(suffixes[at])];
          let shared = 0;
          while (shared < a.length && a[shared] === b[shared] && a.charCodeAt(shared) !== SEPARATOR) shared++;
          expect(prefixes[at]).toBe(Math.min(shared, 255));
        }
      }),
    );
  });

  it('stops at the limit', () => {
    const symbols = new Uint16Array(600).fill(0x4e00);
    const prefixes = commonPrefixes(symbols, suffixArray(symbols), 64);
    expect(Math.max(...prefixes)).toBe(64);
  });
});

describe('visitIntervals', () => {
  /** All repeated substrings, with count and documents, found by brute force. */
  function repeats(documents: readonly string[]): Map<string, { count: number; documents: Set<number> }> {
    const found = new Map<string, { count: number; documents: Set<number> }>();
    documents.forEach((text, document) => {
      for (let start = 0; start < text.length; start++) {
        for (let end = start + 1; end <= text.length && text[end - 1] !== '\0'; end++) {
          const key = text.slice(start, end);
          const entry = found.get(key) ?? { count: 0, documents: new Set() };
          entry.count++;
          entry.documents.add(document);
          found.set(key, entry);
        }
      }
    });
    for (const [key, entry] of found) if (entry.count < 2) found.delete(key);
    return found;
  }

  it('finds every repeated substring with its count and document frequency, of marked documents too', () => {
    fc.assert(
      fc.property(fc.array(repetitive, { minLength: 1, maxLength: 5 }), (documents) => {
        const text = documents.map((document) => `${document}\0`).join('');
        const starts: number[] = [];
        let offset = 0;
        for (const document of documents) {
          starts.push(offset);
          offset += document.length + 1;
        }
        const symbols = encode(text);
        const suffixes = suffixArray(symbols);
        const found = new Map<string, { count: number; documents: number; marked: number }>();
        visitIntervals(
          suffixes,
          commonPrefixes(symbols, suffixes),
          new DocumentTable(starts, text.length),
          (first, last, length, parent, inDocuments, marked) => {
            const start = suffixes[first] as number;
            for (let size = parent + 1; size <= length; size++) {
              const key = text.slice(start, start + size);
              expect(found.has(key)).toBe(false);
              found.set(key, { count: last - first + 1, documents: inDocuments, marked });
            }
          },
          Uint8Array.from(documents, (_, document) => document % 2),
        );
        const expected = repeats(documents);
        expect(found.size).toBe(expected.size);
        for (const [key, entry] of expected) {
          expect(found.get(key)).toEqual({
            count: entry.count,
            documents: entry.documents.size,
            marked: [...entry.documents].filter((document) => document % 2 === 1).length,
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
