/** Whether the words that look like a slip in a slogan may be meant, by what the language at large has. */

import type { SloganSlip } from '../../lexicon/proofreading/sloganSlips';
import { characterClass } from '../../repair/characterModel';
import { vocabulary } from '../../repair/vocabulary';
import type { Words } from '../../repair/words';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { runToCompletion } from '../../text/resumable';
import { simplifiedForm, simplifiedText } from '../../text/script';
import type { Span } from '../../text/span';

export type NearMissSlip = SloganSlip & { readonly rule: 'near-miss' };

/** A phrase of this length is not varied: another character in it is a slip whatever it looks like. */
const SET_PHRASE = 12;
/** Log likelihood ratio that a missing character needs in the language at large: 助[推]生态文明建设 and 同建[设]宜居 have less. */
const LEAST_GAIN = 3;

/**
 * Whether the language at large, beyond the corpus of slogans, has what is written in place of a phrase. Without a model of
 * misspellings only the dictionary is asked; `vocabulary()` has to be read.
 */
export function mayBeMeant(slip: NearMissSlip, text: string, spelling: SpellingModel | undefined): boolean {
  const { kind, wrong, whole } = slip;
  const isShort = whole.end - whole.start < SET_PHRASE;
  const right = slip.right
    ?.map((part) => (typeof part === 'string' ? part : text.slice(part.start, part.end)))
    .join('');
  if (kind === 'missing') {
    const before = wrong.start - whole.start === 1 ? text.slice(whole.start - 1, wrong.start) : '';
    if (isShort && isDictionaryWord(runToCompletion(vocabulary()), before)) return true;
    return spelling !== undefined && gainOf(wrong, right ?? '', text, spelling) < LEAST_GAIN;
  }
  if (kind === 'swapped') return false;
  const { start, end } = wrong;
  const words = runToCompletion(vocabulary());
  // It makes a word with the character before or after it: 牵动, 监控.
  if (isDictionaryWord(words, text.slice(start - 1, end)) || isDictionaryWord(words, text.slice(start, end + 1))) {
    return true;
  }
  // Nobody mistakes 群 for 点, 或 for 和 or 草 for 农: who writes 新的经济增长群 or 大力发展现代草业 means it. 社合 for 社会 is seen every day.
  if (kind === 'extra' || end - start !== 1 || right?.length !== 1 || !isShort || !spelling) return false;
  return !isConfusable(text.charCodeAt(start), right.charCodeAt(0), spelling);
}

/** Whether the two characters, in either script, sound or look alike. */
function isConfusable(written: number, meant: number, { confusions }: SpellingModel): boolean {
  const [one, other] = [simplifiedForm(written), simplifiedForm(meant)];
  return confusions.of(other).some(({ code }) => code === one) || confusions.of(one).some(({ code }) => code === other);
}

/** Number of characters beside a slip that are compared with it. */
const BESIDE = 12;

/** How much likelier the text is with `right` in place of `wrong` in the language at large, as a log ratio. */
function gainOf({ start, end }: Span, right: string, text: string, { language }: SpellingModel): number {
  const before = simplifiedText(text.slice(Math.max(0, start - BESIDE), start));
  const after = simplifiedText(text.slice(end, end + BESIDE));
  const costOf = (middle: string): number => language.logProbability(tokenise(`${before}${middle}${after}`));
  return costOf(simplifiedText(right)) - costOf(simplifiedText(text.slice(start, end)));
}

/** Whether the dictionary has the two characters as a word, more likely so than one after the other. */
function isDictionaryWord(words: Words, pair: string): boolean {
  if (!/^[\u4e00-\u9fff]{2}$/.test(pair)) return false;
  const first = characterClass(pair.charCodeAt(0));
  const second = characterClass(pair.charCodeAt(1));
  return words.logProbability([first, second]) > words.logProbability([first]) + words.logProbability([second]);
}
