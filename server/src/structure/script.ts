import { lazily } from '../text/lazily';
import type { Resumable } from '../text/resumable';
import { charactersOfOneScript, type ScriptCount, scriptOf, scriptOfCounts } from '../text/script';
import type { Analysis } from './analysis';
import { AnalysisMemo } from './analysisMemo';
import { LineMemo } from './lineMemo';
import { characterMask, textMatches } from './linePrefilter';

const lineCounts = new LineMemo((line) => scriptOf(line));
const counts = new AnalysisMemo((analysis) => {
  let simplified = 0;
  let traditional = 0;
  for (let number = 0; number < analysis.lines.count; number++) {
    const line = lineCounts.of(analysis, number);
    simplified += line.simplified;
    traditional += line.traditional;
  }
  return scriptOfCounts(simplified, traditional);
});

/**
 * Counts the characters of each script line by line, so that {@link scriptOfDraft} and {@link holdsBothScripts} then return at
 * once.
 */
export function* prepareScript(analysis: Analysis): Resumable<void> {
  // The first time the tables of both scripts are made, in a step of their own.
  scriptOf('');
  yield;
  masks();
  yield;
  yield* lineCounts.prepare(analysis);
}

/** The script of the text of `analysis`: {@link scriptOf} summed over lines, counted once for each line. */
export function scriptOfDraft(analysis: Analysis): ScriptCount {
  return counts.of(analysis);
}

const masks = lazily(() => Object.values(charactersOfOneScript()).map((set) => characterMask({ triggers: [set] })));

/**
 * Whether the text of `analysis` contains both characters that only simplified texts have and characters that only
 * traditional ones have.
 */
export function holdsBothScripts(analysis: Analysis): boolean {
  return masks().every((mask) => textMatches(analysis, mask));
}
