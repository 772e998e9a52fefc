/** A small lexicon learned from reports about invented places. */
import type { Lexicon } from '../../../server/src/lexicon/model/lexicon';
import { reports } from '../lexicon/documents';
import { lexiconOf } from '../lexicon/learned';

export const smallLexicon = (): Promise<Lexicon> => lexiconOf(reports(8));
