/** Applies the safe fixes of all rules, or the certain ones of rules asked for, until nothing is left to fix. */
import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind } from '../structure/analysis';
import { applyEdits, TextEdits, TextEditsBuilder, type TextReplacement } from '../text/textEdit';
import { type LintConfiguration, type LintResult, lint } from './lint';
import type { Fix, Rule } from './rule';

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
 * The fix for `result` where its rule was asked for by name: the safe one, or, of a rule that changes words only on
 * request ({@link Rule.fixesOnRequest}), the preferred one, which only a certain finding has.
 */
export function certainFixOf(result: Pick<LintResult, 'fixes' | 'rule'>): Fix | undefined {
  const safe = safeFixOf(result);
  if (safe || !result.rule.fixesOnRequest) return safe;
  return (result.fixes ?? []).find(({ preferred, edits }) => preferred && edits.length > 0);
}

/** Whether `asked`, the id of a rule or of a group, covers `rule`. */
export function coversRule(asked: string, { id, aliases }: Pick<Rule, 'id' | 'aliases'>): boolean {
  return id === asked || id.startsWith(`${asked}.`) || (aliases?.includes(asked) ?? false);
}

/**
 * The edits of the fixes of `results` that `fixOf` chooses, the safe ones by default, sorted and disjoint: a fix is applied
 * whole or not at all, the earlier one first. Also returns the number of fixes.
 */
export function collectEdits(
  results: readonly LintResult[],
  fixOf: (result: LintResult) => Fix | undefined = safeFixOf,
): { edits: TextEdits; fixes: number } {
  const builder = new TextEditsBuilder();
  let fixes = 0;
  for (const result of results) {
    const fix = fixOf(result);
    if (fix && builder.add(fix.edits)) fixes++;
  }
  return { edits: builder.build(), fixes };
}

/** What to fix, and what the findings depend on besides the text. */
export interface FixAllOptions {
  readonly configuration?: LintConfiguration | undefined;
  readonly lexicon?: Lexicon | undefined;
  readonly spelling?: SpellingModel | undefined;
  /**
   * Rules and groups whose findings are fixed, all by default. A rule that changes words only on request is requested
   * by its own id, not by that of its group.
   */
  readonly only?: readonly string[] | undefined;
  /**
   * Selects the findings to fix, all by default; it is passed the edits made before, to whose result the finding
   * refers.
   */
  readonly wanted?: (result: LintResult, made: TextEdits) => boolean;
  /** The findings of the text, if the caller has them. */
  readonly known?: readonly LintResult[];
}

/**
 * Applies all safe fixes to `text` until none is left, in a bounded number of rounds. Returns the text and the number
 * of fixes.
 */
export function fixAll(
  text: string,
  kind: DocumentKind,
  options: Omit<FixAllOptions, 'known' | 'wanted'> = {},
): { text: string; applied: number } {
  const { edits, applied } = fixAllEdits(analyse(text, kind), options);
  return { text: applyEdits(text, edits), applied };
}

/**
 * The effect of {@link fixAll} as edits of the text of `analysis`, sorted and disjoint. Also returns the number of fixes.
 */
export function fixAllEdits(
  analysis: Analysis,
  { configuration, lexicon, spelling, only, wanted = () => true, known }: FixAllOptions = {},
): { edits: readonly TextReplacement[]; applied: number } {
  const isWanted = ({ rule }: LintResult) => !only || only.some((asked) => coversRule(asked, rule));
  const fixOf = (result: LintResult) =>
    only?.some((asked) => asked === result.rule.id) ? certainFixOf(result) : safeFixOf(result);
  let composed = TextEdits.NONE;
  let applied = 0;
  let current = analysis;
  for (let round = 0; round < ROUNDS; round++) {
    const before = composed;
    const found = round === 0 && known ? known : lint(current, configuration, lexicon, spelling);
    const { edits, fixes } = collectEdits(
      found.filter((one) => isWanted(one) && wanted(one, before)),
      fixOf,
    );
    const next = edits.apply(current.text);
    if (fixes === 0 || next === current.text) break;
    composed = composed.compose(edits);
    applied += fixes;
    current = analyse(next, analysis.kind, current);
  }
  return { edits: composed.replacements, applied };
}
