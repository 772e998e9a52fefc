/** The commands that edit a draft, by name: functions of a text and an offset in it. */

import type { Analysis } from '../structure/analysis';
import { sectionAt } from '../structure/sections';
import type { Message } from '../text/message';
import { convertNumbering, readConversion } from './convertNumbering';
import type { EditCommandName } from './editCommandNames';
import type { EditOutcome } from './editOutcome';
import { fillPlaceholder } from './fillPlaceholder';
import { moveSection } from './moveSection';
import { renumbering } from './renumber';
import {
  deleteSection,
  demoteSection,
  extractSection,
  insertSection,
  NO_SECTION,
  promoteSection,
} from './sectionCommands';
import { moveSectionDown, moveSectionUp } from './swapSections';

/** `details` are the command's further arguments; it may be anything. */
export type EditCommand = (analysis: Analysis, offset: number, details: unknown) => EditOutcome;

const NOT_IN_A_LIST: Message = {
  zh: '光标所在的章节没有序号。',
  en: 'The section at the caret has no number.',
};
const NUMBERS_RIGHT: Message = {
  zh: '序号都是对的，没有要改的。',
  en: 'All numbers are already correct.',
};

const NOTHING_TO_FILL: Message = {
  zh: '没有给出要填写的文字。',
  en: 'No text was given to fill in.',
};

/** Every command by its name, as in {@link EDIT_COMMAND_NAMES}. */
export const EDIT_COMMANDS: Readonly<Record<EditCommandName, EditCommand>> = {
  renumberList: (analysis, offset) => {
    const inline = analysis.enumerations.find(({ start, end }) => start <= offset && offset <= end);
    if (inline && inline.list.breaks.length > 0) return orRight(renumbering(analysis, { list: inline.list }));
    let section = sectionAt(analysis, offset);
    while (section && !section.list) section = section.parent;
    if (!section?.list) return { message: NOT_IN_A_LIST };
    return orRight(renumbering(analysis, { list: section.list }));
  },
  renumberSection: (analysis, offset) => {
    const section = sectionAt(analysis, offset);
    return section ? orRight(renumbering(analysis, { section })) : { message: NO_SECTION };
  },
  renumberDocument: (analysis) => orRight(renumbering(analysis, { document: true })),
  convertNumbering: (analysis, _, details) => convertNumbering(analysis, readConversion(details)),
  moveSectionUp,
  moveSectionDown,
  moveSection,
  promoteSection,
  demoteSection,
  deleteSection,
  insertSection,
  extractSection,
  fillPlaceholder: (analysis, offset, details) => {
    const { text, all } = (details ?? {}) as { text?: unknown; all?: unknown };
    return typeof text === 'string' && text !== ''
      ? fillPlaceholder(analysis, offset, text, all === true)
      : { message: NOTHING_TO_FILL };
  },
};

function orRight(outcome: ReturnType<typeof renumbering>): EditOutcome {
  return outcome.edits.length > 0 ? outcome : { message: NUMBERS_RIGHT };
}
