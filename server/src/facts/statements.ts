/**
 * Statements of figures in a draft: indicator, owner, time, value. Read line by line (and kept with the line), then
 * completed with what only the whole text tells: the section's year, the year the draft was written for.
 *
 * The terms are those of fact extraction: an indicator is normalised (地区生产总值 = GDP), a clause without one inherits that
 * of the clause before it (…2854亿元、增长3.2%), and every statement keeps its provenance, the range it was read from.
 */

import type { Analysis, Section } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { LineCacheKey } from '../structure/lineCache';
import { LineMemo } from '../structure/lineMemo';
import { type Resumable, runToCompletion } from '../text/resumable';
import { scopeOf } from './indicatorWords';
import { readLine } from './lineStatements';
import type { Quantity } from './quantity';
import { reportedYear, sectionTimes, writingYear } from './sectionTimes';
import type { LineStatement, StatedLine, Statement, StatementKind, StatementWords } from './statement';
import { timeKey } from './timeKey';

const read = new LineMemo<readonly LineStatement[]>(readLine);

/** The statements of line `number` of `analysis`, in order. */
export function lineStatements(analysis: Analysis, number: number): readonly LineStatement[] {
  return read.of(analysis, number);
}

/** Reads the statements of `analysis` incrementally, so that {@link statementsOf} then returns at once. */
export function* readStatements(analysis: Analysis): Resumable<void> {
  if (stated.has(analysis)) return;
  yield* read.prepare(analysis);
  stated.set(analysis, yield* collect(analysis));
}

/** All statements of `analysis`, in order. Computed once per analysis. */
export function statementsOf(analysis: Analysis): readonly Statement[] {
  return statements.of(analysis);
}

/** The lines of `analysis` that contain statements, in order. */
export function statedLines(analysis: Analysis): readonly StatedLine[] {
  return stated.of(analysis);
}

/** The statement `words` of `line` in `analysis`; always the same object. */
export function statementOf(analysis: Analysis, line: StatedLine, words: StatementWords): Statement {
  const known = inPlace.of(analysis);
  let statement = known.get(words);
  if (!statement) {
    statement = new StatementInPlace(words, analysis.lines.start(line.line), line.line, line.section);
    known.set(words, statement);
  }
  return statement;
}

const stated = new AnalysisMemo((analysis: Analysis) => runToCompletion(collect(analysis)));
const inPlace = new AnalysisMemo(() => new Map<StatementWords, Statement>());
const statements = new AnalysisMemo((analysis: Analysis): readonly Statement[] =>
  statedLines(analysis).flatMap((line) => line.words.map((words) => statementOf(analysis, line, words))),
);

/** The statements of a line completed from its context, together with the context they were made from. */
interface PlacedLine {
  readonly surroundings: Surroundings;
  readonly statements: readonly StatementWords[];
}

interface Surroundings {
  /** The place that the draft speaks for, and the year it was written in. */
  readonly own: string;
  readonly year: number | undefined;
  /** Key of the section's time, or that of the title; undefined if neither names one. */
  readonly time: string | undefined;
  readonly planned: boolean;
  /** The keys of statements, so that equal keys are one string: they are looked up after every edit. */
  readonly keys: Map<string, string>;
}

const placed = new LineCacheKey<PlacedLine>();

/** Number of lines completed between two yields. */
const AT_A_TIME = 500;

function* collect(analysis: Analysis): Resumable<readonly StatedLine[]> {
  const { lines, blocks } = analysis;
  const all: StatedLine[] = [];
  const year = writingYear(analysis);
  const own = ownPlace(analysis);
  const sections = yield* sectionTimes(analysis, year);
  const reported = reportedYear(analysis);
  /** The surroundings of the last section, and those of the last line: few lines need a comparison by value. */
  let latest: Surroundings | undefined;
  let section: ReturnType<typeof sections.at>;
  let same: Surroundings | undefined;
  for (const block of blocks) {
    if (block.kind === 'contents' || block.kind === 'furniture') continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      if (line % AT_A_TIME === 0) yield;
      const found = lineStatements(analysis, line);
      if (found.length === 0) continue;
      const around = sections.at(lines.start(line));
      if (around !== section) same = undefined;
      section = around;
      let kept = placed.at(analysis, line);
      if (!kept || kept.surroundings !== same) {
        const time = around?.time ?? reported;
        const planned = around?.planned ?? false;
        const fits = (one: Surroundings): boolean =>
          one.own === own && one.year === year && one.time === time && one.planned === planned;
        if (!kept || !fits(kept.surroundings)) {
          const keys: Surroundings['keys'] = latest?.keys ?? kept?.surroundings.keys ?? new Map();
          const surroundings = same ?? (latest && fits(latest) ? latest : { own, year, time, planned, keys });
          kept = { surroundings, statements: found.map((one) => place(one, surroundings)) };
          placed.put(analysis, line, kept);
        }
        same = kept.surroundings;
        latest = same;
      }
      all.push({ line, section: around?.section, words: kept.statements });
    }
  }
  return all;
}

/** A statement and the position of its line: there are thousands, and copying all fields of each is slow. */
class StatementInPlace implements Statement {
  constructor(
    private readonly words: StatementWords,
    private readonly base: number,
    readonly line: number,
    readonly section: Section | undefined,
  ) {}

  get quantity(): Quantity {
    return this.words.quantity;
  }
  get start(): number {
    return this.base + this.words.quantity.start;
  }
  get end(): number {
    return this.base + this.words.quantity.end;
  }
  get indicator(): string {
    return this.words.indicator;
  }
  get indicatorText(): string {
    return this.words.indicatorText;
  }
  get inherited(): boolean {
    return this.words.inherited;
  }
  get respective(): boolean {
    return this.words.respective;
  }
  get kind(): StatementKind {
    return this.words.kind;
  }
  get direction(): Statement['direction'] {
    return this.words.direction;
  }
  get manner(): string {
    return this.words.manner;
  }
  get scope(): string {
    return this.words.scope;
  }
  get time(): string {
    return this.words.time;
  }
  get timeDistance(): Statement['timeDistance'] {
    return this.words.timeDistance;
  }
  get planned(): boolean {
    return this.words.planned;
  }
  get sentence(): number {
    return this.words.sentence;
  }
  get key(): string {
    return this.words.key;
  }
}

function place(one: LineStatement, { own, year, time: sectionTime, planned, keys }: Surroundings): StatementWords {
  const ownTime = one.time ?? one.paragraphTime;
  const time = ownTime ? timeKey(ownTime, year) : sectionTime;
  const indicator = own !== '' && one.indicator.startsWith(own) ? one.indicator.slice(own.length) : one.indicator;
  const { quantity, kind, manner } = one;
  const written = [indicator, kind, quantity.dimension, quantity.unit, manner].join('|');
  const key = keys.get(written) ?? written;
  if (key === written) keys.set(key, key);
  return {
    quantity,
    indicator,
    indicatorText: one.indicatorText,
    inherited: one.inherited,
    respective: one.respective,
    kind,
    direction: one.direction,
    manner,
    scope: one.scope === own ? '' : one.scope,
    time: time ?? '',
    timeDistance: one.time ? 0 : one.paragraphTime ? 1 : time !== undefined ? 2 : 3,
    planned: one.planned || planned,
    sentence: one.sentence,
    key,
  };
}

/** The place or body that a draft speaks for: the first that its title or first line names. Empty if there is none. */
function ownPlace({ text }: Analysis): string {
  const head = text
    .slice(0, 80)
    .replace(/^[#\s]*(?:中共|中国共产党)?/, '')
    .replace(/(?:19|20)\d{2}年/g, '，');
  return scopeOf(/^[^（(。\d]*/.exec(head)?.[0] ?? '', 'first');
}
