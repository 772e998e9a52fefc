/** Groups adjacent slips into suspicions, each with the word it occurs in; which are reported is decided later. */
import type { LanguageModel } from '../../spelling/languageModel';
import { isHan } from '../../text/characters';
import { simplifiedForm, traditionalForm } from '../../text/script';
import type { Span } from '../../text/span';
import type { Suspicion } from './misspellingEvidence';
import type { Mistake } from './misspellingLines';

/** Slips with lower log odds in their line are never reported. */
const HOPELESS = -4;

/** The suspicions for `slips` (in order, without matches of word lists) in `text`, with replacements in its script. */
export function suspicionsOf(
  text: string,
  slips: readonly Mistake[],
  language: LanguageModel,
  isTraditional: boolean,
): Suspicion[] {
  const suspicions: Suspicion[] = [];
  for (const group of sideBySide(slips)) {
    const { start } = group[0] as Mistake;
    const { end } = group.at(-1) as Mistake;
    const codes = group.flatMap((slip) => slip.codes);
    const newText = String.fromCharCode(...(isTraditional ? codes.map(traditionalForm) : codes));
    const written = text.slice(start, end);
    if (written === newText || isChoice(written, newText)) continue;
    const word = wordAround(text, { start, end }, newText, language);
    const before = text.slice(word.start, word.end);
    const after = text.slice(word.start, start) + newText + text.slice(end, word.end);
    // A word that the replacement only extends is not written instead of another.
    const isOther = before.length === 2 && !after.startsWith(before);
    const writtenPair = isOther ? before.charCodeAt(0) * 0x10000 + before.charCodeAt(1) : 0;
    suspicions.push({ slips: group, start, end, newText, word, before, after, writtenPair });
  }
  return suspicions;
}

/** Classes of words within which a substitution is a choice or an error of fact, not a misspelling: 和/或, 二/三, 他/她. */
const CHOICES = [
  '和或与及並并而且與',
  '〇零一二三四五六七八九十百千万亿两几半多余萬億兩幾餘',
  '他她它你您我',
  '东西南北東',
];

const CHOICE_CHARACTERS = new Set(CHOICES.join(''));

/** Whether `written` and `meant` consist of words of one such class; either may be empty, not both. */
function isChoice(written: string, meant: string): boolean {
  if (!CHOICE_CHARACTERS.has(written.charAt(0) || meant.charAt(0))) return false;
  return CHOICES.some((words) => [...written, ...meant].every((character) => words.includes(character)));
}

/** `slips` without those that are hopeless, with all adjacent ones. */
export function worthwhile(slips: readonly Mistake[]): Mistake[] {
  return [...sideBySide(slips)].filter((group) => group.some(({ odds }) => odds >= HOPELESS)).flat();
}

function* sideBySide(slips: readonly Mistake[]): Generator<readonly Mistake[]> {
  for (let index = 0; index < slips.length; ) {
    let next = index + 1;
    while (next < slips.length && slips[next]!.start === slips[next - 1]!.end) next++;
    yield slips.slice(index, next);
    index = next;
  }
}

/** The place and the neighbour that it is more strongly associated with, so that the writer sees a word. */
function wordAround(text: string, { start, end }: Span, newText: string, language: LanguageModel): Span {
  if (end - start > 1 && newText.length > 1) return { start, end };
  const first = simplifiedForm((newText || text.slice(end, end + 1)).charCodeAt(0));
  const last = simplifiedForm((newText || text.slice(start - 1, start)).slice(-1).charCodeAt(0));
  const before = isHan(text.charCodeAt(start - 1)) ? simplifiedForm(text.charCodeAt(start - 1)) : 0;
  const after = isHan(text.charCodeAt(end)) ? simplifiedForm(text.charCodeAt(end)) : 0;
  if (before === 0 && after === 0) return { start, end };
  if (newText === '') return { start: start - Number(before > 0), end: end + Number(after > 0) };
  const left = before > 0 ? language.pairScore(before, first) : Number.NEGATIVE_INFINITY;
  const right = after > 0 ? language.pairScore(last, after) : Number.NEGATIVE_INFINITY;
  return left > right ? { start: start - 1, end } : { start, end: end + 1 };
}
