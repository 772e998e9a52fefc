/** The model that misspellings are found with. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { decodeSpellingModel, type SpellingModel } from '../spelling/spellingModel';
import { runToCompletion } from '../text/resumable';
import type { Call, Option } from './command';

/** Every command that lints has it. */
export const SPELLING_OPTION: Option = {
  name: 'no-spelling',
  help: { en: 'do not look for misspellings', zh: '不检查错别字' },
};

/** Beside the bundle, and where the bundle is made from. */
const SHIPPED = ['spelling.bin', '../corpus/spelling.bin', '../../../corpus/spelling.bin'];

/** The shipped model; undefined where `call` wants none or it is not there. */
export async function spellingOf({ options }: Call): Promise<SpellingModel | undefined> {
  if (options.has('no-spelling')) return undefined;
  for (const place of SHIPPED) {
    const bytes = await fs.readFile(path.join(__dirname, place)).catch(() => undefined);
    if (bytes) return runToCompletion(decodeSpellingModel(bytes));
  }
  return undefined;
}
