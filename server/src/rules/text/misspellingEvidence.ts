/**
 * Evidence from the whole text for or against slips found in its lines: whether dictionaries know the words, how often
 * the writer uses each form, whether the characters belong to the text's subject, and how unusual the context is, as in
 * names and lists.
 */
import { characterClass } from '../../repair/characterModel';
import type { Words } from '../../repair/words';
import type { LanguageModel } from '../../spelling/languageModel';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { decide, type FEATURES } from '../../spelling/weighing';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import { LineTotals } from '../../structure/lineTotals';
import { CharacterCounts } from '../../text/characterCounts';
import { isHan } from '../../text/characters';
import type { Resumable } from '../../text/resumable';
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
  /** The two characters of a written word that another was meant for, the first × 65536 + the second; 0 for longer words. */
  readonly writtenPair: number;
  /** The same with offsets in its line; the object does not change as long as the line does not. */
  readonly inLine?: Suspicion;
}

/** A suspicion `inLine` with offsets in the text whose line starts at `base`. */
export function placed(inLine: Suspicion, base: number): Suspicion {
  const { start, end, word } = inLine;
  const span = { start: word.start + base, end: word.end + base };
  return { ...inLine, start: start + base, end: end + base, word: span, inLine };
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
  'another word',
  'in a title',
  'neighbour in another word',
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
/** Maximum and minimum number of pairs of characters from which the average cost of a text is computed. */
const COSTED = 3_000;
const MIN_COSTED = 250;
/** Number of occurrences in the text from which a word is taken as intended. */
export const MEANT = 5;
/** Shorter texts are not expected to use a word twice. */
const SHORT = 500;

/** The evidence that depends on counts in the whole text, and that on its register: places in {@link EVIDENCE}. */
const COUNTED = { first: EVIDENCE.indexOf('written elsewhere'), count: 7 };
const REGISTER = { first: EVIDENCE.indexOf('register'), count: 2 };
/** The bounds of what is counted. */
const BOUNDS = [
  [0, 3],
  [0, 5],
  [0, 5],
  [0, 5],
  [0, 5],
  [-2, 4],
  [-2, 4],
] as const;

/** The most that counts can add to the log odds. */
function mostByCounts(weights: readonly number[]): number {
  return BOUNDS.reduce((sum, bounds, at) => {
    const weight = weights[COUNTED.first + at] ?? 0;
    return sum + Math.max(...bounds.map((bound) => bound * weight));
  }, 0);
}

interface LineEvidence {
  /** Values of {@link EVIDENCE} and {@link FEATURES}; 0 for what depends on the whole text. */
  readonly values: readonly number[];
  /** The log odds by them alone. */
  readonly odds: number;
}

/** By a suspicion with offsets in its line. */
const lineEvidences = new AnalysisMemo<LineEvidence | undefined, Suspicion>(() => undefined);

const characterCounts = new LineTotals(
  () => new CharacterCounts(),
  (counts, { text, start, end }, by) => counts.add(text, start, end, by),
);

/** The counts of the characters and pairs of a draft, brought up to date by the edited lines. Not to be kept across a yield. */
export function characterCountsOf(analysis: Analysis): Resumable<CharacterCounts> {
  return characterCounts.prepare(analysis);
}

export class TextEvidence {
  /** The most log odds that the evidence from the text can add to those from the line. */
  private readonly mostByText: number;

  /** `counts` are those of the text, `cost` its {@link averageCost}. */
  constructor(
    private readonly text: string,
    private readonly spelling: SpellingModel,
    private readonly words: Words,
    private readonly counts = CharacterCounts.of(text),
    readonly cost = averageCost(text, spelling.language),
  ) {
    this.mostByText = mostByCounts(spelling.evidence) + this.oddsOfRegister();
  }

  /** Whether the written form of `suspicion`, a word of two characters, is established in the text and needs no further evidence. */
  isEstablished({ writtenPair }: Suspicion): boolean {
    return writtenPair !== 0 && this.counts.pair(writtenPair >>> 16, writtenPair & 0xffff) >= MEANT;
  }

  /** Whether the log odds of `suspicion` may reach `least`. */
  mayReach(suspicion: Suspicion, least: number): boolean {
    return this.lineEvidence(suspicion).odds + this.mostByText >= least;
  }

  /** The evidence for `suspicion`: {@link EVIDENCE}, then {@link FEATURES}. */
  of(suspicion: Suspicion): number[] {
    const evidence = [...this.lineEvidence(suspicion).values];
    evidence.splice(COUNTED.first, COUNTED.count, ...this.elsewhere(suspicion), ...this.charactersOf(suspicion));
    evidence.splice(REGISTER.first, REGISTER.count, ...this.register());
    return evidence;
  }

  private register(): number[] {
    return [between(-0.5, this.cost - USUAL_COST, 1.5), between(0, this.cost - MAX_USUAL_COST, 2)];
  }

  private oddsOfRegister(): number {
    return this.register().reduce(
      (sum, value, at) => sum + value * (this.spelling.evidence[REGISTER.first + at] ?? 0),
      0,
    );
  }

  /** The evidence from the line, cached as long as the line is unchanged: a text has hundreds of suspicions. */
  private lineEvidence(suspicion: Suspicion): LineEvidence {
    const owner = suspicion.inLine;
    if (owner && lineEvidences.has(owner)) return lineEvidences.of(owner) as LineEvidence;
    const values = this.valuesInLine(suspicion);
    const evidence = { values, odds: decide(values, this.spelling.evidence) };
    if (owner) lineEvidences.set(owner, evidence);
    return evidence;
  }

  private valuesInLine(suspicion: Suspicion): number[] {
    const { start, end, newText, slips, before, after } = suspicion;
    const { text } = this;
    const surest = slips.reduce((best, slip) => (slip.odds > best.odds ? slip : best));
    const left =
      text
        .slice(Math.max(0, start - AROUND - 1), start)
        .split(/[\r\n]/)
        .at(-1) ?? '';
    const [right = ''] = text.slice(end, end + AROUND).split(/[\r\n]/);
    const written = text.slice(start, end);
    const dictionary = this.dictionaryGain(left.slice(-CUT), written, newText, right.slice(0, CUT));
    const [isWritten, isMeant] = [isWord(before), isWord(after)];
    return [
      between(-8, surest.odds, 10),
      Number(surest.kind === 'missing'),
      Number(surest.kind === 'extra'),
      Number(surest.kind === 'swapped'),
      Number(slips.length > 1),
      between(0, dictionary, 12),
      between(-8, dictionary, 0),
      Number(Math.abs(dictionary) < 1.5),
      Number(isWritten),
      Number(isMeant),
      Number(isWritten && isMeant),
      ...new Array<number>(COUNTED.count).fill(0),
      ...this.ties(left, written, right),
      ...this.ties(left, newText, right),
      between(-2, this.costAround(left, right) - USUAL_COST, 5),
      ...new Array<number>(REGISTER.count).fill(0),
      Number(mayBeName(text, suspicion)),
      Math.min(4, (left + right).split('、').length - 1),
      Number(surest.kind === 'word'),
      Number(isInTitle(text, start)),
      Number(belongsToNext(text, suspicion)),
      ...surest.features,
    ];
  }

  /** How often the text has the written pair of characters and the intended ones. */
  private elsewhere(suspicion: Suspicion): number[] {
    const [written, meant, other] = this.pairCounts(suspicion);
    const long = Math.min(5, Math.max(0, Math.log(this.text.length / SHORT)));
    return [
      between(0, Math.log(Math.max(1, written)), 3),
      between(0, Math.log1p(meant), 5),
      meant === 0 ? long : 0,
      between(0, Math.log1p(other), 5),
    ];
  }

  /** Number of occurrences of the written pair of characters, the intended one, and the intended one with the neighbour on the other side. */
  private pairCounts({ start, end, newText, word, before, after }: Suspicion): [number, number, number] {
    const at = before.slice(0, 2) === after.slice(0, 2) ? 1 : 0;
    const { text, counts } = this;
    return [
      counts.pair(before.charCodeAt(at), before.charCodeAt(at + 1)),
      counts.pair(after.charCodeAt(at), after.charCodeAt(at + 1)),
      word.start < start
        ? counts.pair(newText.charCodeAt(newText.length - 1), text.charCodeAt(end))
        : counts.pair(text.charCodeAt(start - 1), newText.charCodeAt(0)),
    ];
  }

  /** How often the written character occurs elsewhere, and whether either is commoner here than in other texts. */
  private charactersOf({ start, newText }: Suspicion): number[] {
    const [written, meant] = [this.text.charCodeAt(start), newText.charCodeAt(0)];
    const others = Math.max(0, this.counts.single(written) - 1);
    return [
      between(0, Math.log1p(others), 5),
      this.subject(written, others),
      this.subject(meant, this.counts.single(meant)),
    ];
  }

  /** Log ratio of the frequency of `code`, which occurs `count` times in the text, to that in other texts. */
  private subject(code: number, count: number): number {
    const { language } = this.spelling;
    const expected = this.text.length * Math.exp(language.frequency(language.numberOf(simplifiedForm(code))));
    return Number.isNaN(code) ? 0 : between(-2, Math.log((count + 0.5) / (expected + 0.5)), 4);
  }

  /** Pointwise mutual information of the first and last character of `middle` with their neighbours: the higher, the lower. */
  private ties(left: string, middle: string, right: string): number[] {
    const [first, last] =
      middle === ''
        ? [right.charCodeAt(0), left.charCodeAt(left.length - 1)]
        : [middle.charCodeAt(0), middle.charCodeAt(middle.length - 1)];
    const both = [this.tie(left.charCodeAt(left.length - 1), first), this.tie(last, right.charCodeAt(0))];
    return [Math.max(...both), Math.min(...both)];
  }

  private tie(first: number, second: number): number {
    if (!isHan(first) || !isHan(second)) return 0;
    const { language } = this.spelling;
    const [one, two] = [simplifiedForm(first), simplifiedForm(second)];
    return between(-4, language.pairScore(one, two) - language.frequency(language.numberOf(two)), 8);
  }

  /** Gain in log probability of the surrounding words in the language at large. */
  private dictionaryGain(left: string, written: string, meant: string, right: string): number {
    const likelihood = (middle: string) => this.words.logProbability(classesOf(left + middle + right));
    return likelihood(meant) - likelihood(written);
  }

  /** Average cost of a character on either side, without the nearest. */
  private costAround(left: string, right: string): number {
    const { language } = this.spelling;
    let cost = 0;
    let pairs = 0;
    for (const side of [left.slice(0, Math.max(0, left.length - NEXT + 1)), right.slice(NEXT - 1)]) {
      for (let at = 1; at < side.length; at++) {
        const [first, second] = [side.charCodeAt(at - 1), side.charCodeAt(at)];
        if (!isHan(first) || !isHan(second)) continue;
        cost -= language.pairScore(simplifiedForm(first), simplifiedForm(second));
        pairs++;
      }
    }
    return pairs < 5 ? USUAL_COST : cost / pairs;
  }
}

/** Whether the neighbour that completes the word is a word with its other neighbour: 按|装机, 不能|自已. */
function belongsToNext(text: string, { start, end, word }: Suspicion): boolean {
  if (word.end === end + 1) return isWord(text.slice(end, end + 2));
  return word.start === start - 1 && isWord(text.slice(start - 2, start));
}

/** Longest distance from the beginning of a title. */
const IN_TITLE = 60;

/** Whether a title in 《》 is open at `at`. */
function isInTitle(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - IN_TITLE), at);
  return before.lastIndexOf('《') > before.lastIndexOf('》');
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

function classesOf(text: string): number[] {
  const classes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = characterClass(text.charCodeAt(at));
    if (code >= 0) classes.push(code);
  }
  return classes;
}

/** Costs of the pairs of ideographs of a line, by one model. */
interface LineCost {
  readonly language: LanguageModel;
  readonly cost: number;
  readonly pairs: number;
}
const lineCosts = new LineCacheKey<LineCost>();

/** {@link averageCost} of a draft, cached line by line: it is needed after every edit. */
export function averageCostOf(analysis: Analysis, language: LanguageModel): number {
  const { text, lines } = analysis;
  let cost = 0;
  let pairs = 0;
  for (let line = 0; line < lines.count && pairs < COSTED; line++) {
    let inLine = lineCosts.at(analysis, line);
    if (inLine?.language !== language) {
      inLine = { language, ...costOf(text.slice(lines.start(line), lines.end(line)), language, COSTED) };
      lineCosts.put(analysis, line, inLine);
    }
    const isWhole = inLine.pairs <= COSTED - pairs;
    const counted = isWhole ? inLine : costOf(text.slice(lines.start(line), lines.end(line)), language, COSTED - pairs);
    cost += counted.cost;
    pairs += counted.pairs;
  }
  return pairs < MIN_COSTED ? USUAL_COST : cost / pairs;
}

/** Average cost of a character of `text` after its predecessor, in nats; the usual one if the text is too short. */
function averageCost(text: string, language: LanguageModel): number {
  const { cost, pairs } = costOf(text, language, COSTED);
  return pairs < MIN_COSTED ? USUAL_COST : cost / pairs;
}

/** The cost of the first pairs of ideographs of `text`, `most` at the most, and their number. */
function costOf(text: string, language: LanguageModel, most: number): { cost: number; pairs: number } {
  let cost = 0;
  let pairs = 0;
  for (let at = 1; at < text.length && pairs < most; at++) {
    const [first, second] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    if (!isHan(first) || !isHan(second)) continue;
    cost -= language.pairScore(simplifiedForm(first), simplifiedForm(second));
    pairs++;
  }
  return { cost, pairs };
}

/** Whether two characters are a word: 资讯 may be intended where documents mostly write 咨询, 技木 may not. */
export function isWord(written: string): boolean {
  const [one, two] = [simplifiedForm(written.charCodeAt(0)), simplifiedForm(written.charCodeAt(1))];
  return written.length === 2 && isWordPair(one, two);
}
