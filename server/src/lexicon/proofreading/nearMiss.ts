/**
 * Finds near-misses of what many documents write: one or two characters missing, added, swapped or wrong in a phrase of
 * the lexicon. `phraseIndex.ts` finds candidates, `slipEvidence.ts` evaluates them, and here one reading is chosen for
 * each place.
 */
import type { Resumable } from '../../text/resumable';
import type { Span } from '../../text/span';
import { type ComparedText, readText, stopsBefore, textOf } from '../model/comparedText';
import type { Lexicon, Phrase } from '../model/lexicon';
import { type Exact, type NearMissKind, type NearPhrase, type PhraseEntry, PhraseIndex } from '../model/phraseIndex';
import { type Confidence, type Slip, SlipEvidence } from './slipEvidence';

export type { Confidence, NearMissKind };

/** A place where a phrase is written wrong. Offsets refer to the given text. */
export interface NearMiss {
  readonly kind: NearMissKind;
  readonly confidence: Confidence;
  readonly phrase: Phrase;
  /** The text in place of the phrase, in comparison form: in simplified script and without light marks. */
  readonly words: string;
  /** The words in place of the whole phrase. */
  readonly whole: Span;
  /** The wrong characters; empty if some are missing. */
  readonly wrong: Span;
  /** The corresponding characters of the phrase, in simplified script. */
  readonly right: string;
}

/** Minimum share of documents with a phrase: rarer ones have natural variants. */
const WIDESPREAD_PART = 0.05;
/** Maximum distance between a phrase and a contrasting form. */
const MAX_DISTANCE = 12;

export class NearMissFinder {
  private constructor(
    private readonly index: PhraseIndex,
    private readonly evidence: SlipEvidence,
  ) {}

  /** For the phrases of `lexicon`, made in steps. With a `margin`, near-misses less certain by it are found too. */
  static *of(lexicon: Lexicon, margin = 0): Resumable<NearMissFinder> {
    const least = Math.max(1, (lexicon.source.documents * WIDESPREAD_PART) / Math.max(1, lexicon.minDocuments));
    const index = yield* PhraseIndex.of(lexicon.phrases, (phrase) => lexicon.spread(phrase) >= least);
    return new NearMissFinder(index, new SlipEvidence(lexicon, margin));
  }

  /**
   * The near-misses in `text` from `start` to `end`, sorted and disjoint. Line breaks are ignored, `gaps` (sorted)
   * cannot be judged.
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
 * One reading for each place: the likeliest, of these the longest; none inside a correct phrase. `exact` is sorted by
 * start, and `size` is the number of words.
 */
function choose(found: readonly Slip[], exact: readonly Exact[], size: number): Slip[] {
  const order = [...found].sort(
    (a, b) =>
      b.likelier - a.likelier ||
      b.candidate.entry.key.length - a.candidate.entry.key.length ||
      a.candidate.start - b.candidate.start,
  );
  // For each word the furthest end of a correct phrase that starts there or before.
  const reach = new Int32Array(size + 1);
  const lastRight = new Map<PhraseEntry, number[]>();
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
    // Contrasted with the phrase itself: from “办成一件事” to “办成一类事”.
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

/** A correct phrase whose last or first character is doubled. */
function doubledEdges({ entry, start, end }: Exact, { units, words }: ComparedText): NearPhrase[] {
  const unit = (word: number): number | undefined => units[words[word] ?? -1];
  const found: NearPhrase[] = [];
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

/** Whether one of `starts`, sorted, lies between the two. */
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

function place(candidate: NearPhrase, confidence: Confidence, { units, places, words }: ComparedText): NearMiss {
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
  // If the phrase has a mark before what is missing, it is inserted after the mark in the text.
  const afterMark = stopsBefore(entry.reading, phraseFrom).light;
  const at = afterMark ? startOf(textFrom) : endOf(textFrom - 1);
  return { ...facts, wrong: { start: at, end: at } };
}
