import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const SHIPPED = path.join(import.meta.dirname, '../../../corpus/lexicon.json');
const TEXT = '青禾县工作报告\n\n要坚持以习近平新时代特色社会主义思想为指导，办好民生实事。\n';
let folder = '';
let draft = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-lexicon-'));
  draft = path.join(folder, '报告.txt');
  fs.writeFileSync(draft, TEXT);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('lint and fix', () => {
  it('check slogans against the lexicon that comes along', async () => {
    const { code, out } = await policyText(['lint', draft]);
    expect(code).toBe(1);
    expect(out).toContain('slogan.near-miss');
    // Wording is the writer's to decide: fix never changes it unasked.
    expect((await policyText(['fix', draft])).out).toContain('新时代特色社会主义');
  });

  it('or against another, or not at all', async () => {
    expect((await policyText(['lint', draft, '--lexicon', SHIPPED])).out).toContain('slogan.near-miss');
    expect((await policyText(['lint', draft, '--no-lexicon'])).code).toBe(0);
    expect((await policyText(['fix', draft, '--no-lexicon'])).out).toBe(TEXT);
  });

  it('say which lexicon cannot be read', async () => {
    const missing = path.join(folder, 'missing.json');
    const { code, error } = await policyText(['lint', draft, '--lexicon', missing]);
    expect(code).toBe(2);
    expect(error).toContain(missing);
    expect((await policyText(['lint', draft, '--lexicon', draft])).code).toBe(2);
  });
});
