/** Inserts a slogan chosen from a list into a line without repeating the part that is there already. */

/** Shorter prefixes are coincidence, except an opening mark. */
const MIN_LENGTH = 2;

/**
 * Given the text before and after the caret in its line, returns how many UTF-16 units `text` replaces before the
 * caret, which are a prefix of it (坚持稳中|, “|”), and whether it replaces the mark after it that it ends with.
 */
export function insertionOf(left: string, right: string, text: string): { replace: number; over: 0 | 1 } {
  const last = text.charAt(text.length - 1);
  const over = '”’》」』）'.includes(last) && last !== '' && right.startsWith(last) ? 1 : 0;
  for (let size = Math.min(left.length, text.length - 1); size >= MIN_LENGTH; size--) {
    if (left.endsWith(text.slice(0, size))) return { replace: size, over };
  }
  const opened = text !== '' && '“‘《「『（'.includes(text.charAt(0)) && left.endsWith(text.charAt(0));
  // A mark after the caret that closes an earlier opening mark is kept if the text contains its own opening mark.
  return { replace: opened ? 1 : 0, over: opened || !text.includes(openingOf(last)) ? over : 0 };
}

function openingOf(closing: string): string {
  return '“‘《「『（'.charAt('”’》」』）'.indexOf(closing)) || closing;
}
