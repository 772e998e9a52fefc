/** Reads lexicon files, with messages for errors. */
import { readWhole } from '../../disk.node';
import type { Lexicon } from './lexicon';
import { loadLexicon } from './store';

/** Maximum size of a lexicon, in bytes: that of 35 million characters has three. */
const MAX_COUNT = 256 * 1024 * 1024;

/** Reads a stored lexicon. Throws a file system error or {@link import('./store').LexiconError}. */
export async function readLexicon(file: string): Promise<Lexicon> {
  return loadLexicon(await readWhole(file, MAX_COUNT));
}
