/** What damaged text is mended of before it is learned from. */
import { type RepairStep, repair } from '../../repair/index';

/**
 * Repairs that change which words are learned. Width and blanks are made uniform when the text is prepared, sound or not;
 * mojibake repeats itself in no other document, so that nothing is learned from it, and restoring it would take longer
 * than all the rest.
 */
const STEPS: readonly RepairStep[] = ['pinyin-annotation', 'jump-line', 'furniture', 'wrapped-lines'];

/** Takes annotations, jump lines and page furniture out of a text and joins lines that were wrapped. Never throws. */
export function soundText(text: string): string {
  return repair(text, { only: STEPS }).text;
}
