/** Finds all matches of a pattern in a line, cheaply if there are none. */

const NONE: readonly RegExpExecArray[] = [];

/**
 * All matches of `pattern`, which has the flag `g`, in `line`. Unlike `matchAll` it does not copy the pattern, which
 * matters when thousands of lines have no match.
 */
export function matchesOf(pattern: RegExp, line: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(line);
  if (!match) return NONE;
  const all: RegExpExecArray[] = [];
  while (match) {
    all.push(match);
    if (match[0] === '') pattern.lastIndex++;
    match = pattern.exec(line);
  }
  return all;
}
