/** Folding ranges: sections, the title block, attachments, tables of contents and the furniture of web pages. */
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { Analysis, Block, BlockKind } from '../structure/analysis';
import { isBlank } from '../text/characters';
import type { LineTable } from '../text/lines';
import { Locator } from './locate';

/** Whether two lists of folding ranges are equal. */
export function sameFolds(a: readonly FoldingRange[], b: readonly FoldingRange[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        one.startLine === other?.startLine &&
        one.startCharacter === other.startCharacter &&
        one.endLine === other.endLine &&
        one.kind === other.kind
      );
    })
  );
}

export interface FoldingOptions {
  /** Whether the client folds whole lines only; otherwise a fold begins after the heading's words. */
  readonly lineFoldingOnly: boolean;
  /** The maximum number of ranges the client accepts; the outermost are kept. */
  readonly limit?: number | undefined;
}

/** Blocks that fold, with the kind by which an editor folds all of them at once. */
const BLOCKS: Partial<Readonly<Record<BlockKind, FoldingRangeKind | undefined>>> = {
  title: undefined,
  attachment: undefined,
  contents: FoldingRangeKind.Region,
  furniture: FoldingRangeKind.Comment,
};

interface FoldingCandidate extends FoldingRange {
  readonly depth: number;
}

/**
 * The folding ranges of `analysis` in the order of their first lines. A range extends to the last line that is not
 * blank; nothing within one line folds, so a flattened text folds only where it has lines.
 */
export function foldingRanges(analysis: Analysis, options: FoldingOptions): FoldingRange[] {
  const { lines, text } = analysis;
  const lastTextLine = lastTextLines(text, lines);
  const found = new Map<number, FoldingCandidate>();
  // Editors accept one range per first line; the outermost comes first.
  const add = (range: FoldingCandidate): void => {
    if (range.endLine > range.startLine && !found.has(range.startLine)) found.set(range.startLine, range);
  };

  const locator = new Locator(lines);
  for (const section of analysis.headings) {
    const startLine = locator.position(section.span.start).line;
    // The last character, not the offset after it, which may already belong to the next heading.
    const endLine = lastTextLine(Math.max(startLine, lines.lineAt(section.span.end - 1)), startLine);
    if (options.lineFoldingOnly) {
      add({ startLine, endLine, depth: section.level });
    } else {
      const head = locator.position(Math.max(section.titleSpan.end, section.span.start));
      const shown = head.line === startLine ? { startCharacter: head.character } : {};
      add({ startLine, endLine, ...shown, depth: section.level });
    }
  }
  for (const block of analysis.blocks) {
    if (!(block.kind in BLOCKS)) continue;
    add({ ...blockLines(block, lines, lastTextLine), depth: 0 });
  }

  let ranges = [...found.values()];
  const limit = options.limit;
  if (limit !== undefined && limit >= 0 && ranges.length > limit) {
    ranges = ranges.sort((a, b) => a.depth - b.depth).slice(0, limit);
  }
  return ranges.sort((a, b) => a.startLine - b.startLine).map(({ depth: _, ...range }) => range);
}

function blockLines(block: Block, lines: LineTable, lastTextLine: LastTextLine): FoldingRange {
  const startLine = Math.max(0, block.firstLine);
  const endLine = lastTextLine(Math.min(block.lastLine, lines.count - 1), startLine);
  const kind = BLOCKS[block.kind];
  return { startLine, endLine, ...(kind && { kind }) };
}

/** The last line up to `line` that is not blank, but at least `least`. */
type LastTextLine = (line: number, least: number) => number;

/** Caches the last run of blank lines it skipped: many sections may end at the same one. */
function lastTextLines(text: string, lines: LineTable): LastTextLine {
  let from = -1;
  let to = -1;
  return (line, least) => {
    if (line <= from && line >= to) return Math.max(least, to);
    let at = line;
    while (at > 0 && isBlankLine(text, lines.start(at), lines.end(at))) at--;
    from = line;
    to = at;
    return Math.max(least, at);
  };
}

function isBlankLine(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(text.charCodeAt(at))) return false;
  return true;
}
