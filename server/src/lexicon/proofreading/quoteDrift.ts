/**
 * Words in quotation marks that differ by one character from the form nearly all documents use. A short term differs
 * from many others by one character; it counts only if its context is the context of the known one.
 */
import { isHan } from '../../text/characters';
import { NgramTable } from '../mining/ngrams';
import type { QuotedTerm } from '../mining/quotedTerms';
import { isAttested } from '../model/attested';
import { COLON, type ComparedText, isQuotation, textOf } from '../model/comparedText';
import { areInSeries, BESIDE, type KnownTerm, type KnownTerms } from '../model/knownTerms';
import type { Lexicon } from '../model/lexicon';
import type { NearMissKind } from '../model/phraseIndex';
import { type Confidence, isAlike, isNumeral, MANY } from './slipEvidence';

/** A term that is nearly a known one. Places are indices of units. */
export interface QuoteDrift {
  readonly term: QuotedTerm;
  readonly known: KnownTerm;
  readonly kind: NearMissKind;
  readonly confidence: Confidence;
  /** The wrong units, and their counterpart in the known term. */
  readonly from: number;
  readonly to: number;
  readonly right: string;
}

interface Difference {
  readonly kind: NearMissKind;
  readonly from: number;
  readonly to: number;
  readonly right: string;
}

const MIN_LENGTH = 4;
/** Terms up to length `SHORT` follow a pattern if `OPEN` characters occur at one position of it. */
const SHORT = 5;
const OPEN = 4;
/** From this length on a term is hardly a different one. */
const LONG = 7;
const LONG_TITLE = 8;
/** Minimum {@link KnownTerm.spread} of a short term that everybody knows. */
const UBIQUITOUS = 15;
/** Matching context required of a term in a series: a member of the series beside it, and a word. */
const OF_SERIES = 3;
/** Minimum length from which a quotation after a colon is somebody’s words. */
const SPEECH = 8;
/** Distance in units before and after within which the known term itself shows that the other one is intended. */
const MAX_DISTANCE = 40;

export class QuoteDriftFinder {
  /** Known terms by their first and by their last character: one wrong character leaves one of them. */
  private readonly byFirst = new Map<string, KnownTerm[]>();
  private readonly byLast = new Map<string, KnownTerm[]>();

  constructor(
    private readonly lexicon: Lexicon,
    private readonly known: KnownTerms,
  ) {
    for (const term of known) {
      if (term.text.length < MIN_LENGTH) continue;
      enter(this.byFirst, term.text.charAt(0), term);
      enter(this.byLast, term.text.charAt(term.text.length - 1), term);
    }
  }

  find(text: ComparedText, terms: readonly QuotedTerm[]): QuoteDrift[] {
    if (this.byFirst.size === 0) return [];
    const found: QuoteDrift[] = [];
    terms.forEach((term, index) => {
      const drift = this.drift(text, terms, index);
      if (drift && !isSpeech(text, term)) found.push(drift);
    });
    return found;
  }

  /** The known term that `term` nearly is, regardless of context. */
  nearest({ text, isTitle }: QuotedTerm): (Difference & { readonly known: KnownTerm }) | undefined {
    if (text.length < MIN_LENGTH - 1 || this.known.get(text, isTitle)) return undefined;
    let best: (Difference & { readonly known: KnownTerm }) | undefined;
    const alike = [this.byFirst.get(text.charAt(0)), this.byLast.get(text.charAt(text.length - 1))];
    for (const terms of alike) {
      for (const known of terms ?? []) {
        if (known.isTitle !== isTitle || Math.abs(known.text.length - text.length) > 1) continue;
        if (best && best.known.documents >= known.documents) continue;
        const difference = difference1(text, known.text);
        if (difference) best = { ...difference, known };
      }
    }
    return best;
  }

  private drift(text: ComparedText, terms: readonly QuotedTerm[], index: number): QuoteDrift | undefined {
    const term = terms[index] as QuotedTerm;
    const nearest = this.nearest(term);
    if (!nearest) return undefined;
    const { units } = text;
    if (isAttested(this.lexicon.ngrams, units, term.open, term.close + 1)) return undefined;
    const { known, kind } = nearest;
    if (kind === 'wrong' && this.isOpen(known, nearest.from)) return undefined;
    // “办成一类事” beside “办成一件事” is meant to be different.
    const beside = terms.some(
      (other) => other.text === known.text && Math.abs(other.open - term.open) < MAX_DISTANCE + known.text.length,
    );
    if (beside) return undefined;
    const around = this.around(text, terms, index, known);
    const written = term.text.slice(nearest.from, nearest.to);
    const judged = judge(known, kind, around, written, nearest.right);
    if (!judged) return undefined;
    // Another character, or characters changed about, make a term of the writer's own: “一河一路”, 六大“万千工程”, “一照通办”.
    const isOwn = !known.isTitle && (kind === 'wrong' || (kind === 'swapped' && around === 0));
    const confidence = isOwn ? 'conceivable' : judged;
    const first = term.open + 1;
    return { term, known, kind, confidence, from: first + nearest.from, to: first + nearest.to, right: nearest.right };
  }

  /**
   * Whether several characters occur at position `at` of the term in the corpus: 一网通办, 一窗通办, 一键通办. Another one there
   * makes another term.
   */
  private isOpen({ text }: KnownTerm, at: number): boolean {
    if (text.length > SHORT) return false;
    const { ngrams } = this.lexicon;
    let before: number = NgramTable.ROOT;
    for (let index = 0; index < at && before >= 0; index++) before = ngrams.child(before, text.charCodeAt(index));
    if (before < 0) return false;
    let fillers = 0;
    for (let child = ngrams.childrenStart(before); child < ngrams.childrenEnd(before); child++) {
      let node = child;
      for (let index = at + 1; index < text.length && node >= 0; index++)
        node = ngrams.child(node, text.charCodeAt(index));
      if (node >= 0 && isHan(ngrams.unit(child)) && ++fillers >= OPEN) return true;
    }
    return false;
  }

  /** How much of the context of `term` matches that of the known one: before, after, and members of its series. */
  private around({ units }: ComparedText, terms: readonly QuotedTerm[], index: number, known: KnownTerm): number {
    const term = terms[index] as QuotedTerm;
    const before = textOf(units, Math.max(0, term.open - BESIDE), term.open);
    const after = textOf(units, term.close + 1, Math.min(units.length, term.close + 1 + BESIDE));
    let seen = (known.before.has(before) ? 1 : 0) + (known.after.has(after) ? 1 : 0);
    const isMember = (other: QuotedTerm | undefined): boolean =>
      other !== undefined && known.companions.has(`“${other.text}”`);
    const [previous, next] = [terms[index - 1], terms[index + 1]];
    if (previous && isMember(previous) && areInSeries(units, previous, term)) seen += 2;
    if (next && isMember(next) && areInSeries(units, term, next)) seen += 2;
    return seen;
  }
}

function judge(
  known: KnownTerm,
  kind: NearMissKind,
  around: number,
  written: string,
  right: string,
): Confidence | undefined {
  const size = known.text.length;
  const many = known.spread >= MANY;
  // 推进“一网通享”改革 is not 一网通办, and “二品一标” may be what is left of “三品一标”: terms of four characters are coined every year on
  // the pattern of others, and occur in the same contexts, except those of a series.
  if (kind !== 'swapped' && !known.isTitle && size <= MIN_LENGTH && known.spread < UBIQUITOUS && around < OF_SERIES)
    return undefined;
  const numbers = [...written].some(isNumeral) && (kind !== 'wrong' || [...right].some(isNumeral));
  if (kind !== 'swapped' && (numbers || ([...right].some(isNumeral) && written === ''))) {
    return !known.isTitle && around > 1 ? 'doubtful' : undefined;
  }
  if (kind === 'wrong' && isAlike(written.charCodeAt(0), right.charCodeAt(0))) return undefined;
  if (known.isTitle) {
    if (size >= LONG_TITLE) return many ? 'certain' : 'likely';
    return size >= LONG - 1 ? 'doubtful' : undefined;
  }
  if (size >= LONG) return around > 0 && many ? 'certain' : 'likely';
  if (size > MIN_LENGTH) return around > 0 ? 'likely' : kind === 'wrong' ? undefined : 'doubtful';
  if (around > 1 || (around > 0 && kind === 'swapped')) return 'likely';
  return around > 0 || kind === 'swapped' ? 'doubtful' : undefined;
}

/** Whether the words are somebody’s: a long quotation after a colon, or a term within one. */
function isSpeech(text: ComparedText, term: QuotedTerm): boolean {
  if (isQuotation(text, term.open)) return true;
  return !term.isTitle && term.text.length >= SPEECH && text.units[term.open - 1] === COLON;
}

function enter(terms: Map<string, KnownTerm[]>, key: string, term: KnownTerm): void {
  const others = terms.get(key);
  if (others) others.push(term);
  else terms.set(key, [term]);
}

/** The difference of `text` from `known` if it is one Han character or two swapped ones. */
function difference1(text: string, known: string): Difference | undefined {
  let same = 0;
  while (same < text.length && same < known.length && text[same] === known[same]) same++;
  let tail = 0;
  const most = Math.min(text.length, known.length) - same;
  while (tail < most && text[text.length - 1 - tail] === known[known.length - 1 - tail]) tail++;
  const written = text.slice(same, text.length - tail);
  const right = known.slice(same, known.length - tail);
  if (![...written, ...right].every((each) => isHan(each.charCodeAt(0)))) return undefined;
  const place = { from: same, to: same + written.length, right };
  if (written.length === 1 && right.length === 1) return { kind: 'wrong', ...place };
  if (written.length === 0 && right.length === 1) return { kind: 'missing', ...place };
  if (written.length === 1 && right.length === 0) return { kind: 'extra', ...place };
  const swapped = written.length === 2 && right.length === 2 && written[0] === right[1] && written[1] === right[0];
  return swapped ? { kind: 'swapped', ...place } : undefined;
}
