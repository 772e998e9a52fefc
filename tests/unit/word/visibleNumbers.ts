/** Compares the visible numbers of Word documents with those that LibreOffice writes. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readWord } from '../../../server/src/word/word.node';

const FIXTURES = path.resolve('../shared/fixtures/word');

/** LibreOffice, if installed. */
export const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find((file) => fs.existsSync(file));

/** The documents of ../shared/fixtures/word; none if that is absent. */
export const wordFixtures: readonly string[] = fs.existsSync(FIXTURES)
  ? ['pandoc', 'chinese'].flatMap((folder) =>
      fs
        .readdirSync(path.join(FIXTURES, folder))
        .filter((name) => name.endsWith('.docx'))
        .map((name) => path.join(FIXTURES, folder, name)),
    )
  : [];

/** Has `soffice` write the text of `files` to `folder`. */
export function writeOfficeTexts(soffice: string, files: readonly string[], folder: string): void {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const conversion = ['--headless', '--convert-to', 'txt:Text:UTF8', '--outdir', folder];
  execFileSync(soffice, [profile, ...conversion, ...files], { stdio: 'ignore' });
}

const squeezed = (line: string) => line.replace(/\s+/g, '');

/** The number of numbered paragraphs in `files`, and those whose number is missing in the texts in `folder`. */
export function compareNumbers(
  files: readonly string[],
  folder: string,
): { readonly numbered: number; readonly different: readonly string[] } {
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
  return { numbered, different };
}
