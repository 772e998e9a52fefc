/** Learning in parts gives the result of learning in one go, byte for byte, however the documents are divided. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Learner } from '../../../../server/src/lexicon/mining/learner';
import type { MineOptions } from '../../../../server/src/lexicon/mining/mine';
import { isSearchable } from '../../../../server/src/lexicon/shards/candidateList';
import {
  boundsOfParts,
  countPart,
  type MergeResult,
  mergeCounts,
  mergeParts,
  type PreparedDocument,
  writeCandidatesOf,
  writePart,
} from '../../../../server/src/lexicon/shards/rounds.node';
import { PartError } from '../../../../server/src/lexicon/shards/sectionFile.node';
import { EFFORT } from '../../endurance';
import { reports } from '../documents';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-shards-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);

/** A document with its text before it was prepared. */
interface Draft extends PreparedDocument {
  readonly raw: string;
}

/** Documents of several years and sources, including duplicates and documents of history. */
async function documentsOf(count: number): Promise<Draft[]> {
  const learner = new Learner((text) => text);
  const texts = reports(count);
  return Promise.all(
    texts.map(async (text, index) => {
      const name = `${2019 + (index % 6)}-${index}.txt`;
      const twin = index % 7 === 6 ? `${texts[index - 1]}\n（完）` : text;
      const hash = String((index * 7919) % 1009).padStart(4, '0');
      const raw = `${twin}\n各部门要认真贯彻落实，确保全年目标任务圆满完成，办好实事。`;
      const prepared = await learner.prepare(hash, async () => raw, name);
      return {
        name,
        hash,
        raw,
        text: prepared,
        ...learner.dating(hash, name),
        source: index % 3 === 0 ? '市' : '省',
        ...(index % 5 === 4 && { history: true }),
      };
    }),
  );
}

async function inOneGo(documents: readonly Draft[], options: MineOptions): Promise<string> {
  const learner = new Learner((text) => text);
  for (const { hash, raw } of documents) await learner.prepare(hash, async () => raw);
  return learner.learn(documents, options).json;
}

/** The lexicon of `shares`, by the steps that a cluster would run. */
function inParts(
  shares: readonly (readonly PreparedDocument[])[],
  options: MineOptions,
  order: (paths: string[]) => string[] = (paths) => paths,
  least: number | undefined = 2,
): string {
  const parts = shares.map((documents, index) => {
    writePart(at(`part-${index}`), { documents }, least);
    return at(`part-${index}`);
  });
  const candidates: string[] = [];
  if (least === undefined) {
    for (const part of parts) {
      const found = boundsOfParts(parts, options);
      writeCandidatesOf(part, `${part}-candidates`, found && isSearchable(found) ? found : { documents: 2, recent: 2 });
      candidates.push(`${part}-candidates`);
    }
  }
  let result: MergeResult = mergeParts(order(parts), at('stage-0'), options, order(candidates));
  for (let round = 0; 'round' in result; round++) {
    const counts = parts.map((part, index) => {
      countPart(at(`stage-${round}`), part, at(`counts-${index}`));
      return at(`counts-${index}`);
    });
    result = mergeCounts(at(`stage-${round}`), order(counts), at(`stage-${round + 1}`));
  }
  return result.learned.json;
}

/** `documents` in as many shares as `choice` names. */
function shared(documents: readonly PreparedDocument[], choice: readonly number[]): PreparedDocument[][] {
  const shares = new Map<number, PreparedDocument[]>();
  documents.forEach((document, index) => {
    const share = choice[index % choice.length] as number;
    shares.set(share, [...(shares.get(share) ?? []), document]);
  });
  return [...shares.values()];
}

describe('learning in parts', () => {
  it('gives the bytes of learning in one go', { timeout: 240_000 * EFFORT }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 60 }),
        fc.array(fc.nat(4), { minLength: 3, maxLength: 60 }),
        fc.constantFrom<MineOptions>({}, { minDocuments: 3 }, { maxNgrams: 2_000, maxPhrases: 20 }),
        fc.constantFrom(undefined, 2, 3),
        async (count, choice, options, least) => {
          const documents = await documentsOf(count);
          const parts = inParts(shared(documents, choice), options, (paths) => [...paths].reverse(), least);
          // Not compared by the matcher, which would print both.
          expect(parts === (await inOneGo(documents, options))).toBe(true);
        },
      ),
      { numRuns: 12 * EFFORT },
    );
  });

  it('counts history once that several shards are given', async () => {
    const documents = await documentsOf(24);
    const fresh = documents.filter(({ history }) => !history);
    const history = documents.filter((one) => one.history);
    const whole = await inOneGo(documents, {});
    const [one, two] = shared(fresh, [0, 1]) as [PreparedDocument[], PreparedDocument[]];
    expect(
      inParts(
        [
          [...one, ...history],
          [...two, ...history],
        ],
        {},
      ) === whole,
    ).toBe(true);
    // Documents fresh in one shard and of history in another are fresh.
    const older = one.map((document) => ({ ...document, history: true }));
    expect(
      inParts(
        [
          [...one, ...history],
          [...two, ...older],
        ],
        {},
      ) === whole,
    ).toBe(true);
    // The same text under another name is another document, in one go too.
    const copies = history.map((document) => ({ ...document, name: `副本-${document.name}` }));
    const withCopies = await inOneGo([...documents, ...copies], {});
    expect(withCopies === whole).toBe(false);
    expect(
      inParts(
        [
          [...one, ...history],
          [...two, ...copies, ...history],
        ],
        {},
      ) === withCopies,
    ).toBe(true);
  });

  it('refuses what is missing, there twice, of another stage, or cut', async () => {
    const documents = await documentsOf(12);
    const shares = shared(documents, [0, 1, 2]);
    const parts = shares.map((share, index) => {
      writePart(at(`p${index}`), { documents: share }, 2);
      return at(`p${index}`);
    });
    const [one, two, three] = parts as [string, string, string];
    expect(() => mergeParts([one, two, one], at('s'), {})).toThrow(/same documents/);
    mergeParts(parts, at('s'), {});
    for (const part of parts) countPart(at('s'), part, `${part}c`);
    expect(() => mergeCounts(at('s'), [`${one}c`, `${two}c`], at('n'))).toThrow(/parts are missing/);
    expect(() => mergeCounts(at('s'), [`${one}c`, `${two}c`, `${two}c`], at('n'))).toThrow(/the same part/);
    mergeParts([one, two], at('s2'), {});
    expect(() => mergeCounts(at('s2'), [`${one}c`, `${two}c`], at('n'))).toThrow(/was not counted for/);
    expect(() => countPart(at('s2'), three, at('c'))).toThrow(/is not a part of/);
    expect(() => mergeParts([one, at('s')], at('n'), {})).toThrow(PartError);
    expect(() => mergeCounts(at('s'), parts, at('n'))).toThrow(PartError);

    const whole = fs.readFileSync(two);
    for (const size of [0, 10, whole.length >> 1, whole.length - 1]) {
      fs.writeFileSync(two, whole.subarray(0, size));
      expect(() => mergeParts(parts, at('n'), {}), `cut at ${size}`).toThrow(/not a complete part/);
    }
    const changed = Buffer.from(whole);
    changed[whole.length >> 1]! ^= 1;
    fs.writeFileSync(two, changed);
    expect(() => mergeParts(parts, at('n'), {})).toThrow(/not a complete part/);
    expect(fs.existsSync(at('n'))).toBe(false);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
