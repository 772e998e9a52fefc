/** The shipped files match corpus/sums.json, and can be rebuilt byte for byte. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadLexicon, packLexicon } from '../../../server/src/lexicon/model/store';

const root = path.join(import.meta.dirname, '../../..');
const SHARED = path.join(root, '../shared');
const hasShared = fs.existsSync(path.join(SHARED, 'library'));
/** Takes minutes for each file, so it has to be requested: POLICY_TEXT_RELEARN=1. */
const relearns = hasShared && process.env.POLICY_TEXT_RELEARN === '1';

interface Learned {
  readonly command: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly sha256: string;
  readonly bytes: number;
}
const sums: Readonly<Record<string, Learned>> = JSON.parse(
  fs.readFileSync(path.join(root, 'corpus/sums.json'), 'utf8'),
);
const sum = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('the lexicon is the same in the packed form that is shipped', () => {
  const stored = fs.readFileSync(path.join(root, 'corpus/lexicon.json'));
  const text = loadLexicon(stored);
  const read = loadLexicon(packLexicon(stored));
  const [one, other] = [text.ngrams.packed(), read.ngrams.packed()];
  for (const part of ['byRank', 'low', 'high', 'levels', 'children', 'excess'] as const) {
    // Compared as bytes: two million numbers each.
    const bytesOf = (array: Uint8Array | Uint16Array | Uint32Array) =>
      Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    expect(bytesOf(one[part]).equals(bytesOf(other[part])), part).toBe(true);
  }
  expect(read.ngrams.weights).toEqual(text.ngrams.weights);
  expect(read.phrases).toEqual(text.phrases);
  expect(read.series).toEqual(text.series);
  expect(read.nearForms).toEqual(text.nearForms);
  for (const since of [undefined, 1999, 2012, 2018, 2022, 2026]) {
    const words = { documents: 100, ...(since !== undefined && { since }) };
    expect(read.spread(words)).toBe(text.spread(words));
  }
});

describe.each(Object.entries(sums))('%s', (file, { command, inputs, sha256, bytes }) => {
  it('is the file that the command made', () => {
    const shipped = fs.readFileSync(path.join(root, 'corpus', file));
    expect({ sha256: sum(shipped), bytes: shipped.length }).toEqual({ sha256, bytes });
    expect(bytes).toBeLessThan(8_000_000);
  });

  it.skipIf(!hasShared)('was made of what ../shared holds', () => {
    for (const [input, expected] of Object.entries(inputs)) {
      const source = path.join(SHARED, input);
      if (!fs.statSync(source).isDirectory()) expect(sum(fs.readFileSync(source)), input).toBe(expected);
    }
  });

  it.skipIf(!relearns)(
    'is made anew byte for byte (POLICY_TEXT_RELEARN=1)',
    async () => {
      const script = command.split(' ')[1] as string;
      const { stdout } = await promisify(execFile)(process.execPath, [script, '--verify'], { cwd: root });
      expect(stdout).toContain(`${file} is made anew byte for byte`);
    },
    1_800_000,
  );
});
