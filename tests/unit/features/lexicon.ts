/** A small lexicon learned from reports about invented places. */
import { soundText } from '../../../server/src/lexicon/clean';
import { Learner } from '../../../server/src/lexicon/learner';
import type { Lexicon } from '../../../server/src/lexicon/lexicon';
import { loadLexicon } from '../../../server/src/lexicon/store';
import { reports } from '../lexicon/documents';

export async function smallLexicon(): Promise<Lexicon> {
  const learner = new Learner(soundText);
  const texts = reports(8);
  await Promise.all(texts.map((text, index) => learner.prepare(String(index), async () => text)));
  const { json } = learner.learn(
    texts.map((_, index) => ({ name: String(index), hash: String(index) })),
    {},
  );
  return loadLexicon(json);
}
