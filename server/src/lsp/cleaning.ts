/** Requests about damaged text, its script and its encoding. They edit nothing: the client shows the changes first. */

import type { CancellationToken, Range } from 'vscode-languageserver';
import { type CleanUp, type CleanUpEdit, cleanUpIncremental, convertScript } from '../features/cleanUp';
import { Locator } from '../features/locate';
import { encodingMistake } from '../repair/encodingMistake';
import {
  REPAIR_NAMES,
  REPAIR_STEPS,
  type RepairEntry,
  type RepairOptions,
  type RepairStep,
  repairsDone,
} from '../repair/index';
import { offsetOf } from '../structure/offsetOf';
import { positionAt, splitLines } from '../text/lines';
import { type Locale, localise } from '../text/message';
import { TARGET_SCRIPTS } from '../text/script';
import type { Span } from '../text/span';
import { applyEdits, mapOffset } from '../text/textEdit';
import type { Draft, Drafts } from './documents';
import type {
  CleanUpKind,
  CleanUpParams,
  CleanUpPlace,
  CleanUpResult,
  ConvertScriptParams,
  ConvertScriptResult,
  EncodingParams,
  EncodingResult,
} from './protocol';
import { cancelled, pause, runCooperatively } from './requests';

/** Maximum number of places to check or left alone that are listed individually. */
const MAX_PLACES = 200;
/** Number of characters shown of a place. */
const SHOWN = 40;

export class Cleaning {
  constructor(
    private readonly drafts: Drafts,
    private readonly locale: Locale,
  ) {}

  /** Answers {@link CLEAN_UP_REQUEST}. */
  async cleanUp({ uri, range, text, without }: CleanUpParams, token: CancellationToken): Promise<CleanUpResult> {
    if (typeof text === 'string') {
      const { edits, report } = await cleaned(text, undefined, token, { without: stepsOf(without) });
      return { version: 0, edits: [], text: applyEdits(text, edits), ...this.summarise(text, edits, report) };
    }
    const draft = typeof uri === 'string' ? this.drafts.get(uri) : undefined;
    if (!draft) return null;
    const { version, text: before, analysis } = draft;
    const { edits, report } = await cleaned(before, spanOf(draft, range), token, {
      markdown: analysis.kind === 'markdown',
      without: stepsOf(without),
    });
    const locator = new Locator(analysis.lines);
    return {
      version,
      edits: edits.map((edit) => ({ range: locator.range(edit), newText: edit.newText, kind: this.kindOf(edit) })),
      ...this.summarise(before, edits, report),
    };
  }

  /** Answers {@link CONVERT_SCRIPT_REQUEST}. */
  async convert(
    { uri, range, to, vocabulary }: ConvertScriptParams,
    token: CancellationToken,
  ): Promise<ConvertScriptResult> {
    const draft = this.drafts.get(uri);
    if (!draft || !TARGET_SCRIPTS.includes(to)) return null;
    const { version, analysis, text } = draft;
    const edits = await convertScript(text, to, vocabulary === true, spanOf(draft, range), async () => {
      await pause();
      if (token.isCancellationRequested) throw cancelled();
    });
    const locator = new Locator(analysis.lines);
    return { version, edits: edits.map((edit) => ({ range: locator.range(edit), newText: edit.newText })) };
  }

  /** Answers {@link ENCODING_REQUEST}. */
  encoding({ text, bytes }: EncodingParams): EncodingResult {
    if (typeof text !== 'string') return { candidates: [] };
    const mistake = encodingMistake(text, typeof bytes === 'string' ? fromBase64(bytes) : undefined);
    return { candidates: mistake?.candidates ?? [] };
  }

  private kindOf({ step, toCheck }: Pick<CleanUpEdit, 'step' | 'toCheck'>): string {
    const { locale } = this;
    const name = localise(step ? REPAIR_NAMES[step] : { zh: '清理', en: 'clean-up' }, locale);
    const kind = name.charAt(0).toUpperCase() + name.slice(1);
    return toCheck ? localise({ zh: '{0}：请核对', en: '{0}: please check', values: [kind] }, locale) : kind;
  }

  private kindsOf(report: readonly RepairEntry[]): CleanUpKind[] {
    return REPAIR_STEPS.flatMap((id) => {
      const count = report.filter(({ step, status }) => step === id && status !== 'left').length;
      return count === 0 ? [] : [{ id, name: localise(REPAIR_NAMES[id], this.locale), count }];
    });
  }

  private summarise(
    text: string,
    edits: readonly CleanUpEdit[],
    report: readonly RepairEntry[],
  ): { kinds: CleanUpKind[]; summary: string; places: CleanUpPlace[] } {
    const { locale } = this;
    const open = report.filter(({ status }) => status !== 'done').slice(0, MAX_PLACES);
    const lines = splitLines(open.length > 0 ? applyEdits(text, edits) : '');
    const places = open.map(({ status, offset, before, after, candidates = [], note }) => ({
      position: positionAt(lines, mapOffset(edits, offset)),
      words: after,
      candidates: candidates.filter((one) => one !== after),
      repair: status === 'check' ? `${short(before)} → ${short(after)}` : short(before),
      others: candidates.filter((one) => one !== after).map(short),
      note: note ? localise(note, locale) : '',
    }));
    return {
      kinds: this.kindsOf(report),
      summary: repairsDone(report, locale).join(locale === 'en' ? ', ' : '，'),
      places,
    };
  }
}

/** The valid steps among `names`, which come from the client unchecked. */
function stepsOf(names: unknown): RepairStep[] {
  return Array.isArray(names) ? REPAIR_STEPS.filter((step) => names.includes(step)) : [];
}

/** The result of cleaning up. Throws {@link cancelled} if the request is cancelled. */
async function cleaned(
  text: string,
  span: Span | undefined,
  token: CancellationToken,
  options: RepairOptions,
): Promise<CleanUp> {
  const found = await runCooperatively(cleanUpIncremental(text, span, options), () => !token.isCancellationRequested);
  if (!found) throw cancelled();
  return found;
}

/** The span of `range`; everything if it is absent or empty. */
function spanOf({ analysis, text }: Draft, range: Range | undefined): Span {
  if (!range) return { start: 0, end: text.length };
  const ends = [offsetOf(analysis, range.start), offsetOf(analysis, range.end)];
  const span = { start: Math.min(...ends), end: Math.max(...ends) };
  return span.start === span.end ? { start: 0, end: text.length } : span;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function fromBase64(encoded: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
