/** Information on a slogan, for a hover or beside the list of suggestions. */
import { type MarkupContent, MarkupKind } from 'vscode-languageserver-types';
import type { Lexicon, Neighbour, Phrase } from '../lexicon/model/lexicon';
import { type Locale, localise, type Message } from '../text/message';
import { escapeMarkdown } from './markdown';
import { grouped } from './names';

/** Converts text of the lexicon to the script of the draft. */
export type Write = (text: string) => string;

/** The number of occurrences of `phrase` and of documents, on one line. */
export function sloganCount({ count, documents, own }: Phrase, locale: Locale): string {
  const message = own
    ? {
        zh: '词库：{1} 份文稿（本人语料 {2} 份），{0} 次',
        en: 'lexicon: {0} times in {1} documents, {2} of them yours',
      }
    : { zh: '词库：{1} 份文稿，{0} 次', en: 'lexicon: {0} times in {1} documents' };
  return localise({ ...message, values: [grouped(count), grouped(documents), grouped(own ?? 0)] }, locale);
}

/** `phrase` with the series of the quoted term in it, if it has none of its own: 坚决做到“两个维护”. */
export function withSeries(phrase: Phrase, lexicon: Lexicon): Phrase {
  if (phrase.series) return phrase;
  for (const [term] of phrase.text.matchAll(/“[^“”]+”/g)) {
    const series = lexicon.find(term)?.series;
    if (series) return { ...phrase, series };
  }
  return phrase;
}

/** The words of `phrase` that {@link sloganCard} shows and that have to be converted to the draft's script. */
export function wordsOf({ text, series, before, after, variants }: Phrase): string[] {
  return [text, ...(series?.members ?? []), ...[...before, ...after, ...variants].map(([words]) => words)];
}

/**
 * The canonical form, its count, its first and last year in the documents, the series it belongs to and its usual
 * neighbours. `counted` if its count is shown beside the card already.
 */
export function sloganCard(
  phrase: Phrase,
  locale: Locale,
  markdown: boolean,
  write: Write,
  counted = false,
): MarkupContent {
  const plain = (text: string): string => (markdown ? escapeMarkdown(write(text)) : write(text));
  const strong = (text: string): string => (markdown ? `**${plain(text)}**` : plain(text));
  const lines = [strong(phrase.text), ...(counted ? [] : [sloganCount(phrase, locale)])];
  const { series, before, after, variants, since, until } = phrase;
  if (since !== undefined && until !== undefined) {
    const years = { zh: '使用年份：{0}—{1}年', en: 'In use: {0}–{1}' };
    lines.push(localise({ ...years, values: [String(since), String(until)] }, locale));
  }
  if (series) {
    const members = series.members.map((member) => (phrase.text.includes(member) ? strong(member) : plain(member)));
    lines.push(line({ zh: '系列：{0}', en: 'Series: {0}' }, members.join(' → '), locale));
  }
  const list = (neighbours: readonly Neighbour[], show: (words: string) => string): string =>
    neighbours.map(([words, count]) => `${plain(show(words))} (${grouped(count)})`).join(locale === 'en' ? ', ' : '、');
  if (before.length > 0) {
    const shown = list(before, (words) => `${words}…`);
    lines.push(line({ zh: '前面常接：{0}', en: 'Usually after: {0}' }, shown, locale));
  }
  if (after.length > 0) {
    const shown = list(after, (words) => `…${words}`);
    lines.push(line({ zh: '后面常接：{0}', en: 'Usually before: {0}' }, shown, locale));
  }
  if (variants.length > 0) {
    lines.push(line({ zh: '也写作：{0}', en: 'Also written: {0}' }, list(variants, String), locale));
  }
  return { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: lines.join(markdown ? '\n\n' : '\n') };
}

function line(message: Message, value: string, locale: Locale): string {
  return localise({ ...message, values: [value] }, locale);
}
