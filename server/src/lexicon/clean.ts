/** What damaged text is mended of before it is learned from. */
import { type RepairStep, repair } from '../repair/index';

/**
 * Repairs that change which words are learned. Width, blanks and line breaks inside paragraphs are made uniform when
 * the text is prepared, sound or not.
 */
const STEPS: readonly RepairStep[] = ['mojibake', 'pinyin-annotation', 'jump-line', 'furniture', 'wrapped-lines'];

/** Takes annotations, jump lines and page furniture out of a text and restores what is certain of its mojibake. Never throws. */
export function soundText(text: string): string {
  return repair(text, { only: STEPS }).text;
}
