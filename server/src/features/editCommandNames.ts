/** The names of the commands that edit a draft. Names only: the client imports this file too. */
export const EDIT_COMMAND_NAMES = [
  'renumberList',
  'renumberSection',
  'renumberDocument',
  'moveSectionUp',
  'moveSectionDown',
  'promoteSection',
  'demoteSection',
  'deleteSection',
  'insertSection',
] as const;

export type EditCommandName = (typeof EDIT_COMMAND_NAMES)[number];
