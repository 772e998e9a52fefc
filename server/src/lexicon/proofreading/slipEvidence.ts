/**
 * Evidence that words which are nearly a phrase were meant to be it. Some circumstances exclude it (another number,
 * another sentence, a gap); the rest is weighed: how much likelier the phrase is in this place than the written text,
 * how firmly the corpus continues like the phrase, and whether the written text makes words.
 *
 * The weights were fitted to breaks planted in documents held out from the corpus, against everything in the same
 * documents that comes close to a phrase (tests/bench/proofreading.mjs measures them).
 */

import { isHan } from '../../text/characters';
import type { Span } from '../../text/span';
import { segments } from '../../text/words';
import { NGRAM_ORDER, type NgramTable } from '../mining/ngrams';
import { countOf } from '../model/attested';
import { COMMA, type ComparedText, GAP, isQuotation, stopsBefore, textOf } from '../model/comparedText';
import type { Lexicon, Phrase } from '../model/lexicon';
import type { NearPhrase, PhraseEntry } from '../model/phraseIndex';
import { Likelihood } from '../prediction/likelihood';
import { knowledgeOf } from '../prediction/prediction';

/**
 * The certainty that the text is wrong. `conceivable`: the written text makes words of its own (积极应对果农老龄化), and only the
 * writer knows whether they were meant; on unseen reports most were.
 */
export type Confidence = 'certain' | 'likely' | 'doubtful' | 'conceivable';
type Score = Exclude<Confidence, 'conceivable'>;

/** A candidate accepted as a slip. */
export interface Slip {
  readonly candidate: NearPhrase;
  readonly confidence: Confidence;
  /** Log likelihood ratio of the phrase and the written text. */
  readonly likelier: number;
}

/** Minimum sum of the evidence for each level; below `doubtful` nothing is reported. */
const SCORES: Readonly<Record<Score, number>> = { certain: 6.5, likely: 4.6, doubtful: 3.3 };
/** Penalties: two characters are more than a typing slip. */
const TWO = 1.2;
const TWO_OTHERS = 3;
const MIN_OF_TWO_LENGTH = 9;
/**
 * Spread that a phrase needs for its breaks to be certain, and to be likely, as a multiple of the minimum number of
 * documents.
 */
export const MANY = 2;
const SOME = 1.5;

const WEIGHTS = {
  start: 0.5,
  /** Per nat of log likelihood ratio of the phrase and the written text. */
  likelier: 0.18,
  likelierAtMost: 25,
  edge: -0.7,
  nextToEdge: 0.4,
  swapped: 1.2,
  extra: -2.3,
  /** For how much more often than by chance the characters at the difference co-occur (logarithm). */
  together: -0.45,
  /** For the share of a context's occurrences that continue like the phrase, on either side. */
  goesOn: 2.9,
  attested: -1.2,
  loose: -1.7,
  free: -2,
  otherWord: -2.6,
  /** The written text is in a dictionary, in the very place of a word of the phrase, or elsewhere. */
  sameWord: -6,
  realWord: -2.2,
  /** Two whole words meet where something is missing. */
  wholeWords: -2,
  /** The phrase without its last character ends in a whole word, and the sentence continues. */
  endedWord: -4.5,
  doubled: 1.8,
  notInPlace: -1.3,
  /** A clause ends, or begins, where no clause of the corpus does: 全面贯彻新发展理。 */
  brokenOff: 1.2,
} as const;

/** Characters that co-occur this much more often than by chance (logarithm) are a word of the corpus: 树牢 for 树立. */
const A_WORD = 2;
/** Minimum number of co-occurrences of two characters to be words that may be adjacent. */
const OFTEN = 6;
/** Maximum number of phrases with a common prefix that are examined. */
const MANY_PHRASES = 40;
/** Number of occurrences from which a text is not accidental, and from which it is a common wording. */
const SOMETIMES = 3;
const MANY_TIMES = 30;
const HALF = 0.5;
/** A context that the corpus continues like the phrase at least this often. */
const FIRM = 0.84;
/** A phrase of this length is hardly written without its function words, or with additional ones. */
const FIXED = 10;
/** A phrase of this length does not lose one of its words unnoticed. */
const LONG = 13;
/** A phrase of this length is never shortened by a word. */
const NEVER_SHORTENED = 16;
const CLAUSE_STARTS = [...'，。、；“'].map((mark) => mark.charCodeAt(0));
const MIN_WORD_LENGTH = 2;

const setOf = (characters: string): ReadonlySet<number> => new Set([...characters].map((each) => each.charCodeAt(0)));
const NUMERALS = setOf('〇零一二三四五六七八九十百千万亿两0123456789');
/**
 * Characters that are interchangeable without a slip: 发展和安全 发展与安全, 重点领域或关键环节; 在党中央坚强领导下 靠党中央坚强领导; 代表省人民政府 代表市人民政府; 着力 and 著力, as
 * Taiwan writes it.
 */
const ALIKE = [
  '和与及同或',
  '在向靠让对从',
  '省市县区乡镇村州盟旗国',
  '〇零一二三四五六七八九十百千万亿两',
  '着著',
].map(setOf);
/** Words that may be added or dropped without changing the meaning: conjunctions, particles, adverbs. */
const LOOSE = setOf('和与及并的地了之好到出也都更又于以等所');
/** Those of them that a set phrase does not lose: 以习近平同志为核心的党中央. */
const FIXED_PARTICLES = setOf('的和到好');
/** A verb is incomplete without its complement: 坚决做“两个维护”. */
const COMPLEMENTS = setOf('到好');
const MIN_OF_COMPLEMENT_LENGTH = 8;
/** Attributes that do not change which noun is meant. */
const ATTRIBUTES = setOf('的新更最');
const AUXILIARIES = setOf('要将已能会应可须该再还正在');
const ET_CETERA = '等'.charCodeAt(0);

/** Number of units before and after a difference that are segmented into words. */
const AROUND = 4;
const CONTEXT = NGRAM_ORDER;

export class SlipEvidence {
  private readonly ngrams: NgramTable;
  private readonly likelihood: Likelihood;
  private readonly oddsOf = new Map<PhraseEntry, Float32Array>();

  /** With a `margin`, places that are less certain by it are accepted too. */
  constructor(
    private readonly lexicon: Lexicon,
    private readonly margin = 0,
  ) {
    this.ngrams = lexicon.ngrams;
    const { ngrams, trust } = knowledgeOf(lexicon);
    this.likelihood = new Likelihood(ngrams, trust);
  }

  /** The certainty that the text is wrong at `candidate`; undefined if it may well be right. */
  weigh(candidate: NearPhrase, text: ComparedText): Slip | undefined {
    if (isRuledOut(candidate, text) || this.joinsOutside(candidate, text) || this.isModifier(candidate, text)) {
      return undefined;
    }
    const { entry, start, end } = candidate;
    const size = Math.max(candidate.phraseTo - candidate.phraseFrom, candidate.textTo - candidate.textFrom);
    const two = size > 1 && candidate.kind !== 'swapped';
    // Two swapped characters with a third missing form no words but by accident.
    const torn = two && (candidate.phraseTo - candidate.phraseFrom > 2 || this.isTorn(candidate, text));
    if (two && !torn && entry.key.length < MIN_OF_TWO_LENGTH) return undefined;
    const surcharge = !two || torn ? 0 : candidate.kind === 'missing' ? TWO : TWO_OTHERS;
    const least = SCORES.doubtful + surcharge - this.margin;
    // Cheap evidence is computed first: the rest cannot compensate for it.
    const most = WEIGHTS.likelier * WEIGHTS.likelierAtMost + WEIGHTS.doubled;
    let score = this.wordEvidence(candidate, text, torn);
    if (score + most < least) return undefined;
    const likelier = this.likelier(candidate, text);
    score += WEIGHTS.likelier * Math.min(WEIGHTS.likelierAtMost, likelier);
    if (score < least) return undefined;
    const { units, words } = text;
    if (this.lexicon.find(textOf(units, words[start] as number, (words[end - 1] as number) + 1))) return undefined;
    if (isQuotation(text, words[start] as number)) return undefined;
    if (!torn) score += this.dictionaryEvidence(candidate, text, two);
    if (score < least) return undefined;
    const spread = this.lexicon.spread(entry.phrase);
    const many = spread >= MANY;
    const some = many || (spread >= SOME && !this.mayBeShort(candidate, text));
    const certain = score >= SCORES.certain && many;
    const likely = score >= SCORES.likely && some;
    if (!this.isEvident(candidate, text)) return { candidate, likelier, confidence: 'conceivable' };
    const confidence =
      !(certain || likely) || this.mayBeMeant(candidate, text) ? 'doubtful' : certain ? 'certain' : 'likely';
    // Another character at the edge of a phrase belongs to the text beside it more often than not: 姜产品, 建管.
    const atEdge = candidate.phraseFrom === 0 || candidate.phraseTo === entry.key.length;
    const isBeside = confidence === 'doubtful' && candidate.kind === 'wrong' && atEdge;
    return { candidate, likelier, confidence: isBeside ? 'conceivable' : confidence };
  }

  /**
   * Whether the written text makes no words at the difference, so that a reader stumbles there: 社会义现代化, 清亲政商关系, 乡村村. If it
   * makes words (高于省平均水平, 打好污染防治战), they may be meant, however firmly the corpus writes the phrase.
   */
  private isEvident(candidate: NearPhrase, text: ComparedText): boolean {
    const { units } = text;
    const [from, to] = unitsOf(candidate, text);
    const isRare = (at: number): boolean => this.count(units, at, at + 2) < SOMETIMES;
    switch (candidate.kind) {
      case 'extra': {
        if (to - from > 1) return false;
        if (units[from - 1] === units[from] || units[to] === units[from]) return true;
        return !isFree(units[from] as number) && isRare(from - 1) && isRare(from);
      }
      case 'swapped':
        return isRare(from);
      case 'wrong': {
        if (to - from > 1) return false;
        // 合治 of 社合治安 is common inside 综合治理, 合治安 is not.
        const isKnown = (start: number, end: number): boolean =>
          [...units.subarray(start, end)].every(isHan) && this.count(units, start, end) >= SOMETIMES;
        return !isKnown(from, to + MIN_WORD_LENGTH) && !isKnown(Math.max(0, from - MIN_WORD_LENGTH), to);
      }
      default:
        return this.isCutWord(candidate, text, from);
    }
  }

  /**
   * Whether a word of the phrase lost a part at the difference, and what is left of it is no part of a word of the text: 社会[主]义.
   * A whole word left out (医药[卫生]体制) leaves words that may be meant, and so does a remainder that the text continues as
   * another word (关键环节[改]革故鼎新) or that the corpus writes as well (高于[全]省平均水平).
   */
  private isCutWord({ entry, phraseFrom, phraseTo }: NearPhrase, text: ComparedText, at: number): boolean {
    const { units } = text;
    const before = textOf(units, Math.max(0, at - AROUND), at);
    const after = textOf(units, at, Math.min(units.length, at + AROUND));
    const given = textOf(entry.key, phraseFrom, phraseTo);
    const seam = before.length;
    const cut = wordsIn(before + given + after).filter(
      ({ start, end }) => start < seam + given.length && end > seam && (start < seam || end > seam + given.length),
    );
    // Nobody shortens so long a phrase by a word: 习近平新时代[中国]特色社会主义思想.
    if (cut.length === 0) return given.length > 1 && entry.key.length >= NEVER_SHORTENED;
    const inText = wordsIn(before + after);
    // What is left of the cut words, in the text: a longer word of it is another one (革故鼎新, 展现).
    const left = Math.min(seam, ...cut.map(({ start }) => start));
    const right = Math.max(seam, ...cut.map(({ end }) => end - given.length));
    const isOther = ({ start, end }: Span): boolean =>
      end - start >= MIN_WORD_LENGTH &&
      end > left &&
      start < right &&
      (start < left || end > right || (start < seam && end > seam));
    if (inText.some(isOther)) return false;
    const isBesideText = (place: number): boolean => isHan(units[place] ?? GAP);
    if (phraseFrom === 0) {
      if (!isBesideText(at - 1)) return this.breaksOff(units, at, false);
      // 村集体, which begins clauses, may be what is written behind 全州.
      return CLAUSE_STARTS.every(
        (mark) => this.count([mark, units[at] as number, units[at + 1] as number], 0, 3) < SOMETIMES,
      );
    }
    if (phraseTo === entry.key.length && !isBesideText(at)) return this.breaksOff(units, at, true);
    // The end of the phrase begins another word: 关键环节[改]革故鼎新.
    const end = at + entry.key.length - phraseTo;
    if (right > seam && end === at + right - seam && isBesideText(end)) {
      const isWord = this.count(units, end - 1, end + 1) >= SOMETIMES;
      const given = end - 1 === at ? (entry.key[phraseTo - 1] as number) : (units[end - 2] as number);
      if (isWord && this.count([given, units[end - 1] as number, units[end] as number], 0, 3) === 0) return false;
    }
    return this.count(units, at - 1, at + 1) < SOMETIMES || this.count(units, at - 2, at + 2) === 0;
  }

  /**
   * Whether the written text makes words as it is: an inserted word (学前教育抓普及普惠, 代表青禾市人民政府), or one in place of another
   * (我们党 for 我们也, 现代化理政体系). However firmly the corpus writes the phrase, only the writer knows.
   */
  private mayBeMeant(candidate: NearPhrase, text: ComparedText): boolean {
    const { kind, textFrom, textTo } = candidate;
    const { units } = text;
    const [from, to] = unitsOf(candidate, text);
    if (kind === 'extra')
      return !(textTo - textFrom === 1 && (units[from - 1] === units[from] || units[to] === units[from]));
    if (kind !== 'wrong') return false;
    if (to - from === 1 && LOOSE.has(units[from] as number)) return true;
    return this.count(units, to - from === 1 ? from - 1 : from, to) >= MANY_TIMES;
  }

  /**
   * Whether the one differing character at the edge of a phrase is the end, or the beginning, of the adjacent text:
   * 发展历程中|不平凡的五年 lacks no 极. At the edge of a clause the written text must also occur elsewhere.
   */
  private joinsOutside(
    { kind, entry, textFrom, textTo, phraseFrom, phraseTo }: NearPhrase,
    text: ComparedText,
  ): boolean {
    if (kind !== 'wrong' || textTo - textFrom !== 1) return false;
    const { units, words } = text;
    const at = words[textFrom] as number;
    const isHanAt = (place: number): boolean => isHan(units[place] ?? GAP);
    const meetsStop = (before: boolean): boolean =>
      CLAUSE_STARTS.some((stop) => {
        const run = before ? [stop, units[at], units[at + 1]] : [units[at - 1], units[at], stop];
        return this.count(run as number[], 0, 3) >= SOMETIMES;
      });
    if (phraseFrom === 0) {
      return isHanAt(at - 1)
        ? isHanAt(at - 2) && this.count(units, at - 2, at + 1) >= SOMETIMES && meetsStop(false)
        : this.count(units, at, at + 4) >= SOMETIMES;
    }
    if (phraseTo !== entry.key.length) return false;
    return isHanAt(at + 1)
      ? isHanAt(at + 2) && this.count(units, at, at + 3) >= SOMETIMES && meetsStop(true)
      : this.count(units, at - 3, at + 1) >= SOMETIMES;
  }

  /** Whether a superfluous attribute precedes a word that often has it: the 的 of 财政资金的使用效益, the 新 of 脱贫攻坚新成果. */
  private isModifier({ kind, textFrom, textTo }: NearPhrase, text: ComparedText): boolean {
    if (kind !== 'extra' || textTo - textFrom !== 1) return false;
    const { units, words } = text;
    const at = words[textFrom] as number;
    const unit = units[at] as number;
    if (!ATTRIBUTES.has(unit) || unit === units[at - 1] || unit === units[at + 1]) return false;
    if (this.count(units, at, at + 3) < MANY_TIMES) return false;
    const first = Math.max(0, at - AROUND);
    return hasBorder(wordsIn(textOf(units, first, Math.min(units.length, at + 1 + AROUND))), at - first);
  }

  /**
   * The same for a phrase with a doubled last or first character: 推动高质量发展展 is a slip if no word begins with the second
   * of them, as in 推动高质量发展展现新气象.
   */
  weighDoubled(candidate: NearPhrase, text: ComparedText): Slip | undefined {
    const { entry, start, textFrom } = candidate;
    const { units, words } = text;
    const isLast = textFrom > start;
    const at = words[textFrom] as number;
    const twin = words[isLast ? textFrom - 1 : textFrom + 1] as number;
    // With a mark between they are two, as in 发展，展现.
    if (Math.abs(twin - at) !== 1) return undefined;
    const outer = units[isLast ? at + 1 : at - 1] ?? COMMA;
    // 发展展现 has it twice, and no clause ends there.
    const run = isLast
      ? [units[twin] as number, units[at] as number, outer]
      : [outer, units[at] as number, units[twin] as number];
    if (this.count(run, 0, 3) > 0) return undefined;
    if (outer === GAP || isQuotation(text, words[start] as number)) return undefined;
    const within = isHan(outer);
    if (within) {
      const first = isLast ? at : Math.max(0, at - AROUND + 1);
      const around = textOf(units, first, isLast ? Math.min(units.length, at + AROUND) : at + 1);
      const alone = wordsIn(around).some((word) => word.start === at - first && word.end === word.start + 1);
      const together = isLast
        ? this.count([entry.key.at(-1) as number, outer], 0, 2)
        : this.count(units, at - 1, at + 1);
      const asInPhrase = isLast
        ? this.count([entry.key.at(-2) as number, entry.key.at(-1) as number, outer], 0, 3)
        : this.count([outer, entry.key[0] as number, entry.key[1] as number], 0, 3);
      if (!alone || asInPhrase < HALF * together) return undefined;
    }
    const many = this.lexicon.spread(entry.phrase) >= MANY;
    const confidence = within ? 'doubtful' : many ? 'certain' : 'likely';
    return { candidate, likelier: WEIGHTS.likelierAtMost, confidence };
  }

  /** What the corpus knows of the characters on both sides. */
  private wordEvidence(candidate: NearPhrase, text: ComparedText, torn: boolean): number {
    const { entry, kind, start, textFrom, textTo, phraseFrom, phraseTo } = candidate;
    const { key } = entry;
    const { units } = text;
    const [from, to] = unitsOf(candidate, text);
    const edge = Math.min(phraseFrom, key.length - phraseTo);
    const odds = this.odds(entry, phraseFrom, true) + this.odds(entry, phraseTo, false);
    let score = WEIGHTS.start + WEIGHTS.goesOn * odds;
    if (edge === 0) {
      score += WEIGHTS.edge + (this.goesOn(candidate, text) ? 0 : WEIGHTS.notInPlace);
      if (kind === 'missing' && odds >= FIRM && this.breaksOff(units, from, phraseFrom > 0)) score += WEIGHTS.brokenOff;
    }
    if (edge === 1) score += WEIGHTS.nextToEdge + (this.isAnotherWord(candidate, text) ? WEIGHTS.otherWord : 0);
    if (kind === 'swapped') score += WEIGHTS.swapped;
    if (this.isKnown(units, from, to)) score += WEIGHTS.attested;
    const [highest, lowest] = this.together(units, from, to);
    score += WEIGHTS.together * (highest + lowest);
    if (kind === 'wrong' && highest >= A_WORD) score += WEIGHTS.realWord;
    const unit = (word: number): number => wordAt(text, word);
    if (kind === 'extra') {
      score += WEIGHTS.extra;
      const added = unit(textFrom);
      if (textTo - textFrom === 1 && textFrom > start && (unit(textFrom - 1) === added || unit(textTo) === added)) {
        return score + WEIGHTS.doubled;
      }
    }
    const loose = kind === 'extra' ? unit(textFrom) : kind === 'missing' ? (key[phraseFrom] as number) : GAP;
    if (torn || !LOOSE.has(loose)) return score;
    // A 和 or 的 between the parts of a phrase may be intended.
    const set = kind === 'missing' && FIXED_PARTICLES.has(loose);
    const firmest = Math.max(this.odds(entry, phraseFrom, true), this.odds(entry, phraseTo, false));
    const firm = set && key.length >= (COMPLEMENTS.has(loose) ? MIN_OF_COMPLEMENT_LENGTH : FIXED) && firmest >= FIRM;
    return score + (firm ? WEIGHTS.loose : WEIGHTS.free);
  }

  /**
   * Whether the two missing characters are not a word or two by themselves, so that the rest makes no words either, and
   * the remaining ones meet as nowhere in the corpus: 推动高[质量]发展 and 清[理拖]欠账款 may be intended, 推[动高]质量发展 may not.
   */
  private isTorn(candidate: NearPhrase, text: ComparedText): boolean {
    if (candidate.kind !== 'missing') return false;
    const { units } = text;
    const [at] = unitsOf(candidate, text);
    if (this.count(units, at - 2, at + 1) > 0 || this.count(units, at - 1, at + 2) > 0) return false;
    const before = textOf(units, Math.max(0, at - AROUND), at);
    const after = textOf(units, at, Math.min(units.length, at + AROUND));
    const given = textOf(candidate.entry.key, candidate.phraseFrom, candidate.phraseTo);
    const seam = before.length;
    const inPhrase = wordsIn(before + given + after);
    const isWordFrom = (from: number): boolean =>
      inPhrase.some(({ start, end }) => start === from && end === from + MIN_WORD_LENGTH);
    if (isWordFrom(seam)) return false;
    // The first character of one word and the last of the next may abbreviate both, except in a phrase that is never
    // shortened.
    const few = this.lexicon.spread(candidate.entry.phrase) < MANY;
    if (few && isWordFrom(seam - 1) && isWordFrom(seam + 1)) return false;
    return !wordsIn(before + after).some(({ start, end }) => start < seam && end > seam);
  }

  /** Log likelihood ratio of the phrase and the written text. */
  private likelier(candidate: NearPhrase, text: ComparedText): number {
    const { entry, phraseFrom, phraseTo } = candidate;
    const { units } = text;
    const [from, to] = unitsOf(candidate, text);
    const start = Math.max(0, from - CONTEXT);
    const end = Math.min(units.length, to + CONTEXT);
    const given = phraseTo - phraseFrom;
    const right = new Uint16Array(end - start - (to - from) + given);
    right.set(units.subarray(start, from));
    right.set(entry.key.subarray(phraseFrom, phraseTo), from - start);
    right.set(units.subarray(to, end), from - start + given);
    return this.likelihood.of(right, from - start, right.length) - this.likelihood.of(units, from, end);
  }

  /**
   * Evidence from a dictionary on the words on both sides: 清偿 for 清理 is another word, and 行政 may be left out as one.
   */
  private dictionaryEvidence(candidate: NearPhrase, text: ComparedText, two: boolean): number {
    const { entry, kind, phraseFrom, phraseTo } = candidate;
    if (kind === 'swapped') return 0;
    const { units } = text;
    const [from, to] = unitsOf(candidate, text);
    const before = textOf(units, Math.max(0, from - AROUND), from);
    const after = textOf(units, to, Math.min(units.length, to + AROUND));
    const given = textOf(entry.key, phraseFrom, phraseTo);
    const inText = wordsIn(before + textOf(units, from, to) + after);
    const inPhrase = wordsIn(before + given + after);
    const at = before.length;
    if (kind === 'missing') {
      const across = inText.some(({ start, end }) => start < at && end > at);
      if (!two) {
        if (entry.key.length >= LONG) return 0;
        // Another word may begin at the end of the phrase: 农民专业合作[社]和股份合作, 全国双拥模范[城]代表.
        const ended = phraseTo === entry.key.length && isHan(units[to] ?? GAP) && endsLongWord(inText, at);
        return ended ? WEIGHTS.endedWord : isWhole(inText, at) ? WEIGHTS.wholeWords : 0;
      }
      const leftOut = hasBorder(inPhrase, at) && hasBorder(inPhrase, at + given.length);
      const set = entry.key.length >= FIXED && this.lexicon.spread(entry.phrase) >= MANY;
      return across || (leftOut && !set) ? Number.NEGATIVE_INFINITY : 0;
    }
    let score = 0;
    for (const { start, end } of inText) {
      if (end - start < MIN_WORD_LENGTH || end <= at || start >= at + to - from) continue;
      if (two) return Number.NEGATIVE_INFINITY;
      if (kind === 'extra') continue;
      const same = inPhrase.some((word) => word.start === start && word.end === end);
      score = same ? WEIGHTS.sameWord : WEIGHTS.realWord;
    }
    return score;
  }

  /** Whether one character of a word is missing and the other is between whole words, as in a short form: 护理[保]险制度. */
  private mayBeShort(candidate: NearPhrase, text: ComparedText): boolean {
    const { entry, kind, phraseFrom, phraseTo } = candidate;
    if (kind !== 'missing' || phraseTo - phraseFrom > 1) return false;
    const { units } = text;
    const [at] = unitsOf(candidate, text);
    const before = textOf(units, Math.max(0, at - AROUND), at);
    const after = textOf(units, at, Math.min(units.length, at + AROUND));
    const seam = before.length;
    const inPhrase = wordsIn(before + textOf(entry.key, phraseFrom, phraseTo) + after);
    const word = inPhrase.find(({ start, end }) => start <= seam && end > seam);
    if (!word || word.end - word.start !== MIN_WORD_LENGTH) return false;
    const left = word.start === seam ? seam : seam - 1;
    const inText = wordsIn(before + after);
    return isWhole(inText, left, left + 1);
  }

  /** Whether the characters from `from` to `to` occur in the corpus with their neighbours on both sides. */
  private isKnown(units: Uint16Array, from: number, to: number): boolean {
    const around = Math.max(1, Math.min(2, (NGRAM_ORDER - (to - from)) >> 1));
    if (this.count(units, from - around, to + around) > 0) return true;
    for (let at = from - 2; at < Math.max(from, to); at++) if (this.count(units, at, at + 3) === 0) return false;
    return true;
  }

  /** The maximum and minimum of how much more often than by chance the characters co-occur, as logarithms. */
  private together(units: Uint16Array, from: number, to: number): readonly [highest: number, lowest: number] {
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let at = from - 1; at < Math.max(to, from); at++) {
      const both = isHan(units[at] ?? GAP) && isHan(units[at + 1] ?? GAP);
      const here = both ? Math.log((this.count(units, at, at + 2) + 0.5) / (this.chance(units, at) + 0.5)) : 0;
      highest = Math.max(highest, here);
      lowest = Math.min(lowest, here);
    }
    return [highest, lowest];
  }

  /** Expected number of co-occurrences of the characters at `at` and after it in a shuffled corpus. */
  private chance(units: Uint16Array, at: number): number {
    const { characters } = this.lexicon.source;
    return (this.count(units, at, at + 1) * this.count(units, at + 1, at + 2)) / Math.max(1, characters);
  }

  /** Whether the one character of the phrase on that side of the difference makes a word with the adjacent text. */
  private isAnotherWord(candidate: NearPhrase, { units, words }: ComparedText): boolean {
    const { entry, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
    const given = (word: number): number => entry.key[word] as number;
    if (textFrom - start === 1) {
      const at = (words[start] as number) - 1;
      const asInPhrase = this.count([units[at] as number, units[at + 1] as number, given(phraseFrom)], 0, 3);
      const together = isHan(units[at] ?? GAP) ? this.count(units, at, at + 2) : 0;
      if (together >= OFTEN && asInPhrase < HALF * together) return true;
    }
    if (end - textTo === 1 && phraseTo > 0) {
      const at = words[end - 1] as number;
      const asInPhrase = this.count([given(phraseTo - 1), units[at] as number, units[at + 1] as number], 0, 3);
      const together = isHan(units[at + 1] ?? GAP) ? this.count(units, at, at + 2) : 0;
      if (together >= OFTEN && asInPhrase < HALF * together) return true;
    }
    return false;
  }

  /**
   * The share of its occurrences in which the context before (after) `word` of the phrase continues like the phrase.
   */
  private odds(entry: PhraseEntry, word: number, forward: boolean): number {
    const size = entry.key.length + 1;
    let known = this.oddsOf.get(entry);
    if (!known) {
      known = new Float32Array(2 * size).fill(-1);
      this.oddsOf.set(entry, known);
    }
    const index = (forward ? 0 : size) + word;
    if ((known[index] as number) < 0) known[index] = this.countOdds(entry, word, forward);
    return known[index] as number;
  }

  private countOdds({ reading, key }: PhraseEntry, word: number, forward: boolean): number {
    const { units, words } = reading;
    if (forward ? word >= key.length : word <= 0) return 0;
    let best = 0;
    for (let size = 2; size < NGRAM_ORDER; size++) {
      const at = forward ? (words[word] as number) - size : (words[word - 1] as number) + 1;
      if (at < 0 || at + size > units.length) break;
      const context = this.count(units, at, at + size);
      const whole = forward ? this.count(units, at, at + size + 1) : this.count(units, at - 1, at + size);
      if (context >= 3) best = Math.max(best, whole / context);
    }
    return forward && word >= NGRAM_ORDER ? Math.max(best, this.oddsInPhrases(reading, words[word] as number)) : best;
  }

  /**
   * The same for a head longer than n-grams: the share of the phrases that begin with it, weighted by their counts,
   * that continue as here. 思想 has many continuations, 坚持以习近平新时代中国特色社会主义思想 has 为.
   */
  private oddsInPhrases({ units }: ComparedText, at: number): number {
    const head = textOf(units, 0, at);
    const next = String.fromCharCode(units[at] as number);
    const phrases = this.lexicon.startingWith(head, MANY_PHRASES);
    const countOfAll = (some: readonly Phrase[]): number => some.reduce((sum, { count }) => sum + count, 0);
    const same = countOfAll(phrases.filter(({ text }) => text.charAt(at) === next));
    // If the head is a phrase by itself, its count includes all continuations.
    const all = phrases.find(({ text }) => text === head)?.count ?? countOfAll(phrases);
    return all === 0 ? 0 : Math.min(1, same / all);
  }

  /** Whether there is a stop at `at`, after (or before) two characters that never meet a stop there in the corpus. */
  private breaksOff(units: Uint16Array, at: number, atEnd: boolean): boolean {
    const stop = atEnd ? units[at] : units[at - 1];
    if (stop === GAP || isHan(stop ?? COMMA)) return false;
    const [first, second] = atEnd ? [units[at - 2], units[at - 1]] : [units[at], units[at + 1]];
    const marks = stop === undefined ? CLAUSE_STARTS : [...CLAUSE_STARTS, stop];
    return marks.every((mark) => {
      const run = atEnd ? [first ?? GAP, second ?? GAP, mark] : [mark, first ?? GAP, second ?? GAP];
      return this.count(run, 0, 3) === 0;
    });
  }

  /** Whether the text around the phrase could be around it if it were written right. */
  private goesOn({ entry, kind, start, end, phraseFrom }: NearPhrase, { units, words }: ComparedText): boolean {
    const { key } = entry;
    if (phraseFrom === 0) {
      const second = [key[1] as number, key[2] as number];
      if (kind === 'missing' && CLAUSE_STARTS.some((mark) => this.count([mark, ...second], 0, 3) > 0)) return false;
      const before = start === 0 ? GAP : (units[(words[start] as number) - 1] as number);
      if (!isHan(before)) return before === GAP || CLAUSE_STARTS.includes(before);
      return this.count([before, key[0] as number, key[1] as number], 0, 3) > 0;
    }
    const last = (words[end - 1] as number) + 1;
    const after = last >= units.length ? GAP : (units[last] as number);
    if (!isHan(after)) return true;
    return this.count([key[key.length - 2] as number, key[key.length - 1] as number, after], 0, 3) > 0;
  }

  private count(units: ArrayLike<number>, from: number, to: number): number {
    return countOf(this.ngrams, units, from, to);
  }
}

function hasBorder(words: readonly Span[], at: number): boolean {
  return words.some(({ start, end }) => start === at || end === at);
}

/** Whether a word of two characters or more ends at `at`. */
function endsLongWord(words: readonly Span[], at: number): boolean {
  return words.some(({ start, end }) => end === at && end - start >= MIN_WORD_LENGTH);
}

/** Whether a word of two characters or more ends at `at` and another begins there, or at `next`. */
function isWhole(words: readonly Span[], at: number, next = at): boolean {
  const long = words.filter(({ start, end }) => end - start >= MIN_WORD_LENGTH);
  return long.some(({ end }) => end === at) && long.some(({ start }) => start === next);
}

/** Whether `character` is a numeral, Chinese or Arabic. */
export function isNumeral(character: string): boolean {
  return NUMERALS.has(character.charCodeAt(0));
}

/** Whether two characters are interchangeable without a slip. */
export function isAlike(one: number, other: number): boolean {
  return ALIKE.some((group) => group.has(one) && group.has(other));
}

function isFree(unit: number): boolean {
  return LOOSE.has(unit) || AUXILIARIES.has(unit);
}

function wordAt({ units, words }: ComparedText, word: number): number {
  return word < 0 || word >= words.length ? GAP : (units[words[word] as number] as number);
}

/** The differing characters as indices of units; if some are missing, the position where the words before it end. */
function unitsOf(
  { start, textFrom, textTo }: NearPhrase,
  { words }: ComparedText,
): readonly [from: number, to: number] {
  if (textFrom < textTo) return [words[textFrom] as number, (words[textTo - 1] as number) + 1];
  const at = textFrom === start ? (words[start] as number) : (words[textFrom - 1] as number) + 1;
  return [at, at];
}

/** Whether the candidate cannot be judged, or means something else. */
function isRuledOut(candidate: NearPhrase, text: ComparedText): boolean {
  const { entry, kind, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const { words } = text;
  const unit = (word: number): number => wordAt(text, word);
  for (let word = textFrom; word < textTo; word++) if (!isHan(unit(word))) return true;
  const edge = Math.min(phraseFrom, entry.key.length - phraseTo);
  if (edge === 0 && (kind === 'extra' || textTo - textFrom > 1 || phraseTo - phraseFrom > 1)) {
    if (kind !== 'swapped') return true;
  }
  // Next to a gap the words may be incomplete.
  if (start > 0 && unit(start - 1) === GAP && textFrom === start) return true;
  if (end < words.length && unit(end) === GAP && textTo === end) return true;
  if (leavesRest(candidate, unit)) return true;
  const added = unit(textFrom);
  const given = entry.key[phraseFrom] as number;
  if (kind === 'wrong' && isAlike(given, added)) return true;
  if (kind !== 'missing' && added === ET_CETERA) return true;
  // 区县 for 县, 和与 for 和.
  const beside = [unit(textFrom - 1), unit(textTo)];
  if (kind === 'extra' && !beside.includes(added) && beside.some((one) => isAlike(one, added))) return true;
  if (kind === 'wrong') {
    if (isFree(added) && isFree(given)) return true;
    // A single character is wrong, and another reading covers it.
    const last = [unit(textTo - 1), entry.key[phraseTo - 1] as number] as const;
    if (textTo - textFrom > 1 && (added === given || last[0] === last[1])) return true;
  }
  return isOtherNumber(candidate, unit) || !sameStops(candidate, text);
}

/**
 * Whether another reading includes a character that this one leaves beside the phrase: 综合治的理 is 治理 with a superfluous
 * 的, not 治的 for 治理, and 推动动高质量发展 has one 动 too many and does not lack a 推.
 */
function leavesRest(
  { entry, kind, start, end, phraseFrom, phraseTo }: NearPhrase,
  unit: (word: number) => number,
): boolean {
  const { key } = entry;
  if (kind === 'wrong') {
    return (phraseTo === key.length && unit(end) === key.at(-1)) || (phraseFrom === 0 && unit(start - 1) === key[0]);
  }
  if (kind !== 'missing') return false;
  if (phraseFrom === 0) return unit(start - 2) === key[0];
  // 化深资 is 深化国资 with swapped characters, and does not lack 化国 after 深.
  const missing = key.subarray(phraseFrom, phraseTo);
  return missing.length > 1 && (missing.includes(unit(start - 1)) || missing.includes(unit(end)));
}

/** False if a comma or a closing title mark separates what is one in the phrase: two clauses that meet by chance. */
function sameStops(candidate: NearPhrase, text: ComparedText): boolean {
  const { entry, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const phrase = entry.reading;
  let marks = 0;
  let quotes = false;
  for (let word = start + 1; word < end; word++) {
    const stops = stopsBefore(text, word);
    if (word >= textFrom && word <= textTo) {
      marks += stops.marks;
      quotes ||= stops.light;
      continue;
    }
    const own = word < textFrom ? word - start : phraseTo + word - textTo;
    if (stops.comma && !stopsBefore(phrase, own).light) return false;
  }
  if (!quotes) return true;
  // At the difference itself any mark may make the words another sentence, or one more member of a series.
  let own = 0;
  let ownQuotes = false;
  for (let word = Math.max(1, phraseFrom); word <= phraseTo && word < phrase.words.length; word++) {
    const stops = stopsBefore(phrase, word);
    own += stops.marks;
    ownQuotes ||= stops.light;
  }
  return ownQuotes && marks <= own;
}

/** Whether it is another number, as in 十九大 and 二十大, which is another thing. 件一事 for 一件事 is not. */
function isOtherNumber(candidate: NearPhrase, unit: (word: number) => number): boolean {
  const { entry, kind, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const inText: number[] = [];
  for (let word = textFrom; word < textTo; word++) inText.push(unit(word));
  const inPhrase = [...entry.key.subarray(phraseFrom, phraseTo)];
  const numeral = (one: number) => NUMERALS.has(one);
  if (kind === 'swapped') return inText.every(numeral);
  if (inText.some(numeral) && inPhrase.some(numeral)) return true;
  if (![...inText, ...inPhrase].some(numeral)) return false;
  return numeral(unit(textFrom - 1)) || numeral(unit(textTo));
}

/** The words of `text` according to a general dictionary. */
function wordsIn(text: string): Span[] {
  return Array.from(segments(text) ?? [], ({ index, segment }) => ({ start: index, end: index + segment.length }));
}
