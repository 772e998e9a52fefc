/**
 * Merges a document that others edited back into the draft that it was made from: paragraph by paragraph, so that
 * whatever only the draft has (its head, indents, blank lines, Markdown markup) is kept and only words differ.
 */
import { type Likeness, pairPlaces } from '../compare/sentences';
import { compose, indentOf } from '../layout/elements';
import { markdownCells } from '../layout/markdown';
import { setParagraphs, textOf } from '../layout/paragraphs';
import type { Analysis } from '../structure/analysis';
import type { HeadValues } from '../structure/draftHead';

export interface UpdatedDraft {
  /** The draft with the document's words. */
  readonly text: string;
  /** For each line of the document's text, the corresponding line of the draft, 0-based; -1 for none. */
  readonly lines: readonly number[];
}

/** A line normalised for comparison: blanks and emphasis marks belong to the layout. */
const squeezed = (line: string) => line.replace(/[\s\u3000]+/g, '');

/**
 * Merges `document`, the text of a Word document, into the draft of `analysis`. Words of the draft's head, and those
 * that `unit` sets for all drafts, stay there.
 */
export function updateDraft(analysis: Analysis, document: string, unit?: HeadValues): UpdatedDraft {
  const { lines, text } = analysis;
  const composition = compose(analysis, undefined, unit);
  const printed = new Map<number, string>();
  /** How often each line is printed because of the head alone: a letter's mark is the same as its signature. */
  const fromHead = new Map<string, number>();
  const beside = new Map<number, (line: string) => string>();
  for (const { element, runs, rows } of setParagraphs(composition).paragraphs) {
    const words = squeezed(runs.map((run) => run.text).join(''));
    if (element.line < 0) fromHead.set(words, (fromHead.get(words) ?? 0) + 1);
    else if (!rows) {
      printed.set(element.line, words);
      const own = squeezed(textOf(element));
      // Text from the head may be printed on the line of the number, but is not part of it.
      if (words !== own) {
        beside.set(element.line, (line) => line.split('\t').find((part) => /[号期次]$/.test(part.trim())) ?? line);
      }
    }
    rows?.forEach((row, index) => {
      printed.set(element.rowLines?.[index] ?? element.line, squeezed(row.join('')));
    });
  }
  const raw = (line: number) => text.slice(lines.start(line), lines.end(line));
  const keyOf = (line: number) => printed.get(line) as string;
  const draftLines = Array.from({ length: lines.count }, (_, line) => line).filter((line) => printed.has(line));
  const documentLines = document.split(/\r\n|\r|\n/);
  const used = documentLines.flatMap((line, at) => {
    const words = squeezed(line);
    const left = fromHead.get(words) ?? 0;
    if (left > 0) fromHead.set(words, left - 1);
    return words === '' || left > 0 ? [] : [at];
  });
  const paired = pairPlaces(
    draftLines.map(keyOf),
    used.map((at) => squeezed(documentLines[at] as string)),
    LINES,
  );

  const result: string[] = [];
  const where = documentLines.map(() => -1);
  const spaced =
    draftLines.filter((line) => line + 1 < lines.count && squeezed(raw(line + 1)) === '').length * 2 >
    draftLines.length;
  let done = 0;
  let last: number | undefined;
  /** Lines of the draft before `line` that are not compared: its head, blank lines, Markdown delimiter rows. */
  const upTo = (line: number) => {
    for (; done < line; done++) if (!printed.has(done)) result.push(raw(done));
    done = line + 1;
  };
  for (const [mine, their] of paired) {
    const line = mine === undefined ? undefined : (draftLines[mine] as number);
    const at = their === undefined ? undefined : (used[their] as number);
    if (line !== undefined) upTo(line);
    if (at === undefined) continue;
    const words = documentLines[at] as string;
    if (line !== undefined) {
      where[at] = line;
      last = line;
      const isSame = keyOf(line) === squeezed(words) || squeezed(raw(line)) === squeezed(words);
      result.push(isSame ? raw(line) : changed(raw(line), beside.get(line)?.(words) ?? words));
    } else {
      if (last === undefined) upTo(composition.head.lastLine + 1 > done ? composition.head.lastLine + 1 : done);
      if (last === undefined) done = Math.max(0, done - 1);
      const indent = last === undefined ? '' : (/^[\s\u3000]*/.exec(raw(last)) as RegExpExecArray)[0];
      if (spaced && !words.includes('\t') && result.length > 0 && squeezed(result.at(-1) as string) !== '')
        result.push('');
      const row = last !== undefined && markdownCells(raw(last)) && words.includes('\t');
      result.push(row ? changed(raw(last as number), words) : `${indent}${unindented(words)}`);
    }
  }
  upTo(lines.count);
  return { text: result.join('\n'), lines: where };
}

/** A line of the draft with other words: its prefix is kept, and a row of a Markdown table stays one. */
function changed(line: string, words: string): string {
  if (markdownCells(line) && words.includes('\t')) return `| ${words.trim().split('\t').join(' | ')} |`;
  return `${line.slice(0, indentOf(line))}${unindented(words)}`;
}

function unindented(line: string): string {
  return line.slice(indentOf(line)).trimEnd();
}

/** Minimum share of character bigrams for two lines to be versions of one; a changed figure is not a small change. */
const LINES: Likeness = { partsOf, least: 0.35 };

function partsOf(line: string): Set<string> {
  const parts = new Set<string>();
  for (let at = 0; at < line.length; at++) parts.add(line.slice(at, at + 2));
  return parts;
}
