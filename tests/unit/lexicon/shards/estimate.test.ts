import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { estimateOf } from '../../../../server/src/lexicon/shards/learnInParts.node';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-estimate-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Documents of `megabytes` each; files with holes, which take no room on the disk. */
function documents(count: number, megabytes: number) {
  const files = Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `${count}-${megabytes}-${index}.txt`);
    fs.writeFileSync(file, '');
    fs.truncateSync(file, megabytes * 1_000_000);
    return file;
  });
  return { files, fresh: count, problems: [] };
}

describe('the estimate of memory', () => {
  it('keeps ten gigabytes below two', async () => {
    const { parts, inParts, memory } = await estimateOf(documents(400, 25), 2e9);
    expect(memory).toBeGreaterThan(50e9);
    expect(parts).toBeGreaterThan(40);
    expect(inParts).toBeLessThanOrEqual(2e9);
  });

  it('names what merging takes where that is more than the parts do', async () => {
    const { parts, inParts } = await estimateOf(documents(200, 3), 500e6);
    expect(parts).toBeGreaterThan(10);
    // The n-grams counted in all parts together.
    expect(inParts).toBeGreaterThan(1e9);
  });

  it('learns in one go where parts would take no less', async () => {
    expect((await estimateOf(documents(60, 1), 400e6)).parts).toBe(1);
    expect((await estimateOf(documents(10, 0.5), 255e6)).parts).toBeGreaterThan(1);
  });
});
