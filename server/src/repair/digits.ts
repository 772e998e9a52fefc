/** Digits for shipping numbers in JSON. */

/** Printable ASCII but the quotation mark and the backslash, so that JSON needs no escapes. */
export const DIGITS: readonly string[] = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
).filter((digit) => digit !== '"' && digit !== '\\');

/** What each digit stands for, by its code. */
export const VALUES = new Int32Array(128);
DIGITS.forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
