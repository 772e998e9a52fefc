/**
 * Aligns the sections of two drafts: by the words of the headings and of the text under them, weighted by how few
 * sections use them (TF-IDF over character bigrams, cosine). Numbers and years are ignored: last year's report and this
 * year's differ in all of them.
 */
import type { Analysis, Section } from '../structure/analysis';

export type SectionFate = 'kept' | 'moved' | 'merged' | 'split' | 'new' | 'dropped';

/** A section of the new draft and its counterpart, or one of the old draft that was dropped. */
export interface SectionPair {
  readonly fate: SectionFate;
  readonly old?: Section;
  readonly current?: Section;
  /** From 0 to 1; 0 for new and dropped ones. */
  readonly likeness: number;
}

/** Bigram weights, and the norm of the vector. */
interface Vector {
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

interface Node {
  readonly section: Section;
  readonly index: number;
  readonly title: Vector;
  readonly content: Vector;
}

/** Headings below this level are compared as text of the section above. */
const MAX_LEVEL = 3;
const MAX_SECTIONS = 400;
/** Minimum similarity; lower between sections of paired chapters, where each usually has its counterpart. */
const MIN_SIMILARITY = 0.26;
const MIN_SIMILARITY_IN_CHAPTER = 0.155;
/** Minimum containment for a section to count as merged into another. */
const CONTAINED = 0.45;
/** With fewer bigrams (a glossary entry, a heading alone) some long section contains them by chance. */
const MIN_CONTAINED = 60;
/** A section this many times as long contains much of any text. */
const MAX_TIMES_LONGER = 5;
const SAME_CHAPTER = 0.08;

/** Pairs the sections of both drafts; in the order of the new one, dropped sections after the section they followed. */
export function alignSections(old: Analysis, current: Analysis): SectionPair[] {
  const weights = weightsOf([old, current]);
  const before = nodesOf(old, weights);
  const after = nodesOf(current, weights);
  const partners = new Map<Section, { section: Section; likeness: number }>();
  const used = new Set<Section>();
  // Outer levels first: the parent section counts as evidence for its children.
  const levels = [...new Set([...before, ...after].map(({ section }) => section.level))].sort((a, b) => a - b);
  for (const level of levels) {
    const candidates: { one: Node; other: Node; score: number }[] = [];
    for (const other of after) {
      if (other.section.level !== level) continue;
      for (const one of before) {
        if (Math.abs(one.section.level - level) > 1) continue;
        const together = isTogether(one, other, partners);
        const score = likenessOf(one, other, together);
        if (score >= (together ? MIN_SIMILARITY_IN_CHAPTER : MIN_SIMILARITY)) candidates.push({ one, other, score });
      }
    }
    candidates.sort((a, b) => b.score - a.score || a.other.index - b.other.index || a.one.index - b.one.index);
    for (const { one, other, score } of candidates) {
      if (used.has(one.section) || partners.has(other.section)) continue;
      used.add(one.section);
      partners.set(other.section, { section: one.section, likeness: Math.min(1, score) });
    }
  }
  const kept = inOrder(after.flatMap(({ section }) => partners.get(section)?.section ?? []));
  const pairs: SectionPair[] = after.map(({ section, content }) => {
    const partner = partners.get(section);
    if (partner) {
      const fate = kept.has(partner.section) ? 'kept' : 'moved';
      return { fate, old: partner.section, current: section, likeness: partner.likeness };
    }
    const whole = containing(content, before);
    if (whole && !isAncestor(section, partners, whole.section)) {
      return { fate: 'split', old: whole.section, current: section, likeness: whole.share };
    }
    return { fate: 'new', current: section, likeness: 0 };
  });
  for (const node of before) {
    if (used.has(node.section)) continue;
    const into = containing(node.content, after);
    const pair: SectionPair = into
      ? { fate: 'merged', old: node.section, current: into.section, likeness: into.share }
      : { fate: 'dropped', old: node.section, likeness: 0 };
    const previous = before[node.index - 1]?.section;
    const at = previous ? pairs.findIndex((one) => one.old === previous) : -1;
    pairs.splice(at + 1, 0, pair);
  }
  return pairs;
}

/** Whether `section` is an ancestor of the section that `old` became, which naturally contains it. */
function isAncestor(section: Section, partners: Map<Section, { section: Section }>, old: Section): boolean {
  for (let one: Section | undefined = section.parent; one; one = one.parent) {
    if (partners.get(one)?.section === old) return true;
  }
  return false;
}

function nodesOf(analysis: Analysis, weights: ReadonlyMap<string, number>): Node[] {
  return comparedSections(analysis).map((section, index) => ({
    section,
    index,
    title: vectorOf(section.title, weights),
    content: vectorOf(analysis.text.slice(section.span.start, section.span.end), weights),
  }));
}

/** The sections that are compared individually: headings, not titles or numbered items inside a paragraph. */
export function comparedSections({ headings }: Analysis): Section[] {
  return headings
    .filter(({ kind, level, title }) => kind !== 'title' && kind !== 'item' && level <= MAX_LEVEL && title !== '')
    .slice(0, MAX_SECTIONS);
}

/** Whether the parents of both are paired with each other, or neither has one. */
function isTogether(one: Node, other: Node, partners: Map<Section, { section: Section }>): boolean {
  const parent = other.section.parent;
  return parent && parent.kind !== 'title'
    ? partners.get(parent)?.section === one.section.parent
    : one.section.parent === undefined || one.section.parent.kind === 'title';
}

function likenessOf(one: Node, other: Node, together: boolean): number {
  const title = cosine(one.title, other.title);
  const content = cosine(one.content, other.content);
  // Sections at the same position of their list are slightly more likely to be the same.
  const near = one.section.marker?.value === other.section.marker?.value ? 0.02 : 0;
  const sameLevel = one.section.level === other.section.level ? 0 : -0.1;
  return 0.35 * title + 0.65 * content + (together ? SAME_CHAPTER : -0.05) + near + sameLevel;
}

function containing(content: Vector, among: readonly Node[]): { section: Section; share: number } | undefined {
  if (content.weights.size < MIN_CONTAINED) return undefined;
  let best: { section: Section; share: number; size: number } | undefined;
  for (const node of among) {
    // A chapter contains what its sections contain.
    if (node.section.children.length > 0) continue;
    if (node.content.weights.size > MAX_TIMES_LONGER * content.weights.size) continue;
    const share = containment(content, node.content);
    if (share < CONTAINED) continue;
    // The smallest section that contains it, not the enclosing chapter.
    const size = node.content.weights.size;
    if (!best || share > best.share + 0.1 || (share > best.share - 0.1 && size < best.size)) {
      best = { section: node.section, share, size };
    }
  }
  return best;
}

/** The share of the weight of `part` that is in `whole`. */
function containment(part: Vector, whole: Vector): number {
  let all = 0;
  let shared = 0;
  for (const [pair, weight] of part.weights) {
    all += weight;
    if (whole.weights.has(pair)) shared += weight;
  }
  return all === 0 ? 0 : shared / all;
}

function cosine(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [small, large] = a.weights.size < b.weights.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [pair, weight] of small.weights) dot += weight * (large.weights.get(pair) ?? 0);
  return dot / (a.length * b.length);
}

/** Inverse document frequency (logarithmic) of each bigram. */
function weightsOf(drafts: readonly Analysis[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let sections = 0;
  for (const analysis of drafts) {
    for (const section of comparedSections(analysis)) {
      // Chapters would count all of their content a second time.
      if (section.children.length > 0) continue;
      sections++;
      for (const pair of new Set(pairsOf(analysis.text.slice(section.span.start, section.span.end)))) {
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
  }
  const weights = new Map<string, number>();
  for (const [pair, count] of counts) weights.set(pair, Math.log((sections + 1) / (count + 0.5)));
  return weights;
}

function vectorOf(text: string, weights: ReadonlyMap<string, number>): Vector {
  const vector = new Map<string, number>();
  for (const pair of pairsOf(text)) vector.set(pair, (vector.get(pair) ?? 0) + 1);
  let squares = 0;
  for (const [pair, count] of vector) {
    const weight = weights.get(pair) ?? 1;
    if (weight <= 0.05) {
      vector.delete(pair);
      continue;
    }
    const value = (1 + Math.log(count)) * weight;
    vector.set(pair, value);
    squares += value * value;
  }
  return { weights: vector, length: Math.sqrt(squares) };
}

function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const isHan = character >= '\u4e00' && character <= '\u9fff';
    if (isHan && last !== '') pairs.push(last + character);
    last = isHan ? character : '';
  }
  return pairs;
}

/** The longest subsequence of `sections` in the order of its own draft; everything outside it has moved. */
function inOrder(sections: readonly Section[]): ReadonlySet<Section> {
  const best: { length: number; previous: number }[] = [];
  let last = -1;
  for (let at = 0; at < sections.length; at++) {
    let length = 1;
    let previous = -1;
    for (let before = 0; before < at; before++) {
      const fits = (sections[before] as Section).span.start < (sections[at] as Section).span.start;
      if (fits && (best[before]?.length ?? 0) >= length) {
        length = (best[before]?.length ?? 0) + 1;
        previous = before;
      }
    }
    best.push({ length, previous });
    if (last < 0 || length > (best[last]?.length ?? 0)) last = at;
  }
  const kept = new Set<Section>();
  for (let at = last; at >= 0; at = best[at]?.previous ?? -1) kept.add(sections[at] as Section);
  return kept;
}
