/** The list of suggestions at the caret: the next number at the start of a line, slogans anywhere. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type InlineCompletionItem,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import type { Lexicon } from '../lexicon/lexicon';
import type { PinyinIndex } from '../lexicon/pinyinIndex';
import type { Analysis } from '../structure/analysis';
import { type Locale, localise } from '../text/message';
import { asLearned, asWritten, type DraftScript, draftScript } from './draftScript';
import { sectionName } from './names';
import { type NextMarker, nextMarkers } from './nextMarker';
import { sloganCount } from './sloganCard';
import { clearContinuation, lettersBefore, type Personal, type Place, type Suggestion, suggestions } from './slogans';

/** Where the writer is. */
export interface Caret {
  readonly text: string;
  readonly offset: number;
  /** The same place as the client has it. */
  readonly position: Position;
  /** What was read in the text; asked for only where the list needs it. */
  readonly analysis: () => Analysis;
}

export interface CompletionOptions {
  readonly locale: Locale;
  readonly maximumItems: number;
  readonly personal: Personal;
  /** The client shows a description beside the label. */
  readonly labelDetails: boolean;
}

/** What an item carries for its documentation to be looked up: the slogan, and how the draft is written. */
export interface CompletionData {
  readonly slogan: string;
  readonly script: DraftScript;
}

/** Only so much of a draft is looked at before the caret, and of its line after it. */
const BEFORE = 40_000;
const AFTER = 200;

/**
 * The items for `caret`, the one most worth taking first. Each replaces what it begins with before the caret, and one
 * mark after it where that stands there already. `pinyin` is needed where {@link wantsPinyin}.
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
  if (isLineStart(left)) {
    const analysis = caret.analysis();
    for (const marker of nextMarkers(analysis, caret.offset)) {
      items.push(markerItem(marker, analysis, caret, options));
      taken.add(marker.text);
    }
  }
  const script = draftScript(caret.text, caret.offset);
  const found = suggestions(
    lexicon,
    pinyin,
    learnedPlace(caret, script),
    options.maximumItems,
    asLearnedWords(options.personal, script),
  );
  const texts = await asWritten(
    found.map(({ text }) => text),
    script,
  );
  found.forEach((suggestion, index) => {
    const item = sloganItem(suggestion, texts[index] ?? suggestion.text, left, script, caret, options);
    if (!taken.has(item.label)) items.push(item);
    taken.add(item.label);
  });
  const kept = items.slice(0, options.maximumItems);
  kept.forEach((item, rank) => {
    item.sortText = String(rank).padStart(4, '0');
  });
  return { isIncomplete: true, items: kept };
}

/** True where letters stand before the caret that may be pinyin: one alone says too little. */
export function wantsPinyin({ text, offset }: Pick<Caret, 'text' | 'offset'>): boolean {
  return lettersBefore(text.slice(Math.max(0, offset - 60), offset)).length > 1;
}

/** What most likely comes next, where that is clear: text to be shown behind the caret. */
export async function inlineCompletions(
  caret: Caret,
  lexicon: Lexicon,
  personal: Personal,
): Promise<InlineCompletionItem[]> {
  const script = draftScript(caret.text, caret.offset);
  const place = learnedPlace(caret, script);
  const found = clearContinuation(lexicon, place, asLearnedWords(personal, script));
  if (!found) return [];
  const tail = afterBreak(place.left.slice(-8));
  const [whole = ''] = await asWritten([tail + found.text], script);
  return [{ insertText: whole.slice(tail.length), range: rangeAround(caret.position, 0, found.over) }];
}

function sloganItem(
  suggestion: Suggestion,
  written: string,
  left: string,
  script: DraftScript,
  { position }: Caret,
  { locale, labelDetails }: CompletionOptions,
): CompletionItem {
  const { replace, over, filter, phrase, likelihood } = suggestion;
  const typed = replace === 0 ? '' : left.slice(-replace);
  // What the writer has typed stays as typed, whatever the script's tables would make of it.
  const goesOn = suggestion.filter === suggestion.text && written.length === suggestion.text.length;
  const newText = goesOn ? typed + written.slice(replace) : written;
  const detail =
    phrase && (likelihood === undefined || phrase.text.length <= suggestion.text.length)
      ? sloganCount(phrase, locale)
      : localise({ zh: '词库：后面常接', en: 'lexicon: often follows' }, locale);
  return {
    label: newText,
    kind: phrase ? CompletionItemKind.Constant : CompletionItemKind.Text,
    detail,
    ...(labelDetails && { labelDetails: { description: brief(suggestion) } }),
    filterText: goesOn ? newText : typed + filter.slice(replace),
    textEdit: { range: rangeAround(position, replace, over), newText },
    ...(phrase && { data: { slogan: phrase.text, script } satisfies CompletionData }),
  };
}

/** A few characters at the end of the item: in how many documents the slogan stands, or how likely the words are. */
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

/** The writer's own words, whatever script they were added in, as the lexicon would have them. */
function asLearnedWords({ words, never }: Personal, script: DraftScript): Personal {
  const learned = (text: string): string => asLearned(text, script);
  return { words: words.map(learned), never: never.map(learned) };
}

function learnedPlace(caret: Caret, script: DraftScript): Place {
  const { left, right } = around(caret);
  return { left: asLearned(left, script), right: asLearned(right, script) };
}

/** The text before the caret, and what follows it in its line. */
function around({ text, offset }: Caret): Place {
  return {
    left: text.slice(Math.max(0, offset - BEFORE), offset),
    right: beforeBreak(text.slice(offset, offset + AFTER)),
  };
}

/** `text` from behind its last line break on. */
function afterBreak(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** `text` up to its first line break. */
export function beforeBreak(text: string): string {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** True where a marker may be about to be written: only few characters and no words stand before it in the line. */
function isLineStart(left: string): boolean {
  const line = afterBreak(left.slice(-40));
  return (left.length < 40 || line.length < 40) && line.trim().length <= 12;
}

function rangeAround({ line, character }: Position, before: number, after: number): Range {
  return { start: { line, character: character - before }, end: { line, character: character + after } };
}
