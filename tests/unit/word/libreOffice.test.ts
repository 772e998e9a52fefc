/** LibreOffice as the judge of visible numbers, on real documents from ../shared. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWord } from '../../../server/src/word/word.node';

const FIXTURES = path.resolve(__dirname, '../../../../shared/fixtures/word');
const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find((file) => fs.existsSync(file));
const files = fs.existsSync(FIXTURES)
  ? ['pandoc', 'chinese'].flatMap((folder) =>
      fs
        .readdirSync(path.join(FIXTURES, folder))
        .filter((name) => name.endsWith('.docx'))
        .map((name) => path.join(FIXTURES, folder, name)),
    )
  : [];

const squeezed = (line: string) => line.replace(/\s+/g, '');

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
    execFileSync(
      SOFFICE as string,
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'txt:Text:UTF8',
        '--outdir',
        folder,
        ...files,
      ],
      { stdio: 'ignore' },
    );
  }, 180_000);
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('agrees on 99 of 100 paragraphs of lists', () => {
    let numbered = 0;
    const different: string[] = [];
    for (const file of files) {
      const { text, paragraphs } = readWord(fs.readFileSync(file));
      const judged = fs.readFileSync(path.join(folder, path.basename(file).replace(/docx$/, 'txt')), 'utf8');
      const lines = new Map<string, number>();
      for (const line of judged.split('\n')) lines.set(squeezed(line), (lines.get(squeezed(line)) ?? 0) + 1);
      for (const { label, start, end } of paragraphs) {
        // Text export shows every bullet as •.
        if (!label || label.bullet || label.text === '') continue;
        numbered++;
        const ours = squeezed(text.slice(start, end));
        const left = lines.get(ours) ?? 0;
        if (left > 0) lines.set(ours, left - 1);
        else different.push(`${path.basename(file)}: ${ours.slice(0, 40)}`);
      }
    }
    expect(numbered).toBeGreaterThan(70);
    expect(different.length / numbered, different.join('\n')).toBeLessThanOrEqual(0.01);
    console.log(`${numbered} numbered paragraphs, ${different.length} different from LibreOffice`);
  });
});
