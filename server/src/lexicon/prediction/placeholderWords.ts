/** Words for a placeholder: those found elsewhere between the same words. */

import type { Analysis, Placeholder } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { isBlank } from '../../text/characters';
import { asLearned, asWritten, draftScript } from '../model/draftScript';
import type { Lexicon } from '../model/lexicon';

/** Where words were found: in the draft itself, in another draft, in the lexicon's phrases. */
export type WordsSource = 'draft' | 'drafts' | 'lexicon';

export interface PlaceholderWords {
  readonly text: string;
  /** Number of occurrences in this context. */
  readonly count: number;
  /** The nearest of the sources they were found in. */
  readonly source: WordsSource;
}

/** A text that is searched for words. */
export interface Source {
  readonly text: string;
  readonly source: WordsSource;
}

/** Number of units compared on either side of the placeholder. */
const COMPARED = 8;
/** Minimum number of them that must match on both sides together, and at least one on either side. */
const MIN_COUNT = 4;
/** Longer runs are not the content of a gap. */
const MAX_LENGTH = 16;
/** Maximum number of places examined in all texts. */
const MAX_PLACES = 4_000;

/** The text around a gap, cut at the ends of the line. */
interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/**
 * The words in `texts` between what precedes and follows `placeholder`, those with the most specific context first,
 * then the most frequent. Gaps do not count as words.
 */
export function placeholderWords(
  analysis: Analysis,
  placeholder: Placeholder,
  texts: readonly Source[],
  limit: number,
): PlaceholderWords[] {
  return search(surroundingsOf(analysis, placeholder), texts, limit);
}

/** The same from the phrases of `lexicon`, which are in one script, converted to the script of the draft. */
export async function placeholderWordsLearned(
  analysis: Analysis,
  placeholder: Placeholder,
  lexicon: Lexicon,
  limit: number,
): Promise<PlaceholderWords[]> {
  const script = draftScript(analysis.text, placeholder.start);
  const { before, after } = surroundingsOf(analysis, placeholder);
  const learned = { before: asLearned(before, script), after: asLearned(after, script) };
  const found = search(learned, [{ text: phraseTexts.of(lexicon), source: 'lexicon' }], limit);
  const written = await asWritten(
    found.map(({ text }) => text),
    script,
  );
  return found.map((one, index) => ({ ...one, text: written[index] ?? one.text }));
}

/** The phrases of a lexicon as one text, one per line. */
const phraseTexts = new AnalysisMemo(({ phrases }: Lexicon) => phrases.map(({ text }) => text).join('\n'));

function surroundingsOf({ text, lines }: Analysis, { start, end }: Placeholder): Surroundings {
  const from = lines.start(lines.lineAt(start));
  const to = lines.end(lines.lineAt(end));
  return {
    before: text.slice(Math.max(from, start - COMPARED), start),
    after: text.slice(end, Math.min(to, end + COMPARED)),
  };
}

interface Found {
  score: number;
  count: number;
  source: WordsSource;
}

const NEAREST: readonly WordsSource[] = ['draft', 'drafts', 'lexicon'];

function search(around: Surroundings, texts: readonly Source[], limit: number): PlaceholderWords[] {
  const found = new Map<string, Found>();
  let places = 0;
  for (const { text, source } of texts) {
    for (const [start, end, score] of runs(text, around)) {
      if (++places > MAX_PLACES) break;
      const words = text.slice(start, end);
      if (isGap(words)) continue;
      const known = found.get(words);
      if (!known) found.set(words, { score, count: 1, source });
      else {
        known.count++;
        known.score = Math.max(known.score, score);
        if (NEAREST.indexOf(source) < NEAREST.indexOf(known.source)) known.source = source;
      }
    }
  }
  return [...found]
    .sort(([, a], [, b]) => b.score - a.score || b.count - a.count)
    .slice(0, limit)
    .map(([text, { count, source }]) => ({ text, count, source }));
}

/** The runs of `text` in such a context: start, end, and the number of matching units around them. */
function* runs(text: string, around: Surroundings): Generator<[start: number, end: number, score: number]> {
  const { before, after } = around;
  if (after.length > 1 && !isMark(after.charCodeAt(0))) {
    const anchor = after.slice(0, 2);
    for (let end = text.indexOf(anchor); end >= 0; end = text.indexOf(anchor, end + 1)) {
      const right = sharedAfter(text, end, after);
      let best: [number, number, number] | undefined;
      for (let start = end - 1; start >= Math.max(0, end - MAX_LENGTH) && isWord(text.charCodeAt(start)); start--) {
        const left = sharedBefore(text, start, before);
        if (left > 0 && left + right >= Math.max(MIN_COUNT, best ? best[2] + 1 : 0)) best = [start, end, left + right];
      }
      if (best) yield best;
    }
    return;
  }
  // The clause or the line ends with the gap: only the text before it identifies the place.
  const anchor = before.slice(-(MIN_COUNT - 1));
  if (anchor.length < MIN_COUNT - 1) return;
  for (let at = text.indexOf(anchor); at >= 0; at = text.indexOf(anchor, at + 1)) {
    const start = at + anchor.length;
    let end = start;
    while (end < text.length && end - start <= MAX_LENGTH && isWord(text.charCodeAt(end))) end++;
    if (end > start && end - start <= MAX_LENGTH) yield [start, end, sharedBefore(text, start, before) + 1];
  }
}

/**
 * Number of units before `at` in `text` that match the end of `before`; the start of a clause in both counts as one.
 */
function sharedBefore(text: string, at: number, before: string): number {
  let shared = 0;
  while (shared < before.length && before.charCodeAt(before.length - 1 - shared) === text.charCodeAt(at - 1 - shared)) {
    shared++;
  }
  const begins = (unit: number) => !isWord(unit);
  const own = before === '' ? Number.NaN : before.charCodeAt(before.length - 1);
  return shared === 0 && begins(own) && begins(text.charCodeAt(at - 1)) ? 1 : shared;
}

function sharedAfter(text: string, at: number, after: string): number {
  let shared = 0;
  while (shared < after.length && after.charCodeAt(shared) === text.charCodeAt(at + shared)) shared++;
  return shared;
}

/** False for marks, blanks and breaks, and outside of a text (NaN). */
function isWord(unit: number): boolean {
  return !Number.isNaN(unit) && unit > 0x20 && !isBlank(unit) && !isMark(unit);
}

const MARKS = new Set(
  Array.from('，。；：！？、…—“”‘’「」『』（）()《》〈〉【】〔〕[],;:!?"', (mark) => mark.charCodeAt(0)),
);

function isMark(unit: number): boolean {
  return MARKS.has(unit);
}

function isGap(words: string): boolean {
  return /[×*＊○◯_＿{}]|XX|xx|某某/.test(words);
}
