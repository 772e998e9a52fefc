/** Finds 一是…；二是…；三是… inside a paragraph, and breaks in its numbers. */
import type { MarkerFamily, NumberingBreak } from './analysis';
import type { ParsedMarker } from './markers';

/** An enumeration in one line; the markers' offsets are relative to the start of the line. */
export interface ParsedEnumeration {
  readonly members: readonly ParsedMarker[];
  readonly breaks: readonly (Pick<NumberingBreak, 'kind' | 'expected' | 'slip'> & { readonly index: number })[];
}

/** 一是 and 一要 are mixed in hurried prose; all other families are separate. */
function groupOf(marker: ParsedMarker): string {
  return marker.family === 'yishi' || marker.family === 'yiyao' ? 'yi' : `${marker.family}${marker.path.length}`;
}

/** Families that enumerate inside a sentence. Others, such as 1. or 第三章, would be figures and references there. */
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

/** Families whose lists may be recognised by 二…三… alone: their figures only ever count. */
const COUNTS_ONLY: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['yishi', 'yiyao', 'circled']);

const IN_WORDS: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['ordinal', 'sequence', 'itemised', 'yifang']);

/** The last number of each group of enumerators, so that a list may continue in the next paragraph. */
export class LastNumbers {
  private readonly byGroup = new Map<string, number>();

  note(marker: ParsedMarker): void {
    if (marker.strength !== 'weak') this.byGroup.set(groupOf(marker), marker.value);
  }

  of(marker: ParsedMarker): number | undefined {
    return this.byGroup.get(groupOf(marker));
  }
}

const NONE_COMBINED: ReadonlySet<ParsedMarker> = new Set();

/**
 * Groups the enumerators of one line (those that do not begin a section) into lists. A list begins at one and has at
 * least two members; one wrong number gives one break. If 二是…三是… occur without a first in the whole `line` or,
 * according to `before`, in the paragraph above, the first of them is wrong.
 */
export function readEnumerations(
  members: readonly ParsedMarker[],
  line: readonly ParsedMarker[],
  before: LastNumbers,
): ParsedEnumeration[] {
  const groups = new Map<string, ParsedMarker[]>();
  const combined = combinedMembers(members);
  for (const member of members) {
    if (!INLINE.has(member.family) || combined.has(member)) continue;
    const group = groupOf(member);
    const list = groups.get(group);
    // 4、12所学校 is an item after 3、 and a figure elsewhere.
    const last = list?.at(-1)?.value;
    const inWords = member.family === 'sequence' || member.family === 'ordinal';
    if (member.strength === 'weak' && !inWords && last !== member.value - 1) continue;
    if (list) list.push(member);
    else groups.set(group, [member]);
  }
  const found: ParsedEnumeration[] = [];
  for (const list of groups.values()) if (list.length > 1) readGroup(list, found, lacksFirst(list, line, before));
  return found.sort((a, b) => (a.members[0] as ParsedMarker).at - (b.members[0] as ParsedMarker).at);
}

/**
 * The members of ①②⑥, an answer to choose, and of 一、三、二, an order: numbers with nothing between them do not enumerate.
 */
function combinedMembers(members: readonly ParsedMarker[]): ReadonlySet<ParsedMarker> {
  if (members.length < 2) return NONE_COMBINED;
  // Of one family: 一是（1）…（2） begins a list inside an item.
  const starts = new Set(members.map(({ family, at }) => `${family} ${at}`));
  const ends = new Set(members.map(({ family, end }) => `${family} ${end}`));
  const combined = members.filter(
    ({ family, at, end }) => ends.has(`${family} ${at}`) || starts.has(`${family} ${end}`),
  );
  return combined.length > 0 ? new Set(combined) : NONE_COMBINED;
}

/** Whether a group begins with 二是…三是… (or 二是…二是…三是…) and nothing before it in the line counts as its first. */
function lacksFirst(group: readonly ParsedMarker[], line: readonly ParsedMarker[], before: LastNumbers): boolean {
  const [first, second, third] = group as [ParsedMarker, ParsedMarker, ParsedMarker?];
  if (first.value !== 2 || !COUNTS_ONLY.has(first.family) || before.of(first) === 1) return false;
  if (second.value !== 3 && !(second.value === 2 && third?.value === 3)) return false;
  // 首先……，二是……: there is a first, in whatever form.
  return !line.some((member) => member.at < first.at && member.value === 1 && IN_WORDS.has(member.family));
}

function readGroup(group: readonly ParsedMarker[], found: ParsedEnumeration[], lackingFirst: boolean): void {
  let at = 0;
  while (at < group.length) {
    const first = group[at] as ParsedMarker;
    const wrongFirst = lackingFirst && at === 0;
    if (first.value !== 1 && !wrongFirst) {
      at++;
      continue;
    }
    const members = [first];
    const breaks: ParsedEnumeration['breaks'][number][] = [];
    let expected = 2;
    if (wrongFirst) {
      const slip = group[1]?.value === 2;
      breaks.push({ index: 0, kind: 'first', expected: 1, slip });
      if (!slip) expected = 3;
    }
    let next = at + 1;
    for (; next < group.length; next++) {
      const member = group[next] as ParsedMarker;
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
      const after = group[next + 1]?.value;
      const slip = after === expected + 1;
      // 一是…一是…三是: the second is a slip; 一是…二是…一是…二是 are two lists.
      if (member.value === 1 && !slip) break;
      const skipped = after === member.value + 1;
      // It takes two correct members, or one that confirms the reading, for a break; a lone 三是 far away is unrelated.
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
