/** Figures of a draft by indicator, and other occurrences of a figure. */
import { indicatorGroups, valueConflicts } from '../facts/conflicts';
import { agrees } from '../facts/quantity';
import type { Statement } from '../facts/statement';
import { statementsOf } from '../facts/statements';
import { timeWords } from '../facts/timeKey';
import type { Analysis } from '../structure/analysis';

/** Context shown before and after a figure, in UTF-16 units. */
const CONTEXT = 24;

/** One figure; `line` and characters are 0-based, characters in UTF-16 units within the line. */
export interface Figure {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** The figure with its unit, as written. */
  readonly text: string;
  readonly before: string;
  readonly after: string;
  /** The time in readable form: 2025年1-6月. */
  readonly time: string;
  readonly scope: string;
  readonly planned: boolean;
  /** Whether it contradicts another figure of the same draft, or of one that ought to agree with it. */
  readonly conflicting: boolean;
}

/** An indicator and its figures, in order of the draft. */
export interface Indicator {
  readonly key: string;
  readonly name: string;
  readonly kind: Statement['kind'];
  readonly figures: readonly Figure[];
}

/** A figure of the same indicator as the one asked about. */
export interface FigurePlace extends Figure {
  /**
   * Whether it gives the same value, within the precision of both, for the same time and owner as far as both are
   * stated.
   */
  readonly same: boolean;
}

/** The statement whose figure is at `offset`, its end included; undefined if there is none. */
export function figureAt(analysis: Analysis, offset: number): Statement | undefined {
  return statementsOf(analysis).find(({ start, end }) => start <= offset && offset <= end);
}

/**
 * The indicators of a draft, in order of their first figure. Those of `differing` contradict a draft that it ought to
 * agree with.
 */
export function indicatorsOf(analysis: Analysis, differing: Iterable<Statement> = []): Indicator[] {
  const wrong = new Set(valueConflicts(analysis).flatMap(({ statement, others }) => [statement, ...others]));
  for (const one of differing) wrong.add(one);
  return [...indicatorGroups(analysis)].map(([key, group]) => ({
    key,
    name: `${group[0]?.indicatorText ?? ''}${group[0]?.manner ? `·${group[0].manner}` : ''}`,
    kind: group[0]?.kind ?? 'level',
    figures: group.map((one) => figureOf(analysis, one, wrong.has(one))),
  }));
}

/** The other figures in `analysis` of the indicator of `asked`. */
export function placesOfFigure(analysis: Analysis, asked: Statement): FigurePlace[] {
  const group = indicatorGroups(analysis).get(asked.key) ?? [];
  return group
    .filter((one) => one !== asked)
    .map((one) => ({ ...figureOf(analysis, one, false), same: isSame(asked, one) }));
}

function isSame(one: Statement, other: Statement): boolean {
  return (
    agrees(one.quantity, other.quantity) &&
    one.direction === other.direction &&
    (one.time === '' || other.time === '' || one.time === other.time) &&
    (one.scope === '' || other.scope === '' || one.scope === other.scope)
  );
}

/** The figure of `one` in the form for clients. */
export function figureOf({ text, lines }: Analysis, one: Statement, conflicting: boolean): Figure {
  const base = lines.start(one.line);
  return {
    line: one.line,
    start: one.start - base,
    end: one.end - base,
    text: text.slice(one.start, one.end),
    before: text.slice(Math.max(base, one.start - CONTEXT), one.start),
    after: text.slice(one.end, Math.min(lines.end(one.line), one.end + CONTEXT)),
    time: timeWords(one.time),
    scope: one.scope,
    planned: one.planned,
    conflicting,
  };
}
