/** Which of the candidates of a corpus become its phrases, and in which order. */
import type { Candidate } from './candidates';
import { holdsTogether } from './cohesion';
import { type CorpusPlan, RECENT_WEIGHT } from './plan';
import { isNumeralTerm } from './series';

/** A phrase with the other forms that are written for it. */
export interface ChosenPhrase {
  readonly candidate: Candidate;
  readonly variants: (readonly [string, number])[];
}

/** A phrase gives way to a longer one that holds this part of its occurrences. */
const MOSTLY_INSIDE = 0.7;
/** Words that only lead into a phrase, a closed class: 我们坚持以… is no other phrase than 坚持以…. */
const LEAD_IN = /^(?:我们|要|将|也|都)/;
/** Words that no phrase begins with: they tie it to what stands before. */
const TIES = /^(?:在于|是)/;
/** Central texts decide what is canonical over others. */
const CENTRAL_WEIGHT = 10;
/** What recent documents have in a smaller part than all is going out of use. */
const FADED = 0.25;

/**
 * The phrases among `candidates`, in whatever order, most useful first: widespread enough, of one piece, alive, and in the form
 * that is canonical. `total` is the length of the corpus, `countOf` how often it has a part of a candidate.
 */
export function choosePhrases(
  candidates: readonly Candidate[],
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

/** True for what enough documents have, or enough of the recent ones. */
export function isWidespread(
  { documents, recent }: Pick<Candidate, 'documents' | 'recent'>,
  { minDocuments, minRecent }: CorpusPlan,
): boolean {
  return documents >= minDocuments || recent >= minRecent;
}

/** False for what no document of the last two years has, where documents have dates. */
function isAlive({ until, recent, documents }: Candidate, plan: CorpusPlan): boolean {
  if (until === 0) return true;
  const expected = (documents * plan.recentDocuments) / Math.max(1, plan.documentCount);
  return plan.isRecent(until) && recent >= FADED * expected;
}

function standingOf({ recent, central }: Candidate): number {
  return recent + CENTRAL_WEIGHT * central;
}

function compareTexts(one: Candidate, other: Candidate): number {
  return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
}

/** Drops candidates that nearly always stand inside a longer one, most useful first. Quoted terms stay by themselves. */
function giveWay(candidates: readonly Candidate[]): Candidate[] {
  const byText = new Map(candidates.map((candidate) => [candidate.text, candidate]));
  const inside = new Map<Candidate, number>();
  const kept: Candidate[] = [];
  const useful = new Map<Candidate, number>();
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

/** Keystrokes that the phrase is good for beyond those of a common word, by how many writers use it. */
function usefulness({ text, documents, count, leftBorders, rightBorders, recent }: Candidate): number {
  const standsAlone = Math.min(1, 0.3 + leftBorders + rightBorders);
  return (
    (documents + RECENT_WEIGHT * recent) *
    Math.sqrt(Math.log2(1 + count / documents)) *
    (Math.min(text.length, 24) - 3) *
    standsAlone
  );
}

/**
 * Of forms that differ only in punctuation the newest widespread one is canonical, and central texts decide over others;
 * the others become its variants.
 */
function chooseForms(candidates: readonly Candidate[]): ChosenPhrase[] {
  const groups = new Map<string, Candidate[]>();
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
    ) as [Candidate, ...Candidate[]];
    const variants = others
      // Without its quotation marks a term is part of itself with them.
      .map(({ text, count }) => [text, best.text.includes(text) ? count - best.count : count] as const)
      .filter(([text, count]) => count > 0 && !text.includes(best.text));
    return { candidate: best, variants };
  });
}
