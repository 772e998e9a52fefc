/**
 * The immutable analysis of one version of a text. Every feature and every rule reads this and nothing else. Offsets
 * are UTF-16 code units from the start of the text; lines are 0-based.
 */

import type { LineTable } from '../text/lines';
import type { NumeralSystem } from '../text/numerals';
import type { Span } from '../text/span';
import type { DocumentKind, MarkerFamily, PlaceholderKind } from './kinds';
import type { LineColumns } from './lineColumns';
import type { LineRecord } from './lineScan';
import type { LineSigns } from './lineSigns';

export type { DocumentKind, MarkerFamily, PlaceholderKind } from './kinds';

/** A numeral with its punctuation as written in the text. */
export interface Marker extends Span {
  readonly family: MarkerFamily;
  /** The marker's characters, without blanks before or after: `（一）`, `1.`, `第三条`, `1.2.1`. */
  readonly text: string;
  /** The number it shows; the last figure of a decimal marker; 首先 is 1, 最后 is `Infinity`. */
  readonly value: number;
  /** All figures of a decimal marker (1.2.1 → [1, 2, 1]); otherwise just the value. 第十条之一 is [10, 1]. */
  readonly path: readonly number[];
  /** The text around the numeral, with `#` for the numeral: `（#）`, `#、`, `第#章`. */
  readonly shape: string;
  /** How the numeral itself is written. */
  readonly numeral: NumeralSystem;
  /** Set if the characters show another number than the one meant: its `text` is then not what it should be. */
  readonly misread?: 'lookalike' | 'glued' | undefined;
}

export type SectionKind = 'heading' | 'lead' | 'article' | 'item' | 'unnumbered' | 'appendix' | 'title';

/** A heading with everything under it. */
export interface Section {
  readonly kind: SectionKind;
  /** Absent for an unnumbered head, a title or an attachment. */
  readonly marker: Marker | undefined;
  /** The words of the heading, without marker, emphasis and final punctuation. May be empty. */
  readonly title: string;
  readonly titleSpan: Span;
  /** From the marker's (or title's) first character to the end of the last line of the section. */
  readonly span: Span;
  /** Nesting depth, 1 outermost. */
  readonly level: number;
  readonly parent: Section | undefined;
  readonly children: readonly Section[];
  /** The list of siblings this marker belongs to; absent without a marker. */
  readonly list: NumberedList | undefined;
  /** Number of non-blank characters in `span`. */
  readonly characters: number;
}

/**
 * What is wrong with a marker in the chosen reading. `misread` is not a wrong number: a character of the marker was
 * misread (l. for 1.), or a page number is glued to it.
 */
export interface NumberingBreak {
  readonly kind: 'gap' | 'duplicate' | 'order' | 'first' | 'misread';
  readonly marker: Marker;
  /** The number a reader expects here; the last figure of a decimal marker. */
  readonly expected: number;
  /** The whole marker as it should be: `（三）`, `1.4`. */
  readonly expectedText: string;
  /** Whether the following numbers continue as if this number were right; false if they count on from the wrong one. */
  readonly slip: boolean;
  /** The preceding sibling, absent for the first of a list. */
  readonly previous: Marker | undefined;
}

/** Siblings numbered consecutively: headings of one section, or the members of an enumeration inside a paragraph. */
export interface NumberedList {
  readonly family: MarkerFamily;
  readonly markers: readonly Marker[];
  readonly breaks: readonly NumberingBreak[];
  /** Whether the numbers continue those of the list before (1.–30. across （一）–（九）). */
  readonly running: boolean;
  /** Whether the list is nested under a marker of lower rank: 一、 under 1. (GB/T 15834 B.3.8). */
  readonly inverted: boolean;
}

/** 一是…；二是…；三是… inside one paragraph. */
export interface Enumeration extends Span {
  readonly list: NumberedList;
}

/** A gap that the writer has yet to fill; the span is exactly the run. */
export interface Placeholder extends Span {
  readonly kind: PlaceholderKind;
  readonly text: string;
}

export type BlockKind =
  | 'furniture'
  | 'title'
  | 'adoption'
  | 'documentNumber'
  | 'salutation'
  | 'contents'
  | 'body'
  | 'attachment'
  | 'signature'
  | 'source';

/** Consecutive lines that play the same part in the document; blocks do not overlap and come in order. */
export interface Block {
  readonly kind: BlockKind;
  readonly firstLine: number;
  /** Inclusive. */
  readonly lastLine: number;
}

/** The analysis of one version of a text. Frozen by convention: nobody writes to it after `analyse` has returned. */
export interface Analysis {
  readonly text: string;
  readonly kind: DocumentKind;
  readonly lines: LineTable;
  /** The scan result of each line. A record stays the same object while its line is unchanged. */
  readonly records: readonly LineRecord[];
  readonly blocks: readonly Block[];
  /** Top-level sections in order. */
  readonly sections: readonly Section[];
  /** All sections in document order. */
  readonly headings: readonly Section[];
  /** The lists of numbered headings, in order of their first marker. */
  readonly lists: readonly NumberedList[];
  readonly enumerations: readonly Enumeration[];
  readonly placeholders: readonly Placeholder[];
  /** Values derived from the lines, see `LineCacheKey`. */
  readonly columns: LineColumns;
  /** Data of `linePrefilter` on the lines. */
  readonly signs: LineSigns;
}
