/** Reports a habit of the whole text once, instead of the same finding a hundred times. */
import type { Message } from '../text/message';
import type { PlacedFinding } from './rule';

/** A form that occurs in at least this many places is a habit. */
export const HABIT = 20;

/** Fewer suffice if the text uses no other form. */
const ALWAYS = 5;

/**
 * Whether a text that is wrong in `wrong` places is so as a habit: often and mostly, or always. `right` finds the
 * correct places and has the flag `g`.
 */
export function isHabit(wrong: number, text: string, right: RegExp): boolean {
  return wrong >= ALWAYS && occurrences(text, right, wrong) <= (wrong >= HABIT ? wrong : 0);
}

/** Number of matches of `pattern`, which has the flag `g`, in `text`; stops counting beyond `limit`. */
export function occurrences(text: string, pattern: RegExp, limit: number): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (count <= limit && pattern.test(text)) count++;
  return count;
}

/**
 * One finding at the first of `found` instead of all of them, with one fix that contains all their safe fixes. `{0}` in
 * `message` is the number of places.
 */
export function once(found: readonly PlacedFinding[], message: Message, title: Message): PlacedFinding {
  const first = found[0] as PlacedFinding;
  const edits = found.flatMap(({ base, finding }) => {
    const fix = finding.fixes?.find((each) => each.safe);
    return (fix?.edits ?? []).map((edit) => ({ ...edit, start: edit.start + base, end: edit.end + base }));
  });
  return {
    base: 0,
    finding: {
      start: first.finding.start + first.base,
      end: first.finding.end + first.base,
      message: { ...message, values: [found.length] },
      ...(edits.length > 0 && { fixes: [{ title, edits, safe: true, preferred: true }] }),
    },
  };
}
