/**
 * Predicates on single UTF-16 code units. Everything the product treats as Chinese text is in the Basic Multilingual
 * Plane except rare names, whose surrogates count as Han.
 */

/**
 * Whether `code` is a Han ideograph (including 〇), a compatibility ideograph or a surrogate that encodes a rarer one.
 */
export function isHan(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    code === 0x3007 ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xd840 && code <= 0xdfff)
  );
}

/** Whether `code` is an ideograph in general use (block CJK Unified Ideographs): those that the language models know. */
export function isIdeograph(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/**
 * Whether `code` is a blank found inside a line: space, tab, no-break and ideographic spaces, BOM, zero-width space.
 */
export function isBlank(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x3000 ||
    code === 0x09 ||
    code === 0xa0 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x0b ||
    code === 0x0c ||
    code === 0x202f
  );
}

/** Whether `code` is such a blank or a line break. */
export function isBlankOrBreak(code: number): boolean {
  return isBlank(code) || code === 10 || code === 13;
}

/** All characters for which {@link isBlank} is true. */
export const BLANKS =
  '\t\v\f \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff';

/** Whether `code` is ASCII 0–9. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether `code` is full-width ０–９. */
export function isFullWidthDigit(code: number): boolean {
  return code >= 0xff10 && code <= 0xff19;
}

/** Whether `code` is an ASCII letter. */
export function isLatin(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** Whether `code` is a mark that ends a sentence: 。！？；… and their half-width forms. */
export function isSentenceEnd(code: number): boolean {
  return (
    code === 0x3002 ||
    code === 0xff01 ||
    code === 0xff1f ||
    code === 0xff1b ||
    code === 0x2026 ||
    code === 0x21 ||
    code === 0x3f ||
    code === 0x3b
  );
}

/** Counts the characters of `text` that are neither blank nor a line break; a surrogate pair counts once. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x4e00 && code < 0xd800) {
      count++;
    } else if (code > 0x20 && !isBlank(code)) {
      const low = text.charCodeAt(at + 1);
      if (code >= 0xd800 && code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) at++;
      count++;
    }
  }
  return count;
}

/** Where the blanks right before `end` begin, at `start` at the least. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let place = end;
  while (place > start && isBlank(text.charCodeAt(place - 1))) place--;
  return place;
}
