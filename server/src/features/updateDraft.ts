/**
 * A document that others edited, brought back into the draft that it was made from: paragraph by paragraph, so that what
 * only the draft has (its head, indents, blank lines, marks of Markdown) stays and only words differ.
 */
import { diffArrays } from 'diff';
import { compose, indentOf } from '../layout/elements';
import { setParagraphs } from '../layout/paragraphs';
import type { Analysis } from '../structure/analysis';

export interface UpdatedDraft {
  /** The draft with the document's words. */
  readonly text: string;
  /** For each line of the document's text, the line of the draft, 0-based, that it is or takes the place of; -1 for none. */
  readonly lines: readonly number[];
}

/** A line as both sides are compared by: blanks and marks of emphasis are the layout's. */
const squeezed = (line: string) => line.replace(/[\s\u3000]+/g, '');

/** Brings `document`, the text of a Word document, into the draft of `analysis`. Words of the draft's head stay there. */
export function updateDraft(analysis: Analysis, document: string): UpdatedDraft {
  const { lines, text } = analysis;
  const composition = compose(analysis);
  const printed = new Map<number, string>();
  const fromHead = new Set<string>();
  for (const { element, runs, rows } of setParagraphs(composition).paragraphs) {
    const words = squeezed(runs.map((run) => run.text).join(''));
    if (element.line < 0) fromHead.add(words);
    else if (!rows) printed.set(element.line, words);
  }
  const raw = (line: number) => text.slice(lines.start(line), lines.end(line));
  const keyOf = (line: number) => printed.get(line) ?? squeezed(raw(line));
  const own = Array.from({ length: lines.count }, (_, line) => line).filter(
    (line) => line > composition.head.lastLine && squeezed(raw(line)) !== '',
  );
  const theirs = document.split(/\r\n|\r|\n/);
  const used = theirs.flatMap((line, at) => (squeezed(line) === '' || fromHead.has(squeezed(line)) ? [] : [at]));
  const paired = pairs(
    own.map(keyOf),
    used.map((at) => squeezed(theirs[at] as string)),
  );

  const result: string[] = [];
  const where = theirs.map(() => -1);
  const spaced = own.filter((line) => line + 1 < lines.count && squeezed(raw(line + 1)) === '').length * 2 > own.length;
  let done = 0;
  let last: number | undefined;
  /** What stands in the draft before its line `line` and is not compared: its head, blank lines. */
  const upTo = (line: number) => {
    for (; done < line; done++) {
      if (done <= composition.head.lastLine || squeezed(raw(done)) === '') result.push(raw(done));
    }
    done = line + 1;
  };
  for (const [mine, their] of paired) {
    const line = mine === undefined ? undefined : (own[mine] as number);
    const at = their === undefined ? undefined : (used[their] as number);
    if (line !== undefined) upTo(line);
    if (at === undefined) continue;
    const words = theirs[at] as string;
    if (line !== undefined) {
      where[at] = line;
      last = line;
      const isSame = keyOf(line) === squeezed(words) || squeezed(raw(line)) === squeezed(words);
      result.push(isSame ? raw(line) : `${raw(line).slice(0, indentOf(raw(line)))}${unindented(words)}`);
    } else {
      if (last === undefined) upTo(composition.head.lastLine + 1 > done ? composition.head.lastLine + 1 : done);
      if (last === undefined) done = Math.max(0, done - 1);
      const indent = last === undefined ? '' : (/^[\s\u3000]*/.exec(raw(last)) as RegExpExecArray)[0];
      if (spaced && result.length > 0 && squeezed(result.at(-1) as string) !== '') result.push('');
      result.push(`${indent}${unindented(words)}`);
    }
  }
  upTo(lines.count);
  return { text: result.join('\n'), lines: where };
}

function unindented(line: string): string {
  return line.slice(indentOf(line)).trimEnd();
}

/** Indices of both sides in order: of the same line, of a line and what it became, of one that stands on one side only. */
function pairs(
  own: readonly string[],
  theirs: readonly string[],
): (readonly [number | undefined, number | undefined])[] {
  const result: (readonly [number | undefined, number | undefined])[] = [];
  let [mine, their] = [0, 0];
  const changes = diffArrays([...own], [...theirs]);
  changes.forEach(({ added, removed, count = 0 }, index) => {
    if (!added && !removed) {
      for (let at = 0; at < count; at++) result.push([mine++, their++]);
      return;
    }
    const next = changes[index + 1];
    if (removed && next?.added) return;
    const before = changes[index - 1];
    const [gone, come] = added ? [before?.removed ? (before.count ?? 0) : 0, count] : [count, 0];
    for (const [one, other] of changedPairs(own.slice(mine, mine + gone), theirs.slice(their, their + come))) {
      result.push([one === undefined ? undefined : mine + one, other === undefined ? undefined : their + other]);
    }
    mine += gone;
    their += come;
  });
  return result;
}

/** More pairs than these are not compared with each other. */
const MAX_PAIRS = 40_000;
/** Two lines that share so much of their pairs of characters are one line, edited. */
const ALIKE = 0.35;

/** Lines that went and lines that came, in order, those that are alike together. */
function changedPairs(
  gone: readonly string[],
  come: readonly string[],
): (readonly [number | undefined, number | undefined])[] {
  if (gone.length * come.length > MAX_PAIRS) {
    return [...gone.map((_, at) => [at, undefined] as const), ...come.map((_, at) => [undefined, at] as const)];
  }
  const goneParts = gone.map(partsOf);
  const comeParts = come.map(partsOf);
  const best = Array.from({ length: gone.length + 1 }, () => new Array<number>(come.length + 1).fill(0));
  const gain = (one: number, other: number) => {
    const share = likeness(goneParts[one] as Set<string>, comeParts[other] as Set<string>);
    return share >= ALIKE ? share : 0;
  };
  const cell = (one: number, other: number) => best[one]?.[other] ?? 0;
  for (let one = gone.length - 1; one >= 0; one--) {
    for (let other = come.length - 1; other >= 0; other--) {
      const together = gain(one, other);
      (best[one] as number[])[other] = Math.max(
        cell(one + 1, other),
        cell(one, other + 1),
        together > 0 ? cell(one + 1, other + 1) + together : 0,
      );
    }
  }
  const result: (readonly [number | undefined, number | undefined])[] = [];
  let [one, other] = [0, 0];
  while (one < gone.length && other < come.length) {
    const together = gain(one, other);
    if (together > 0 && cell(one, other) <= cell(one + 1, other + 1) + together) result.push([one++, other++]);
    else if (cell(one + 1, other) >= cell(one, other + 1)) result.push([one++, undefined]);
    else result.push([undefined, other++]);
  }
  while (one < gone.length) result.push([one++, undefined]);
  while (other < come.length) result.push([undefined, other++]);
  return result;
}

function partsOf(line: string): Set<string> {
  const parts = new Set<string>();
  for (let at = 0; at < line.length; at++) parts.add(line.slice(at, at + 2));
  return parts;
}

/** Twice what two sets share, over what both hold. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const part of one) if (other.has(part)) shared++;
  return (2 * shared) / Math.max(1, one.size + other.size);
}
