/** The spelling model. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { decodeSpellingModel, type SpellingModel } from '../spelling/spellingModel';
import { lazily } from '../text/lazily';
import { runToCompletion } from '../text/resumable';
import type { Call, Option } from './command';

/** An option of every command that lints. */
export const SPELLING_OPTION: Option = {
  name: 'no-spelling',
  help: { en: 'do not look for misspellings', zh: '不检查错别字' },
};

/** Beside the bundle, and relative to the sources. */
const SHIPPED = ['spelling.bin', '../corpus/spelling.bin', '../../../corpus/spelling.bin'];

/** The shipped model; undefined if `call` disables it or it is missing. */
export async function spellingOf({ options }: Call): Promise<SpellingModel | undefined> {
  if (options.has('no-spelling')) return undefined;
  for (const place of SHIPPED) {
    const bytes = await fs.readFile(path.join(__dirname, place)).catch(() => undefined);
    if (bytes) return unpackedWhenUsed(bytes);
  }
  return undefined;
}

/** Decompression takes as long as linting a report: deferred until a text needs it. */
function unpackedWhenUsed(bytes: Uint8Array): SpellingModel {
  const model = lazily(() => runToCompletion(decodeSpellingModel(bytes)));
  return {
    get language() {
      return model().language;
    },
    get confusions() {
      return model().confusions;
    },
    get checker() {
      return model().checker;
    },
    get sentence() {
      return model().sentence;
    },
    get evidence() {
      return model().evidence;
    },
    shared: () => model().shared(),
  };
}
