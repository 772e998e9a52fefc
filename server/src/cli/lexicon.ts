/** The lexicon for the rules about slogans. */
import path from 'node:path';
import { readLexicon } from '../lexicon/model/file.node';
import type { Lexicon } from '../lexicon/model/lexicon';
import { LexiconError } from '../lexicon/model/store';
import { localise } from '../text/message';
import { type Call, type Option, UsageError } from './command';
import { reasonFor } from './drafts';

/** Options of every command that lints. */
export const LEXICON_OPTIONS: readonly Option[] = [
  {
    name: 'lexicon',
    value: 'FILE',
    help: {
      en: 'check slogans against this lexicon, see “policy-text learn” (default: the shipped one)',
      zh: '按这个词库核对固定表述，见 policy-text learn（默认用自带词库）',
    },
  },
  {
    name: 'no-lexicon',
    help: { en: 'do not check slogans', zh: '不核对固定表述' },
  },
];

/** Beside the bundle, and relative to the sources. */
const SHIPPED = ['lexicon.bin', '../corpus/lexicon.json', '../../../corpus/lexicon.json'];

/**
 * The lexicon that `call` asks for; undefined for none, also if the shipped one is missing. Throws {@link UsageError}
 * if the one named cannot be read.
 */
export async function lexiconOf({ options, locale }: Call): Promise<Lexicon | undefined> {
  if (options.has('no-lexicon')) return undefined;
  const named = options.value('lexicon');
  if (named !== undefined) {
    try {
      return await readLexicon(named);
    } catch (error) {
      const reason = error instanceof LexiconError ? error.explanation : reasonFor(error);
      throw new UsageError({
        en: '{0}: {1}',
        zh: '{0}：{1}',
        values: [named, localise(reason, locale)],
      });
    }
  }
  for (const place of SHIPPED) {
    const lexicon = await readLexicon(path.join(__dirname, place)).catch(() => undefined);
    if (lexicon) return lexicon;
  }
  return undefined;
}
