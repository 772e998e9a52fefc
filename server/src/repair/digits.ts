/** Digits for encoding numbers in JSON strings. */

/** Printable ASCII except the quotation mark and the backslash, so that JSON needs no escapes. */
export const DIGITS: readonly string[] = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
).filter((digit) => digit !== '"' && digit !== '\\');

/** The value of each digit, by character code. */
export const VALUES = new Int32Array(128);
DIGITS.forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
