/** Learns lexicons from texts. */
import { soundText } from '../../../server/src/lexicon/mining/clean';
import { Learner } from '../../../server/src/lexicon/mining/learner';
import type { Lexicon } from '../../../server/src/lexicon/model/lexicon';
import { loadLexicon } from '../../../server/src/lexicon/model/store';

/** The lexicon of `texts`, each a document of its own, in its stored form. */
export async function storedLexiconOf(texts: readonly string[]): Promise<string> {
  const learner = new Learner(soundText);
  for (const [index, text] of texts.entries()) await learner.prepare(`${index}`, async () => text);
  const documents = texts.map((_, index) => ({ name: `${index}`, hash: `${index}` }));
  return learner.learn(documents, {}).json;
}

/** The same, ready for use. */
export async function lexiconOf(texts: readonly string[]): Promise<Lexicon> {
  return loadLexicon(await storedLexiconOf(texts));
}
