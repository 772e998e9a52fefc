/** Repairs damaged text before it is learned from. */
import { type RepairStep, repair } from '../../repair/index';

/**
 * Repairs that affect which words are learned. Width and blanks are unified in preparation anyway; mojibake never
 * recurs in another document, so nothing is learned from it, and restoring it would take longer than everything else.
 */
const STEPS: readonly RepairStep[] = ['pinyin-annotation', 'jump-line', 'furniture', 'wrapped-lines'];

/** Removes annotations, jump lines and page furniture from a text and joins wrapped lines. Never throws. */
export function soundText(text: string): string {
  return repair(text, { only: STEPS }).text;
}
