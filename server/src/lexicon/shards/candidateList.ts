/**
 * Phrase candidates of a part of a corpus: all strings that occur in a minimum number of its documents. A string in
 * enough documents of the whole is in enough of at least one part (Savasere, Omiecinski and Navathe, "An efficient
 * algorithm for mining association rules in large databases", VLDB 1995), so that no phrase is lost.
 */
import { kindOf, MAX_PHRASE_LENGTH, MIN_PHRASE_LENGTH } from '../mining/candidates';
import { joinTexts } from '../mining/corpus';
import { commonPrefixes, visitIntervals } from '../mining/lcp';
import { suffixArray } from '../mining/suffixArray';

/** Sorted strings, each with the number of documents of the part that have it: `least` or more. */
export interface CandidateList {
  readonly least: number;
  readonly strings: Iterator<readonly [text: string, documents: number]>;
}

/** With a lower minimum a string need not be repeated within a part, and cannot be found there. */
export const MIN_DOCUMENTS_PER_PART = 2;

/** The strings that could be phrases by themselves and occur in at least `least` (from 2 on) of `texts`, sorted. */
export function candidateStrings(texts: readonly string[], least: number): [text: string, documents: number][] {
  const { text, documents } = joinTexts(texts, [...texts.keys()], new Map());
  const suffixes = suffixArray(text);
  const prefixes = commonPrefixes(text, suffixes);
  const found: [string, number][] = [];
  visitIntervals(suffixes, prefixes, documents, (first, _last, length, parent, inDocuments) => {
    if (inDocuments < least || length < MIN_PHRASE_LENGTH) return;
    const start = suffixes[first] as number;
    const longest = Math.min(length, MAX_PHRASE_LENGTH);
    if (parent >= longest) return;
    const whole = String.fromCharCode(...text.subarray(start, start + longest));
    for (let size = Math.max(parent + 1, MIN_PHRASE_LENGTH); size <= longest; size++) {
      const string = whole.slice(0, size);
      if (kindOf(string)) found.push([string, inDocuments]);
    }
  });
  return found.sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whether every string that occurs in `minSeen` documents of all is in one of the lists. */
export function losesNothing(lists: readonly Pick<CandidateList, 'least'>[], minSeen: number): boolean {
  return lists.reduce((sum, { least }) => sum + least - 1, 0) < minSeen;
}

/** The largest `least` for `parts` lists that loses nothing; below {@link MIN_DOCUMENTS_PER_PART} if there are too many of them. */
export function leastFor(parts: number, minSeen: number): number {
  return Math.floor((minSeen - 1) / parts) + 1;
}

/** The strings of all lists that may occur in `minSeen` documents, sorted, each once. */
export function* likelyStrings(lists: readonly CandidateList[], minSeen: number): Generator<string> {
  const heads = lists.map(({ strings }) => strings.next());
  const most = lists.reduce((sum, { least }) => sum + least - 1, 0);
  for (;;) {
    let next: string | undefined;
    for (const { done, value } of heads) if (!done && (next === undefined || value[0] < next)) next = value[0];
    if (next === undefined) return;
    let documents = most;
    heads.forEach((head, index) => {
      if (head.done || head.value[0] !== next) return;
      const { least, strings } = lists[index] as CandidateList;
      documents += head.value[1] - (least - 1);
      heads[index] = strings.next();
    });
    if (documents >= minSeen) yield next;
  }
}
