/** Applies the safe fixes of all rules until nothing is left to fix. */
import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind } from '../structure/analysis';
import { applyEdits, TextEdits, TextEditsBuilder, type TextReplacement } from '../text/textEdit';
import { type LintConfiguration, type LintResult, lint } from './lint';
import type { Fix } from './rule';

/** One fix may uncover the next (a comma turned full-width is then doubled); none needs more rounds than this. */
const ROUNDS = 10;

/**
 * The fix that fix-all applies for `result`: the preferred one of its safe fixes, or its only safe fix. None if several
 * are offered and nothing shows which is right.
 */
export function safeFixOf(result: Pick<LintResult, 'fixes'>): Fix | undefined {
  const safe = (result.fixes ?? []).filter((fix) => fix.safe && fix.edits.length > 0);
  return safe.length === 1 ? safe[0] : safe.find((fix) => fix.preferred);
}

/**
 * The edits of the safe fixes of `results`, sorted and disjoint: a fix is applied whole or not at all, the earlier one
 * first. Also returns the number of fixes.
 */
export function collectSafeEdits(results: readonly LintResult[]): { edits: TextEdits; fixes: number } {
  const builder = new TextEditsBuilder();
  let fixes = 0;
  for (const result of results) {
    const fix = safeFixOf(result);
    if (fix && builder.add(fix.edits)) fixes++;
  }
  return { edits: builder.build(), fixes };
}

/**
 * Applies all safe fixes to `text` until none is left, in a bounded number of rounds. Returns the text and the number
 * of fixes.
 */
export function fixAll(
  text: string,
  kind: DocumentKind,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
): { text: string; applied: number } {
  const { edits, applied } = fixAllEdits(analyse(text, kind), configuration, undefined, lexicon, spelling);
  return { text: applyEdits(text, edits), applied };
}

/**
 * The effect of {@link fixAll} as edits of the text of `analysis`, sorted and disjoint. `wanted` selects the findings
 * to fix, all by default; it is passed the edits made before, to whose result the finding refers. `known` are the
 * findings of `analysis`, if the caller has them. Also returns the number of fixes.
 */
export function fixAllEdits(
  analysis: Analysis,
  configuration?: LintConfiguration,
  wanted: (result: LintResult, made: TextEdits) => boolean = () => true,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
  known?: readonly LintResult[],
): { edits: readonly TextReplacement[]; applied: number } {
  let composed = TextEdits.NONE;
  let applied = 0;
  let current = analysis;
  for (let round = 0; round < ROUNDS; round++) {
    const before = composed;
    const found = round === 0 && known ? known : lint(current, configuration, lexicon, spelling);
    const { edits, fixes } = collectSafeEdits(found.filter((one) => wanted(one, before)));
    const next = edits.apply(current.text);
    if (fixes === 0 || next === current.text) break;
    composed = composed.compose(edits);
    applied += fixes;
    current = analyse(next, analysis.kind, current);
  }
  return { edits: composed.replacements, applied };
}
