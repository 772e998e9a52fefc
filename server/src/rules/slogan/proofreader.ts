/** The slips of slogans in a text, searched once for all rules about them and cached line by line. */

import type { Lexicon } from '../../lexicon/model/lexicon';
import { isOneMistake, type SloganSlip, SloganSlips } from '../../lexicon/proofreading/sloganSlips';
import { vocabulary } from '../../repair/vocabulary';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import type { LineRecord } from '../../structure/lineScan';
import { lazilyIncremental } from '../../text/lazily';
import { Pace, type Resumable, runToCompletion } from '../../text/resumable';
import { simplifiedText } from '../../text/script';
import { piecesOf } from '../../text/sentences';
import type { Span } from '../../text/span';
import { hiddenLines } from '../markup';
import { runsOn } from '../prose';
import type { RuleContext } from '../rule';
import { yearOf } from '../yearOfText';
import { mayBeMeant, type NearMissSlip } from './meantWording';

/** Number of characters of new lines read at a time, which takes a millisecond. */
const PIECE = 8_000;
/** Number of characters of a line from which on it is searched in pieces; no paragraph is as long. */
const LONG_LINE = 32_000;
/** Number of characters before and after a line break that are read together. */
const AROUND_BREAK = 48;
/** A line shorter than this was hardly broken because it was full: no slip is looked for across its end. */
const FULL_LINE = 12;
const proofreaders = new AnalysisMemo((lexicon: Lexicon) => lazilyIncremental(() => Proofreader.of(lexicon)));

/** The slips in `analysis` that a rule about slogans may report, in order, one for each mistake. */
export function sloganSlips(
  analysis: Analysis,
  { lexicon, ownWords = [], spelling }: RuleContext,
): readonly SloganSlip[] {
  const all = runToCompletion(proofread(analysis, lexicon));
  if (all.length === 0) return all;
  const year = yearOf(analysis);
  const slips = year === undefined ? all : all.filter(({ since }) => since < year);
  const known = ownWords.map(simplifiedText).filter((word) => word !== '');
  return slips
    .filter((slip) => !isOwn(slip, analysis.text, known))
    .map((slip) => (isToBeWeighed(slip) && mayBeMeant(slip, analysis.text, spelling) ? conceivable(slip) : slip));
}

function conceivable(slip: SloganSlip): SloganSlip {
  return { ...slip, confidence: 'conceivable' };
}

function isToBeWeighed(slip: SloganSlip): slip is NearMissSlip {
  return slip.rule === 'near-miss' && slip.confidence !== 'conceivable';
}

/** Searches for slips incrementally; {@link sloganSlips} then returns at once. */
export function* readSlogans(analysis: Analysis, { lexicon }: RuleContext): Resumable<void> {
  const slips = yield* proofread(analysis, lexicon);
  if (slips.some(isToBeWeighed)) yield* vocabulary();
}

function* proofread(analysis: Analysis, lexicon: Lexicon | undefined): Resumable<readonly SloganSlip[]> {
  if (!lexicon || lexicon.phrases.length === 0) return [];
  const proofreader = yield* proofreaders.of(lexicon)();
  return yield* proofreader.check(analysis);
}

/** The result of a proofreader in one line; another one, with another lexicon, has to search for itself. */
interface InLine {
  readonly by: Proofreader;
  readonly found: readonly SloganSlip[];
}

/** Two lines of one sentence, read as one. */
interface AcrossBreak {
  /** Whether a slip at the edge of either line is also one in both lines together. */
  stands(slip: SloganSlip): boolean;
}

/** The result at one line break, valid as long as both lines are unchanged. */
interface AtBreak extends InLine, AcrossBreak {
  readonly next: LineRecord;
}

/** The same for slips with offsets in the text; `start` is the offset of the first line. */
function seenInText(below: AcrossBreak, start: number): AcrossBreak {
  return { stands: (slip) => below.stands(moved(slip, -start)) };
}

const inLine = new LineCacheKey<InLine>();
const atBreak = new LineCacheKey<AtBreak>();

class Proofreader {
  /** The cached value of most lines. */
  private readonly nothing: InLine = { by: this, found: [] };
  private readonly inText = new WeakMap<Analysis, readonly SloganSlip[]>();

  private constructor(private readonly finder: SloganSlips) {}

  static *of(lexicon: Lexicon): Resumable<Proofreader> {
    return new Proofreader(yield* SloganSlips.of(lexicon));
  }

  *check(analysis: Analysis): Resumable<readonly SloganSlip[]> {
    const known = this.inText.get(analysis);
    if (known) return known;
    const { lines } = analysis;
    const hidden = hiddenLines(analysis);
    const found: SloganSlip[] = [];
    const across: SloganSlip[] = [];
    const pace = Pace.rising(PIECE);
    /** The slips in both lines of the break above, read as one. */
    let above: AcrossBreak | undefined;
    for (let line = 0; line < lines.count; line++) {
      const start = lines.start(line);
      if (start === lines.end(line) || hidden.has(line)) continue;
      const inThis = inLine.at(analysis, line);
      const slips = inThis?.by === this ? inThis.found : undefined;
      if (pace.isOver(slips ? 0 : lines.end(line) - start)) yield;
      const below =
        line + 1 < lines.count && !hidden.has(line + 1) && runsOn(analysis, line)
          ? this.break(analysis, line)
          : undefined;
      for (const slip of slips ?? (yield* this.line(analysis, line))) {
        // Half a slogan at the edge of a line may be whole across the break.
        if (below && slip.whole.end >= lines.end(line) - start && !below.stands(slip)) continue;
        if (above && slip.whole.start <= 0 && !above.stands(moved(slip, start))) continue;
        found.push(moved(slip, start));
      }
      if (isFull(analysis, line)) for (const slip of below?.found ?? []) across.push(moved(slip, start));
      above = below && seenInText(below, start);
    }
    let all: readonly SloganSlip[] = found;
    if (across.length > 0) {
      // Half a slogan at the end of a line may look like something else.
      const whole = found.filter(
        (slip) => !across.some((other) => isOneMistake(other, slip) || containsSlip(other, slip)),
      );
      all = [...whole, ...across].sort((a, b) => a.wrong.start - b.wrong.start);
    }
    this.inText.set(analysis, all);
    return all;
  }

  /** Searches line `line` anew; a whole text in one line is searched in pieces. */
  private *line(analysis: Analysis, line: number): Resumable<readonly SloganSlip[]> {
    const { text, lines, records } = analysis;
    const start = lines.start(line);
    const end = lines.end(line);
    const gaps = gapsOf(records[line] as LineRecord, start);
    const found: SloganSlip[] = [];
    for (const piece of piecesOf(text, start, end, LONG_LINE)) {
      if (piece.start > start) yield;
      for (const slip of this.finder.find(text, piece.start, piece.end, gaps)) found.push(moved(slip, -start));
    }
    const kept = found.length > 0 ? { by: this, found } : this.nothing;
    inLine.put(analysis, line, kept);
    return kept.found;
  }

  /** The slips across the break after `line`, with offsets relative to the start of `line`. */
  private break({ text, lines, records }: Analysis, line: number): AtBreak {
    const record = records[line] as LineRecord;
    const next = records[line + 1] as LineRecord;
    const known = atBreak.get(record);
    if (known?.by === this && known.next === next) return known;
    const start = lines.start(line);
    const end = lines.end(line);
    const nextStart = lines.start(line + 1);
    const from = Math.max(start, end - AROUND_BREAK);
    const to = Math.min(lines.end(line + 1), nextStart + AROUND_BREAK);
    const gaps = [...gapsOf(record, start), ...gapsOf(next, nextStart)];
    const near = this.finder.find(text, from, to, gaps);
    const found = near.filter(({ whole }) => whole.start < end && whole.end > nextStart);
    const relative = near.map((slip) => moved(slip, -start));
    const atThis: AtBreak = {
      by: this,
      next,
      found: found.map((slip) => moved(slip, -start)),
      stands: (slip) => relative.some((other) => isOneMistake(other, slip)),
    };
    atBreak.set(record, atThis);
    return atThis;
  }
}

const NO_GAPS: readonly Span[] = [];

function gapsOf({ placeholders }: LineRecord, base: number): readonly Span[] {
  if (placeholders.length === 0) return NO_GAPS;
  return placeholders.map(({ at, end }) => ({ start: base + at, end: base + end }));
}

function isFull({ records }: Analysis, line: number): boolean {
  const { contentStart, contentEnd } = records[line] as LineRecord;
  return contentEnd - contentStart >= FULL_LINE;
}

function containsSlip({ whole }: SloganSlip, { wrong }: SloganSlip): boolean {
  return whole.start <= wrong.start && wrong.end <= whole.end;
}

function moved(slip: SloganSlip, by: number): SloganSlip {
  if (by === 0) return slip;
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const right = slip.right?.map((part) => (typeof part === 'string' ? part : move(part)));
  const places = { whole: move(slip.whole), wrong: move(slip.wrong), right };
  return slip.rule === 'collocation' ? { ...slip, ...places, term: move(slip.term) } : { ...slip, ...places };
}

/** Whether the writer's own words override the finding. */
function isOwn({ wrong }: SloganSlip, text: string, words: readonly string[]): boolean {
  return words.some((word) => {
    const from = Math.max(0, wrong.end - word.length);
    const near = simplifiedText(text.slice(from, Math.min(text.length, wrong.start + word.length)));
    for (let at = near.indexOf(word); at >= 0; at = near.indexOf(word, at + 1)) {
      const [first, last] = [from + at, from + at + word.length];
      // If something is reported missing, the words must span the gap.
      const over = wrong.start < wrong.end ? 0 : 1;
      if (first <= wrong.start - over && last >= wrong.end + over) return true;
    }
    return false;
  });
}
