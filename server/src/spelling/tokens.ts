/**
 * Tokens of the spelling model: one for each Chinese character or mark, one for a whole figure and one for a whole word
 * of Latin letters. Both scripts share one model, so characters count in their simplified form.
 */
import { isBlank, isDigit, isFullWidthDigit, isHan, isLatin } from '../text/characters';
import { simplifiedForm } from '../text/script';

/** Precedes the first token of a line and follows the last. */
export const BOUNDARY = 0x0a;
const FIGURE = 0x30;
const LETTERS = 0x41;
/** Represents every symbol that the model does not distinguish. */
export const SYMBOL = 0x23;

const FULL_WIDTH = new Map<number, number>(
  [...',;:?!()%'].map((mark) => [mark.charCodeAt(0), mark.charCodeAt(0) + 0xfee0]),
);
const MARKS = new Set([...'，。、；：？！（）“”‘’《》〈〉〔〕【】—…·％'].map((mark) => mark.charCodeAt(0)));

export interface Tokens {
  /** The class of each token, with {@link BOUNDARY} first and last. */
  readonly codes: Uint16Array;
  /** Start of each token in the text, in UTF-16 units, and one more: the end of the last one. */
  readonly offsets: Uint32Array;
  readonly length: number;
}

/** Tokenises `text` between `start` and `end`, which should be one line. Blanks are skipped. */
export function tokenise(text: string, start = 0, end = text.length): Tokens {
  const codes = new Uint16Array(end - start + 2);
  const offsets = new Uint32Array(end - start + 3);
  codes[0] = BOUNDARY;
  offsets[0] = start;
  let length = 1;
  let run = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    let code: number;
    if (unit >= 0x4e00 && unit <= 0x9fff) code = simplifiedForm(unit);
    else if (isDigit(unit) || isFullWidthDigit(unit)) code = FIGURE;
    else if (isLatin(unit)) code = LETTERS;
    else if (isBlank(unit) || unit === 0x0d || unit === 0x0a) continue;
    else if (unit === 0x2e && run === FIGURE) continue;
    else {
      const wide = FULL_WIDTH.get(unit) ?? unit;
      code = MARKS.has(wide) || isHan(wide) ? wide : SYMBOL;
    }
    if (code === run && (code === FIGURE || code === LETTERS || code === SYMBOL)) continue;
    run = code;
    codes[length] = code;
    offsets[length++] = at;
  }
  codes[length] = BOUNDARY;
  offsets[length++] = end;
  offsets[length] = end;
  return { codes, offsets, length };
}
