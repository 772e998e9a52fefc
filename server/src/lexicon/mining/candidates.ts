/** Decides which substrings of a corpus could be phrases: repeated, free on both sides, whole. */
import { isHan } from '../../text/characters';
import { type BoundaryModel, isAlphanumeric, isBorder, isClosing, isOpening, openingOf } from './boundaries';
import { isBorderAfter, type Occurrences, onlyUnit, type Side, sideOf } from './occurrences';

/** Maximum length of a phrase, in UTF-16 units: anything longer is a quotation. */
export const MAX_PHRASE_LENGTH = 60;
export const MIN_PHRASE_LENGTH = 4;

/** A repeated substring that occurs independently often enough. */
export interface PhraseCandidate
  extends Pick<Occurrences, 'count' | 'documents' | 'since' | 'until' | 'recent' | 'central'> {
  readonly text: string;
  /** The share of occurrences with a clause border before (after) them. */
  readonly leftBorders: number;
  readonly rightBorders: number;
}

/** A substring with a lower entropy is nearly always continued the same way. */
const MIN_ENTROPY = 1.2;
/** Below this entropy the same text precedes it everywhere. */
const MIN_ENTROPY_INSIDE_CLAUSE = 0.75;
/** Minimum share of clause borders at the first and last characters of a phrase. */
const MIN_PLAUSIBLE = 0.02;
/** Minimum shares of clause borders for a phrase that contains a comma. */
const CLAUSE_BEGUN = 0.3;
const CLAUSE_ENDED = 0.6;
/** Short ones are words unless they often begin a clause: 发展格局 is the tail of 新发展格局 and of others. */
const SHORT = 5;
const MIN_BORDERS_OF_SHORT = 0.07;
/** A string followed by figures this often is their label, not a phrase. */
const BEFORE_FIGURES = 0.75;
/** From this share of occurrences on a string that ends (begins) with a figure is a part of a longer one. */
const CUT = 0.5;

/** Particles and prepositions, a closed class: no phrase begins or ends with them. */
const NEVER_FIRST = new Set('的了着们及所'.split('').map((word) => word.charCodeAt(0)));
const NEVER_LAST = new Set(
  '的和与及或在对将把被从由向是以各其这该并而但且着等'.split('').map((word) => word.charCodeAt(0)),
);

const COMMA = '，'.charCodeAt(0);
const PAUSE = '、'.charCodeAt(0);

/**
 * The kind of a string by its marks: `clauses` has commas, `words` none, `quoted` is one term with its quotation marks.
 */
export type PhraseKind = 'clauses' | 'words' | 'quoted';

/** The kind of phrase that `text` can be by its own characters; undefined for none. */
export function kindOf(text: string): PhraseKind | undefined {
  const shape = new PhraseShape();
  for (let at = 0; at < text.length; at++) shape.add(text.charCodeAt(at));
  return shape.kind;
}

/** The kind of a string that is read unit by unit, so that all beginnings of a string are evaluated in one pass. */
export class PhraseShape {
  private size = 0;
  private first = 0;
  private last = 0;
  private han = 0;
  private digits = 0;
  private commas = 0;
  private piece = 0;
  private pairs = 0;
  private readonly open: number[] = [];
  /** Whether no continuation can be a phrase either. */
  private isOver = false;

  /** Forgets what was read. */
  clear(): void {
    this.size = this.han = this.digits = this.commas = this.piece = this.pairs = 0;
    this.open.length = 0;
    this.isOver = false;
  }

  /** Reads the next unit. Returns whether what was read, or a continuation of it, can be a phrase. */
  add(unit: number): boolean {
    if (this.isOver) return false;
    this.last = unit;
    if (this.size++ === 0) {
      this.first = unit;
      if (NEVER_FIRST.has(unit) || !(isHan(unit) || isOpening(unit) || isAlphanumeric(unit))) return this.end();
    }
    if (isHan(unit)) {
      this.han++;
      this.piece++;
    } else if (isOpening(unit)) this.open.push(unit);
    else if (isClosing(unit)) {
      if (this.open.pop() !== openingOf(unit)) return this.end();
      this.pairs++;
    } else if (unit === COMMA || unit === PAUSE) {
      if (this.piece < 2) return this.end();
      if (this.open.length === 0) {
        this.commas++;
        this.piece = 0;
      }
    } else if (isAlphanumeric(unit)) {
      if (unit < 0x3a) this.digits++;
      this.piece++;
    } else return this.end();
    return true;
  }

  /** The kind of what was read. */
  get kind(): PhraseKind | undefined {
    const { last, han, digits, commas, piece, pairs, open } = this;
    if (this.isOver || NEVER_LAST.has(last) || (isBorder(last) && !isClosing(last))) return undefined;
    if (open.length > 0 || han < 3 || digits * 3 > han || (commas > 0 && piece < 2)) return undefined;
    if (pairs === 1 && isOpening(this.first) && isClosing(last)) return 'quoted';
    return commas > 0 ? 'clauses' : 'words';
  }

  private end(): false {
    this.isOver = true;
    return false;
  }
}

/** Whether the left context allows a string to be a phrase: it occurs independently, or after different words. */
export function mayBeginAfter(text: string, { borders, entropy, figures }: Side): boolean {
  const first = text.charCodeAt(0);
  if (borders === 0 && entropy < MIN_ENTROPY_INSIDE_CLAUSE && !isOpening(first)) return false;
  // Begins with a figure or a Latin word only if it begins with its first character.
  return !isAlphanumeric(first) || figures < CUT;
}

/** The side of a string that always ends there, so that nothing needs to be counted. */
const ENDED: Side = { borders: 1, clauses: 0, digits: 0, figures: 0, entropy: 8 };
const ENDED_BY_CLAUSE: Side = { ...ENDED, clauses: 1 };

/** The candidate `text` of `kind` with its counts in the whole corpus; undefined if it is not one. */
export function candidateOf(
  text: string,
  kind: PhraseKind,
  counted: Occurrences,
  boundaries: BoundaryModel,
  left = sideOf(counted.left, true),
): PhraseCandidate | undefined {
  if (!mayBeginAfter(text, left)) return undefined;
  const only = onlyUnit(counted.right);
  if (only !== undefined && !isBorderAfter(only)) return undefined;
  const counts = sideOf(counted.right, false);
  const right = only === undefined ? counts : counts.clauses > 0 ? ENDED_BY_CLAUSE : ENDED;
  if (isAlphanumeric(text.charCodeAt(text.length - 1)) && right.figures >= CUT) return undefined;
  if (!isFree(left, right, kind, counted.count, text.length) || !isWhole(text, left, right, boundaries))
    return undefined;
  const { count, documents, since, until, recent, central } = counted;
  return {
    text,
    count,
    documents,
    since,
    until,
    recent,
    central,
    leftBorders: left.borders,
    rightBorders: right.borders,
  };
}

function isFree(left: Side, right: Side, kind: PhraseKind, count: number, size: number): boolean {
  if (kind === 'quoted') return true;
  // 地区生产总值增长 is one half of a statement whose other half is the figure.
  if (right.digits >= BEFORE_FIGURES) return false;
  if (kind === 'clauses') {
    // 进一步, 切实 and the like may precede a slogan of several clauses; what follows belongs to the sentence.
    return left.clauses >= CLAUSE_BEGUN && right.clauses >= CLAUSE_ENDED;
  }
  const least = Math.min(MIN_ENTROPY, 0.75 * Math.log2(count));
  if (left.entropy < least && left.borders < 0.5) return false;
  if (size < SHORT && left.borders < MIN_BORDERS_OF_SHORT) return false;
  if (right.entropy < least && right.borders < 0.5) return false;
  // Free on one side only because it never ends there: 取得新 continues with many words and precedes no stop.
  return right.borders >= (count < 10 ? 0.1 : 0.05) && (left.borders >= 0.02 || left.entropy >= 2);
}

/** Whether the first and last two characters begin and end clauses elsewhere. */
function isWhole(text: string, left: Side, right: Side, boundaries: BoundaryModel): boolean {
  const unit = (at: number): number => text.charCodeAt(at);
  const end = text.length;
  if (left.borders < 0.5 && isHan(unit(0)) && isHan(unit(1))) {
    if (boundaries.beginning(unit(0), unit(1)) < MIN_PLAUSIBLE) return false;
  }
  if (right.borders < 0.5 && isHan(unit(end - 1)) && isHan(unit(end - 2))) {
    if (boundaries.ending(unit(end - 2), unit(end - 1)) < MIN_PLAUSIBLE) return false;
  }
  return true;
}
