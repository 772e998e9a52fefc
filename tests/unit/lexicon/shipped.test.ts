/** The shipped files match corpus/sums.json, and can be rebuilt byte for byte. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

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
