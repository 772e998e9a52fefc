/**
 * Members of a frozen series in another order, or one left out: of quoted terms that occur together (“四个意识” “四个自信”
 * “两个维护”) and of the words that a phrase lists (政治判断力、政治领悟力、政治执行力). Only what never occurs in the corpus, or two
 * hundred times more rarely, is a slip.
 */
import { isHan } from '../../text/characters';
import { NGRAM_ORDER } from '../mining/ngrams';
import type { QuotedTerm } from '../mining/quotedTerms';
import { countOf } from '../model/attested';
import { COMMA, type ComparedText, isQuotation, PAUSE, readText, textOf } from '../model/comparedText';
import { areInSeries, BESIDE, type KnownTerms } from '../model/knownTerms';
import type { Lexicon, Series } from '../model/lexicon';
import { type Confidence, MANY } from './slipEvidence';

/** A range of the text or new words; units are indices. */
export type Piece = Stretch | string;

export interface SeriesSlip {
  readonly kind: 'order' | 'missing';
  readonly confidence: Confidence;
  /** The members in the text, from the first to the last, as indices of units. */
  readonly from: number;
  readonly to: number;
  /** The members in order, or the text to insert at `at`; undefined if that is uncertain. */
  readonly right: readonly Piece[] | undefined;
  /** The member that is left out. */
  readonly member: string;
  /** The place where it belongs. */
  readonly at: number;
  readonly documents: number;
  /** The whole series as it should be. */
  readonly members: readonly string[];
}

/** How many times rarer than the series any alternative must be; alternatives in real texts are known by their form. */
const MEMBER_ODDS = 25;
const MIN_SERIES_LENGTH = 3;
/** Words without quotation marks are a series only if this multiple of the minimum number of documents has them so. */
const WELL_KNOWN = 4;
const QUOTES = /[“”]/g;
/** Maximum length of text before the first term that may belong to it, and of lead-ins common to all. */
const MAX_ITEM_LENGTH = 6;
const MAX_TAIL_LENGTH = 10;
const MODALS = new Set([...'要应须并而会和'].map((word) => word.charCodeAt(0)));

/** The words that a phrase lists, as far as its marks show them. */
interface Enumeration {
  readonly members: readonly string[];
  readonly documents: number;
  /** The characters after the last member, if all members of the phrase are in `members`. */
  readonly tail: string | undefined;
}

interface SeriesPosition {
  readonly series: Enumeration;
  readonly index: number;
}

/** Consecutive members of one series in the text, each with its index in the series. */
interface Run {
  readonly series: Enumeration;
  readonly items: { readonly index: number; readonly from: number; readonly to: number }[];
}

export class SeriesFinder {
  private readonly frozen: readonly Series[];
  /** The members of {@link frozen} without their marks. */
  private readonly frozenMembers: ReadonlySet<string>;
  private readonly places = new Map<string, SeriesPosition[]>();
  /** 1 for the hash of the last two units of members, and the lengths of members. */
  private readonly endsMember = new Uint8Array(0x10000);
  private readonly sizes: readonly number[];

  constructor(
    private readonly lexicon: Lexicon,
    private readonly known: KnownTerms,
  ) {
    this.frozen = lexicon.series.filter(
      (series) =>
        this.spread(series) >= 1 && series.turned !== undefined && series.turned * MEMBER_ODDS <= series.count,
    );
    this.frozenMembers = new Set(this.frozen.flatMap(({ members }) => members.map((one) => one.replace(QUOTES, ''))));
    const sizes = new Set<number>();
    for (const series of enumerations(lexicon)) {
      series.members.forEach((member, index) => {
        sizes.add(member.length);
        this.endsMember[slotOf(member.charCodeAt(member.length - 2), member.charCodeAt(member.length - 1))] = 1;
        const place = { series, index };
        const others = this.places.get(member);
        if (others) others.push(place);
        else this.places.set(member, [place]);
      });
    }
    this.sizes = [...sizes].sort((a, b) => b - a);
  }

  /** See {@link Lexicon.spread}: a series is in use once all of its members are. */
  private spread({ documents, own, members }: Series): number {
    const since = Math.max(0, ...members.map((member) => this.lexicon.find(member)?.since ?? 0));
    return this.lexicon.spread({ documents, since, ...(own !== undefined && { own }) });
  }

  find(text: ComparedText, terms: readonly QuotedTerm[]): SeriesSlip[] {
    const found: SeriesSlip[] = [];
    // Hardly any term is a member of a series, and a single one says nothing about their order.
    if (terms.length > 1 && terms.filter((term) => this.frozenMembers.has(term.text)).length > 1) {
      for (const chain of chains(text, terms)) {
        for (const series of this.frozen) {
          for (const run of runsIn(chain, series)) {
            const slip = this.ofTerms(text, series, run);
            if (slip) found.push(slip);
          }
        }
      }
    }
    for (const run of this.runs(text)) {
      const slip = this.ofWords(text, run);
      if (slip) found.push(slip);
    }
    return found.length > 0 ? found.filter(({ from }) => !isQuotation(text, from)) : found;
  }

  /** `run` contains terms that occur together, each with its index in `series`. */
  private ofTerms(text: ComparedText, series: Series, run: readonly Member[]): SeriesSlip | undefined {
    const { members, documents } = series;
    const first = run[0] as Member;
    const last = run[run.length - 1] as Member;
    const facts = {
      confidence: this.spread(series) >= MANY ? ('likely' as const) : ('doubtful' as const),
      from: itemStartBefore(text.units, first.term.open) ?? this.itemStart(text, first),
      to: last.term.close + 1,
      documents,
      members,
    };
    if (run.some((one, at) => at > 0 && one.index < (run[at - 1] as Member).index)) {
      const right = this.inOrder(text, run);
      const to = right ? itemsEnd(right, facts.to) : facts.to;
      // Two of them, or each with a verb of its own (做到“两个维护”，增强“四个意识”), are put in the writer's own order more often than not.
      const isList =
        run.length >= MIN_SERIES_LENGTH &&
        run.every(({ term }, at) => at === 0 || term.open - (run[at - 1] as Member).term.close <= BESIDE);
      const confidence = isList ? facts.confidence : 'conceivable';
      return { ...facts, confidence, kind: 'order', right, to, member: '', at: first.term.open };
    }
    if (members.length < MIN_SERIES_LENGTH) return undefined;
    const rare = (index: number): boolean => ((series.leftOut?.[index] ?? 1) as number) * MEMBER_ODDS <= series.count;
    for (let at = 1; at < run.length; at++) {
      const [before, after] = [run[at - 1] as Member, run[at] as Member];
      const index = before.index + 1;
      if (after.index === index + 1 && rare(index)) {
        // 树牢“四个意识”、做到“两个维护” is how central documents write it too, with a verb for each.
        return this.leftOut(text, { ...facts, confidence: 'conceivable' }, series, index, before, after);
      }
    }
    // The last term may follow in other words, and older texts do not know it.
    const end = members.length - 1;
    if (last.index === end - 1 && rare(end))
      return this.leftOut(text, { ...facts, confidence: 'conceivable' }, series, end, last, undefined);
    return undefined;
  }

  private leftOut(
    text: ComparedText,
    facts: Pick<SeriesSlip, 'confidence' | 'from' | 'to' | 'documents' | 'members'>,
    series: Series,
    index: number,
    before: Member,
    after: Member | undefined,
  ): SeriesSlip {
    const { units } = text;
    const member = series.members[index] as string;
    const at = before.term.close + 1;
    const mark = units[at] === COMMA && after ? '，' : '、';
    const [verb] = [...(this.known.get(member.replace(QUOTES, ''), false)?.before ?? [])].sort((a, b) => b[1] - a[1]);
    const withVerb = this.itemStart(text, before) < before.term.open && verb && verb[1] > 0;
    const words = `${mark}${withVerb ? verb[0] : ''}${member}`;
    return { ...facts, kind: 'missing', right: [words], member, at };
  }

  /** Start of the verb that is known before a term; the term itself if there is none. */
  private itemStart({ units }: ComparedText, { term, itemFrom }: Member): number {
    return itemFrom ?? (this.hasVerb(units, term.open, term.text) ? term.open - BESIDE : term.open);
  }

  /** Whether a verb that is known before the term `text` precedes the unit at `open`. */
  private hasVerb(units: Uint16Array, open: number, text: string): boolean {
    return this.known.get(text, false)?.before.has(textOf(units, Math.max(0, open - BESIDE), open)) ?? false;
  }

  /**
   * The members in the order of the series: the terms alone if each verb then has its own, or else whole items, from
   * mark to mark; undefined if it is uncertain what belongs to them.
   */
  private inOrder(text: ComparedText, run: readonly Member[]): Piece[] | undefined {
    const { units } = text;
    const sorted = [...run].sort((a, b) => a.index - b.index);
    const bare = run.every(({ term, itemFrom }) => itemFrom === undefined || itemFrom === term.open);
    const fits = run.every(({ term }, at) => this.hasVerb(units, term.open, (sorted[at] as Member).term.text));
    const first = run[0] as Member;
    if ((bare && !this.hasVerb(units, first.term.open, first.term.text)) || fits) {
      const terms = run.map(({ term }) => ({ from: term.open, to: term.close + 1 }));
      return reordered(
        itemStartBefore(units, first.term.open) ?? this.itemStart(text, first),
        terms,
        sorted.map((one) => terms[run.indexOf(one)] as Stretch),
      );
    }
    const start = itemStartBefore(units, first.term.open);
    if (start === undefined) return undefined;
    const items = run.map(({ term, itemFrom }, at) => ({
      from: at === 0 ? start : (itemFrom as number),
      to: itemEnd(units, term.close + 1),
    }));
    // Each item must extend to the mark that separates the next.
    const apart = items.some(({ to }, at) => at + 1 < items.length && to !== (items[at + 1] as Stretch).from - 1);
    if (apart || isHan(units[(items[items.length - 1] as Stretch).to] ?? 0)) return undefined;
    return reordered(
      start,
      items,
      sorted.map((one) => items[run.indexOf(one)] as Stretch),
    );
  }

  /** Members of enumerations separated by 、. */
  private runs(text: ComparedText): Run[] {
    const { units, marks } = text;
    const runs: Run[] = [];
    let open: Map<Enumeration, Run> | undefined;
    for (const pause of marks) {
      if (units[pause] !== PAUSE || pause < 2 || pause === units.length - 1) continue;
      if (this.endsMember[slotOf(units[pause - 2] as number, units[pause - 1] as number)] === 0) continue;
      for (const size of this.sizes) {
        if (size > pause) continue;
        for (const left of this.places.get(textOf(units, pause - size, pause)) ?? []) {
          const right = this.memberAt(text, left.series, pause + 1);
          if (!right) continue;
          open ??= new Map();
          const known = open.get(left.series);
          const from = pause - size;
          if (known && known.items[known.items.length - 1]?.from === from) known.items.push(right);
          else {
            const run = { series: left.series, items: [{ index: left.index, from, to: pause }, right] };
            open.set(left.series, run);
            runs.push(run);
          }
        }
      }
    }
    return runs;
  }

  private memberAt({ units }: ComparedText, { members }: Enumeration, from: number): Run['items'][number] | undefined {
    for (const [index, member] of members.entries()) {
      const to = from + member.length;
      if (to > units.length || textOf(units, from, to) !== member) continue;
      // The text up to the next mark must be the member itself, except at the end of the run.
      return { index, from, to };
    }
    return undefined;
  }

  private ofWords(text: ComparedText, { series, items }: Run): SeriesSlip | undefined {
    const { members, documents } = series;
    const { units } = text;
    const first = items[0] as Run['items'][number];
    const last = items[items.length - 1] as Run['items'][number];
    const indices = items.map(({ index }) => index);
    if (new Set(indices).size < indices.length) return undefined;
    const facts = {
      // Words without quotation marks are also listed together for other purposes.
      confidence: 'doubtful' as const,
      from: first.from,
      to: last.to,
      documents,
      members,
    };
    // With one more before or after it is an enumeration of the writer's own.
    if (units[first.from - 1] === PAUSE || units[last.to] === PAUSE) return undefined;
    const turned = items.findIndex(({ index }, at) => at > 0 && index < (indices[at - 1] as number));
    if (turned > 0) {
      const joint = (items[turned] as { from: number }).from - 1;
      if (items.length < members.length || this.isKnownJoint(units, joint)) return undefined;
      const sorted = [...items].sort((a, b) => a.index - b.index);
      const right = sorted.flatMap((item, at): Piece[] => (at > 0 ? ['、', span(item)] : [span(item)]));
      // Who says all of them backwards does so on purpose: 不想腐、不能腐、不敢腐.
      const isReversed = indices.every((index, at) => index === items.length - 1 - at);
      const confidence = isReversed ? 'conceivable' : facts.confidence;
      return { ...facts, confidence, kind: 'order', right, member: '', at: first.from };
    }
    const missing = (index: number, at: number): SeriesSlip => {
      const member = members[index] as string;
      return { ...facts, kind: 'missing', right: [`、${member}`], member, at };
    };
    // A selection of members is another enumeration.
    if (items.length !== members.length - 1) return undefined;
    for (let at = 1; at < items.length; at++) {
      const index = (indices[at - 1] as number) + 1;
      if (indices[at] !== index + 1) continue;
      const joint = (items[at] as { from: number }).from - 1;
      return this.isKnownJoint(units, joint) ? undefined : missing(index, joint);
    }
    const end = members.length - 1;
    if (last.index !== end - 1 || first.index !== 0 || series.tail === undefined) return undefined;
    // The text after the run continues like the phrase after its last member.
    const tail = textOf(units, last.to, Math.min(units.length, last.to + series.tail.length));
    if (
      series.tail === '' ||
      tail !== series.tail ||
      countOf(this.lexicon.ngrams, units, last.to - 2, last.to + 2) > 0
    ) {
      return undefined;
    }
    return missing(end, last.to);
  }

  /** Whether the two members around the mark at `joint` are adjacent in the corpus. */
  private isKnownJoint(units: Uint16Array, joint: number): boolean {
    const { ngrams } = this.lexicon;
    for (let from = joint - NGRAM_ORDER + 2; from < joint; from++) {
      if (countOf(ngrams, units, from, from + NGRAM_ORDER) === 0) return false;
    }
    return true;
  }
}

function slotOf(last: number, one: number): number {
  return ((last << 5) ^ one) & 0xffff;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** `sorted` in the places of `stretches`, with the text before and between them from `from` on. */
function reordered(from: number, stretches: readonly Stretch[], sorted: readonly Stretch[]): Piece[] {
  return stretches.flatMap((stretch, at) => {
    const before = at === 0 ? from : (stretches[at - 1] as Stretch).to;
    const between = before < stretch.from ? [{ from: before, to: stretch.from }] : [];
    return [...between, sorted[at] as Stretch];
  });
}

/** End of the words after a term: at the next mark or soon. */
function itemEnd(units: Uint16Array, from: number): number {
  let to = from;
  while (to - from < MAX_TAIL_LENGTH && isHan(units[to] ?? 0)) to++;
  return to;
}

/** End of the last of the reordered ranges. */
function itemsEnd(pieces: readonly Piece[], least: number): number {
  return Math.max(least, ...pieces.map((piece) => (typeof piece === 'string' ? 0 : piece.to)));
}

/** Start of the words that belong to the first term: its clause, without 要 and the like. */
function itemStartBefore(units: Uint16Array, open: number): number | undefined {
  for (let at = open; at >= 0 && open - at <= MAX_ITEM_LENGTH; at--) {
    const before = units[at - 1] ?? 0;
    if (!isHan(before) || MODALS.has(before)) return at;
  }
  return undefined;
}

function span({ from, to }: { readonly from: number; readonly to: number }): Piece {
  return { from, to };
}

interface Member {
  readonly index: number;
  readonly term: QuotedTerm;
  /** After the mark that separates it from the previous term; undefined for the first. */
  readonly itemFrom: number | undefined;
}

/** Terms that occur together, at least two. */
function* chains(text: ComparedText, terms: readonly QuotedTerm[]): Generator<readonly Omit<Member, 'index'>[]> {
  let chain: Omit<Member, 'index'>[] = [];
  for (const [at, term] of terms.entries()) {
    const previous = terms[at - 1];
    if (previous && chain.length > 0 && areInSeries(text.units, previous, term)) {
      chain.push({ term, itemFrom: itemStartBetween(text.units, previous, term) });
      continue;
    }
    if (chain.length > 1) yield chain;
    chain = [{ term, itemFrom: undefined }];
  }
  if (chain.length > 1) yield chain;
}

function itemStartBetween(units: Uint16Array, previous: QuotedTerm, term: QuotedTerm): number {
  for (let at = previous.close + 1; at < term.open; at++) if (units[at] === PAUSE || units[at] === COMMA) return at + 1;
  return term.open;
}

/** The ranges of `chain` that are members of `series` without anything else between them. */
function runsIn(chain: readonly Omit<Member, 'index'>[], { members }: Series): (readonly Member[])[] {
  const runs: Member[][] = [];
  let run: Member[] = [];
  for (const one of chain) {
    const index = members.indexOf(`“${one.term.text}”`);
    if (index >= 0 && !run.some((member) => member.index === index)) {
      run.push({ ...one, index });
      continue;
    }
    if (run.length > 1) runs.push(run);
    run = index >= 0 ? [{ ...one, index }] : [];
  }
  if (run.length > 1) runs.push(run);
  return runs;
}

/** The enumerations in phrases: at least three members, all of one length except perhaps those at the ends. */
function enumerations(lexicon: Lexicon): Enumeration[] {
  const found = new Map<string, Enumeration>();
  for (const phrase of lexicon.phrases) {
    if (!/、[^，]*、/.test(phrase.text) || lexicon.spread(phrase) < WELL_KNOWN) continue;
    const { units } = readText(phrase.text, 0, phrase.text.length, []);
    for (const clause of textOf(units, 0, units.length).split('，')) {
      const enumeration = enumerationOf(clause.split('、'), phrase.documents);
      if (!enumeration) continue;
      const key = enumeration.members.join('、');
      const other = found.get(key);
      if (!other || other.documents < enumeration.documents) found.set(key, enumeration);
    }
  }
  // Part of a longer one, which is more specific.
  const keys = [...found.keys()];
  return [...found]
    .filter(([key]) => !keys.some((other) => other !== key && other.includes(key)))
    .map(([, one]) => one);
}

function enumerationOf(parts: readonly string[], documents: number): Enumeration | undefined {
  if (parts.length < MIN_SERIES_LENGTH) return undefined;
  const inner = parts.slice(1, -1);
  const size = (inner[0] as string).length;
  if (size < 2 || inner.some((part) => part.length !== size || ![...part].every((each) => isHan(each.charCodeAt(0))))) {
    return undefined;
  }
  const first = (parts[0] as string).slice(-size);
  const last = (parts[parts.length - 1] as string).slice(0, size);
  const members = [first, ...inner, last];
  if (members.some((member) => member.length < size) || new Set(members).size < members.length) return undefined;
  return { members, documents, tail: (parts[parts.length - 1] as string).slice(size, size + 2) };
}
