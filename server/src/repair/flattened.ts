/**
 * Restores the paragraphs of a text that lost its line breaks. A break belongs before every heading, after the adoption
 * note and the salutation, and where a blank after a full stop is the remains of the break; before 一是…, 一要… if each of
 * them has the length of a paragraph.
 */

import { analyse } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { isBlank, trimmedEnd } from '../text/characters';
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, NOTHING, type StepResult } from './report';

/** A shorter line is a paragraph, whatever it contains. */
const MIN_LENGTH = 600;
/** This many headings in the middle of a line, or blanks after full stops, are not a coincidence. */
const MIN_COUNT = 2;
const MIN_BLANKS = 5;
/** Members of an enumeration become paragraphs if their average length is at least this. */
const PARAGRAPH = 120;

/** The lines of a text that contain several paragraphs. */
export function flattenedLines(analysis: Analysis): number[] {
  return runToCompletion(findFlattenedLines(analysis));
}

/** The same in steps. */
export function* findFlattenedLines(analysis: Analysis): Resumable<number[]> {
  const { text, lines } = analysis;
  const headings = new Map<number, number>();
  const pace = new Pace();
  for (const section of analysis.headings) {
    if (pace.isOver()) yield;
    const start = section.marker?.start;
    if (start === undefined) continue;
    const line = lines.lineAt(start);
    if (hasTextBetween(text, lines.start(line), start)) headings.set(line, (headings.get(line) ?? 0) + 1);
  }
  const found: number[] = [];
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    const start = lines.start(line);
    const end = lines.end(line);
    if (end - start < MIN_LENGTH) continue;
    const within = headings.get(line) ?? 0;
    if (
      within >= MIN_COUNT ||
      (within > 0 && stopBlanks(text, start, end) > 0) ||
      stopBlanks(text, start, end) >= MIN_BLANKS
    ) {
      found.push(line);
    }
  }
  return found;
}

/** Splits the flattened lines of `text` into paragraphs. `known` is its analysis, if available. */
export function reflow(text: string, known?: Analysis): StepResult {
  if (!hasLongLine(text)) return NOTHING;
  const analysis = known?.kind === 'policytext' ? known : analyse(text);
  const flattened = flattenedLines(analysis);
  if (flattened.length === 0) return NOTHING;
  const places = new Set<number>();
  const lineBreak = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const { lines } = analysis;
  const areFlattened = new Set(flattened);
  /** Whether `offset` is in a flattened line, after its beginning. */
  const isWithin = (offset: number): boolean => {
    const line = lines.lineAt(offset);
    return areFlattened.has(line) && offset > lines.start(line) && offset < lines.end(line);
  };
  for (const section of analysis.headings) {
    const at = section.marker?.start ?? section.span.start;
    if (isWithin(at)) places.add(at);
  }
  for (const { list } of analysis.enumerations) {
    const first = list.markers[0]!.start;
    const last = list.markers[list.markers.length - 1]!.start;
    const long = last - first >= PARAGRAPH * (list.markers.length - 1);
    if (!long || !isWithin(first) || last >= lines.end(lines.lineAt(first))) continue;
    for (const marker of list.markers) if (endsSentence(text, marker.start)) places.add(marker.start);
  }
  for (const line of flattened) {
    const start = lines.start(line);
    const end = lines.end(line);
    for (const at of blanksBehindStops(text, start, end)) places.add(at);
    for (const at of salutations(text, start, end)) places.add(at);
  }
  const edits: TextReplacement[] = [];
  for (const at of [...places].sort((a, b) => a - b)) {
    const from = trimmedEnd(text, 0, at);
    if (from === 0 || text.charAt(from - 1) === '\n' || text.charAt(from - 1) === '\r') continue;
    edits.push({ start: from, end: at, newText: lineBreak });
  }
  return doneBy('flattened', text, edits);
}

function hasLongLine(text: string): boolean {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (at < text.length && code !== 0x0a && code !== 0x0d) continue;
    if (at - start >= MIN_LENGTH) return true;
    start = at + 1;
  }
  return false;
}

function hasTextBetween(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(text.charCodeAt(at))) return true;
  return false;
}

function stopBlanks(text: string, start: number, end: number): number {
  let count = 0;
  for (const _ of blanksBehindStops(text, start, end)) count++;
  return count;
}

/** The offsets after blanks that follow the end of a sentence, or the adoption note at the head. */
function* blanksBehindStops(text: string, start: number, end: number): Generator<number> {
  for (let at = start + 1; at < end; at++) {
    if (!isBlank(text.charCodeAt(at)) || isBlank(text.charCodeAt(at - 1))) continue;
    let after = at;
    while (after < end && isBlank(text.charCodeAt(after))) after++;
    if (after === end) return;
    const note = at - start < 200 && /[）)]/.test(text.charAt(at - 1)) && isAdoptionNote(text, start, at);
    if (note || endsSentence(text, at)) yield after;
    at = after;
  }
}

/** Whether a sentence ends right before `at`, ignoring blanks. */
function endsSentence(text: string, at: number): boolean {
  const place = trimmedEnd(text, 0, at);
  return /[。！？；：…][”’」』）》]{0,2}$/.test(text.slice(Math.max(0, place - 4), place));
}

/** （2022年7月27日……通过） */
function isAdoptionNote(text: string, start: number, end: number): boolean {
  return /^[\s\S]{0,80}[（(]\d{4}年\d{1,2}月\d{1,2}日[^（）()]{2,80}[）)]$/.test(text.slice(start, end));
}

const SALUTATION = /(?:同志们|各位代表|各位委员|各位同志|同志們|各位代表們|女士们、先生们)[：:！!]/g;

/** The offsets before a salutation in the middle of a line, and after one that ends in a colon. */
function* salutations(text: string, start: number, end: number): Generator<number> {
  const line = text.slice(start, end);
  for (const match of line.matchAll(SALUTATION)) {
    const at = start + match.index;
    if (at > start && !endsSentence(text, at)) continue;
    if (at > start) yield at;
    if (/[：:]$/.test(match[0]) && at + match[0].length < end) yield at + match[0].length;
  }
}
