/** Report of a repair: what it changed and what it left. */

import { type Locale, localise, type Message } from '../text/message';
import type { TextReplacement } from '../text/textEdit';

/** The repairs, in the order in which they are made. The names are those of `--only`. */
export const REPAIR_STEPS = [
  'mojibake',
  'pinyin-annotation',
  'radicals',
  'soft-breaks',
  'web-code',
  'invisible',
  'no-break-blanks',
  'marker-tabs',
  'jump-line',
  'page-marks',
  'furniture',
  'half-width',
  'wrapped-lines',
  'blanks',
  'flattened',
  'indents',
] as const;

export type RepairStep = (typeof REPAIR_STEPS)[number];

/** Name of each repair, for messages. */
export const REPAIR_NAMES: Readonly<Record<RepairStep, Message>> = {
  mojibake: { en: 'garbled characters', zh: '乱码' },
  'pinyin-annotation': { en: 'inserted readings', zh: '混入的注音' },
  'soft-breaks': { en: 'soft line breaks', zh: '软回车' },
  'web-code': { en: 'web page code', zh: '网页代码' },
  invisible: { en: 'invisible characters', zh: '不可见字符' },
  'no-break-blanks': { en: 'no-break spaces', zh: '不间断空格' },
  'marker-tabs': { en: 'tabs after numbers', zh: '序号后的制表符' },
  radicals: { en: 'radicals and compatibility characters', zh: '部首和兼容汉字' },
  'jump-line': { en: 'jump lines', zh: '转版说明' },
  furniture: { en: 'page furniture', zh: '网页杂项' },
  'page-marks': { en: 'page numbers and headers', zh: '页码和页眉' },
  'half-width': { en: 'half-width marks', zh: '半角标点' },
  'wrapped-lines': { en: 'lines broken in mid-sentence', zh: '句中断行' },
  blanks: { en: 'stray spaces', zh: '多余空格' },
  flattened: { en: 'lost paragraph breaks', zh: '丢失的分段' },
  indents: { en: 'indents', zh: '段首缩进' },
};

/**
 * One place. `done`: repaired; `check`: repaired, but to be checked because another reading was possible; `left`: not
 * changed, for the reason given.
 */
export interface RepairEntry {
  readonly step: RepairStep;
  readonly status: 'done' | 'check' | 'left';
  /** Offset in the original text. */
  readonly offset: number;
  readonly before: string;
  /** The text there now; the same as `before` if it was left. */
  readonly after: string;
  /** Other readings, most likely first. */
  readonly candidates?: readonly string[];
  /** Why it was left, or what to check. */
  readonly note?: Message;
}

/** The result of one step; offsets refer to the text that it was given. */
export interface StepResult {
  readonly edits: readonly TextReplacement[];
  readonly entries: readonly RepairEntry[];
}

export const NOTHING: StepResult = { edits: [], entries: [] };

/** A result whose entries are the edits themselves. */
export function doneBy(step: RepairStep, text: string, edits: readonly TextReplacement[]): StepResult {
  return {
    edits,
    entries: edits.map(({ start, end, newText }) => ({
      step,
      status: 'done',
      offset: start,
      before: text.slice(start, end),
      after: newText,
    })),
  };
}

/** The repairs made and their number, in order of the repairs: `garbled characters 12`. */
export function repairsDone(entries: readonly RepairEntry[], locale: Locale): string[] {
  return REPAIR_STEPS.flatMap((step) => {
    const count = entries.filter((entry) => entry.step === step && entry.status !== 'left').length;
    return count === 0 ? [] : [`${localise(REPAIR_NAMES[step], locale)} ${count}`];
  });
}
