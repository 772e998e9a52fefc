/**
 * The completion list at the caret: the next number at the start of a line, the possible targets of a reference, words
 * for a placeholder, slogans anywhere.
 */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type InlineCompletionItem,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import { asLearned, asWritten, type DraftScript, draftScript } from '../lexicon/model/draftScript';
import type { Lexicon } from '../lexicon/model/lexicon';
import type { PinyinIndex } from '../lexicon/model/pinyinIndex';
import {
  type PlaceholderWords,
  placeholderWords,
  placeholderWordsLearned,
  type WordsSource,
} from '../lexicon/prediction/placeholderWords';
import { draftStart } from '../lexicon/prediction/prediction';
import type { Usage } from '../lexicon/prediction/usageHistory';
import { placeholderAround } from '../refactor/fillPlaceholder';
import type { Analysis, Placeholder, Section } from '../structure/analysis';
import { mayBeGap } from '../structure/placeholders';
import { type Locale, localise } from '../text/message';
import { headItems } from './headCompletion';
import { sectionName } from './names';
import { mayBeMarker, type NextMarker, nextMarkers } from './nextMarker';
import { mayRefer, type ReferenceTarget, referenceTargets } from './referenceTargets';
import { sloganCount } from './sloganCard';
import { clearContinuation, lettersBefore, type Personal, suggestions } from './sloganSuggestions';
import type { Suggestion, SuggestionPlace } from './suggestion';
import { isWorthOpening, mayBeHeading, type OpeningBudget, oddsOf } from './suggestionFit';
import { NOTE_USE_COMMAND } from './usageCommandNames';

/** Where the writer is. */
export interface Caret {
  readonly text: string;
  readonly offset: number;
  /** The same place as an LSP position. */
  readonly position: Position;
  /** The analysis of the text; requested only if the list needs it. */
  readonly analysis: () => Analysis;
  /** Waits until a long draft has been read in steps; undefined if nothing is to be waited for. */
  readonly ready?: () => Promise<unknown> | undefined;
  /** The texts of other drafts; requested only in a placeholder. */
  readonly others?: () => Promise<readonly string[]>;
}

export interface CompletionOptions {
  readonly locale: Locale;
  readonly maximumItems: number;
  readonly personal: Personal;
  /** Whether some initials of pinyin are treated as equal: zh and z, ch and c, sh and s, n and l. */
  readonly fuzzyPinyin?: boolean;
  /** The writer's usage history; absent if it is not to be kept. */
  readonly usage?: Usage;
  /** Whether the client shows a description beside the label. */
  readonly labelDetails: boolean;
  /** Set if the writer did not ask for the list: it opens if it is likely right, or whenever there is anything. */
  readonly unasked?: 'likely' | 'always';
  /** Limits how often lists open in the document; without it they open wherever it is worthwhile. */
  readonly budget?: OpeningBudget;
  /** The document, so that a use in it can be retracted if the writer deletes the text. */
  readonly uri: string;
}

/** Data on an item for looking up its documentation: the slogan, and how the draft is written. */
export interface CompletionData {
  readonly slogan: string;
  readonly script: DraftScript;
}

const NOTE_USE_TITLE = 'Remember use';

/** Number of characters considered after the caret, in its line. */
const AFTER = 200;
/** Minimum likelihood of ghost text in a line that may be a heading. */
const CLEAR_IN_HEADING = 0.9;
/** Minimum number of letters that spell whole words inside a phrase to open a list unasked. */
const MIN_PART_LETTERS = 3;
/** Number of items seen before the writer types on. */
const MAX_GLANCE = 5;
/** Number of characters of a section's title shown beside a reference to it. */
const SHOWN = 24;

/**
 * The items for `caret`, the most useful first. Each replaces its prefix already typed before the caret, and one mark
 * after it if that is there already. `pinyin` is needed if {@link wantsPinyin}.
 */
export async function completionList(
  caret: Caret,
  lexicon: Lexicon,
  pinyin: PinyinIndex | undefined,
  options: CompletionOptions,
): Promise<CompletionList> {
  const items: CompletionItem[] = [];
  const taken = new Set<string>();
  const { left } = around(caret);
  const head = headItems(caret.text, caret.offset, caret.position, options.locale);
  if (head) return { isIncomplete: true, items: head };
  const sober = options.unasked === 'likely';
  let begun = false;
  // On an empty line a list would get in the way of whatever is written there.
  if (isLineStart(left) && !(sober && afterBreak(left.slice(-40)).trim() === '')) {
    const analysis = await analysisAt(caret);
    for (const marker of nextMarkers(analysis, caret.offset)) {
      items.push(markerItem(marker, analysis, caret, options));
      taken.add(marker.text);
    }
    // A partly typed marker is not the beginning of a slogan.
    begun = items.length > 0 && afterBreak(left.slice(-40)).trim() !== '';
  }
  const gap = await gapAt(caret);
  if (gap) {
    for (const words of await gapWords(caret, gap, lexicon, options)) {
      items.push(wordsItem(words, gap, caret, options));
      taken.add(words.text);
    }
    // Nothing else opens unasked in a gap.
    if (options.unasked) return ranked(items, options);
  }
  if (mayRefer(left)) {
    const analysis = await analysisAt(caret);
    for (const target of referenceTargets(analysis, caret.offset)) {
      items.push(targetItem(target, analysis, left, caret, options));
      taken.add(target.text);
    }
  }
  const script = draftScript(caret.text, caret.offset);
  const place = learnedPlace(caret, script);
  const personal = asLearnedWords(options.personal, script);
  const { usage, fuzzyPinyin: fuzzy = false } = options;
  let found = begun ? [] : suggestions(lexicon, pinyin, place, options.maximumItems, personal, { usage, fuzzy });
  if (sober) {
    const admitted = options.budget?.admits(oddsOf(found).saved) ?? true;
    const opens = (admitted && isWorthOpening(found, place)) || isWanted(found, place, personal, options.usage);
    if (!opens) found = [];
  }
  const texts = await asWritten(
    found.map(({ text }) => text),
    script,
  );
  found.forEach((suggestion, index) => {
    const item = sloganItem(suggestion, texts[index] ?? suggestion.text, left, script, caret, options);
    if (!taken.has(item.label)) items.push(item);
    taken.add(item.label);
  });
  return ranked(items, options);
}

/** The list of `items` in the given order. */
function ranked(items: readonly CompletionItem[], { maximumItems }: CompletionOptions): CompletionList {
  const kept = items.slice(0, maximumItems);
  kept.forEach((item, rank) => {
    item.sortText = String(rank).padStart(4, '0');
  });
  return { isIncomplete: true, items: kept };
}

/** Gaps that say what belongs in them, as those of skeletons do. */
const NAMED_GAPS: ReadonlySet<Placeholder['kind']> = new Set(['bracket', 'template']);

/** Words for `gap`; unasked only those found in the same context in a draft, and nothing if the gap is named. */
async function gapWords(
  caret: Caret,
  gap: Placeholder,
  lexicon: Lexicon,
  { unasked, maximumItems }: CompletionOptions,
): Promise<PlaceholderWords[]> {
  if (unasked && NAMED_GAPS.has(gap.kind)) return [];
  const found = await fillings(caret, gap, lexicon, maximumItems);
  return unasked ? found.filter(({ source }) => source !== 'lexicon') : found;
}

/**
 * Whether the writer has practically asked for one of `found`: by pinyin, or with the writer's own words or words used
 * before.
 */
function isWanted(
  found: readonly Suggestion[],
  place: SuggestionPlace,
  { words }: Personal,
  usage: Usage | undefined,
): boolean {
  return found.slice(0, MAX_GLANCE).some(({ text, replace, filter, part }) => {
    // A few letters nearly always begin some word of some phrase, also while an input method is composing.
    if (part) return part.complete && lettersBefore(place.left).length >= MIN_PART_LETTERS;
    if (filter !== text) return lettersBefore(place.left).length > 1;
    if (replace < 2) return false;
    return words.includes(text) || (usage?.weight(place.left, text.slice(replace)) ?? 0) >= 1;
  });
}

/** The placeholder that contains or touches the caret. */
async function gapAt(caret: Caret): Promise<Placeholder | undefined> {
  const { text, offset } = caret;
  return mayBeGap(text, offset) ? placeholderAround(await analysisAt(caret), offset) : undefined;
}

/** The analysis of the draft, once it can be had without reading a long draft in one step. */
async function analysisAt(caret: Caret): Promise<Analysis> {
  await caret.ready?.();
  return caret.analysis();
}

/** Words found in the context of `gap` in this draft, in others and in the lexicon, each once. */
export async function fillings(
  { text, analysis, others }: Pick<Caret, 'text' | 'analysis' | 'others'>,
  gap: Placeholder,
  lexicon: Lexicon,
  limit: number,
): Promise<PlaceholderWords[]> {
  const texts = [
    { text, source: 'draft' as const },
    ...((await others?.()) ?? []).map((other) => ({ text: other, source: 'drafts' as const })),
  ];
  const found = placeholderWords(analysis(), gap, texts, limit);
  const learned = await placeholderWordsLearned(analysis(), gap, lexicon, limit);
  const known = new Set(found.map((one) => one.text));
  return [...found, ...learned.filter((one) => !known.has(one.text))].slice(0, limit);
}

/** Whether the letters before the caret may be pinyin: a single one says too little. */
export function wantsPinyin({ text, offset }: Pick<Caret, 'text' | 'offset'>): boolean {
  return lettersBefore(text.slice(Math.max(0, offset - 60), offset)).length > 1;
}

/**
 * The most likely continuation, if it is clear: text to be shown after the caret. Accepting it is recorded as use if
 * `usedIn` names the document.
 */
export async function inlineCompletions(
  caret: Caret,
  lexicon: Lexicon,
  personal: Personal,
  usedIn?: string,
): Promise<InlineCompletionItem[]> {
  if ((await gapAt(caret)) || headItems(caret.text, caret.offset, caret.position, 'en')) return [];
  const script = draftScript(caret.text, caret.offset);
  const place = learnedPlace(caret, script);
  const found = clearContinuation(lexicon, place, asLearnedWords(personal, script));
  // A heading is complete more often than not.
  if (!found || ((found.likelihood ?? 0) < CLEAR_IN_HEADING && mayBeHeading(place.left))) return [];
  const tail = afterBreak(place.left.slice(-8));
  const [whole = ''] = await asWritten([tail + found.text], script);
  const insertText = whole.slice(tail.length);
  const command = usedIn !== undefined && {
    title: NOTE_USE_TITLE,
    command: NOTE_USE_COMMAND,
    arguments: [found.filter, usedIn, insertText],
  };
  return [{ insertText, range: rangeAround(caret.position, 0, found.over), ...(command && { command }) }];
}

function sloganItem(
  suggestion: Suggestion,
  written: string,
  left: string,
  script: DraftScript,
  { position }: Caret,
  { locale, labelDetails, usage, uri }: CompletionOptions,
): CompletionItem {
  const { replace, over, filter, phrase, likelihood } = suggestion;
  const typed = replace === 0 ? '' : left.slice(-replace);
  // What the writer has typed is kept as typed, whatever the script's tables would make of it.
  const goesOn = suggestion.filter === suggestion.text && written.length === suggestion.text.length;
  const newText = goesOn ? typed + written.slice(replace) : written;
  const detail =
    phrase && (likelihood === undefined || phrase.text.length <= suggestion.text.length)
      ? sloganCount(phrase, locale)
      : suggestion.part
        ? partDetail(suggestion.part, locale)
        : localise({ zh: '词库：后面常接', en: 'lexicon: often follows' }, locale);
  return {
    label: newText,
    kind: phrase ? CompletionItemKind.Constant : CompletionItemKind.Text,
    detail,
    ...(labelDetails && { labelDetails: { description: brief(suggestion) } }),
    filterText: goesOn ? newText : typed + filter.slice(replace),
    textEdit: { range: rangeAround(position, replace, over), newText },
    ...(phrase && { data: { slogan: phrase.text, script } satisfies CompletionData }),
    ...(usage && {
      command: { title: NOTE_USE_TITLE, command: NOTE_USE_COMMAND, arguments: [suggestion.text, uri, newText] },
    }),
  };
}

/** The origin of words that were found by their pinyin. */
function partDetail({ of }: NonNullable<Suggestion['part']>, locale: Locale): string {
  if (!of) return localise({ zh: '词库中的词', en: 'a word of the lexicon' }, locale);
  return localise({ zh: '见于“{0}”', en: 'from “{0}”', values: [of.text] }, locale);
}

/** A short note at the end of the item: the number of documents with the slogan, or the likelihood of the words. */
function brief({ phrase, likelihood, text }: Suggestion): string {
  if (phrase && (likelihood === undefined || phrase.text.length <= text.length)) return `×${phrase.count}`;
  return likelihood === undefined ? '' : `${Math.max(1, Math.round(likelihood * 100))}%`;
}

function markerItem(
  { text, replace, over, after, under }: NextMarker,
  analysis: Analysis,
  { position }: Caret,
  { locale }: CompletionOptions,
): CompletionItem {
  const detail = after
    ? localise({ zh: '接“{0}”', en: 'after “{0}”', values: [sectionName(after, analysis, locale)] }, locale)
    : under
      ? localise({ zh: '“{0}”之下', en: 'under “{0}”', values: [sectionName(under, analysis, locale)] }, locale)
      : '';
  return {
    label: text,
    kind: CompletionItemKind.EnumMember,
    detail,
    filterText: text,
    textEdit: { range: rangeAround(position, replace, over), newText: text },
  };
}

const SOURCES: Readonly<Record<WordsSource, { zh: string; en: string }>> = {
  draft: { zh: '本稿同样的上下文', en: 'same context in this draft' },
  drafts: { zh: '其他文稿同样的上下文', en: 'same context in other drafts' },
  lexicon: { zh: '词库同样的上下文', en: 'same context in the lexicon' },
};

/** Replaces the whole gap, wherever in it the caret is. */
function wordsItem(
  { text, count, source }: PlaceholderWords,
  gap: Placeholder,
  { position, offset, text: whole }: Caret,
  { locale, labelDetails }: CompletionOptions,
): CompletionItem {
  const before = offset - gap.start;
  const rest = rangeAround(position, 0, gap.end - offset);
  return {
    label: text,
    kind: CompletionItemKind.Value,
    detail: localise(SOURCES[source], locale),
    ...(labelDetails && { labelDetails: { description: `×${count}` } }),
    filterText: whole.slice(gap.start, offset) + text,
    textEdit: { range: rangeAround(position, before, 0), newText: text },
    ...(gap.end > offset && { additionalTextEdits: [{ range: rest, newText: '' }] }),
  };
}

function targetItem(
  { text, replace, section }: ReferenceTarget,
  analysis: Analysis,
  left: string,
  { position }: Caret,
  { locale, labelDetails }: CompletionOptions,
): CompletionItem {
  const title = excerpt(section, analysis);
  const typed = replace === 0 ? '' : left.slice(-replace);
  return {
    label: text,
    kind: CompletionItemKind.Reference,
    detail: title || sectionName(section, analysis, locale),
    ...(labelDetails && { labelDetails: { description: title } }),
    // 第5 is a prefix of 第五条, but an editor compares the typed text.
    filterText: text.startsWith(typed) ? text : typed + text,
    textEdit: { range: rangeAround(position, replace, 0), newText: text },
  };
}

/** The beginning of what a section is about: its title, or the words right after its number. */
function excerpt({ title, marker, span }: Section, { text }: Analysis): string {
  const from = marker?.end ?? span.start;
  const words = title || text.slice(from, Math.min(span.end, from + 2 * SHOWN));
  const line = beforeBreak(words.trimStart()).trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** The writer's own words, in any script, in the form of the lexicon. */
function asLearnedWords({ words, never }: Personal, script: DraftScript): Personal {
  const learned = (text: string): string => asLearned(text, script);
  return { words: words.map(learned), never: never.map(learned) };
}

function learnedPlace(caret: Caret, script: DraftScript): SuggestionPlace {
  const { left, right } = around(caret);
  return { left: asLearned(left, script), right: asLearned(right, script) };
}

/** The text before the caret, and the rest of its line. */
function around({ text, offset }: Caret): SuggestionPlace {
  return {
    left: text.slice(draftStart(offset), offset),
    right: beforeBreak(text.slice(offset, offset + AFTER)),
  };
}

/** `text` after its last line break. */
function afterBreak(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** `text` up to its first line break. */
export function beforeBreak(text: string): string {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** Whether a marker may be being typed: only few characters, and no other words, precede the caret in the line. */
function isLineStart(left: string): boolean {
  const line = afterBreak(left.slice(-40));
  return (left.length < 40 || line.length < 40) && line.trim().length <= 12 && mayBeMarker(line);
}

function rangeAround({ line, character }: Position, before: number, after: number): Range {
  return { start: { line, character: character - before }, end: { line, character: character + after } };
}
