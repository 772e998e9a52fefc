/** Lines of a Markdown document that are not prose: front matter, fenced code and HTML comments. */
import type { Analysis } from '../structure/analysis';

const NONE: ReadonlySet<number> = new Set();
const BACKTICK = 0x60;
const TILDE = 0x7e;
const HYPHEN = 0x2d;
const SPACE = 0x20;

/**
 * The lines of `analysis` (0-based) that line rules skip. Front matter counts only at the head of the text and only if
 * it is closed; a fence that is never closed extends to the end, as in CommonMark (4.5).
 */
export function hiddenLines(analysis: Analysis): ReadonlySet<number> {
  const { text, lines, kind } = analysis;
  if (kind !== 'markdown') return NONE;
  const hidden = new Set<number>();
  let line = frontMatterEnd(analysis);
  for (let at = 0; at < line; at++) hidden.add(at);

  let fence: { code: number; length: number } | undefined;
  let comment = false;
  for (; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    if (comment) {
      const close = text.slice(start, end).indexOf('-->');
      comment = close < 0;
      // Words after the end of a comment are rare; the line counts as comment.
      hidden.add(line);
      continue;
    }
    const run = fenceRun(text, start, end);
    if (fence) {
      hidden.add(line);
      if (run && run.code === fence.code && run.length >= fence.length && run.blankAfter) fence = undefined;
    } else if (run) {
      hidden.add(line);
      fence = run;
    } else {
      const open = lastComment(text, start, end);
      if (open >= 0) {
        comment = true;
        if (text.slice(start, open).trim() === '') hidden.add(line);
      }
    }
  }
  return hidden;
}

/** The line after front matter (`---` … `---`), or 0. */
function frontMatterEnd({ text, lines }: Analysis): number {
  const isRule = (line: number): boolean => {
    const words = text.slice(lines.start(line), lines.end(line)).trimEnd();
    return words === '---' || (line === 0 && words === '\ufeff---');
  };
  if (!isRule(0)) return 0;
  for (let line = 1; line < lines.count; line++) if (isRule(line)) return line + 1;
  return 0;
}

/** The run of three or more backticks or tildes that opens or closes a fence on this line. */
function fenceRun(
  text: string,
  start: number,
  end: number,
): { code: number; length: number; blankAfter: boolean } | undefined {
  let at = start;
  while (at < end && at < start + 3 && text.charCodeAt(at) === SPACE) at++;
  const code = text.charCodeAt(at);
  if (at >= end || (code !== BACKTICK && code !== TILDE)) return undefined;
  const from = at;
  while (at < end && text.charCodeAt(at) === code) at++;
  if (at - from < 3) return undefined;
  const rest = text.slice(at, end);
  // ```inline code``` on one line is not a fence.
  if (code === BACKTICK && rest.includes('`')) return undefined;
  return { code, length: at - from, blankAfter: rest.trim() === '' };
}

/** Offset of an HTML comment that opens on this line and is not closed on it, or -1. */
function lastComment(text: string, start: number, end: number): number {
  const line = text.slice(start, end);
  const open = line.lastIndexOf('<!--');
  if (open < 0 || line.charCodeAt(open + 2) !== HYPHEN || line.indexOf('-->', open) >= 0) return -1;
  return start + open;
}
