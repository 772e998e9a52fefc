/** Compares automatic numbers with LibreOffice's, on real documents from ../shared. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWord } from '../../../server/src/word/word.node';
import { compareNumbers, wordFixtures as files, SOFFICE, writeOfficeTexts } from './visibleNumbers';

describe.skipIf(files.length === 0)('documents of ../shared/fixtures/word', () => {
  it.each(files.map((file) => [path.basename(file), file] as const))('%s is read in both views', (_, file) => {
    const bytes = fs.readFileSync(file);
    expect(readWord(bytes).paragraphs.length).toBeGreaterThan(0);
    readWord(bytes, 'original');
  });
});

describe.skipIf(files.length === 0 || !SOFFICE)('visible numbers, with LibreOffice as the judge', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-office-'));
    writeOfficeTexts(SOFFICE as string, files, folder);
  }, 180_000);
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('agrees on 99 of 100 paragraphs of lists', () => {
    const { numbered, different } = compareNumbers(files, folder);
    expect(numbered).toBeGreaterThan(70);
    expect(different.length / numbered, different.join('\n')).toBeLessThanOrEqual(0.01);
    console.log(`${numbered} numbered paragraphs, ${different.length} different from LibreOffice`);
  });
});
