/** Completes the plan of a command with its consequences, and validates the result. */

import { type LintConfiguration, type LintResult, lint } from '../rules/lint';
import { analyse } from '../structure/analyse';
import type { Analysis, NumberingBreak, Section } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import type { Message } from '../text/message';
import { TextEdits, type TextReplacement } from '../text/textEdit';
import type { EditOutcome } from './editOutcome';
import { uncertainReferences } from './uncertainReferences';

const UNCLEAR: Message = {
  zh: '改动后这一组序号会与别的层级混淆，未作改动。请先统一各级序号的写法（如“（一）”与“1.”），再试一次。',
  en: 'Not changed: the new numbers could be confused with those of another level. Write each level alike first (for example （一） and 1.), then try again.',
};
const UNCLEAR_ALREADY: Message = {
  zh: '改动后的序号会无法辨认，未作改动。请先改正“问题”面板中原有的序号问题，再试一次。',
  en: 'Not changed: the numbers would be unclear. Fix the numbering problems listed in the Problems panel first, then try again.',
};

/** Stands in for the title that will be typed, while checking that a new section is recognised. */
export const WORDS_TO_COME = '待写';

/** The intended changes of a command. */
export interface Plan {
  readonly edits: readonly TextReplacement[];
  /** An offset in the text after the edits. */
  readonly caret: number;
  /** The sections afterwards, in order. */
  readonly order: readonly Pick<Section, 'title'>[];
  /** Whether sections are written in other styles than before. */
  readonly restyled?: boolean;
  /** Whether a title is still to be typed at the caret. */
  readonly wordsToCome?: boolean;
}

/**
 * Adds the necessary consequences to the edits of a plan: counts that were right before (三个方面 → 四个方面), the full stop of
 * a heading whose new siblings have none. Then checks that the text is read as intended: the same sections in the
 * wanted order, and no number wrong that was right before.
 */
export function validatePlan(analysis: Analysis, { edits, caret, order, restyled, wordsToCome }: Plan): EditOutcome {
  const planned = TextEdits.of(edits);
  let composed = planned;
  let result = analyse(planned.apply(analysis.text), analysis.kind, analysis);
  let place = caret;
  const change = (replacements: readonly TextReplacement[]): void => {
    if (replacements.length === 0) return;
    const more = TextEdits.of(replacements);
    composed = composed.compose(more);
    result = analyse(more.apply(result.text), analysis.kind, result);
    place = more.map(place);
  };
  if (wordsToCome) change([{ start: place, end: place, newText: WORDS_TO_COME }]);
  change(followingEdits(analysis, planned, result, restyled ? RESTYLED : MOVED));
  if (!readsAs(result, order) || breaksNumbers(analysis, result)) {
    const wrongBefore = analysis.lists.some(({ breaks }) => breaks.length > 0);
    return { message: wrongBefore ? UNCLEAR_ALREADY : UNCLEAR };
  }
  if (wordsToCome) {
    composed = composed.compose(TextEdits.of([{ start: place, end: place + WORDS_TO_COME.length, newText: '' }]));
  }
  const uncertain = uncertainReferences(analysis, order, result);
  return { edits: composed.replacements, caret: place, ...(uncertain.length > 0 && { uncertain }) };
}

/** Whether `analysis` has the sections of `order`. Numbers in titles may be those of references, which change. */
function readsAs({ headings }: Analysis, order: Plan['order']): boolean {
  const bare = (section: Pick<Section, 'title'> | undefined) =>
    section?.title.replace(/[一二三四五六七八九十百零〇两\d]+/g, '');
  return headings.length === order.length && headings.every((section, index) => bare(section) === bare(order[index]));
}

/**
 * Rules that may report something intended: a section left without words, a habit of writing that has lost its
 * majority.
 */
const INTENDED: ReadonlySet<string> = new Set(['heading.empty', 'numbering.marker-punctuation']);

const SKIPPED_LEVEL = 'numbering.level';

/** Whether there is a new break in a sequence, or more wrong numbers and headings than before. */
function breaksNumbers(before: Analysis, after: Analysis): boolean {
  const count = (analysis: Analysis, kind: NumberingBreak['kind']) =>
    analysis.lists.reduce((sum, { breaks }) => sum + breaks.filter((broken) => broken.kind === kind).length, 0);
  const kinds = ['gap', 'duplicate', 'order', 'first'] as const;
  // A list that already skips a level may become two that do.
  const skips = findingsOf(before).some(({ rule }) => rule.id === SKIPPED_LEVEL);
  const counts = (id: string) => !INTENDED.has(id) && !(skips && id === SKIPPED_LEVEL);
  const defects = (analysis: Analysis) => findingsOf(analysis).filter(({ rule }) => counts(rule.id)).length;
  return kinds.some((kind) => count(after, kind) > count(before, kind)) || defects(after) > defects(before);
}

/** Rules whose findings, if caused by a command, are fixed along with it. */
const MOVED: ReadonlySet<string> = new Set(['numbering.count']);

const RESTYLED: ReadonlySet<string> = new Set([
  'numbering.count',
  'numbering.marker-punctuation',
  'numbering.marker-style',
  'heading.end-punctuation',
]);

/** The fixes by `rules` for what is wrong in `after` and was right in `before`, from which `edits` led to it. */
function followingEdits(
  before: Analysis,
  edits: TextEdits,
  after: Analysis,
  rules: ReadonlySet<string>,
): TextReplacement[] {
  const known = new Set(findingsOf(before).map(({ rule, start }) => `${rule.id} ${edits.map(start)}`));
  const taken: TextReplacement[] = [];
  for (const { rule, start, fixes } of findingsOf(after)) {
    if (!rules.has(rule.id) || known.has(`${rule.id} ${start}`)) continue;
    const fix = fixes?.find(({ preferred }) => preferred) ?? fixes?.[0];
    const end = taken.at(-1)?.end ?? 0;
    if (fix?.edits.every((edit) => edit.start >= end)) taken.push(...fix.edits);
  }
  return taken;
}

/** Groups of rules unrelated to numbers and headings. */
const OTHER_GROUPS = ['reference', 'placeholder', 'punctuation', 'numeral', 'document', 'slogan', 'text'];

const NUMBERS_ONLY: LintConfiguration = { rules: Object.fromEntries(OTHER_GROUPS.map((group) => [group, 'off'])) };

const numberFindings = new AnalysisMemo<readonly LintResult[]>((analysis) => lint(analysis, NUMBERS_ONLY));

/** The findings about the numbers and headings of `analysis`. */
function findingsOf(analysis: Analysis): readonly LintResult[] {
  return numberFindings.of(analysis);
}
