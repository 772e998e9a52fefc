/** Lexicon files: read with the reasons why not, written whole or not at all. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import type { Lexicon } from './lexicon';
import { loadLexicon } from './store';

/** Reads a stored lexicon. Throws a file system error or {@link import('./store').LexiconError}. */
export async function readLexicon(file: string): Promise<Lexicon> {
  return loadLexicon(await fs.readFile(file, 'utf8'));
}

/** Writes a stored lexicon beside `file` first and then in its place, so that no reader ever sees half of one. */
export async function writeLexicon(file: string, json: string): Promise<void> {
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    await fs.writeFile(beside, json);
    await fs.rename(beside, file);
  } catch (error) {
    await fs.rm(beside, { force: true });
    throw error;
  }
}
