/** A stored lexicon, whatever happens to the file, is read back exactly as written or not at all. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCorpus } from '../../../server/src/lsp/corpus.node';
import { EFFORT } from '../endurance';

const corpus = nodeCorpus('no-worker.js');
const PATHS = ['/稿/一', '/稿/二'];
const LEXICON = fs.readFileSync('corpus/lexicon.json', 'utf8').slice(0, 40_000);

const textOf = (stored: string | Uint8Array | undefined) =>
  typeof stored === 'string' ? stored : new TextDecoder().decode(stored);

let storage: string;
let file: string;
beforeEach(async () => {
  storage = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 存 ')), 'deep');
  expect(await corpus.keep(storage, PATHS, LEXICON)).toBeUndefined();
  file = path.join(storage, fs.readdirSync(storage)[0] as string);
});
afterEach(() => fs.rmSync(path.dirname(storage), { recursive: true, force: true }));

describe('a lexicon that is kept', () => {
  it('comes back for the same paths and no others', async () => {
    expect(textOf(await corpus.kept(storage, PATHS))).toBe(LEXICON);
    expect(await corpus.kept(storage, ['/稿/一'])).toBeUndefined();
    expect(await corpus.kept(path.join(storage, 'none'), PATHS)).toBeUndefined();
    expect(fs.readdirSync(storage)).toHaveLength(1);
  });

  it('comes back in the packed form, and from the file of an older version until it is kept again', async () => {
    const former = file.replace(/\.bin$/, '.json');
    fs.renameSync(file, former);
    expect(textOf(await corpus.kept(storage, PATHS))).toBe(LEXICON);
    const packed = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
    expect(await corpus.keep(storage, PATHS, packed)).toBeUndefined();
    expect(await corpus.kept(storage, PATHS)).toEqual(Buffer.from(packed));
    expect(fs.existsSync(former)).toBe(false);
  });

  it('does not come back cut short, with any bit turned, or with anything put in', async () => {
    const whole = fs.readFileSync(file);
    const place = fc.nat(whole.length - 1);
    const damage = fc.oneof(
      place.map((at) => whole.subarray(0, at)),
      fc.tuple(place, fc.nat(7)).map(([at, bit]) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        return bytes;
      }),
      fc
        .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 9 }))
        .map(([at, put]) => Buffer.concat([whole.subarray(0, at), put, whole.subarray(at)])),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        fs.writeFileSync(file, bytes);
        expect(await corpus.kept(storage, PATHS)).toBeUndefined();
      }),
      { numRuns: 200 * EFFORT },
    );
  });

  it('does not come back from a folder, a device or an older form', async () => {
    fs.writeFileSync(file, LEXICON);
    expect(await corpus.kept(storage, PATHS)).toBeUndefined();
    fs.rmSync(file);
    fs.mkdirSync(file);
    expect(await corpus.kept(storage, PATHS)).toBeUndefined();
    if (!fs.existsSync('/dev/zero')) return;
    fs.rmdirSync(file);
    fs.symlinkSync('/dev/zero', file);
    expect(await corpus.kept(storage, PATHS)).toBeUndefined();
  });

  it.each([
    ['a file', (at: string) => fs.writeFileSync(at, '')],
    ['a link to itself', (at: string) => fs.symlinkSync(at, at)],
  ])('cannot be kept where %s stands in the place of the folder, and the reason is told', async (_what, put) => {
    const place = path.join(storage, 'taken');
    put(place);
    for (const folder of [place, path.join(place, 'deeper')]) {
      const hindered = await corpus.keep(folder, PATHS, LEXICON);
      expect(hindered?.en).toMatch(/could not be stored in \{0\}: .*\. They will be learned again/);
      expect(hindered?.zh).toMatch(/没能存到 \{0\}：.*。下次启动时会重新学习/);
    }
  });
});
