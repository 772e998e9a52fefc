/** The slogans of a lexicon for browsing: all of them, or those that match a few characters or letters of pinyin. */
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import type { PinyinIndex } from '../lexicon/model/pinyinIndex';
import { isHan, isLatin } from '../text/characters';
import { simplifiedForm } from '../text/script';

/** Maximum number found by pinyin; nobody reads on in a longer list. */
const MAX_BY_PINYIN = 1_000;
const MARKS = /[“”‘’「」『』《》\s]/g;

/** Whether `query` contains letters, which may be pinyin. */
export function asksForPinyin(query: string): boolean {
  return /[a-z]/i.test(query);
}

/**
 * The phrases that contain `query`, in any script and quotation marks; if it ends in letters, those that continue with
 * this pinyin after it (lgql, 两个ql), those that begin so first. The most useful first; all of them for an empty query.
 */
export function matchingSlogans(
  { phrases }: Pick<Lexicon, 'phrases'>,
  pinyin: PinyinIndex | undefined,
  query: string,
): readonly Phrase[] {
  const wanted = inLearnedScript(query.replace(MARKS, ''));
  if (wanted === '') return phrases;
  const contained = phrases.filter((phrase) =>
    formsOf(phrase).some((form) => form.replace(MARKS, '').includes(wanted)),
  );
  if (contained.length > 0 || !pinyin) return contained;
  let letters = wanted.length;
  while (letters > 0 && (isLatin(wanted.charCodeAt(letters - 1)) || wanted[letters - 1] === "'")) letters--;
  const words = wanted.slice(0, letters);
  const typed = wanted.slice(letters);
  if (typed === '') return [];
  if (words === '') {
    const begun = pinyin.find(typed, MAX_BY_PINYIN).map(({ phrase }) => phrase);
    return [...new Set([...begun, ...pinyin.holding(typed)])].slice(0, MAX_BY_PINYIN);
  }
  return phrases.filter((phrase) => {
    const at = phrase.text.indexOf(words);
    return at >= 0 && pinyin.match(phrase, at + words.length, typed) !== undefined;
  });
}

function formsOf({ text, variants }: Phrase): string[] {
  return [text, ...variants.map(([form]) => form)];
}

function inLearnedScript(text: string): string {
  return Array.from(text, (character) => {
    const unit = character.charCodeAt(0);
    return character.length === 1 && isHan(unit) ? String.fromCharCode(simplifiedForm(unit)) : character;
  }).join('');
}
