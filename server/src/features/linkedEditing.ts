/** Placeholders that stand for the same words are filled together while the writer types in one of them. */
import type { Range } from 'vscode-languageserver-types';
import type { Analysis } from '../structure/analysis';
import { Locator } from './locate';
import { alikeOf, placeholderAround } from './placeholders';

/** LSP's LinkedEditingRanges. */
export interface LinkedRanges {
  readonly ranges: Range[];
  readonly wordPattern: string;
}

/**
 * What may stand in a linked placeholder: everything but blanks and the marks that part clauses. An editor ends linked
 * editing where the text no longer matches as a whole, and the language's own pattern knows no Han and no asterisks.
 */
const WORDS = '[^\\s，。；：！？、,;]*';

/** The placeholders with the same surroundings as the one at `offset`; undefined where it is the only one. */
export function linkedEditingRanges(analysis: Analysis, offset: number): LinkedRanges | undefined {
  const placeholder = placeholderAround(analysis, offset);
  const alike = placeholder ? alikeOf(analysis, placeholder) : [];
  if (alike.length < 2 || alike.some(({ text }) => !new RegExp(`^${WORDS}$`).test(text))) return undefined;
  const locator = new Locator(analysis.lines);
  return { ranges: alike.map((one) => locator.range(one)), wordPattern: WORDS };
}
