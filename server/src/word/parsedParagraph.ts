/** Paragraphs and rows of a Word document after they are read and before they are laid out in lines. */
import type { Label } from './numbering';
import type { WordRegion, WordRun } from './wordText';

/** A piece of a paragraph's content, or (`anchor`) an offset that is recorded for something else. */
export interface Piece {
  readonly text: string;
  readonly run: WordRun | undefined;
  readonly item: number;
  readonly anchor: undefined | { readonly target: { start: number; end: number }; readonly key: 'start' | 'end' };
}

export interface OpenParagraph {
  pieces: Piece[];
  style: string | undefined;
  list: string | undefined;
  level: number | undefined;
  numberingInserted: boolean;
  markGone: boolean;
  markHidden: boolean;
  outline: number | undefined;
  start: number;
  content: number;
  end: number;
  /** The content of its text boxes, which follows the paragraph. */
  nested: Finished[];
}

export interface FinishedParagraph {
  readonly row?: undefined;
  readonly pieces: readonly Piece[];
  readonly label: Label | undefined;
  readonly paragraph: OpenParagraph;
  readonly place: WordRegion;
}

/** A row of a table: the paragraphs of each cell. */
export interface FinishedRow {
  readonly row: readonly (readonly Finished[])[];
}

export type Finished = FinishedParagraph | FinishedRow;

/** A container of paragraphs: the body, a cell, a text box, a note. */
export interface Container {
  readonly finished: Finished[];
  readonly place: WordRegion;
  /** A paragraph whose mark was deleted, to be joined with the next. */
  carried: OpenParagraph | undefined;
}

/** The paragraphs of a finished piece; those in the cells of a row in order. */
export function paragraphsIn(one: Finished): FinishedParagraph[] {
  return one.row === undefined ? [one] : one.row.flatMap((cell) => cell.flatMap(paragraphsIn));
}
