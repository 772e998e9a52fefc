/** Finds 一是…；二是…；三是… inside a paragraph and what is wrong with its numbers. */
import type { MarkerFamily, NumberingBreak } from './analysis';
import type { MarkerDraft } from './markers';

/** An enumeration in one line; the drafts count from the start of the line. */
export interface EnumerationDraft {
  readonly members: readonly MarkerDraft[];
  readonly breaks: readonly (Pick<NumberingBreak, 'kind' | 'expected' | 'slip'> & { readonly index: number })[];
}

/** 一是 and 一要 go together in hurried prose; all other families stand alone. */
function groupOf(marker: MarkerDraft): string {
  return marker.family === 'yishi' || marker.family === 'yiyao' ? 'yi' : `${marker.family}${marker.path.length}`;
}

/** Families that count inside a sentence. Others, such as 1. or 第三章, would be figures and references there. */
export const INLINE: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>([
  'yishi',
  'yiyao',
  'yifang',
  'ordinal',
  'sequence',
  'itemised',
  'circled',
  'arabicBracket',
  'chineseBracket',
  'arabicParenthesis',
  'arabic',
  'chinese',
  'latin',
  'stem',
]);

/**
 * Groups the enumerators of one line (those that head no section) into lists. A list begins at one and has at least
 * two members; one wrong number gives one break.
 */
export function readEnumerations(members: readonly MarkerDraft[]): EnumerationDraft[] {
  const groups = new Map<string, MarkerDraft[]>();
  for (const member of members) {
    if (!INLINE.has(member.family) || member.strength === 'weak') continue;
    const group = groupOf(member);
    const list = groups.get(group);
    if (list) list.push(member);
    else groups.set(group, [member]);
  }
  const found: EnumerationDraft[] = [];
  for (const list of groups.values()) if (list.length > 1) readGroup(list, found);
  return found.sort((a, b) => (a.members[0] as MarkerDraft).at - (b.members[0] as MarkerDraft).at);
}

function readGroup(group: readonly MarkerDraft[], found: EnumerationDraft[]): void {
  let at = 0;
  while (at < group.length) {
    const first = group[at] as MarkerDraft;
    if (first.value !== 1) {
      at++;
      continue;
    }
    const members = [first];
    const breaks: EnumerationDraft['breaks'][number][] = [];
    let expected = 2;
    let next = at + 1;
    for (; next < group.length; next++) {
      const member = group[next] as MarkerDraft;
      if (member.family === 'sequence' || member.family === 'yifang') {
        if (member.value < expected) break;
        members.push(member);
        expected = Math.min(member.value, 90) + 1;
        continue;
      }
      if (member.value === expected) {
        members.push(member);
        expected++;
        continue;
      }
      if (member.value === 1) break;
      const after = group[next + 1]?.value;
      const slip = after === expected + 1;
      const skipped = after === member.value + 1;
      // Two good members, or one that bears the reading out, make a break; a lone 三是 far away is another matter.
      if (!slip && !skipped && members.length < 2 && member.value !== expected + 1) break;
      const kind = member.value === expected - 1 ? 'duplicate' : member.value > expected ? 'gap' : 'order';
      if (kind === 'order' && !slip) break;
      breaks.push({ index: members.length, kind, expected, slip: slip || after === undefined });
      members.push(member);
      expected = slip ? expected + 1 : member.value + 1;
    }
    if (members.length > 1) found.push({ members, breaks });
    at = Math.max(next, at + 1);
  }
}
