/**
 * Repairs damaged text. Every repair is a function in a file of its own in this folder; here they are run in sequence,
 * and their edits and reports are combined into one list of edits and one report, both relative to the original text.
 * Sound text is returned unchanged.
 */

import { type Resumable, runToCompletion } from '../text/resumable';
import { TextEdits, type TextReplacement } from '../text/textEdit';
import { removeBlanks } from './blanks';
import { reflow } from './flattened';
import { removeFurniture } from './furniture';
import { widen } from './halfWidth';
import { normaliseIndents } from './indents';
import { breakSoftLines, plainBlanks, removeInvisible, removeMarkerTabs } from './invisible';
import { removeJumpLines } from './jumpLine';
import { findMojibakeIncremental, restoreMojibake } from './mojibakeStep';
import { removePageMarks } from './pageMarks';
import { removeAnnotations } from './pinyinAnnotation';
import { replaceRadicals } from './radicals';
import { REPAIR_STEPS, type RepairEntry, type RepairStep, type StepResult } from './report';
import { removeWebCode } from './webCode';
import { joinWrappedLines } from './wrappedLines';

export { REPAIR_NAMES, REPAIR_STEPS, type RepairEntry, type RepairStep, repairsDone } from './report';

/** Maximum number of passes over mojibake, each using what the previous one restored. */
const MAX_LOOKS = 4;

export interface RepairOptions {
  /** The repairs to make. By default all but `indents`; those named are made even if there is no systematic damage. */
  readonly only?: readonly RepairStep[];
  /** Repairs to leave out. */
  readonly without?: readonly RepairStep[];
  /** False keeps the lines as they are: neither `flattened` nor `wrapped-lines`. */
  readonly reflow?: boolean;
  /** In Markdown tags and entities are the writer's own: no `web-code`. */
  readonly markdown?: boolean;
}

export interface RepairResult {
  readonly text: string;
  /** The edits that turn the original text into `text`; sorted and disjoint. */
  readonly edits: readonly TextReplacement[];
  /** Ordered by step, and by offset within each step. */
  readonly report: readonly RepairEntry[];
}

/**
 * Repairs `text`. Never throws, whatever the text; idempotent. Linear in the text, except for mojibake, whose places
 * are bounded in number.
 */
export function repair(text: string, options: RepairOptions = {}): RepairResult {
  return runToCompletion(repairIncremental(text, options));
}

/** The same incrementally. */
export function* repairIncremental(text: string, options: RepairOptions = {}): Resumable<RepairResult> {
  const steps = REPAIR_STEPS.filter((step) => isWanted(step, options));
  let current = text;
  let edits = TextEdits.NONE;
  const report: RepairEntry[] = [];
  for (const step of steps) {
    let entries: RepairEntry[] = [];
    const looks = step === 'mojibake' ? MAX_LOOKS : 1;
    for (let look = 1; look <= looks; look++) {
      const result =
        step === 'mojibake'
          ? restoreMojibake(current, yield* findMojibakeIncremental(current))
          : run(step, current, options);
      yield;
      const stepEdits = TextEdits.of(result.edits);
      for (const entry of result.entries) entries.push({ ...entry, offset: edits.unmap(entry.offset) });
      edits = edits.compose(stepEdits);
      current = stepEdits.apply(current);
      // Restored places may help to read those that were left.
      const mayTell = result.edits.length > 0 && result.entries.some(({ status }) => status === 'left');
      if (!mayTell || look === looks) break;
      entries = entries.filter(({ status }) => status !== 'left');
    }
    // Not push(...entries): hundreds of thousands of arguments overflow the stack.
    for (const entry of entries.sort((a, b) => a.offset - b.offset)) report.push(entry);
  }
  return { text: current, edits: edits.replacements, report };
}

function isWanted(step: RepairStep, { only, without, reflow: lines = true, markdown }: RepairOptions): boolean {
  if (without?.includes(step)) return false;
  if (markdown && step === 'web-code' && !only) return false;
  if (!lines && (step === 'flattened' || step === 'wrapped-lines')) return false;
  return only ? only.includes(step) : step !== 'indents';
}

function run(step: Exclude<RepairStep, 'mojibake'>, text: string, { only }: RepairOptions): StepResult {
  const asked = only !== undefined;
  switch (step) {
    case 'pinyin-annotation':
      return removeAnnotations(text);
    case 'soft-breaks':
      return breakSoftLines(text);
    case 'web-code':
      return removeWebCode(text);
    case 'invisible':
      return removeInvisible(text);
    case 'no-break-blanks':
      return plainBlanks(text);
    case 'marker-tabs':
      return removeMarkerTabs(text);
    case 'radicals':
      return replaceRadicals(text);
    case 'page-marks':
      return removePageMarks(text);
    case 'jump-line':
      return removeJumpLines(text);
    case 'furniture':
      return removeFurniture(text);
    case 'half-width':
      return widen(text, asked);
    case 'wrapped-lines':
      return joinWrappedLines(text);
    case 'blanks':
      return removeBlanks(text, asked);
    case 'flattened':
      return reflow(text);
    case 'indents':
      return normaliseIndents(text);
  }
}
