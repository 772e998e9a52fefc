/** Finds the substrings of a corpus that could be phrases: repeated, free on both sides, whole. */
import { isHan } from '../../text/characters';
import { type BoundaryModel, isAlphanumeric, isBorder, isClosing, isOpening, openingOf } from './boundaries';
import { SEPARATOR } from './lcp';

/** The longest phrase learned, in UTF-16 units: what is longer is a quotation. */
export const MAX_PHRASE_LENGTH = 60;
const MIN_PHRASE_LENGTH = 4;

/** A repeated substring that stands by itself often enough. */
export interface Candidate {
  readonly text: string;
  /** One place in the corpus where it stands. */
  readonly start: number;
  /** The suffixes that begin with it, as places in the suffix array, inclusive. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly documents: number;
  /** What part of the occurrences have a border of a clause before and after them. */
  readonly leftBorders: number;
  readonly rightBorders: number;
}

/** How the sides of a substring look over its occurrences. */
interface Side {
  /** Part of the occurrences with a border there. */
  readonly borders: number;
  /** Part of the occurrences with the border of a clause there: a comma, a stop, the end of a line. */
  readonly clauses: number;
  /** Part of the occurrences with a figure there. */
  readonly figures: number;
  /** Branching entropy in bits; each border counts as a symbol of its own. */
  readonly entropy: number;
}

/** Occurrences looked at to judge a side. */
const SAMPLE = 400;
/** Below this entropy a substring is nearly always continued the same way. */
const MIN_ENTROPY = 1.2;
/** A phrase begins and ends with characters that begin and end clauses this often at least. */
const MIN_PLAUSIBLE = 0.02;
/** What contains a comma must begin and end with a clause this often. */
const CLAUSE_BEGUN = 0.3;
const CLAUSE_ENDED = 0.6;
/** Short ones are words unless they often open a clause: 发展格局 is the tail of 新发展格局 and of others. */
const SHORT = 5;
const MIN_BORDERS_OF_SHORT = 0.07;
/** What stands before figures this often is what they tell of, not a phrase. */
const BEFORE_FIGURES = 0.75;
/** Told apart from units that stand next to the phrase itself. */
const PAUSED = 0x10000;

const CLAUSE_MARKS = new Set('，。；：！？…—'.split('').map((mark) => mark.charCodeAt(0)));
/** Particles and prepositions, a closed class: no phrase begins or ends with them. */
const NEVER_FIRST = new Set('的了着们及所'.split('').map((word) => word.charCodeAt(0)));
const NEVER_LAST = new Set(
  '的和与及或在对将把被从由向是以各其这该并而但且着等'.split('').map((word) => word.charCodeAt(0)),
);

const COMMA = '，'.charCodeAt(0);
const PAUSE = '、'.charCodeAt(0);

export class CandidateFinder {
  private readonly sides = new Map<number, number>();

  constructor(
    private readonly text: Uint16Array,
    private readonly suffixes: Int32Array,
    private readonly boundaries: BoundaryModel,
  ) {}

  /**
   * The candidates among the substrings of one LCP interval, see {@link import('./lcp').IntervalVisitor}: those that end
   * before a border, and the longest.
   */
  find(first: number, last: number, length: number, parent: number, documents: number): Candidate[] {
    const start = this.suffixes[first] as number;
    if (!this.mayBegin(start)) return [];
    const left = this.side(first, last, -1);
    if (left.borders === 0 && left.entropy < 0.75 && !isOpening(this.text[start] as number)) return [];
    const found: Candidate[] = [];
    const longest = Math.min(length, MAX_PHRASE_LENGTH);
    for (let size = Math.max(parent + 1, MIN_PHRASE_LENGTH); size <= longest; size++) {
      const after = this.text[start + size] as number;
      if (size < length && !isBorderAfter(after)) continue;
      const kind = this.kindOf(start, size);
      if (kind === 'broken') continue;
      const right =
        size < length
          ? { borders: 1, clauses: isClauseBorder(after) ? 1 : 0, figures: 0, entropy: 8 }
          : this.side(first, last, size);
      if (!this.isFree(left, right, kind, last - first + 1, size)) continue;
      if (!this.isWhole(start, size, left, right)) continue;
      found.push({
        text: String.fromCharCode(...this.text.subarray(start, start + size)),
        start,
        first,
        last,
        documents,
        count: last - first + 1,
        leftBorders: left.borders,
        rightBorders: right.borders,
      });
    }
    return found;
  }

  private mayBegin(start: number): boolean {
    const unit = this.text[start] as number;
    if (isHan(unit) || isOpening(unit)) return true;
    // A figure or a Latin word only from its first character on.
    return isAlphanumeric(unit) && !isFigure(this.text[start - 1] as number);
  }

  /**
   * What the substring is by its marks: `broken` cannot be a phrase, `clauses` has commas, `words` none, `quoted` is
   * one term with its quotation marks.
   */
  private kindOf(start: number, size: number): 'broken' | 'clauses' | 'words' | 'quoted' {
    let han = 0;
    let digits = 0;
    let commas = 0;
    let piece = 0;
    let pairs = 0;
    const open: number[] = [];
    for (let at = start; at < start + size; at++) {
      const unit = this.text[at] as number;
      if (isHan(unit)) {
        han++;
        piece++;
      } else if (isOpening(unit)) open.push(unit);
      else if (isClosing(unit)) {
        if (open.pop() !== openingOf(unit)) return 'broken';
        pairs++;
      } else if (unit === COMMA || unit === PAUSE) {
        if (piece < 2) return 'broken';
        if (open.length === 0) {
          commas++;
          piece = 0;
        }
      } else if (isAlphanumeric(unit)) {
        if (unit < 0x3a) digits++;
        piece++;
      } else return 'broken';
    }
    const last = this.text[start + size - 1] as number;
    if (NEVER_FIRST.has(this.text[start] as number) || NEVER_LAST.has(last)) return 'broken';
    if (open.length > 0 || han < 3 || digits * 3 > han || (commas > 0 && piece < 2)) return 'broken';
    if (isBorder(last) && !isClosing(last)) return 'broken';
    if (isFigure(last) && isFigure(this.text[start + size] as number)) return 'broken';
    if (pairs === 1 && isOpening(this.text[start] as number) && isClosing(last)) return 'quoted';
    return commas > 0 ? 'clauses' : 'words';
  }

  private isFree(left: Side, right: Side, kind: 'clauses' | 'words' | 'quoted', count: number, size: number): boolean {
    if (kind === 'quoted') return true;
    // 地区生产总值增长 is the half of a statement of which the figure is the other.
    if (right.figures >= BEFORE_FIGURES) return false;
    if (kind === 'clauses') {
      // 进一步, 切实 and the like may stand before a slogan of several clauses; what comes after is the sentence's own.
      return left.clauses >= CLAUSE_BEGUN && right.clauses >= CLAUSE_ENDED;
    }
    const least = Math.min(MIN_ENTROPY, 0.75 * Math.log2(count));
    if (left.entropy < least && left.borders < 0.5) return false;
    if (size < SHORT && left.borders < MIN_BORDERS_OF_SHORT) return false;
    if (right.entropy < least && right.borders < 0.5) return false;
    // Free on one side only because it never ends there: 取得新 goes on with many words and stops before none.
    return right.borders >= (count < 10 ? 0.1 : 0.05) && (left.borders >= 0.02 || left.entropy >= 2);
  }

  /** True where the first and last two characters begin and end clauses elsewhere. */
  private isWhole(start: number, size: number, left: Side, right: Side): boolean {
    const { text, boundaries } = this;
    const end = start + size;
    if (left.borders < 0.5 && isHan(text[start] as number) && isHan(text[start + 1] as number)) {
      if (boundaries.beginning(text[start] as number, text[start + 1] as number) < MIN_PLAUSIBLE) return false;
    }
    if (right.borders < 0.5 && isHan(text[end - 1] as number) && isHan(text[end - 2] as number)) {
      if (boundaries.ending(text[end - 2] as number, text[end - 1] as number) < MIN_PLAUSIBLE) return false;
    }
    return true;
  }

  /** Looks at what stands `offset` units after the start of the suffixes from `first` to `last`. */
  private side(first: number, last: number, offset: number): Side {
    const { text, suffixes, sides } = this;
    sides.clear();
    const count = last - first + 1;
    const step = count > SAMPLE ? count / SAMPLE : 1;
    let looked = 0;
    let borders = 0;
    let clauses = 0;
    let figures = 0;
    let pauses = 0;
    let mostPaused = 0;
    for (let at = first; at <= last; at = first + Math.floor(++looked * step)) {
      const unit = text[(suffixes[at] as number) + offset] ?? SEPARATOR;
      if (isClauseBorder(unit)) clauses++;
      if (unit >= 0x30 && unit <= 0x39) figures++;
      if (unit === PAUSE) {
        // 落实党中央、国务院 is cut at its 、, a member of a free list is not: what stands beyond tells.
        const beyond = text[(suffixes[at] as number) + offset + Math.sign(offset)] ?? SEPARATOR;
        const seen = (sides.get(beyond + PAUSED) ?? 0) + 1;
        sides.set(beyond + PAUSED, seen);
        pauses++;
        if (seen > mostPaused) mostPaused = seen;
      } else if (offset < 0 ? isBorderBefore(unit) : isBorderAfter(unit)) borders++;
      else sides.set(unit, (sides.get(unit) ?? 0) + 1);
    }
    let entropy = borders > 0 ? (borders / looked) * Math.log2(looked) : 0;
    for (const seen of sides.values()) entropy -= (seen / looked) * Math.log2(seen / looked);
    if (pauses > 0) borders += pauses * (1 - mostPaused / pauses);
    return { borders: borders / looked, clauses: clauses / looked, figures: figures / looked, entropy };
  }
}

/** A border that a phrase may begin after: a closing mark is not one, “三个代表”|重要思想 goes on. */
function isBorderBefore(unit: number): boolean {
  return isBorder(unit) && !isClosing(unit);
}

/** A border that a phrase may end before: not an opening mark, 实现|“十四五”目标 goes on. */
function isBorderAfter(unit: number): boolean {
  return isBorder(unit) && !isOpening(unit);
}

function isClauseBorder(unit: number): boolean {
  return unit === SEPARATOR || CLAUSE_MARKS.has(unit);
}

/** Digits, letters and what joins them into one figure: 5.4%. */
function isFigure(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2e || unit === 0x25;
}
