/** Chooses the phrases among the candidates of a corpus, and orders them. */
import type { PhraseCandidate } from './candidates';
import { holdsTogether } from './cohesion';
import { type CorpusPlan, RECENT_WEIGHT } from './plan';
import { isNumeralTerm } from './series';

/** A phrase with its variants. */
export interface ChosenPhrase {
  readonly candidate: PhraseCandidate;
  readonly variants: (readonly [string, number])[];
}

/** A phrase is dropped in favour of a longer one that contains this share of its occurrences. */
const MOSTLY_INSIDE = 0.7;
/** Lead-in words, a closed class: 我们坚持以… is the same phrase as 坚持以…. */
const LEAD_IN = /^(?:我们|要|将|也|都)/;
/** Words that no phrase begins with: they connect it to what precedes. */
const TIES = /^(?:在于|是)/;
/** Weight of central texts in the choice of the canonical form. */
const CENTRAL_WEIGHT = 10;
/** A phrase whose share in recent documents is below this fraction of its share in all is going out of use. */
const FADED = 0.25;

/**
 * The phrases among `candidates`, given in any order, most useful first: widespread enough, coherent, current, and in
 * the canonical form. `total` is the length of the corpus, `countOf` the count of a part of a candidate.
 */
export function choosePhrases(
  candidates: readonly PhraseCandidate[],
  plan: CorpusPlan,
  total: number,
  countOf: (part: string) => number,
  most: number,
): ChosenPhrase[] {
  const chosen = candidates.filter(
    (candidate) =>
      isWidespread(candidate, plan) &&
      isAlive(candidate, plan) &&
      holdsTogether(candidate.text, candidate.count, total, countOf),
  );
  return chooseForms(giveWay(chosen)).slice(0, most);
}

/** Whether enough documents have it, or enough of the recent ones. */
export function isWidespread(
  { documents, recent }: Pick<PhraseCandidate, 'documents' | 'recent'>,
  { minDocuments, minRecent }: CorpusPlan,
): boolean {
  return documents >= minDocuments || recent >= minRecent;
}

/** False if no document of the last two years has it, provided that documents have dates. */
function isAlive({ until, recent, documents }: PhraseCandidate, plan: CorpusPlan): boolean {
  if (until === 0) return true;
  const expected = (documents * plan.recentDocuments) / Math.max(1, plan.documentCount);
  return plan.isRecent(until) && recent >= FADED * expected;
}

function standingOf({ recent, central }: PhraseCandidate): number {
  return recent + CENTRAL_WEIGHT * central;
}

function compareTexts(one: PhraseCandidate, other: PhraseCandidate): number {
  return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
}

/** Drops candidates that nearly always occur inside a longer one, most useful first. Quoted terms are kept. */
function giveWay(candidates: readonly PhraseCandidate[]): PhraseCandidate[] {
  const byText = new Map(candidates.map((candidate) => [candidate.text, candidate]));
  const inside = new Map<PhraseCandidate, number>();
  const kept: PhraseCandidate[] = [];
  const useful = new Map<PhraseCandidate, number>();
  const longestFirst = [...candidates].sort(
    (a, b) => b.text.length - a.text.length || b.count - a.count || compareTexts(a, b),
  );
  for (const candidate of longestFirst) {
    const { text, count } = candidate;
    const around = inside.get(candidate) ?? 0;
    if (TIES.test(text)) continue;
    if (LEAD_IN.test(text) && byText.has(text.replace(LEAD_IN, ''))) continue;
    if (around >= MOSTLY_INSIDE * count && !(isNumeralTerm(text) && around < count * 2)) continue;
    kept.push(candidate);
    useful.set(candidate, usefulness(candidate) * (1 - around / (2 * count)));
    for (let size = text.length - 1; size >= 4; size--) {
      for (let start = 0; start + size <= text.length; start++) {
        const part = byText.get(text.slice(start, start + size));
        if (part && (inside.get(part) ?? 0) < count) inside.set(part, count);
      }
    }
  }
  return kept.sort((a, b) => (useful.get(b) as number) - (useful.get(a) as number) || compareTexts(a, b));
}

/** Keystrokes saved by the phrase beyond those of a common word, weighted by how many writers use it. */
function usefulness({ text, documents, count, leftBorders, rightBorders, recent }: PhraseCandidate): number {
  const standsAlone = Math.min(1, 0.3 + leftBorders + rightBorders);
  return (
    (documents + RECENT_WEIGHT * recent) *
    Math.sqrt(Math.log2(1 + count / documents)) *
    (Math.min(text.length, 24) - 3) *
    standsAlone
  );
}

/**
 * Of forms that differ only in punctuation the newest widespread one is canonical, central texts taking precedence; the
 * others become its variants.
 */
function chooseForms(candidates: readonly PhraseCandidate[]): ChosenPhrase[] {
  const groups = new Map<string, PhraseCandidate[]>();
  for (const candidate of candidates) {
    const words = candidate.text.replace(/[“”‘’《》，、]/g, '');
    const group = groups.get(words);
    if (group) group.push(candidate);
    else groups.set(words, [candidate]);
  }
  return [...groups.values()].map((group) => {
    const [best, ...others] = group.sort(
      (a, b) =>
        standingOf(b) - standingOf(a) ||
        b.documents - a.documents ||
        b.count - a.count ||
        b.text.length - a.text.length ||
        compareTexts(a, b),
    ) as [PhraseCandidate, ...PhraseCandidate[]];
    const variants = others
      // The count of a term without its quotation marks includes the occurrences with them.
      .map(({ text, count }) => [text, best.text.includes(text) ? count - best.count : count] as const)
      .filter(([text, count]) => count > 0 && !text.includes(best.text));
    return { candidate: best, variants };
  });
}
