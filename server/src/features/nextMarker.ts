/** The possible next markers at the start of a line: 四、 after 三、, （一） under it, in the draft's own scheme. */

import { isDivision, standardBelow } from '../refactor/childNumberingStyle';
import type { Analysis, Marker, Section } from '../structure/analysis';
import { withValue } from '../structure/markerFormat';
import { opensMarker } from '../structure/markers';
import { lastStartingBefore } from '../structure/sections';
import { isHan } from '../text/characters';

export interface NextMarker {
  /** The marker, and the words that its siblings begin with if there are any: `（三）`, `（三）坚持`. */
  readonly text: string;
  /** Number of units before the caret that are already part of it. */
  readonly replace: number;
  /** 1 if its closing bracket is already after the caret. */
  readonly over: 0 | 1;
  /** The preceding sibling; absent for the first of a list. */
  readonly after?: Section;
  /** The heading under which it begins a list. */
  readonly under?: Section;
}

/** Blanks and Markdown before a marker. */
const BEFORE_MARKER = /^[\s　]*(?:#{1,6}[ 　]+)?(?:\*\*)?/;

const MAX_PARTIAL_LENGTH = 16;
const MAX_COUNT = 4;

/** Whether {@link nextMarkers} may find any where `line` precedes the caret in its line: without the analysis. */
export function mayBeMarker(line: string): boolean {
  const partial = line.replace(BEFORE_MARKER, '');
  return partial === '' || opensMarker(partial.charCodeAt(0));
}

/** The likeliest next markers at `offset`, if only blanks or the beginning of a marker precede it in its line. */
export function nextMarkers(analysis: Analysis, offset: number): NextMarker[] {
  const { lines, text } = analysis;
  const lineStart = lines.start(lines.lineAt(offset));
  if (offset - lineStart > MAX_PARTIAL_LENGTH + 16) return [];
  const partial = text.slice(lineStart, offset).replace(BEFORE_MARKER, '');
  if (partial.length > MAX_PARTIAL_LENGTH) return [];
  const found: NextMarker[] = [];
  const right = text.charAt(offset);
  const known = new Set<string>();
  const add = (words: string, about: Pick<NextMarker, 'after' | 'under'>): void => {
    if (words.length <= partial.length || !words.startsWith(partial) || known.has(words)) return;
    known.add(words);
    const over = '）)'.includes(right || '?') && words.endsWith(right) ? 1 : 0;
    found.push({ text: words, replace: partial.length, over, ...about });
  };

  const last = lineStart > 0 ? lastStartingBefore(analysis.headings, lineStart - 1) : undefined;
  if (!last) return [];
  const first = openingUnder(analysis, last);
  // Right under a heading on a line of its own a list begins; further down the current one continues.
  const justOpened = first?.usual === true && isBareHeading(analysis, last, lineStart);
  if (first && justOpened) add(first.text, { under: last });
  for (let section: Section | undefined = last; section; section = section.parent) {
    const marker = section.marker;
    const text = marker && following(marker);
    if (!text) continue;
    add(text, { after: section });
    const words = commonBeginning(analysis, section);
    if (words) add(text + words, { after: section });
  }
  if (first && !justOpened) add(first.text, { under: last });
  return found.slice(0, MAX_COUNT);
}

/** The marker after `marker`; undefined if its numerals end. */
function following(marker: Marker): string | undefined {
  const { path } = marker;
  const value = path[path.length - 1];
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const text = withValue(marker, [...path.slice(0, -1), value + 1], marker);
  return text === marker.text ? undefined : text;
}

interface Opening {
  readonly text: string;
  /** Whether other sections of the text begin such a list. */
  readonly usual: boolean;
}

/** The first marker of a list under `section`: as under other sections of its level, else as in the standard. */
export function openingUnder(analysis: Analysis, section: Section): Opening | undefined {
  const { marker } = section;
  if (!marker) return undefined;
  let model: Marker | undefined;
  for (const other of analysis.headings) {
    if (other.span.start >= section.span.start && model) break;
    if (other === section || other.marker?.family !== marker.family || other.level !== section.level) continue;
    model = other.children.find((child) => child.marker)?.marker ?? model;
  }
  if (!model) {
    // A chapter without articles does not show yet what it will contain.
    const first = isDivision(section) ? undefined : standardBelow(analysis, marker.family);
    return first && { text: first.text, usual: false };
  }
  if (model.family === 'decimal') {
    const path = [...marker.path, 1];
    return path.length === model.path.length ? { text: withValue(model, path, model), usual: true } : undefined;
  }
  // 1.–30. may run on across the sections above.
  let value = 1;
  for (const list of analysis.lists) {
    if (list.family !== model.family || !list.running) continue;
    for (const one of list.markers) if (one.start < section.span.start) value = one.value + 1;
  }
  if (!Number.isFinite(value)) return undefined;
  return { text: withValue(model, [value], model), usual: true };
}

/** Whether there are only blank lines between the heading's own line and `lineStart`. */
function isBareHeading({ text }: Analysis, section: Section, lineStart: number): boolean {
  const end = Math.max(section.titleSpan.end, section.marker?.end ?? 0);
  return lineStart - end < 200 && /^[\s　*]*$/.test(text.slice(end, lineStart));
}

/** The words that at least two siblings, and at least half of them, begin with: 坚持, 着力推动. */
function commonBeginning(analysis: Analysis, section: Section): string {
  const siblings = (section.parent?.children ?? analysis.sections).filter(({ list }) => list === section.list);
  const titles = siblings.map(({ title }) => title);
  const groups = new Map<string, string[]>();
  for (const title of titles) {
    const key = title.slice(0, 2);
    if (key.length < 2 || !isHan(key.charCodeAt(0)) || !isHan(key.charCodeAt(1))) continue;
    const group = groups.get(key);
    if (group) group.push(title);
    else groups.set(key, [title]);
  }
  for (const group of groups.values()) {
    if (group.length < 2 || group.length * 2 < titles.length) continue;
    const [model = '', ...others] = group;
    let size = 2;
    while (size < model.length && others.every((title) => title[size] === model[size])) size++;
    return model.slice(0, size);
  }
  return '';
}
