/** The places of an analysis that are damaged by a wrong decoding: searched once, for all rules that ask. */
import type { MojibakePlace } from '../../repair/mojibake/index';
import { findMojibakeIncremental, mojibakeIn } from '../../repair/mojibakeStep';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import type { Resumable } from '../../text/resumable';

const places = new AnalysisMemo<readonly MojibakePlace[]>(({ text }) => mojibakeIn(text));

/** The damaged places of the text, in order. Takes seconds for some texts: see {@link prepareDamage}. */
export function damageOf(analysis: Analysis): readonly MojibakePlace[] {
  return places.of(analysis);
}

/** Does the search step by step; {@link damageOf} then has the answer at hand. */
export function* prepareDamage(analysis: Analysis): Resumable<void> {
  if (!places.has(analysis)) places.set(analysis, yield* findMojibakeIncremental(analysis.text));
}
