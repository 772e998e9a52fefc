import { charactersOfOneScript, type ScriptCount, scriptOf, scriptOfCounts } from '../text/script';
import type { Analysis } from './analysis';
import { LineMemo } from './lineMemo';
import { type CharacterMask, characterMask, textMatches } from './linePrefilter';

const lineCounts = new LineMemo((line) => scriptOf(line));
const known = new WeakMap<Analysis, ScriptCount>();

/** The script that the text of `analysis` is written in: {@link scriptOf} line by line, counted once for each line. */
export function scriptOfDraft(analysis: Analysis): ScriptCount {
  let count = known.get(analysis);
  if (count) return count;
  let simplified = 0;
  let traditional = 0;
  for (let number = 0; number < analysis.lines.count; number++) {
    const line = lineCounts.of(analysis, number);
    simplified += line.simplified;
    traditional += line.traditional;
  }
  count = scriptOfCounts(simplified, traditional);
  known.set(analysis, count);
  return count;
}

let masks: readonly CharacterMask[] | undefined;

/** True where the text of `analysis` holds characters that only simplified texts have, and such as only traditional ones have. */
export function holdsBothScripts(analysis: Analysis): boolean {
  masks ??= Object.values(charactersOfOneScript()).map((set) => characterMask({ triggers: [set] }));
  return masks.every((mask) => textMatches(analysis, mask));
}
