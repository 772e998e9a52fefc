/**
 * Evidence from the whole text for or against slips found in its lines: whether dictionaries know the words, how often
 * the writer uses each form, whether the characters belong to the text's subject, and how unusual the context is, as in
 * names and lists.
 */
import { characterClass } from '../../repair/characterModel';
import { Keys } from '../../repair/keys';
import type { Words } from '../../repair/words';
import type { LanguageModel } from '../../spelling/languageModel';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { FEATURES } from '../../spelling/weighing';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { isHan } from '../../text/characters';
import { simplifiedForm } from '../../text/script';
import type { Span } from '../../text/span';
import { isWordPair } from '../../text/words';
import type { Mistake } from './misspellingLines';
import { mayBeName } from './properNames';

/** Adjacent slips, which count as one mistake, and the replacement. */
export interface Suspicion extends Span {
  readonly slips: readonly Mistake[];
  readonly newText: string;
  /** The place and the neighbour with which it forms a word. */
  readonly word: Span;
  /** That word before and after the replacement. */
  readonly before: string;
  readonly after: string;
}

/** Names of the evidence, in the order of the weights; the {@link FEATURES} of the likeliest slip follow. */
export const EVIDENCE = [
  'odds by the line',
  'missing',
  'extra',
  'swapped',
  'several characters',
  'dictionary for it',
  'dictionary against it',
  'dictionary knows neither',
  'written is a word',
  'meant is a word',
  'both are words',
  'written elsewhere',
  'meant elsewhere',
  'nowhere meant',
  'beside the other neighbour elsewhere',
  'character elsewhere',
  'character of the subject',
  'meant character of the subject',
  'tie as written',
  'weaker tie as written',
  'tie as meant',
  'weaker tie as meant',
  'strange around',
  'register',
  'another register',
  'may be a name',
  'in a series',
];

/** Number of characters on either side that are segmented into words. */
const CUT = 5;
/** Number of characters on either side whose cost measures how unusual the surroundings are; the nearest are skipped. */
const AROUND = 12;
const NEXT = 2;
/** Average cost of a character after its predecessor in documents of the kind the model was learned from, in nats. */
const USUAL_COST = 4.5;
/**
 * The highest average cost of texts of that kind (measured: 98 of 100 laws, reports and notices of the mainland cost less;
 * Taiwan's laws 5.2 to 6.0, Hong Kong's reports 4.7 to 6.0).
 */
const MAX_USUAL_COST = 4.95;
/** Texts above it are in another register: odds judged by the line alone are reduced by this per nat. */
const UNUSUAL = 15;
/** Those odds are reduced by this in a possible name of a place or a person. */
const NAME = 4;
/** Maximum and minimum number of pairs of characters from which the average cost of a text is computed. */
const COSTED = 3_000;
const MIN_COSTED = 250;
/** Shorter texts are not expected to use a word twice. */
const SHORT = 500;

/** Evidence that depends on nothing but the characters up to {@link AROUND} away. */
interface Nearby {
  readonly written: boolean;
  readonly meant: boolean;
  readonly dictionary: number;
  readonly ties: readonly number[];
  readonly costAround: number;
  readonly mayBeName: boolean;
  readonly marks: number;
}

interface NearbyInLine {
  spelling?: SpellingModel;
  slips?: number;
  newText?: string;
  nearby?: Nearby;
}

/** By the first slip of a suspicion, which is an object of its line. */
const nearbyInLine = new AnalysisMemo<NearbyInLine, Mistake>(() => ({}));

export class TextEvidence {
  /** Number of occurrences of each relevant character and pair of characters in the text. */
  private readonly counts: Counts;
  private readonly pairs: ReadonlyMap<Suspicion, readonly [number, number, number]>;
  /** Average cost of a character; the usual one if the text is too short. */
  readonly cost: number;

  constructor(
    private readonly text: string,
    private readonly spelling: SpellingModel,
    private readonly words: Words,
    suspicions: readonly Suspicion[],
  ) {
    this.cost = averageCost(text, spelling.language);
    this.pairs = new Map(suspicions.map((one) => [one, this.pairsOf(one)]));
    const asked: number[] = [];
    for (const [{ start, newText }, pairs] of this.pairs) {
      asked.push(...pairs, text.charCodeAt(start), newText.charCodeAt(0));
    }
    this.counts = countOf(text, asked);
  }

  /** The evidence for `suspicion`: {@link EVIDENCE}, then {@link FEATURES}. */
  of(suspicion: Suspicion): number[] {
    const { slips } = suspicion;
    const surest = slips.reduce((best, slip) => (slip.odds > best.odds ? slip : best));
    const { written, meant, dictionary, ties, costAround, mayBeName, marks } = this.nearby(suspicion);
    const pairs = this.pairs.get(suspicion) ?? this.pairsOf(suspicion);
    const [writtenHere, meantHere, otherHere] = pairs.map((pair) => this.counts.get(pair) ?? 0);
    const long = Math.min(5, Math.max(0, Math.log(this.text.length / SHORT)));
    return [
      between(-8, surest.odds, 10),
      Number(surest.kind === 'missing'),
      Number(surest.kind === 'extra'),
      Number(surest.kind === 'swapped'),
      Number(slips.length > 1),
      between(0, dictionary, 12),
      between(-8, dictionary, 0),
      Number(Math.abs(dictionary) < 1.5),
      Number(written),
      Number(meant),
      Number(written && meant),
      between(0, Math.log(Math.max(1, writtenHere ?? 1)), 3),
      between(0, Math.log1p(meantHere ?? 0), 5),
      meantHere === 0 ? long : 0,
      between(0, Math.log1p(otherHere ?? 0), 5),
      ...this.charactersOf(suspicion),
      ...ties,
      between(-2, costAround - USUAL_COST, 5),
      between(-0.5, this.cost - USUAL_COST, 1.5),
      between(0, this.cost - MAX_USUAL_COST, 2),
      Number(mayBeName),
      marks,
      ...surest.features,
    ];
  }

  /** The evidence of the characters nearby, cached with the line unless they reach beyond it. */
  private nearby(suspicion: Suspicion): Nearby {
    const { slips, newText } = suspicion;
    const inLine = slips[0]?.inLine;
    if (!inLine || !this.isWithinLine(suspicion)) return this.computeNearby(suspicion);
    const known = nearbyInLine.of(inLine);
    const { spelling } = this;
    if (known.spelling !== spelling || known.slips !== slips.length || known.newText !== newText || !known.nearby) {
      Object.assign(known, { spelling, slips: slips.length, newText, nearby: this.computeNearby(suspicion) });
    }
    return known.nearby as Nearby;
  }

  private computeNearby(suspicion: Suspicion): Nearby {
    return {
      written: isWord(suspicion.before),
      meant: isWord(suspicion.after),
      dictionary: this.dictionaryGain(suspicion),
      ties: this.tiesOf(suspicion),
      costAround: this.costAround(suspicion),
      mayBeName: mayBeName(this.text, suspicion),
      marks: this.marksAround(suspicion),
    };
  }

  /** Whether all characters nearby are in the line of the place. */
  private isWithinLine({ start, end }: Span): boolean {
    if (start <= AROUND || end + AROUND >= this.text.length) return false;
    for (let at = start - AROUND - 1; at <= end + AROUND; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x0a || code === 0x0d) return false;
    }
    return true;
  }

  /** Log odds by the line alone, corrected for names and for the register of the text. */
  oddsByLine(suspicion: Suspicion): number {
    const odds = Math.max(...suspicion.slips.map((slip) => slip.odds));
    const name = mayBeName(this.text, suspicion) ? NAME : 0;
    return odds - name - UNUSUAL * Math.max(0, this.cost - MAX_USUAL_COST);
  }

  /** The written pair of characters, the intended one, and the intended one with the neighbour on the other side. */
  private pairsOf({ start, end, newText, word, before, after }: Suspicion): [number, number, number] {
    const at = before.slice(0, 2) === after.slice(0, 2) ? 1 : 0;
    const { text } = this;
    const other =
      word.start < start
        ? pair(newText.charCodeAt(newText.length - 1), text.charCodeAt(end))
        : pair(text.charCodeAt(start - 1), newText.charCodeAt(0));
    return [
      pair(before.charCodeAt(at), before.charCodeAt(at + 1)),
      pair(after.charCodeAt(at), after.charCodeAt(at + 1)),
      other,
    ];
  }

  /** How often the written character occurs elsewhere, and whether either is commoner here than in other texts. */
  private charactersOf({ start, newText }: Suspicion): number[] {
    const [written, meant] = [this.text.charCodeAt(start), newText.charCodeAt(0)];
    const others = (this.counts.get(written) ?? 1) - 1;
    return [
      between(0, Math.log1p(others), 5),
      this.subject(written, others),
      this.subject(meant, this.counts.get(meant) ?? 0),
    ];
  }

  /** Log ratio of the frequency of `code`, which occurs `count` times in the text, to that in other texts. */
  private subject(code: number, count: number): number {
    const { language } = this.spelling;
    const expected = this.text.length * Math.exp(language.frequency(language.numberOf(simplifiedForm(code))));
    return Number.isNaN(code) ? 0 : between(-2, Math.log((count + 0.5) / (expected + 0.5)), 4);
  }

  /** Pointwise mutual information of the written and of the intended characters with their neighbours: the higher, the lower. */
  private tiesOf({ start, end, newText }: Suspicion): number[] {
    const { text } = this;
    const ties = (middle: string) => {
      const [first, last] =
        middle === ''
          ? [text.charCodeAt(end), text.charCodeAt(start - 1)]
          : [middle.charCodeAt(0), middle.charCodeAt(middle.length - 1)];
      const both = [this.tie(text.charCodeAt(start - 1), first), this.tie(last, text.charCodeAt(end))];
      return [Math.max(...both), Math.min(...both)];
    };
    return [...ties(text.slice(start, end)), ...ties(newText)];
  }

  private tie(first: number, second: number): number {
    if (!isHan(first) || !isHan(second)) return 0;
    const { language } = this.spelling;
    const [one, two] = [simplifiedForm(first), simplifiedForm(second)];
    return between(-4, language.pairScore(one, two) - language.frequency(language.numberOf(two)), 8);
  }

  /** Gain in log probability of the surrounding words in the language at large. */
  private dictionaryGain({ start, end, newText }: Suspicion): number {
    const { text, words } = this;
    const left = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - CUT), start);
    const [right = ''] = text.slice(end, end + CUT).split('\n');
    const likelihood = (middle: string) => words.logProbability(classesOf(left + middle + right));
    return likelihood(newText) - likelihood(text.slice(start, end));
  }

  /** Average cost of a character around the place. */
  private costAround({ start, end }: Span): number {
    const { language } = this.spelling;
    let cost = 0;
    let pairs = 0;
    const add = (from: number, to: number) => {
      for (let at = Math.max(1, from); at < Math.min(to, this.text.length); at++) {
        const [first, second] = [this.text.charCodeAt(at - 1), this.text.charCodeAt(at)];
        if (!isHan(first) || !isHan(second)) continue;
        cost -= language.pairScore(simplifiedForm(first), simplifiedForm(second));
        pairs++;
      }
    };
    add(start - AROUND, start - NEXT + 1);
    add(end + NEXT, end + AROUND);
    return pairs < 5 ? USUAL_COST : cost / pairs;
  }

  /** Number of enumeration commas around the place: names are often enumerated. */
  private marksAround({ start, end }: Span): number {
    const around = this.text.slice(Math.max(0, start - AROUND), end + AROUND);
    return Math.min(4, around.split('、').length - 1);
  }
}

/** Number of characters on either side from which an accidental match is recognised. */
const BESIDE = 6;
/** Minimum gain of the right word in log probability, by the policy documents and the language at large together, in nats. */
const LIKELIER = 7;

/**
 * Whether a match of a commonly confused word in `line` is accidental, as its characters belong to neighbouring words: 按|排污,
 * 悦己|经济, 轻松|驰骋.
 */
export function belongsBeside(
  line: string,
  { start, end }: Span,
  right: string,
  { language }: SpellingModel,
  words: Words,
): boolean {
  const [before, after] = [line.slice(Math.max(0, start - BESIDE), start), line.slice(end, end + BESIDE)];
  const written = line.slice(start, end);
  const likelihood = (word: string) =>
    language.logProbability(tokenise(before + word + after)) + words.logProbability(classesOf(before + word + after));
  return likelihood(right) - likelihood(written) < LIKELIER;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function pair(first: number, second: number): number {
  return first * 0x10000 + second;
}

function classesOf(text: string): number[] {
  const classes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = characterClass(text.charCodeAt(at));
    if (code >= 0) classes.push(code);
  }
  return classes;
}

/** Number of occurrences in a text of the requested characters and pairs of characters. */
interface Counts {
  /** The count of the character or {@link pair} `key`; undefined if it was not requested. */
  get(key: number): number | undefined;
}

/**
 * Counts in a single pass over the text, regardless of how much is requested, and without a map of numbers, because it
 * runs after every edit. `asked` are characters and {@link pair}s.
 */
function countOf(text: string, asked: readonly number[]): Counts {
  const characters = new Int32Array(0x10000).fill(-1);
  const pairs = new Keys(12);
  /** 1 for the first characters of requested pairs. */
  const begins = new Uint8Array(0x10000);
  for (const key of asked) {
    if (key < 0x10000) characters[key] = 0;
    else if (key >= 0x10000) {
      pairs.add(key | 0);
      begins[key >>> 16] = 1;
    }
  }
  const pairCounts = new Int32Array(pairs.count);
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (characters[code]! >= 0) characters[code]!++;
    if (begins[before] === 1) {
      const number = pairs.find((before << 16) | code);
      if (number >= 0) pairCounts[number]!++;
    }
    before = code;
  }
  return {
    get(key) {
      if (key >= 0x10000) {
        const number = pairs.find(key | 0);
        return number >= 0 ? pairCounts[number] : undefined;
      }
      const count = characters[key] ?? -1;
      return count >= 0 ? count : undefined;
    },
  };
}

/** Average cost of a character of `text` after its predecessor, in nats; the usual one if the text is too short. */
function averageCost(text: string, language: LanguageModel): number {
  let cost = 0;
  let pairs = 0;
  for (let at = 1; at < text.length && pairs < COSTED; at++) {
    const [first, second] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    if (!isHan(first) || !isHan(second)) continue;
    cost -= language.pairScore(simplifiedForm(first), simplifiedForm(second));
    pairs++;
  }
  return pairs < MIN_COSTED ? USUAL_COST : cost / pairs;
}

/** Whether two characters are a word: 资讯 may be intended where documents mostly write 咨询, 技木 may not. */
export function isWord(written: string): boolean {
  const [one, two] = [simplifiedForm(written.charCodeAt(0)), simplifiedForm(written.charCodeAt(1))];
  return written.length === 2 && isWordPair(one, two);
}
