/** The names of the commands that edit a draft. Names only: the client imports this file too. */
export const EDIT_COMMAND_NAMES = [
  'renumberList',
  'renumberSection',
  'renumberDocument',
  'convertNumbering',
  'moveSectionUp',
  'moveSectionDown',
  'moveSection',
  'promoteSection',
  'demoteSection',
  'deleteSection',
  'insertSection',
  'extractSection',
  'fillPlaceholder',
] as const;

export type EditCommandName = (typeof EDIT_COMMAND_NAMES)[number];

/** Commands with arguments besides a place. */
const WITH_DETAILS: ReadonlySet<EditCommandName> = new Set(['convertNumbering', 'moveSection', 'fillPlaceholder']);

/** Commands that take only a place, in the order in which they are registered with the editor. */
export const PLACE_COMMAND_NAMES = EDIT_COMMAND_NAMES.filter((name) => !WITH_DETAILS.has(name));
