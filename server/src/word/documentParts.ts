/**
 * The state shared by the parts of one Word document while they are read: losses, notes, and the amount of text read.
 */
import { formatNumber } from './numberFormats';
import type { Loss, WordChange, WordComment, WordSources } from './wordText';

/** A document with more pieces of text than this is not a draft, and would take too much memory. */
const MAX_PIECES = 4_000_000;

export class TooManyPieces extends Error {}

export type NoteKind = 'footnote' | 'endnote';

/** A note by its mark in the text; `at` is the offset of the mark in the main part, -1 in another part. */
export interface NoteMark {
  readonly kind: NoteKind;
  readonly id: string;
  readonly label: string;
  readonly at: number;
}

export class DocumentParts {
  readonly losses = new Map<Loss, number>();
  readonly changes: WordChange[] = [];
  readonly comments = new Map<string, WordComment>();
  readonly notes: NoteMark[] = [];
  tables = 0;
  private pieces = 0;
  private readonly noteCounts = { footnote: 0, endnote: 0 };

  constructor(private readonly sources: WordSources) {}

  lose(what: Loss): void {
    this.losses.set(what, (this.losses.get(what) ?? 0) + 1);
  }

  /** Throws {@link TooManyPieces}. */
  countPiece(): void {
    if (++this.pieces > MAX_PIECES) throw new TooManyPieces();
  }

  /** Counts a note and returns its number as shown in the text; empty if the document defines a custom mark. */
  noteLabel(kind: NoteKind, id: string, ownMark: boolean, at: number): string {
    const { format, start } = this.noteNumbers(kind);
    const label = ownMark ? '' : raised(formatNumber(start + this.noteCounts[kind]++, format));
    this.notes.push({ kind, id, label, at });
    return label;
  }

  private noteNumbers(kind: NoteKind): { format: string; start: number } {
    const { document, settings } = this.sources;
    const found = { format: kind === 'footnote' ? 'decimal' : 'lowerRoman', start: 1 };
    for (const source of [settings, document]) {
      const at = source.lastIndexOf(`${kind}Pr>`);
      if (at < 0) continue;
      const from = source.lastIndexOf(`${kind}Pr>`, at - 1);
      const inside = source.slice(from < 0 ? at : from, at);
      found.format = /numFmt\s[^>]*val="(\w+)"/.exec(inside)?.[1] ?? found.format;
      found.start = Number(/numStart\s[^>]*val="(\d{1,5})"/.exec(inside)?.[1] ?? found.start);
    }
    return found;
  }
}

const RAISED: Readonly<Record<string, string>> = {
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
  i: 'ⁱ',
  v: 'ᵛ',
  x: 'ˣ',
  l: 'ˡ',
  c: 'ᶜ',
};

/** The number of a note as superscript. */
function raised(label: string): string {
  return [...label].map((one) => RAISED[one] ?? one).join('');
}
