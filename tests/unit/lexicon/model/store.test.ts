import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NGRAM_ORDER, NgramBuilder, NgramTable } from '../../../../server/src/lexicon/mining/ngrams';
import { readLexicon } from '../../../../server/src/lexicon/model/file.node';
import type { Phrase, Series } from '../../../../server/src/lexicon/model/lexicon';
import {
  combineLexicons,
  emptyLexicon,
  LexiconError,
  loadLexicon,
  packLexicon,
  storeLexicon,
} from '../../../../server/src/lexicon/model/store';
import { runToCompletion } from '../../../../server/src/text/resumable';

const series: Series = { members: ['“三个到位”', '“两个同步”'], count: 9, documents: 5 };
const phrase = (text: string, count = 5, more: Partial<Phrase> = {}): Phrase => ({
  text,
  count,
  documents: Math.ceil(count / 2),
  before: [],
  after: [],
  variants: [],
  ...more,
});
const some = (): NgramBuilder => {
  const builder = new NgramBuilder();
  builder.set([0x63a8], 0, 1, 3);
  return builder;
};
/** All n-grams with their counts. */
function allNgrams(table: NgramTable, node: number = NgramTable.ROOT, text = ''): string[] {
  const found = [`${text} ${table.count(node)}`];
  for (let child = table.childrenStart(node); child < table.childrenEnd(node); child++) {
    found.push(...allNgrams(table, child, text + String.fromCharCode(table.unit(child))));
  }
  return found;
}

const make = (phrases: readonly Phrase[], ngrams = new NgramBuilder()) =>
  storeLexicon({
    phrases,
    series: [series],
    inputs: '1-auto-x',
    source: { documents: 3, duplicates: 1, characters: 99 },
    ngrams: ngrams.store(),
  });

describe('the stored lexicon', () => {
  const phrases = [
    phrase('做到“三个到位”', 8, { series, before: [['坚决', 3]], after: [['，确保“两个同步”', 2]] }),
    phrase('做到心中有数', 7, { variants: [['做到“心中有数”', 2]] }),
    phrase('抓好春耕备耕'),
  ];

  it('comes back as it was', () => {
    const lexicon = loadLexicon(make(phrases));
    expect(lexicon.phrases).toEqual(phrases);
    expect(lexicon.series).toEqual([series]);
    expect(lexicon.source).toEqual({ documents: 3, duplicates: 1, characters: 99 });
    expect(lexicon.inputs).toBe('1-auto-x');
  });

  it('finds phrases by form, variant and beginning', () => {
    const lexicon = loadLexicon(make(phrases));
    expect(lexicon.find('做到“心中有数”')?.text).toBe('做到心中有数');
    expect(lexicon.find('做到')).toBeUndefined();
    expect(lexicon.startingWith('做到', 5).map(({ text }) => text)).toEqual(['做到“三个到位”', '做到心中有数']);
    expect(lexicon.startingWith('做到', 1)).toHaveLength(1);
    expect(lexicon.startingWith('无', 5)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half of it', make(phrases).slice(0, 200)],
    ['another JSON', '{"phrases":[]}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['wrong fields', make(phrases).replace(/"phrases":\[[\s\S]*?\n\]/, '"phrases":[["做到",-1,"x"]]')],
    ['a broken table', make(phrases, some()).replace(/"ranks":"[^"]*"/, '"ranks":"////"')],
    ['no digits', make(phrases, some()).replace(/"counts":"[^"]*"/, '"counts":"一"')],
  ])('refuses %s', (_, json) => {
    expect(() => loadLexicon(json)).toThrow(LexiconError);
    try {
      loadLexicon(json);
    } catch (error) {
      expect((error as LexiconError).problem).toBe('broken');
    }
  });

  it('tells a future version from a broken file', () => {
    try {
      loadLexicon(make(phrases).replace('"version":2', '"version":99'));
      expect.unreachable();
    } catch (error) {
      expect((error as LexiconError).problem).toBe('version');
    }
  });

  it('is the same from the bytes of its file', () => {
    const unit = fc.constantFrom(...'水利工程“”\\"，。农村ab1');
    const grams = fc.array(fc.tuple(fc.string({ unit, minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 900 })));
    fc.assert(
      fc.property(grams, (all) => {
        const ngrams = new NgramBuilder();
        for (const [text, count] of all) {
          const units = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
          for (let size = 1; size <= text.length; size++) ngrams.set(units, 0, size, count);
        }
        const json = make(phrases, ngrams);
        const pretty = JSON.stringify(JSON.parse(json), undefined, 2);
        const whole = loadLexicon(json);
        for (const stored of [json, pretty]) {
          const read = loadLexicon(new TextEncoder().encode(stored));
          expect(allNgrams(read.ngrams)).toEqual(allNgrams(whole.ngrams));
          expect(read.phrases).toEqual(whole.phrases);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads n-grams as they were stored', () => {
    const ngrams = new NgramBuilder();
    const words = Array.from({ length: 400 }, (_, at) => String.fromCharCode(0x4e00 + at, 0x4e00 + ((at * 7) % 90)));
    for (const [index, word] of words.entries()) {
      const units = Uint16Array.from([word.charCodeAt(0), word.charCodeAt(1)]);
      ngrams.set(units, 0, 1, 8);
      ngrams.set(units, 0, 2, 2 ** (index % 10));
    }
    const { ngrams: read } = loadLexicon(new TextEncoder().encode(make(phrases, ngrams)));
    expect(read.size).toBe(800);
    for (const [index, word] of words.entries()) {
      const first = read.child(NgramTable.ROOT, word.charCodeAt(0));
      expect(read.count(read.child(first, word.charCodeAt(1)))).toBe(2 ** (index % 10));
      expect(read.childrenEnd(first) - read.childrenStart(first)).toBe(1);
    }
  });

  it('survives any damage without another error', () => {
    const json = make(phrases, some());
    fc.assert(
      fc.property(fc.nat(json.length - 1), fc.string({ maxLength: 3 }), fc.nat(20), (at, put, cut) => {
        try {
          const damaged = json.slice(0, at) + put + json.slice(at + cut);
          loadLexicon(at % 2 === 0 ? damaged : new TextEncoder().encode(damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(LexiconError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same in the packed form, wherever its bytes lie', () => {
    const unit = fc.constantFrom(...'水利工程“”，。农村ab1');
    const grams = fc.array(fc.tuple(fc.string({ unit, minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 900 })));
    fc.assert(
      fc.property(grams, fc.nat(300), fc.nat(7), (all, others, offset) => {
        const ngrams = new NgramBuilder();
        for (const [text, count] of all) {
          const units = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
          for (let size = 1; size <= text.length; size++) ngrams.set(units, 0, size, count);
        }
        // More children than a byte counts, of the root and below.
        for (let at = 0; at < others; at++) {
          ngrams.set([0x4e00 + at], 0, 1, 3);
          ngrams.set([0x6c34, 0x4e00 + at], 0, 2, 2);
        }
        if (others > 0) ngrams.set([0x6c34], 0, 1, 9);
        const weights = others % 2 === 0 ? [] : [0.25, 1];
        const stored = JSON.parse(make(phrases, ngrams));
        const json = JSON.stringify({ ...stored, minDocuments: 7, ngrams: { ...stored.ngrams, weights } });
        const bytes = packLexicon(json);
        // A part of a Buffer is a Buffer, of which a slice is no copy.
        const memory = offset % 2 === 0 ? new Uint8Array(bytes.length + 16) : Buffer.alloc(bytes.length + 16);
        memory.set(bytes, offset);
        const text = loadLexicon(json);
        const read = loadLexicon(memory.subarray(offset, offset + bytes.length));
        expect(allNgrams(read.ngrams)).toEqual(allNgrams(text.ngrams));
        expect(read.ngrams.weights).toEqual(text.ngrams.weights);
        for (const field of ['phrases', 'series', 'source', 'inputs', 'nearForms', 'minDocuments'] as const) {
          expect(read[field]).toEqual(text[field]);
        }
        // Nothing but the content decides the bytes.
        expect(packLexicon(bytes)).toEqual(bytes);
        expect(packLexicon(JSON.stringify(JSON.parse(json), undefined, 2))).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('tells a future version from damage in the packed form, too', () => {
    const bytes = packLexicon(make(phrases, some()));
    const later = Uint8Array.from(bytes);
    later[4] = 99;
    const problemOf = (lexicon: Uint8Array): string => {
      try {
        loadLexicon(lexicon);
      } catch (error) {
        if (error instanceof LexiconError) return error.problem;
      }
      return 'none';
    };
    expect(problemOf(bytes)).toBe('none');
    expect(problemOf(later)).toBe('version');
    expect(problemOf(bytes.subarray(0, -1))).toBe('broken');
    expect(problemOf(bytes.subarray(0, 9))).toBe('broken');
  });

  it('survives any damage to the packed form without another error', () => {
    const bytes = packLexicon(make(phrases, some()));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 5 }), fc.nat(20), (at, put, cut) => {
        try {
          const { ngrams } = loadLexicon(Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]));
          expect(allNgrams(ngrams)).toHaveLength(ngrams.size + 1);
        } catch (error) {
          expect(error).toBeInstanceOf(LexiconError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('joins the shipped and the own lexicon', () => {
    const own = loadLexicon(make([phrase('抓好春耕备耕', 20), phrase('开好板凳会')]));
    const both = runToCompletion(combineLexicons(loadLexicon(make(phrases)), own));
    expect(both.find('抓好春耕备耕')?.count).toBe(25);
    expect(both.find('开好板凳会')?.count).toBe(5);
    expect(both.phrases).toHaveLength(4);
    expect(runToCompletion(combineLexicons(emptyLexicon(), own)).phrases).toHaveLength(2);
  });

  it('asks fewer documents of words that older ones cannot have, and of the writer’s own', () => {
    const stored = JSON.parse(make(phrases));
    const least = {
      minDocuments: 100,
      minDocumentsSince: [
        [2018, 50],
        [2024, 20],
      ],
    };
    const shipped = loadLexicon(JSON.stringify({ ...stored, ...least }));
    expect(shipped.spread({ documents: 50 })).toBe(0.5);
    expect(shipped.spread({ documents: 50, since: 2017 })).toBe(0.5);
    expect(shipped.spread({ documents: 50, since: 2018 })).toBe(1);
    expect(shipped.spread({ documents: 50, since: 2023 })).toBe(1);
    expect(shipped.spread({ documents: 50, since: 2026 })).toBe(2.5);
    const own = loadLexicon(JSON.stringify({ ...stored, minDocuments: 5 }));
    const both = runToCompletion(combineLexicons(shipped, own));
    expect(both.spread({ documents: 60, own: 10 })).toBe(2);
    expect(both.spread({ documents: 210, own: 10 })).toBe(2);
    expect(both.spread({ documents: 60 })).toBe(0.6);
  });
});

describe('NgramTable', () => {
  const texts = fc.array(
    fc.array(fc.constantFrom('推', '动', '高', '质', '量', '，'), { minLength: 1, maxLength: 30 }),
    { minLength: 1, maxLength: 8 },
  );

  /** Counts of all n-grams of texts, and the table of them. */
  function counted(all: readonly (readonly string[])[]): { counts: Map<string, number>; table: NgramTable } {
    const counts = new Map<string, number>();
    for (const units of all) {
      for (let start = 0; start < units.length; start++) {
        for (let size = 1; size <= NGRAM_ORDER && start + size <= units.length; size++) {
          const key = units.slice(start, start + size).join('');
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
    }
    const builder = new NgramBuilder();
    for (const [key, count] of counts) {
      const units = [...key].map((unit) => unit.charCodeAt(0));
      builder.set(units, 0, key.length, count);
    }
    return { counts, table: NgramTable.load(builder.store()) };
  }

  /** The count of `key`; undefined if it is not in the table. */
  function countIn(table: NgramTable, key: string): number | undefined {
    let node: number = NgramTable.ROOT;
    for (const unit of key) if (node >= 0) node = table.child(node, unit.charCodeAt(0));
    return node > 0 ? table.count(node) : undefined;
  }

  it('finds every n-gram that was put in, and no other', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const { counts, table } = counted(all);
        expect(table.size).toBe(counts.size);
        for (const [key, count] of counts) {
          // Within a sixth of an octave.
          expect(Math.abs(Math.log2((countIn(table, key) as number) / count))).toBeLessThan(0.17);
        }
        expect(table.child(NgramTable.ROOT, '无'.charCodeAt(0))).toBe(-1);
      }),
    );
  });

  it('has the n-grams of two merged tables, the counts of the second multiplied', () => {
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(1, 4), (some, others, factor) => {
        const [one, two] = [counted(some), counted(others)];
        const both = runToCompletion(one.table.mergedWith(two.table, factor));
        const keys = new Set([...one.counts.keys(), ...two.counts.keys()]);
        expect(both.size).toBe(keys.size);
        for (const key of keys) {
          const sum = (countIn(one.table, key) ?? 0) + factor * (countIn(two.table, key) ?? 0);
          expect(Math.abs(Math.log2((countIn(both, key) as number) / sum))).toBeLessThan(0.17);
          // What only the first has keeps its count.
          if (!two.counts.has(key)) expect(countIn(both, key)).toBe(countIn(one.table, key));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is merged in steps', () => {
    const builder = new NgramBuilder();
    for (let unit = 0x4e00; unit < 0x4e00 + 200; unit++) {
      for (let next = 0x4e00; next < 0x4e00 + 200; next++) builder.set([unit, next], 0, 2, 3);
    }
    const large = NgramTable.load(builder.store());
    const steps = [...large.mergedWith(NgramTable.load(some().store()), 4)].length;
    expect(steps).toBeGreaterThanOrEqual(Math.floor(large.size / 11_000));
  });
});

describe('lexicon files', () => {
  it('are read, or refused with the reason why', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), '词库 '));
    try {
      const file = path.join(folder, 'lexicon.json');
      fs.writeFileSync(file, make([phrase('抓好春耕备耕')]));
      expect((await readLexicon(file)).phrases).toHaveLength(1);
      await expect(readLexicon(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(readLexicon(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
