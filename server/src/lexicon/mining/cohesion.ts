/** Whether the words of a phrase belong together or only co-occur. */

/**
 * Minimum number of bits by which a phrase must be likelier than a chance meeting of its two parts, at its weakest
 * joint.
 */
const MIN_BITS = 4;
/**
 * Longer phrases need no check: those joined by commas were bounded on both sides already, and long coincidences do not
 * happen.
 */
const MAX_LENGTH = 12;

/**
 * The parts whose counts decide about a phrase, in pairs: each has at least two characters, because single ones
 * co-occur with everything. Empty for a phrase that needs no check.
 */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  if (text.length > MAX_LENGTH) return parts;
  for (let joint = 2; joint + 2 <= text.length; joint++) parts.push(text.slice(0, joint), text.slice(joint));
  return parts;
}

/**
 * Whether the pointwise mutual information of the two parts of `text`, which occurs `count` times in `total`
 * characters, is sufficient at every joint (the "symmetrical" view of Church & Hanks 1990).
 */
export function holdsTogether(text: string, count: number, total: number, countOf: (part: string) => number): boolean {
  const parts = partsOf(text);
  for (let at = 0; at < parts.length; at += 2) {
    const both = countOf(parts[at] as string) * countOf(parts[at + 1] as string);
    if (Math.log2((count * total) / both) < MIN_BITS) return false;
  }
  return true;
}
