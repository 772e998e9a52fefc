/** The types of the text read from a Word document, and of its sources. */
import type { Label } from './numbering';

/** Which side of tracked changes is read: the text with all of them accepted, or with all rejected. */
export type WordView = 'final' | 'original';

/** The kind of container of a paragraph. */
export type WordRegion = 'body' | 'table' | 'textBox' | 'note';

/** A paragraph of the document; `start` and `end` are offsets in {@link WordText.text}. */
export interface WordParagraph {
  /** Counted from 1 in reading order, empty ones included. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** Its automatic number, if it has one. */
  readonly label: Label | undefined;
  /** The id of its style. */
  readonly style: string | undefined;
  /** Its outline level in Word, 0 outermost; undefined for body text. */
  readonly outline: number | undefined;
  readonly place: WordRegion;
  /**
   * Its range in the markup of the main part; `content` is the end of its properties, where its content begins, `-1` if
   * it has none. A paragraph of a note has the place of the note's mark.
   */
  readonly source: { readonly start: number; readonly content: number; readonly end: number };
}

/** A run of the main part: its range and its content. */
export interface WordRun {
  readonly start: number;
  end: number;
  /** Just after its start tag. */
  readonly open: number;
  /** Its properties including the tags; start equals end if there are none. */
  properties: { readonly start: number; readonly end: number };
  readonly items: WordItem[];
  /**
   * Whether its text can be changed: false in fields, links, content controls, other authors' changes, text boxes and
   * notes.
   */
  editable: boolean;
  /** Whether a comment can begin or end within it. */
  commentable: boolean;
}

/** A piece of a run's content. */
export interface WordItem {
  /** Including its tags. */
  readonly start: number;
  readonly end: number;
  /** The characters it represents, `'\t'` for a tab; undefined for an item without text. */
  readonly text: string | undefined;
  /** Whether its characters are literal in the markup, so that it can be split. */
  readonly words: boolean;
}

/**
 * The source of a range of the text. Stretches are in order and do not overlap; labels have none, and there are none at
 * all if a document is only read.
 */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly run: WordRun;
  readonly item: number;
}

/** A comment of the document, with the text it refers to. */
export interface WordComment {
  readonly id: string;
  readonly author: string;
  readonly date: string;
  readonly text: string;
  start: number;
  end: number;
}

/** A tracked change; a deletion is a single offset of the final text. */
export interface WordChange {
  readonly kind: 'insertion' | 'deletion';
  readonly moved: boolean;
  readonly author: string;
  readonly date: string;
  text: string;
  start: number;
  end: number;
}

/** Content that a draft cannot represent, with the number of occurrences in the document. */
export type Loss = 'pictures' | 'formulas' | 'charts' | 'objects' | 'hiddenText' | 'headers' | 'embeddedDocuments';

export interface WordText {
  readonly text: string;
  readonly paragraphs: readonly WordParagraph[];
  readonly stretches: readonly Stretch[];
  readonly comments: readonly WordComment[];
  readonly changes: readonly WordChange[];
  /** Number of footnotes and endnotes at the end of the text. */
  readonly notes: number;
  readonly tables: number;
  readonly losses: ReadonlyMap<Loss, number>;
}

/** The parts that are read; absent ones are empty. */
export interface WordSources {
  readonly document: string;
  /** Prefix of WordprocessingML names, `w:`. */
  readonly prefix: string;
  readonly styles: string;
  readonly numbering: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly comments: string;
  readonly settings: string;
}
