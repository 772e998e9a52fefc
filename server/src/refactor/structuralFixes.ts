/** Fixes that need more than their rule knows: deleting sections, converting lists to the numbers of another level. */

import { placeholderWords } from '../lexicon/prediction/placeholderWords';
import type { LintResult } from '../rules/lint';
import type { Fix } from '../rules/rule';
import { analyse } from '../structure/analyse';
import type { Analysis, NumberedList, Section } from '../structure/analysis';
import type { Message } from '../text/message';
import { applyEdits } from '../text/textEdit';
import {
  assignNumbers,
  entriesOf,
  isNumbered,
  markerEdit,
  type NewNumber,
  type NumberedEntry,
  styleOf,
} from './assignNumbers';
import { lowerStyle } from './childNumberingStyle';
import { renumber } from './renumber';
import { deleteSection } from './sectionCommands';

const RENUMBER_LIST: Message = { zh: '这一组重新编号', en: 'Renumber this list' };
/** Maximum number of words offered for a placeholder. */
const MAX_WORDS = 3;

/** Fixes for `result` in addition to those of its rule. None of them is safe to apply unasked. */
export function structuralFixes(analysis: Analysis, result: LintResult): Fix[] {
  switch (result.rule.id) {
    case 'numbering.level':
      return relevelling(analysis, result);
    case 'heading.duplicate':
    case 'heading.empty':
      return deletion(analysis, result);
    case 'placeholder.unresolved':
      return fillings(analysis, result);
    default:
      return result.rule.id.startsWith('numbering.') ? renumbering(analysis, result) : [];
  }
}

/** Renumbers the list of `section`, if its number was typed before later ones that have it, too. */
export function renumberingAt(analysis: Analysis, section: Section | undefined): Fix | undefined {
  const list = section?.list;
  const breaksBehind = list?.breaks.some(({ previous }) => previous !== undefined && previous === section?.marker);
  return list && breaksBehind ? counted(analysis, list, false) : undefined;
}

function renumbering(analysis: Analysis, result: LintResult): Fix[] {
  const holds = ({ breaks }: NumberedList) => breaks.some(({ marker }) => marker.start === result.start);
  const list = analysis.lists.find(holds) ?? analysis.enumerations.find((one) => holds(one.list))?.list;
  // A duplicate number has one fix if the writer has counted on from it; at a gap a section may be missing.
  const only = result.rule.id === 'numbering.duplicate' && !result.fixes?.some(({ preferred }) => preferred);
  const fix = list && counted(analysis, list, only);
  return fix ? [fix] : [];
}

function counted(analysis: Analysis, list: NumberedList, preferred: boolean): Fix | undefined {
  const edits = renumber(analysis, { list });
  // A single number to change is the rule's own fix already.
  return edits.length > 1 ? { title: RENUMBER_LIST, edits, safe: false, preferred } : undefined;
}

/** Converts the list to the style its level has elsewhere in the text, or in the standard. */
function relevelling(analysis: Analysis, { start }: LintResult): Fix[] {
  const first = analysis.headings.find(({ marker }) => marker?.start === start);
  const parent = first?.parent;
  if (!isNumbered(first) || !isNumbered(parent)) return [];
  const style = lowerStyle(analysis, styleOf(analysis, parent), parent, first.list);
  if (!style) return [];
  const entries = [...entriesOf(analysis).values()].map(
    (entry): NumberedEntry => (entry.section.list === first.list ? { ...entry, style } : entry),
  );
  const numbers = assignNumbers(entries);
  const edits = entries.flatMap((entry) => {
    const { text } = numbers.get(entry.section) as NewNumber;
    return entry.style ? [markerEdit(analysis, entry.section, text, style)] : [];
  });
  const after = analyse(applyEdits(analysis.text, edits), analysis.kind);
  const inverted = ({ lists }: Analysis) => lists.filter((list) => list.inverted).length;
  const same = after.headings.length === analysis.headings.length && inverted(after) <= inverted(analysis);
  const title: Message = {
    zh: '这一组改用“{0}”',
    en: 'Number this list like “{0}”',
    values: [(numbers.get(first) as NewNumber).text],
  };
  return same ? [{ title, edits, safe: false }] : [];
}

function deletion(analysis: Analysis, { start }: LintResult): Fix[] {
  const outcome = deleteSection(analysis, start);
  if ('message' in outcome) return [];
  const title: Message = { zh: '删除这一节，序号顺延', en: 'Delete this section and renumber' };
  return [{ title, edits: outcome.edits, safe: false }];
}

/** Text found elsewhere in the draft between the same words. */
function fillings(analysis: Analysis, { start, end }: LintResult): Fix[] {
  const placeholder = analysis.placeholders.find((one) => one.start === start && one.end === end);
  if (!placeholder) return [];
  return placeholderWords(analysis, placeholder, [{ text: analysis.text, source: 'draft' }], MAX_WORDS).map(
    ({ text }) => ({
      title: { zh: '填写“{0}”', en: 'Fill in “{0}”', values: [text] },
      edits: [{ start, end, newText: text }],
      safe: false,
    }),
  );
}
