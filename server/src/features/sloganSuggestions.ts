/**
 * Suggestions at a place, from the lexicon: likely continuations, phrases that begin with the text before the caret,
 * phrases by their pinyin. All texts here are in the form of the lexicon: simplified script, “ ” for quotes.
 */
import { isClosing, isOpening, openingOf } from '../lexicon/mining/boundaries';
import { NGRAM_ORDER, NgramTable } from '../lexicon/mining/ngrams';
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import type { PinyinIndex, PinyinPart } from '../lexicon/model/pinyinIndex';
import { continuations } from '../lexicon/prediction/continuations';
import type { Usage } from '../lexicon/prediction/usageHistory';
import { isBlank, isDigit, isHan, isLatin } from '../text/characters';
import { segments } from '../text/words';
import type { Suggestion, SuggestionPlace } from './suggestion';
import { crossesWord, fitsBefore } from './suggestionFit';

/** The writer's own words: those to suggest, and those never to suggest. */
export interface Personal {
  readonly words: readonly string[];
  readonly never: readonly string[];
}

const NOTHING_PERSONAL: Personal = { words: [], never: [] };

export interface SuggestionOptions {
  /** The writer's usage history. */
  readonly usage?: Usage | undefined;
  /** Whether some initials of pinyin are treated as equal. */
  readonly fuzzy?: boolean;
}

/**
 * Maximum number of continuations, chosen with the arrow keys; likelier than all phrases that merely have the same
 * prefix.
 */
const CONTINUATIONS = 5;
/** Less likely ones are not worth a place in the list. */
const MIN_LIKELIHOOD = 0.01;
/** A list opens only if its best continuation is expected to save this many characters, or a phrase was begun. */
const MIN_SAVING = 0.07;
/** Minimum likelihood if only the last character led to it: 槐 is a tree in a village and a road in some city. */
const MIN_AFTER_ONE = 0.1;
/** A figure cannot be predicted, except a year. */
const SURE_FIGURE = 0.1;
/** Wrong ghost text gets in the writer's way. */
const CLEAR = 0.8;
/** Maximum length of a relevant phrase. */
const MAX_PREFIX_LENGTH = 40;
/** Maximum length of a term in quotation marks that is begun without them. */
const MAX_TERM_LENGTH = 10;
const MAX_PINYIN_PREFIX_LENGTH = 8;
const MIN_PINYIN_LENGTH = 2;
const BEGINNINGS = 40;
/** Number of further candidates examined if the writer may have used one of them before. */
const FURTHER = 12;
/** A suggestion that reaches this many characters also found after the caret is cut there. */
const SEEN_AGAIN = 3;
/** Quotes opened further back in the line are not searched. */
const LOOK_BACK = 400;

/**
 * The best `limit` suggestions, the most useful first; empty if nothing is worth showing. Previously used ones rank
 * higher.
 */
export function suggestions(
  lexicon: Lexicon,
  pinyin: PinyinIndex | undefined,
  place: SuggestionPlace,
  limit: number,
  personal: Personal = NOTHING_PERSONAL,
  { usage, fuzzy = false }: SuggestionOptions = {},
): Suggestion[] {
  const request = { lexicon, pinyin, place, limit, personal, fuzzy };
  if (!usage || usage.size === 0) return ranked(request);
  return raiseUsed(ranked({ ...request, limit: limit + FURTHER }), place, usage).slice(0, limit);
}

/** Input of one search for suggestions. */
interface SuggestionRequest {
  readonly lexicon: Lexicon;
  readonly pinyin: PinyinIndex | undefined;
  readonly place: SuggestionPlace;
  readonly limit: number;
  readonly personal: Personal;
  readonly fuzzy: boolean;
}

/**
 * Moves up previously used suggestions: used once, from the second place to the first and from the fourth to the
 * second.
 */
function raiseUsed(found: readonly Suggestion[], { left }: SuggestionPlace, usage: Usage): Suggestion[] {
  return found
    .map((suggestion, index) => {
      const { text, filter, replace } = suggestion;
      const goesOn = filter === text;
      const weight = usage.weight(left.slice(0, goesOn ? undefined : -replace), goesOn ? text.slice(replace) : text);
      return { suggestion, weight, rank: (index + 1) / (1 + weight) };
    })
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight)
    .map(({ suggestion }) => suggestion);
}

function ranked(request: SuggestionRequest): Suggestion[] {
  const { lexicon, place, limit, personal } = request;
  // The beginnings of other lines say nothing about this one.
  if (clauseSize(place.left, 1) === 0 && isBlankLine(place.left)) return [];
  const letters = lettersBefore(place.left);
  const typed = letters.length > 0 ? byPinyin(request, letters) : [];
  if (typed.length > 0) return typed;
  const begun = beginnings(lexicon, place.left);
  const found = new Collection(place, limit, personal.never);
  let worth = addWords(found, personal.words, place.left) ? MIN_SAVING : 0;
  for (const next of continuations(lexicon, place.left, place.right, Math.min(limit, CONTINUATIONS), {
    threshold: MIN_LIKELIHOOD,
  })) {
    const rest = next.text.slice(next.replace);
    const inFigure = isDigit(rest.charCodeAt(0)) && isDigit(place.left.charCodeAt(place.left.length - 1));
    if (inFigure && next.score < SURE_FIGURE) continue;
    // Letters that are not pinyin of a slogan are a word the writer spells, or a slip.
    if (letters.length > 0 && isLatin(rest.charCodeAt(0))) continue;
    if (next.replace === 1 && next.score < MIN_AFTER_ONE) continue;
    if (crossesWord(place.left, next.replace, rest) || !fitsBefore(lexicon, place.left, rest, place.right)) continue;
    const { replace, phrase } = beginningOf(begun, place.left, rest, next.replace);
    found.add(rest, { replace, likelihood: next.score, ...(phrase && { phrase }) });
    worth = Math.max(worth, next.score * (rest.length - 1));
  }
  const quoted = quotedBeginnings(lexicon, place.left);
  if (worth < MIN_SAVING && quoted.length === 0 && begun.every(({ size }) => size < 2)) return [];
  for (let size = MAX_PREFIX_LENGTH; size > 0; size--) {
    for (const phrase of quoted.find((one) => one.size === size)?.phrases ?? []) found.addQuoted(size, phrase);
    // One character begins too many phrases, except an opening mark.
    if (size < 2 && !isOpening(place.left.charCodeAt(place.left.length - size))) continue;
    for (const phrase of begun.find((one) => one.size === size)?.phrases ?? []) {
      found.add(phrase.text.slice(size), { replace: size, phrase });
    }
  }
  return found.suggestions;
}

/** The one clear continuation, as text from the caret on only; undefined if there is none. */
export function clearContinuation(
  lexicon: Lexicon,
  { left, right }: SuggestionPlace,
  { never }: Personal = NOTHING_PERSONAL,
): Suggestion | undefined {
  const before = left.charCodeAt(left.length - 1);
  // An input method writes its letters into the draft while it composes. In the middle of a word nothing is suggested.
  if (!(before > 0x20) || isLatin(before) || before === 0x27 || isHan(right.charCodeAt(0))) return undefined;
  const clear = continuations(lexicon, left, right, CONTINUATIONS).filter(({ score }) => score >= CLEAR);
  // The longest one that is clear: 中国式现代化, not 中国.
  for (const next of clear.sort((a, b) => b.text.length - b.replace - (a.text.length - a.replace))) {
    if (crossesWord(left, next.replace, next.text.slice(next.replace))) continue;
    const found = new Collection({ left, right }, 1, never);
    found.add(balanced(next.text.slice(next.replace)), { replace: 0, likelihood: next.score });
    const [one] = found.suggestions;
    // Including the words that led to it, as accepted suggestions are recorded.
    if (one && one.text.length > 1) return { ...one, filter: left.slice(left.length - next.replace) + one.text };
  }
  return undefined;
}

/** The letters right before the caret that may be pinyin: not those of a name, an address or a formula. */
export function lettersBefore(left: string): string {
  let start = left.length;
  while (start > 0 && (isLatin(left.charCodeAt(start - 1)) || left[start - 1] === "'")) start--;
  const before = left.charCodeAt(start - 1);
  const apart = start === 0 || before <= 0x20 || before > 0x7f || '"(,;!?'.includes(left.charAt(start - 1));
  return apart ? left.slice(start) : '';
}

/** The phrases that begin with a suffix of the text before the caret. */
interface Beginning {
  /** Length of that suffix in units. */
  readonly size: number;
  readonly phrases: readonly Phrase[];
}

/** Longest first. */
function beginnings(lexicon: Lexicon, left: string): Beginning[] {
  const found: Beginning[] = [];
  for (let size = clauseSize(left, MAX_PREFIX_LENGTH); size > 0; size--) {
    const prefix = left.slice(-size);
    const phrases = lexicon.startingWith(prefix, BEGINNINGS).filter(({ text }) => text.length > size);
    if (phrases.length > 0) found.push({ size, phrases });
  }
  return found;
}

/** Length of the end of `left`, at most `most`, that is within its last line and does not begin with a blank. */
function clauseSize(left: string, most: number): number {
  let size = 0;
  while (size < most && size < left.length) {
    const unit = left.charCodeAt(left.length - 1 - size);
    if (unit <= 0x20 || isBlank(unit)) break;
    size++;
  }
  return size;
}

/** Whether nothing precedes the caret in its line. */
function isBlankLine(left: string): boolean {
  return /(?:^|[\n\r])[ \t　]*$/.test(left.slice(-LOOK_BACK));
}

/** Adds the writer's own words that were begun, the longest prefix first; returns whether there are any. */
function addWords(found: Collection, words: readonly string[], left: string): boolean {
  if (words.length === 0) return false;
  for (let size = clauseSize(left, MAX_PREFIX_LENGTH); size > 0; size--) {
    const begun = left.slice(-size);
    if (size < 2 && !isOpening(begun.charCodeAt(0))) continue;
    for (const word of words) if (word.startsWith(begun)) found.add(word.slice(size), { replace: size });
  }
  return found.suggestions.length > 0;
}

/** Start of the phrase that `rest` continues, so that the suggestion reads 习近平新时代…, not 近平新时代…. */
function beginningOf(
  begun: readonly Beginning[],
  left: string,
  rest: string,
  fallback: number,
): { replace: number; phrase?: Phrase } {
  for (const { size, phrases } of begun) {
    const whole = left.slice(-size) + rest;
    let open: Phrase | undefined;
    let done: Phrase | undefined;
    for (const phrase of phrases) {
      if (whole.startsWith(phrase.text) && phrase.text.length > (done?.text.length ?? 0)) done = phrase;
      else if (!open && phrase.text.startsWith(whole)) open = phrase;
    }
    const phrase = done ?? open;
    if (phrase) return { replace: size, phrase };
  }
  return { replace: wordStart(left, fallback) };
}

/** Reduces `size` units before the caret to whole words. */
function wordStart(left: string, size: number): number {
  if (size < 2) return size;
  const near = left.slice(-2 * size);
  const earliest = near.length - size;
  for (const { index } of segments(near) ?? []) if (index >= earliest) return near.length - index;
  return size;
}

/** Terms written in quotation marks and begun without: 两个 → “两个维护”. Longest first. */
function quotedBeginnings(lexicon: Lexicon, left: string): Beginning[] {
  const found: Beginning[] = [];
  for (let size = Math.min(MAX_TERM_LENGTH, clauseSize(left, MAX_TERM_LENGTH)); size > 1; size--) {
    // With its mark it has been found already.
    if (isOpening(left.charCodeAt(left.length - 1 - size))) continue;
    const phrases = lexicon
      .startingWith(`“${left.slice(-size)}`, BEGINNINGS)
      .filter(({ text }) => text.length > size + 1 && text.indexOf('”') === text.length - 1);
    if (phrases.length > 0) found.push({ size, phrases });
  }
  return found;
}

/** Phrases whose pinyin is `letters`, after the characters before them if these begin the phrase: 高质量fz. */
function byPinyin(
  { lexicon, pinyin, place, limit, personal, fuzzy }: SuggestionRequest,
  letters: string,
): Suggestion[] {
  if (!pinyin) return [];
  const { left } = place;
  const found = new Collection(place, limit, personal.never);
  const before = left.slice(0, left.length - letters.length);
  for (let size = clauseSize(before, MAX_PINYIN_PREFIX_LENGTH); size > 0; size--) {
    const prefix = before.slice(-size);
    if (size < 2 && !isOpening(prefix.charCodeAt(0))) continue;
    for (const phrase of lexicon.startingWith(prefix, BEGINNINGS)) {
      const match = pinyin.match(phrase, size, letters, { fuzzy });
      if (match) found.addTyped(phrase, prefix + letters, match.rest);
    }
  }
  if (letters.length < MIN_PINYIN_LENGTH) return found.suggestions;
  const matches = pinyin.find(letters, 2 * BEGINNINGS, { fuzzy });
  // The usual context before a phrase is evidence for it.
  const expected = (phrase: Phrase): boolean => phrase.before.some(([text]) => before.endsWith(text));
  const rank = ({ complete, phrase }: (typeof matches)[number]) => (complete ? 2 : 0) + (expected(phrase) ? 1 : 0);
  const ordered = matches.map((match) => [rank(match), match] as const).sort((a, b) => b[0] - a[0]);
  const parts = isWritten(lexicon, letters) ? [] : partsByPinyin(lexicon, pinyin, letters, before, fuzzy);
  // Completely typed phrases, the best completely typed words, then partly typed phrases and words alternating.
  const whole = ordered.map(([, match]) => match);
  const certain = whole.filter(({ complete, exact }) => complete && exact);
  const begun = whole.filter(({ complete, exact }) => !complete || !exact);
  for (const { phrase, rest } of certain) found.addTyped(phrase, letters, rest);
  // If nothing is spelled exactly so, approximate spellings are as certain.
  const anyExact = [...whole, ...parts].some(({ exact }) => exact);
  const sure = parts.filter(({ complete, exact }) => complete && exact === anyExact).slice(0, SURE_PARTS);
  for (const part of sure) found.addPart(part, before, letters);
  const others = parts.filter((part) => !sure.includes(part));
  for (let at = 0; at < Math.max(begun.length, others.length) && found.suggestions.length < limit; at++) {
    const [match, part] = [begun[at], others[at]];
    if (match) found.addTyped(match.phrase, letters, match.rest);
    if (part) found.addPart(part, before, letters);
  }
  return found.suggestions;
}

/** Maximum number of words, other than phrases, before partly typed phrases. */
const SURE_PARTS = 3;
/** Minimum number of occurrences of letters in documents for them to be a word of their own. */
const WRITTEN = 8;

/** Whether documents contain `letters` as such: GDP is not pinyin. */
function isWritten({ ngrams }: Lexicon, letters: string): boolean {
  return countOf(ngrams, letters) >= WRITTEN;
}

/** Approximate number of occurrences of `text`, or as much of it as the table knows, in the corpus. */
function countOf(ngrams: Lexicon['ngrams'], text: string): number {
  let node: number = NgramTable.ROOT;
  for (let at = 0; at < Math.min(text.length, NGRAM_ORDER); at++) {
    node = ngrams.child(node, text.charCodeAt(at));
    if (node < 0) return 0;
  }
  return ngrams.count(node);
}

/** Words spelled by `letters`: first those that follow the text before, then the completely typed ones. */
function partsByPinyin(
  { ngrams }: Lexicon,
  pinyin: PinyinIndex,
  letters: string,
  before: string,
  fuzzy: boolean,
): PinyinPart[] {
  const near = before.slice(-2);
  const follows = (text: string): boolean => near !== '' && countOf(ngrams, near + text.slice(0, 2)) > 1;
  return pinyin
    .findParts(letters, before, { fuzzy })
    .map((part) => {
      const rank = (part.exact ? 8 : 0) + (part.complete ? 2 : 0);
      return [rank + (part.agreeing > 1 ? 3 : follows(part.text) ? 1 : 0), countOf(ngrams, part.text), part] as const;
    })
    .sort((a, b) => b[0] - a[0] || b[1] - a[1] || (a[2].text < b[2].text ? -1 : 1))
    .map(([, , part]) => part);
}

/** Collects suggestions that fit the place, each result once. */
class Collection {
  readonly suggestions: Suggestion[] = [];
  private readonly known = new Set<string>();
  private readonly line: string;

  constructor(
    private readonly place: SuggestionPlace,
    private readonly limit: number,
    private readonly never: readonly string[],
  ) {
    const { left } = place;
    const near = left.slice(Math.max(0, left.length - LOOK_BACK));
    this.line = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1);
  }

  /** A text that continues with `rest` after the caret. */
  add(rest: string, about: { replace: number; phrase?: Phrase; likelihood?: number }): void {
    const { left, right } = this.place;
    const fitted = fitBetween(this.line, rest, right);
    if (!fitted) return;
    const typed = about.replace === 0 ? '' : left.slice(-about.replace);
    const text = typed + fitted.rest;
    this.push(fitted.rest, { ...about, text, filter: text, over: fitted.over });
  }

  /** A quoted term of which `size` characters were typed without the opening mark. */
  addQuoted(size: number, phrase: Phrase): void {
    const { left, right } = this.place;
    const begun = left.slice(-size);
    const rest = phrase.text.slice(size + 1);
    const fitted = fitBetween(`${this.line.slice(0, -size)}“${begun}`, rest, right);
    if (!fitted || fitted.rest !== rest) return;
    const { over } = fitted;
    this.push(`“${rest}`, { text: phrase.text, filter: begun + rest, replace: size, over, phrase });
  }

  /** A phrase replacing the letters `typed`, or characters and letters. */
  addTyped(phrase: Phrase, typed: string, initials: string): void {
    const { right } = this.place;
    const before = this.line.slice(0, this.line.length - typed.length);
    // The opening mark may be there already.
    const mark = phrase.text.charCodeAt(0);
    const opened = isOpening(mark) && typed.charCodeAt(0) !== mark && before.charCodeAt(before.length - 1) === mark;
    const replaced = (opened ? phrase.text.charAt(0) : '') + typed;
    // A mark that is there already may have its partner further on; it is not rewritten.
    const kept = replaced.charCodeAt(0) === mark && isOpening(mark) ? 1 : 0;
    const rest = phrase.text.slice(kept);
    const fitted = fitBetween(this.line.slice(0, this.line.length - replaced.length + kept), rest, right);
    if (!fitted || fitted.rest !== rest) return;
    const { over } = fitted;
    this.push(phrase.text, { text: phrase.text, filter: replaced + initials, replace: replaced.length, over, phrase });
  }

  /** Words replacing the letters `typed`, with the text before them if their phrase begins with it. */
  addPart({ text, phrase, agreeing, rest, complete }: PinyinPart, before: string, typed: string): void {
    const begins = agreeing > 0 && phrase?.text.startsWith(before.slice(-agreeing) + text);
    const size = begins ? agreeing : 0;
    const whole = size === 0 ? text : before.slice(-size) + text;
    // An opening mark that is there already is not repeated.
    const opened =
      isOpening(whole.charCodeAt(0)) && before.charAt(before.length - 1 - size) === whole.charAt(0) ? 1 : 0;
    const replaced = before.slice(before.length - size - opened) + typed;
    const written = whole.slice(opened);
    const fitted = fitBetween(
      this.line.slice(0, this.line.length - replaced.length + opened),
      written,
      this.place.right,
    );
    if (!fitted || fitted.rest !== written) return;
    const part = { complete, ...(phrase && { of: phrase }) };
    const { over } = fitted;
    this.push(whole, { text: whole, filter: replaced + rest, replace: replaced.length, over, part });
  }

  /** Whether the resulting text would contain words that the writer never wants suggested. */
  private isUnwanted({ text, replace }: Suggestion): boolean {
    const { left } = this.place;
    const end = left.length - replace;
    const before = left.slice(Math.max(0, end - LOOK_BACK), end);
    return this.never.some(
      (words) => words !== '' && (before + text).indexOf(words, before.length - words.length + 1) >= 0,
    );
  }

  private push(result: string, suggestion: Suggestion): void {
    // Of texts that differ in the mark at their end one is enough.
    const key = isClauseEnd(result.charCodeAt(result.length - 1)) ? result.slice(0, -1) : result;
    if (this.suggestions.length >= this.limit || this.known.has(key) || this.isUnwanted(suggestion)) return;
    this.known.add(key);
    this.suggestions.push(suggestion);
  }
}

/**
 * Fits `rest` between the text before and after the caret: what is there already is not repeated, and marks stay
 * paired. Undefined if nothing is left to insert or a mark would lose its partner.
 */
function fitBetween(line: string, rest: string, right: string): { rest: string; over: 0 | 1 } | undefined {
  const kept = withoutOverlap(rest, right);
  const opened = openMarks(line);
  const before = opened.length;
  // The minimum number of them open at any point.
  let least = before;
  for (let at = 0; at < kept.length; at++) {
    const unit = kept.charCodeAt(at);
    if (isOpening(unit)) opened.push(unit);
    else if (isClosing(unit)) {
      if (opened.pop() !== openingOf(unit)) return undefined;
      least = Math.min(least, opened.length);
    }
  }
  if (kept.length === 0) return undefined;
  const next = right.charCodeAt(0);
  const same = kept.charCodeAt(kept.length - 1) === next;
  // The mark after the caret closes an open mark; if that is closed here, it must be replaced.
  const closed = least < before;
  const belongs = opened.length > 0 && opened[opened.length - 1] === openingOf(next);
  const doubled = same && (isClauseEnd(next) || (isClosing(next) && !belongs));
  if (doubled && kept.length === 1) return undefined;
  const over = doubled || (isClosing(next) && closed && !belongs) ? 1 : 0;
  // A mark that is closed further on must stay open.
  if (closed && !staysPaired(openMarks(line), opened, right.slice(over))) return undefined;
  return { rest: kept, over };
}

/** `rest` up to the point where it reaches the text after the caret. */
function withoutOverlap(rest: string, right: string): string {
  for (let size = Math.min(rest.length, right.length); size > 1; size--) {
    if (right.startsWith(rest.slice(rest.length - size))) return rest.slice(0, rest.length - size);
  }
  const next = right.slice(0, SEEN_AGAIN);
  const at = next.length > 1 && isHan(next.charCodeAt(0)) ? rest.indexOf(next) : -1;
  return at < 0 ? rest : rest.slice(0, at);
}

/**
 * The unclosed opening marks in `line`, outermost first. A closing mark closes the last one of its kind, across others
 * that were left open: “（” leaves （ alone.
 */
function openMarks(line: string): number[] {
  const opened: number[] = [];
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (isOpening(unit)) opened.push(unit);
    else if (isClosing(unit)) {
      const partner = opened.lastIndexOf(openingOf(unit) as number);
      if (partner >= 0) opened.splice(partner, 1);
    }
  }
  return opened;
}

/** Whether the marks that `right` closes without opening them find as many open ones after as before. */
function staysPaired(before: readonly number[], after: readonly number[], right: string): boolean {
  const wanted = new Map<number, number>();
  const open = new Map<number, number>();
  for (let at = 0; at < right.length; at++) {
    const unit = right.charCodeAt(at);
    const partner = openingOf(unit);
    if (isOpening(unit)) open.set(unit, (open.get(unit) ?? 0) + 1);
    else if (partner === undefined) continue;
    else if ((open.get(partner) ?? 0) > 0) open.set(partner, (open.get(partner) as number) - 1);
    else wanted.set(partner, (wanted.get(partner) ?? 0) + 1);
  }
  const count = (marks: readonly number[], mark: number): number => marks.filter((one) => one === mark).length;
  return [...wanted].every(([mark, times]) => count(after, mark) >= Math.min(count(before, mark), times));
}

function isClauseEnd(unit: number): boolean {
  return unit === 0x3002 || (unit >= 0xff01 && '，；：！？'.includes(String.fromCharCode(unit))) || unit === 0x3001;
}

/** `rest` up to the last mark that it opens without closing. */
function balanced(rest: string): string {
  let end = rest.length;
  const opened: number[] = [];
  for (let at = 0; at < rest.length; at++) {
    const unit = rest.charCodeAt(at);
    if (isOpening(unit)) opened.push(at);
    else if (isClosing(unit)) opened.pop();
  }
  if (opened.length > 0) end = opened[0] as number;
  return rest.slice(0, end);
}
