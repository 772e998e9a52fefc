/** All slips of slogans in a range of text, one for each mistake. */
import type { Resumable } from '../../text/resumable';
import { simplifiedText } from '../../text/script';
import type { Span } from '../../text/span';
import { type QuotedTerm, quotedTerms } from '../mining/quotedTerms';
import { type ComparedText, readText, textOf } from '../model/comparedText';
import { KnownTerms } from '../model/knownTerms';
import type { Lexicon } from '../model/lexicon';
import type { NearMissKind } from '../model/phraseIndex';
import { CollocationFinder } from './collocations';
import { type NearMiss, NearMissFinder } from './nearMiss';
import { QuoteDriftFinder } from './quoteDrift';
import { type Piece, SeriesFinder, type SeriesSlip } from './seriesSlips';
import type { Confidence } from './slipEvidence';

/** The parts of a replacement: a range of the source, or new words in simplified script. */
export type Words = readonly (Span | string)[];

interface SlipFacts {
  readonly confidence: Confidence;
  /** The words in place of the whole phrase, term or series. */
  readonly whole: Span;
  /** The wrong characters; empty if some are missing. */
  readonly wrong: Span;
  /** The replacement; undefined if it is uncertain. */
  readonly right: Words | undefined;
  /** Number of documents that write it right. */
  readonly documents: number;
  /** The words in comparison form: equal for all texts with this form. */
  readonly form: string;
  /** The year from which on it is in use; 0 if unknown. */
  readonly since: number;
}

/** A form found in real texts is a slip only if the phrase occurs in this many times more documents. */
const SLIP_ODDS = 200;

/** The key of the form of `slip` among all forms that look like slips. */
export function formOf({ rule, form }: SloganSlip): string {
  return rule === 'near-miss' ? form : `${rule} ${form}`;
}

/** Members are left out and reordered more often unintentionally: many writers rely on memory. */
const MEMBER_ODDS = 25;

/** Whether so many documents write what looks like `slip` that it is intended. */
export function isMeant(
  { rule, documents: right }: Pick<SloganSlip, 'rule' | 'documents'>,
  documents: number,
): boolean {
  return right < (rule === 'order' || rule === 'missing-member' ? MEMBER_ODDS : SLIP_ODDS) * documents;
}

export type SloganSlip = SlipFacts &
  (
    | { readonly rule: 'near-miss' | 'quote-drift'; readonly kind: NearMissKind }
    | { readonly rule: 'order' | 'missing-member'; readonly member: string; readonly members: readonly string[] }
    | { readonly rule: 'collocation'; readonly times: number; readonly count: number; readonly term: Span }
  );

/** Of two slips at one place the earlier of these is more specific. */
const RANK: readonly SloganSlip['rule'][] = ['order', 'missing-member', 'quote-drift', 'near-miss', 'collocation'];
const SURE: readonly Confidence[] = ['certain', 'likely', 'doubtful', 'conceivable'];

/** Text between the members of a series that says nothing about their order: verbs and marks. */
const FREE = /[^“”、]{1,400}(?=“)|[，]/g;
/** Number of units after a series within which its next member would be. */
const MAX_DISTANCE = 8;

export class SloganSlips {
  private constructor(
    private readonly lexicon: Lexicon,
    private readonly nearMisses: NearMissFinder,
    private readonly drifts: QuoteDriftFinder,
    private readonly series: SeriesFinder,
    private readonly collocations: CollocationFinder,
  ) {}

  /**
   * For the slogans of `lexicon`, made in steps. With a `margin`, slips that are less certain by it than reported ones
   * are included.
   */
  static *of(lexicon: Lexicon, margin = 0): Resumable<SloganSlips> {
    const known = yield* KnownTerms.of(lexicon);
    const nearMisses = yield* NearMissFinder.of(lexicon, margin);
    const drifts = new QuoteDriftFinder(lexicon, known);
    yield;
    const series = new SeriesFinder(lexicon, known);
    yield;
    return new SloganSlips(lexicon, nearMisses, drifts, series, new CollocationFinder(lexicon, known));
  }

  /**
   * The slips in `text` from `start` to `end`, disjoint and sorted, as offsets of `text`. Line breaks are ignored,
   * `gaps` (sorted) cannot be judged.
   */
  find(text: string, start: number, end: number, gaps: readonly Span[] = []): SloganSlip[] {
    const reading = readText(text, start, end, gaps);
    const terms = quotedTerms(reading);
    const slips: SloganSlip[] = [];
    for (const miss of this.nearMisses.findIn(reading)) slips.push(this.ofNearMiss(miss, reading, terms));
    for (const slip of this.series.find(reading, terms)) {
      if (slip.kind === 'missing' && this.standsMisspelt(slip, terms)) continue;
      const whole = spanOf(reading, slip.from, slip.to);
      if (slip.kind === 'missing' && isNamed(slip.member, sentenceAround(text, start, end, whole))) continue;
      const at = spanOf(reading, slip.at, slip.at).start;
      slips.push({
        rule: slip.kind === 'order' ? 'order' : 'missing-member',
        confidence: slip.confidence,
        whole,
        wrong: slip.kind === 'order' ? whole : { start: at, end: at },
        right: slip.right && wordsOf(reading, slip.right),
        documents: slip.documents,
        form: `${textOf(reading.units, slip.from, slip.to).replace(FREE, '')} ${slip.member}`,
        since: Math.max(0, ...slip.members.map((member) => this.lexicon.find(member)?.since ?? 0)),
        member: slip.member,
        members: slip.members,
      });
    }
    if (terms.length > 0) {
      for (const { term, known, kind, confidence, from, to, right } of this.drifts.find(reading, terms)) {
        const whole = spanOf(reading, term.open, term.close + 1);
        const wrong = spanOf(reading, from, to);
        const facts = { rule: 'quote-drift' as const, kind, confidence, whole, wrong };
        slips.push({ ...facts, right: [right], documents: known.documents, form: term.text, since: known.since });
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
          form: textOf(reading.units, from, term.close + 1),
          since: known.since,
          times,
          count: known.count,
          term: spanOf(reading, term.open, term.close + 1),
        });
      }
    }
    const real = slips.filter((slip) => !this.isReal(slip));
    return real.length > 1 ? apart(real) : real;
  }

  /** Whether the form of `slip` is too frequent in real texts to be one. */
  private isReal(slip: SloganSlip): boolean {
    const documents = this.lexicon.nearForms.get(formOf(slip));
    return documents !== undefined && isMeant(slip, documents);
  }

  /** Whether the missing member is right there, but with a slip of its own: “两个护”. */
  private standsMisspelt({ member, from, to }: SeriesSlip, terms: readonly QuotedTerm[]): boolean {
    return terms.some(
      (term) =>
        term.close >= from && term.open <= to + MAX_DISTANCE && `“${this.drifts.nearest(term)?.known.text}”` === member,
    );
  }

  /** A near-miss inside quotation marks, in a term that is nearly a known one, is reported as a quote drift. */
  private ofNearMiss(miss: NearMiss, { places }: ComparedText, terms: readonly QuotedTerm[]): SloganSlip {
    const { kind, confidence, whole, wrong, right, phrase, words } = miss;
    const inside = terms.some(
      (term) =>
        (places[term.open] as number) < wrong.start &&
        wrong.end <= (places[term.close] as number) &&
        this.drifts.nearest(term),
    );
    const rule = inside ? 'quote-drift' : 'near-miss';
    const known = { documents: phrase.documents, form: words, since: phrase.since ?? 0 };
    return { rule, kind, confidence, whole, wrong, right: [right], ...known };
  }
}

/**
 * The source from the unit `from` to before the unit `to`; for an empty range, the offset where the preceding unit
 * ends.
 */
function spanOf({ places }: ComparedText, from: number, to: number): Span {
  if (from < to) return { start: places[from] as number, end: (places[to - 1] as number) + 1 };
  const at = from > 0 ? (places[from - 1] as number) + 1 : ((places[0] ?? 0) as number);
  return { start: at, end: at };
}

function wordsOf(reading: ComparedText, pieces: readonly Piece[]): Words {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : spanOf(reading, piece.from, piece.to)));
}

/** Distance around a series, within its sentence, within which a member counts as mentioned. */
const MAX_SENTENCE = 120;
const SENTENCE_END = /[。！？!?；\n\r]/;

/** The sentence around `place`, in simplified script, within that distance. */
function sentenceAround(text: string, from: number, to: number, { start, end }: Span): string {
  const before =
    text
      .slice(Math.max(from, start - MAX_SENTENCE), start)
      .split(SENTENCE_END)
      .at(-1) ?? '';
  const after = text.slice(end, Math.min(to, end + MAX_SENTENCE)).split(SENTENCE_END)[0] ?? '';
  return simplifiedText(`${before}|${after}`);
}

/** Whether `sentence` mentions the member elsewhere, or spells out what it counts: 坚决维护… for “两个维护”. */
function isNamed(member: string, sentence: string): boolean {
  const words = member.replace(/[“”]/g, '');
  const core = words.replace(/^[一二两三四五六七八九十百千]+[个项件种条]?/, '');
  return sentence.includes(words) || (core.length > 1 && sentence.includes(core));
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

/**
 * Whether both report one mistake: the wrong part of one touches the wrong part of the other, or the series it breaks.
 */
export function isOneMistake(one: SloganSlip, other: SloganSlip): boolean {
  const a = one.rule === 'order' || one.rule === 'missing-member' ? one.whole : one.wrong;
  return a.start <= other.wrong.end && other.wrong.start <= a.end;
}
