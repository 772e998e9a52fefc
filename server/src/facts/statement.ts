/** Statements of figures: indicator, owner, time, value and where they were read. */
import type { Section } from '../structure/analysis';
import type { Quantity } from './quantity';
import type { FactTime } from './time';

/** What the value describes: the level, its growth (in % or in the indicator's unit), a share, a rank. */
export type StatementKind = 'level' | 'growth' | 'delta' | 'base';

/** A quantity with what the sentence says of it. */
interface StatedQuantity {
  readonly quantity: Quantity;
  /** Normalised; the basis for comparing statements. Never empty. */
  readonly indicator: string;
  /** As worded in the draft. */
  readonly indicatorText: string;
  /** Whether the indicator was inherited from an earlier clause. */
  readonly inherited: boolean;
  /** Whether it follows 分别: the values belong to several indicators in turn, of which only the last is read. */
  readonly respective: boolean;
  readonly kind: StatementKind;
  /** 1 for growth, −1 for decline, 0 for a level. */
  readonly direction: -1 | 0 | 1;
  /** 年均, 累计, 环比 and the base of a comparison (比2015年); empty in the ordinary case. */
  readonly manner: string;
  /** The owner of the figure, if the sentence names one other than the writer's own place. */
  readonly scope: string;
  /** Whether the value is intended (目标, 预期, 力争) rather than reported. */
  readonly planned: boolean;
  /** Index of the sentence in its line, and of the quantity in the line. */
  readonly sentence: number;
}

/** One figure of one indicator. Offsets are of the whole text. */
export interface Statement extends StatedQuantity {
  /** The quantity's range in the text. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** The time, taken from the sentence, the paragraph or the section. Empty if unknown. */
  readonly time: string;
  /** Where the time was found: 0 the sentence, 1 the paragraph, 2 the section, 3 nowhere. */
  readonly timeDistance: 0 | 1 | 2 | 3;
  /** The section that contains it; absent before the first heading. */
  readonly section: Section | undefined;
  /** What two statements must share to be compared at all: indicator, kind, dimension, unit and manner. */
  readonly key: string;
}

/** The part of a statement that does not depend on where its line is. */
export type StatementWords = Omit<Statement, 'start' | 'end' | 'line' | 'section'>;

/** The statements of a line. */
export interface StatedLine {
  readonly line: number;
  readonly section: Section | undefined;
  /** The same objects from one analysis to the next, as long as the line and its context are unchanged. */
  readonly words: readonly StatementWords[];
}

/** A statement as read from one line. Offsets are within the line. */
export interface LineStatement extends StatedQuantity {
  readonly time: FactTime | undefined;
  /** A time given by an earlier sentence of the line. */
  readonly paragraphTime: FactTime | undefined;
  readonly depth: number;
}
