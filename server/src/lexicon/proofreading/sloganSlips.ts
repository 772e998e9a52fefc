/** Everything that is wrong with the slogans in a stretch of text, one slip for each mistake. */
import type { Span } from '../../text/span';
import { type QuotedTerm, quotedTerms } from '../mining/quotedTerms';
import { type ComparedText, readText } from '../model/comparedText';
import { KnownTerms } from '../model/knownTerms';
import type { Lexicon } from '../model/lexicon';
import type { NearMissKind } from '../model/phraseIndex';
import { CollocationFinder } from './collocations';
import { type NearMiss, NearMissFinder } from './nearMiss';
import { QuoteDriftFinder } from './quoteDrift';
import { type Piece, SeriesFinder, type SeriesSlip } from './seriesSlips';
import type { Confidence } from './slipEvidence';

/** The parts of a replacement: a stretch of the source, or new words in simplified script. */
export type Words = readonly (Span | string)[];

interface SlipFacts {
  readonly confidence: Confidence;
  /** The words that stand for the whole phrase, term or series. */
  readonly whole: Span;
  /** The characters that are wrong; empty where some are missing. */
  readonly wrong: Span;
  /** What belongs in their place; undefined where that cannot be told. */
  readonly right: Words | undefined;
  /** How many documents write it right. */
  readonly documents: number;
}

export type SloganSlip = SlipFacts &
  (
    | { readonly rule: 'near-miss' | 'quote-drift'; readonly kind: NearMissKind }
    | { readonly rule: 'order' | 'missing-member'; readonly member: string; readonly members: readonly string[] }
    | { readonly rule: 'collocation'; readonly times: number; readonly count: number; readonly term: Span }
  );

/** Of two slips at one place the first of these tells more. */
const RANK: readonly SloganSlip['rule'][] = ['order', 'missing-member', 'quote-drift', 'near-miss', 'collocation'];
const SURE: readonly Confidence[] = ['certain', 'likely', 'doubtful'];

/** Units behind a series within which its next member would stand. */
const MAX_DISTANCE = 8;

export class SloganSlips {
  private readonly nearMisses: NearMissFinder;
  private readonly drifts: QuoteDriftFinder;
  private readonly series: SeriesFinder;
  private readonly collocations: CollocationFinder;

  constructor(lexicon: Lexicon) {
    const known = new KnownTerms(lexicon);
    this.nearMisses = new NearMissFinder(lexicon);
    this.drifts = new QuoteDriftFinder(lexicon, known);
    this.series = new SeriesFinder(lexicon, known);
    this.collocations = new CollocationFinder(lexicon, known);
  }

  /**
   * The slips in `text` from `start` to `end`, apart and in order, as offsets of `text`. Line breaks are read as nothing,
   * `gaps` (in order) as what nothing can be said of.
   */
  find(text: string, start: number, end: number, gaps: readonly Span[] = []): SloganSlip[] {
    const reading = readText(text, start, end, gaps);
    const terms = quotedTerms(reading);
    const slips: SloganSlip[] = [];
    for (const miss of this.nearMisses.findIn(reading)) slips.push(this.ofNearMiss(miss, reading, terms));
    for (const slip of this.series.find(reading, terms)) {
      if (slip.kind === 'missing' && this.standsMisspelt(slip, terms)) continue;
      const whole = spanOf(reading, slip.from, slip.to);
      const at = spanOf(reading, slip.at, slip.at).start;
      slips.push({
        rule: slip.kind === 'order' ? 'order' : 'missing-member',
        confidence: slip.confidence,
        whole,
        wrong: slip.kind === 'order' ? whole : { start: at, end: at },
        right: slip.right && wordsOf(reading, slip.right),
        documents: slip.documents,
        member: slip.member,
        members: slip.members,
      });
    }
    if (terms.length > 0) {
      for (const { term, known, kind, confidence, from, to, right } of this.drifts.find(reading, terms)) {
        const whole = spanOf(reading, term.open, term.close + 1);
        const wrong = spanOf(reading, from, to);
        const facts = { rule: 'quote-drift' as const, kind, confidence, whole, wrong };
        slips.push({ ...facts, right: [right], documents: known.documents });
      }
      for (const { term, known, confidence, from, to, right, times } of this.collocations.find(reading, terms)) {
        const wrong = spanOf(reading, from, to);
        slips.push({
          rule: 'collocation',
          confidence,
          whole: { start: wrong.start, end: spanOf(reading, term.open, term.close + 1).end },
          wrong,
          right: [right],
          documents: known.documents,
          times,
          count: known.count,
          term: spanOf(reading, term.open, term.close + 1),
        });
      }
    }
    return slips.length > 1 ? apart(slips) : slips;
  }

  /** True where the member that is left out stands right there, but with a slip of its own: “两个护”. */
  private standsMisspelt({ member, from, to }: SeriesSlip, terms: readonly QuotedTerm[]): boolean {
    return terms.some(
      (term) =>
        term.close >= from && term.open <= to + MAX_DISTANCE && `“${this.drifts.nearest(term)?.known.text}”` === member,
    );
  }

  /** A miss between quotation marks, in a term that is nearly a known one, is told of as that. */
  private ofNearMiss(miss: NearMiss, { places }: ComparedText, terms: readonly QuotedTerm[]): SloganSlip {
    const { kind, confidence, whole, wrong, right, phrase } = miss;
    const inside = terms.some(
      (term) =>
        (places[term.open] as number) < wrong.start &&
        wrong.end <= (places[term.close] as number) &&
        this.drifts.nearest(term),
    );
    const rule = inside ? 'quote-drift' : 'near-miss';
    return { rule, kind, confidence, whole, wrong, right: [right], documents: phrase.documents };
  }
}

/** The source from the unit `from` to before the unit `to`; for an empty stretch, the place where what is before it ends. */
function spanOf({ places }: ComparedText, from: number, to: number): Span {
  if (from < to) return { start: places[from] as number, end: (places[to - 1] as number) + 1 };
  const at = from > 0 ? (places[from - 1] as number) + 1 : ((places[0] ?? 0) as number);
  return { start: at, end: at };
}

function wordsOf(reading: ComparedText, pieces: readonly Piece[]): Words {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : spanOf(reading, piece.from, piece.to)));
}

/** One slip for each place, in order. */
function apart(slips: readonly SloganSlip[]): SloganSlip[] {
  const kept: SloganSlip[] = [];
  const order = [...slips].sort(
    (a, b) => RANK.indexOf(a.rule) - RANK.indexOf(b.rule) || SURE.indexOf(a.confidence) - SURE.indexOf(b.confidence),
  );
  for (const slip of order) if (!kept.some((other) => isOneMistake(other, slip))) kept.push(slip);
  return kept.sort((a, b) => a.wrong.start - b.wrong.start);
}

/** True where both tell of one mistake: what is wrong in one touches what is wrong in the other, or the series it breaks. */
export function isOneMistake(one: SloganSlip, other: SloganSlip): boolean {
  const a = one.rule === 'order' || one.rule === 'missing-member' ? one.whole : one.wrong;
  return a.start <= other.wrong.end && other.wrong.start <= a.end;
}
