/** Applies the safe fixes of all rules until nothing is left to fix. */
import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind } from '../structure/analysis';
import { applyEdits, TextEdits, TextEditsBuilder, type TextReplacement } from '../text/textEdit';
import { type LintConfiguration, type LintResult, lint } from './lint';
import type { Fix } from './rule';

/** One fix may uncover the next (a comma turned full-width is then doubled); more rounds than this none needs. */
const ROUNDS = 10;

/**
 * The fix that fix-all makes for `result`: the preferred one of its safe fixes, or its only safe fix. None where several
 * are offered and nothing tells which is right.
 */
export function safeFixOf(result: Pick<LintResult, 'fixes'>): Fix | undefined {
  const safe = (result.fixes ?? []).filter((fix) => fix.safe && fix.edits.length > 0);
  return safe.length === 1 ? safe[0] : safe.find((fix) => fix.preferred);
}

/**
 * The edits of the safe fixes of `results`, in order and without overlap: a fix is taken whole or not at all, the
 * earlier one first. Returns also how many fixes they make up.
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
 * Makes all safe fixes in `text` until none is left, in a bounded number of rounds.
 * Returns the text and how many fixes were made.
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
 * What {@link fixAll} does, as edits of the text of `analysis`, in order and without overlap. `wanted` picks the findings
 * that are mended, all by default; it is told the edits made before, whose text the finding is about. `known` are the findings of
 * `analysis`, where the caller has them. Returns also how many fixes they make up.
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
