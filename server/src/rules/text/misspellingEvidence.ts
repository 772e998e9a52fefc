/**
 * What a whole text says of slips that were found in its lines: whether dictionaries know the words, how the writer writes
 * them elsewhere, whether what stands around is strange to the model as well, as names and lists are.
 */
import { characterClass } from '../../repair/characterModel';
import type { Words } from '../../repair/words';
import type { LanguageModel } from '../../spelling/languageModel';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { FEATURES } from '../../spelling/weighing';
import { isHan } from '../../text/characters';
import { simplifiedForm } from '../../text/script';
import type { Span } from '../../text/span';
import { isWordPair } from '../../text/words';
import type { Mistake } from './misspellingLines';
import { mayBeName } from './properNames';

/** Slips side by side, which are one mistake, and how the place would be read. */
export interface Suspicion extends Span {
  readonly slips: readonly Mistake[];
  readonly newText: string;
  /** The place with the neighbour that makes a word of it. */
  readonly word: Span;
  /** That word as it is written, and as it would be read. */
  readonly before: string;
  readonly after: string;
}

/** What is weighed beside the {@link FEATURES} of the surest slip, in the order of the weights. */
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

/** Characters on either side that are cut into words. */
const CUT = 5;
/** Characters on either side whose cost tells whether the model knows what is spoken of, without those next to the place. */
const AROUND = 12;
const NEXT = 2;
/** What a pair of characters costs on average in documents of the kind that the model was learned from, in nats. */
const USUAL_COST = 4.5;
/**
 * What it costs in the dearest of texts of that kind (measured: 98 of 100 laws, reports and notices of the mainland cost less;
 * Taiwan's laws 5.2 to 6.0, Hong Kong's reports 4.7 to 6.0).
 */
const DEAREST_COST = 4.95;
/** What is dearer is written in another way than the model knows: for each nat so much more is asked for of a line alone. */
const UNUSUAL = 15;
/** How much more is asked for of it in what may be the name of a place or a person. */
const NAME = 4;
/** So many pairs of characters tell what a text costs; fewer than the second number tell nothing. */
const COSTED = 3_000;
const MIN_COSTED = 250;
/** Texts shorter than this need not say a thing twice. */
const SHORT = 500;

export class TextEvidence {
  /** How often each character and each pair of characters that is asked about stands in the text. */
  private readonly counts: ReadonlyMap<number, number>;
  /** What a character costs on average; the usual where the text is too short to tell. */
  readonly cost: number;

  constructor(
    private readonly text: string,
    private readonly spelling: SpellingModel,
    private readonly words: Words,
    suspicions: readonly Suspicion[],
  ) {
    this.cost = averageCost(text, spelling.language);
    this.counts = countOf(
      text,
      suspicions.flatMap((one) => [...this.pairsOf(one), text.charCodeAt(one.start), one.newText.charCodeAt(0)]),
    );
  }

  /** The evidence for `suspicion`: {@link EVIDENCE}, then {@link FEATURES}. */
  of(suspicion: Suspicion): number[] {
    const { slips, before, after } = suspicion;
    const { text } = this;
    const surest = slips.reduce((best, slip) => (slip.odds > best.odds ? slip : best));
    const [written, meant] = [isWord(before), isWord(after)];
    const [writtenHere, meantHere, otherHere] = this.pairsOf(suspicion).map((pair) => this.counts.get(pair) ?? 0);
    const dictionary = this.dictionaryGain(suspicion);
    const long = Math.min(5, Math.max(0, Math.log(text.length / SHORT)));
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
      ...this.tiesOf(suspicion),
      between(-2, this.costAround(suspicion) - USUAL_COST, 5),
      between(-0.5, this.cost - USUAL_COST, 1.5),
      between(0, this.cost - DEAREST_COST, 2),
      Number(mayBeName(text, suspicion)),
      this.marksAround(suspicion),
      ...surest.features,
    ];
  }

  /** The odds where nothing but its line and what kind of text it is speaks for or against `suspicion`. */
  oddsByLine(suspicion: Suspicion): number {
    const odds = Math.max(...suspicion.slips.map((slip) => slip.odds));
    const name = mayBeName(this.text, suspicion) ? NAME : 0;
    return odds - name - UNUSUAL * Math.max(0, this.cost - DEAREST_COST);
  }

  /** The pair that is written, the one meant in its place, and the one meant with the neighbour on the other side. */
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

  /** How often the character written stands elsewhere, and whether both are commoner here than in other texts. */
  private charactersOf({ start, newText }: Suspicion): number[] {
    const [written, meant] = [this.text.charCodeAt(start), newText.charCodeAt(0)];
    const others = (this.counts.get(written) ?? 1) - 1;
    return [
      between(0, Math.log1p(others), 5),
      this.subject(written, others),
      this.subject(meant, this.counts.get(meant) ?? 0),
    ];
  }

  /** By how many nats the character `code`, which stands in the text `count` times, is commoner here than in other texts. */
  private subject(code: number, count: number): number {
    const { language } = this.spelling;
    const expected = this.text.length * Math.exp(language.frequency(language.numberOf(simplifiedForm(code))));
    return Number.isNaN(code) ? 0 : between(-2, Math.log((count + 0.5) / (expected + 0.5)), 4);
  }

  /** How much likelier the first and last character of either reading is beside its neighbour than anywhere: the best tie and the other. */
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

  /** By how many nats the words around are likelier with what was meant, in the language at large. */
  private dictionaryGain({ start, end, newText }: Suspicion): number {
    const { text, words } = this;
    const left = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - CUT), start);
    const [right = ''] = text.slice(end, end + CUT).split('\n');
    const likelihood = (middle: string) => words.logProbability(classesOf(left + middle + right));
    return likelihood(newText) - likelihood(text.slice(start, end));
  }

  /** What a character costs on average around the place. */
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

  /** Whether what stands around is a series of short items, as names are told. */
  private marksAround({ start, end }: Span): number {
    const around = this.text.slice(Math.max(0, start - AROUND), end + AROUND);
    return Math.min(4, around.split('、').length - 1);
  }
}

/** Characters on either side that tell whether a word that is often confused is one. */
const BESIDE = 6;
/** By so many nats, in policy documents and in the language at large together, the right word must be likelier. */
const LIKELIER = 6;

/**
 * Whether the characters of a word that is often confused, which stands in `line` at `span`, belong to words beside it: 按|排污,
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
  const likelihood = (word: string) =>
    language.logProbability(tokenise(before + word + after)) + words.logProbability(classesOf(before + word + after));
  return likelihood(right) - likelihood(line.slice(start, end)) < LIKELIER;
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

/** One pass over the text, whatever is asked about. */
function countOf(text: string, asked: readonly number[]): Map<number, number> {
  const counts = new Map(asked.map((one) => [one, 0]));
  const enter = (key: number) => {
    const count = counts.get(key);
    if (count !== undefined) counts.set(key, count + 1);
  };
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    enter(code);
    enter(pair(before, code));
    before = code;
  }
  return counts;
}

/** What a character of `text` costs on average after the one before it, in nats; the usual for a text too short to tell. */
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

/** True where what is written is a word of its own: 资讯 may be meant where documents mostly write 咨询, 技木 may not. */
export function isWord(written: string): boolean {
  const [one, two] = [simplifiedForm(written.charCodeAt(0)), simplifiedForm(written.charCodeAt(1))];
  return written.length === 2 && isWordPair(one, two);
}
