/**
 * Finds places that are nearly, but not quite, what many documents write: one or two characters dropped, added, swapped
 * or wrong in a phrase of the lexicon. `phraseIndex.ts` looks for what comes close, `slipEvidence.ts` weighs it, and here
 * one reading is chosen for each place.
 */
import type { Span } from '../../text/span';
import { type ComparedText, readText, stopsBefore, textOf } from '../model/comparedText';
import type { Lexicon, Phrase } from '../model/lexicon';
import { type Candidate, type Entry, type Exact, type NearMissKind, PhraseIndex } from '../model/phraseIndex';
import { type Confidence, type Slip, SlipEvidence } from './slipEvidence';

export type { Confidence, NearMissKind };

/** A place where a phrase is written wrong. Offsets are those of the text given. */
export interface NearMiss {
  readonly kind: NearMissKind;
  readonly confidence: Confidence;
  readonly phrase: Phrase;
  /** What stands there for the phrase, as it is compared: in simplified script and without the lighter marks. */
  readonly words: string;
  /** The words that stand for the whole phrase. */
  readonly whole: Span;
  /** The characters that are wrong; empty where some are missing. */
  readonly wrong: Span;
  /** What the phrase has in their place, in simplified script. */
  readonly right: string;
}

/** Of the documents learned from such a part must have a phrase: what fewer write is lightly written another way. */
const WIDESPREAD_PART = 0.05;
/** Words between a phrase and what is set against it. */
const MAX_DISTANCE = 12;

export class NearMissFinder {
  private readonly index: PhraseIndex;
  private readonly evidence: SlipEvidence;

  constructor(lexicon: Lexicon, margin = 0) {
    const least = Math.max(1, (lexicon.source.documents * WIDESPREAD_PART) / Math.max(1, lexicon.minDocuments));
    this.index = new PhraseIndex(lexicon.phrases, (phrase) => lexicon.spread(phrase) >= least);
    this.evidence = new SlipEvidence(lexicon, margin);
  }

  /**
   * What is nearly a phrase in `text` from `start` to `end`, in order and without overlap. Line breaks are read as
   * nothing, `gaps` (in order) as what nothing can be said of.
   */
  find(text: string, start: number, end: number, gaps: readonly Span[] = []): NearMiss[] {
    return this.findIn(readText(text, start, end, gaps));
  }

  /** The same in a text that is read already. */
  findIn(reading: ComparedText): NearMiss[] {
    if (this.index.size === 0) return [];
    const found: Slip[] = [];
    const exact: Exact[] = [];
    this.index.visit(
      reading,
      (candidate) => {
        const slip = this.evidence.weigh(candidate, reading);
        if (slip) found.push(slip);
      },
      (right) => {
        exact.push(right);
        for (const doubled of doubledEdges(right, reading)) {
          const slip = this.evidence.weighDoubled(doubled, reading);
          if (slip) found.push(slip);
        }
      },
    );
    if (found.length === 0) return [];
    const chosen = choose(found, exact, reading.words.length);
    return chosen.map(({ candidate, confidence }) => place(candidate, confidence, reading));
  }
}

/**
 * One reading for each place: the likeliest, of these the longest; none inside a phrase that is written right. `exact` is in
 * order of start, and `size` the number of words.
 */
function choose(found: readonly Slip[], exact: readonly Exact[], size: number): Slip[] {
  const order = [...found].sort(
    (a, b) =>
      b.likelier - a.likelier ||
      b.candidate.entry.key.length - a.candidate.entry.key.length ||
      a.candidate.start - b.candidate.start,
  );
  // For each word the farthest end of a right phrase that starts there or before.
  const reach = new Int32Array(size + 1);
  const lastRight = new Map<Entry, number[]>();
  for (const { entry, start, end } of exact) {
    reach[start] = Math.max(reach[start] as number, end);
    const starts = lastRight.get(entry);
    if (starts) starts.push(start);
    else lastRight.set(entry, [start]);
  }
  for (let word = 1; word <= size; word++) reach[word] = Math.max(reach[word] as number, reach[word - 1] as number);
  const taken = new Uint8Array(size);
  const chosen: Slip[] = [];
  for (const one of order) {
    const { entry, kind, start, end, textFrom, textTo } = one.candidate;
    // Set against the phrase itself: from “办成一件事” to “办成一类事”.
    if (
      kind === 'wrong' &&
      hasBetween(lastRight.get(entry), start - MAX_DISTANCE - entry.key.length, end + MAX_DISTANCE)
    )
      continue;
    const inside = textFrom === textTo ? 1 : 0;
    if (textFrom >= inside && (reach[textFrom - inside] as number) >= textTo + inside) continue;
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    chosen.push(one);
  }
  return chosen.sort((a, b) => a.candidate.start - b.candidate.start);
}

/** A phrase written right but for its last character, or its first, which stands twice. */
function doubledEdges({ entry, start, end }: Exact, { units, words }: ComparedText): Candidate[] {
  const unit = (word: number): number | undefined => units[words[word] ?? -1];
  const found: Candidate[] = [];
  const { length } = entry.key;
  const extra = { entry, kind: 'extra' } as const;
  if (end < words.length && unit(end) === unit(end - 1)) {
    found.push({ ...extra, start, end: end + 1, textFrom: end, textTo: end + 1, phraseFrom: length, phraseTo: length });
  }
  if (start > 0 && unit(start - 1) === unit(start)) {
    found.push({ ...extra, start: start - 1, end, textFrom: start - 1, textTo: start, phraseFrom: 0, phraseTo: 0 });
  }
  return found;
}

/** True where one of `starts`, in order, lies between the two. */
function hasBetween(starts: readonly number[] | undefined, from: number, to: number): boolean {
  if (!starts) return false;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low < starts.length && (starts[low] as number) < to;
}

function place(candidate: Candidate, confidence: Confidence, { units, places, words }: ComparedText): NearMiss {
  const { entry, kind, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const startOf = (word: number): number => places[words[word] as number] as number;
  const endOf = (word: number): number => startOf(word) + 1;
  const right = textOf(entry.key, phraseFrom, phraseTo);
  const whole = { start: startOf(start), end: endOf(end - 1) };
  const compared = Uint16Array.from(words.subarray(start, end), (index) => units[index] as number);
  const facts = { kind, confidence, phrase: entry.phrase, words: textOf(compared, 0, compared.length), whole, right };
  if (textFrom < textTo) return { ...facts, wrong: { start: startOf(textFrom), end: endOf(textTo - 1) } };
  if (textFrom === start) return { ...facts, wrong: { start: whole.start, end: whole.start } };
  if (textFrom === end) return { ...facts, wrong: { start: whole.end, end: whole.end } };
  // Where the phrase has a mark before what is missing, it goes behind the mark that stands there.
  const afterMark = stopsBefore(entry.reading, phraseFrom).light;
  const at = afterMark ? startOf(textFrom) : endOf(textFrom - 1);
  return { ...facts, wrong: { start: at, end: at } };
}
