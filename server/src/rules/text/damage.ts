/** The places of an analysis that are damaged by a wrong decoding: searched once, for all rules that ask. */
import type { MojibakePlace } from '../../repair/mojibake/index';
import {
  findMojibakeIncremental,
  mayHoldFolded,
  mojibakeIn,
  SIGNS_OF_FOLDING,
  SIGNS_OF_READINGS,
} from '../../repair/mojibakeStep';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineMemo } from '../../structure/lineMemo';
import { characterMask, textMatches } from '../../structure/linePrefilter';
import type { Resumable } from '../../text/resumable';

/** Most texts have neither; that is told line by line, so that an edit costs one line. */
const folded = new LineMemo(mayHoldFolded, { signs: SIGNS_OF_FOLDING, otherwise: false });
const readings = characterMask(SIGNS_OF_READINGS);

const places = new AnalysisMemo<readonly MojibakePlace[]>(({ text }) => mojibakeIn(text));

/** False where the search would find nothing, told without a look at the whole text. */
export function mayBeDamaged(analysis: Analysis): boolean {
  return folded.some(analysis, Boolean) || textMatches(analysis, readings);
}

/** The damaged places of the text, in order. Takes seconds for some texts: see {@link prepareDamage}. */
export function damageOf(analysis: Analysis): readonly MojibakePlace[] {
  return mayBeDamaged(analysis) ? places.of(analysis) : [];
}

/** Does the search step by step; {@link damageOf} then has the answer at hand. */
export function* prepareDamage(analysis: Analysis): Resumable<void> {
  if (!mayBeDamaged(analysis) || places.has(analysis)) return;
  places.set(analysis, yield* findMojibakeIncremental(analysis.text));
}
