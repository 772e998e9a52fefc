/** Drafts in Markdown: the text of a line without Markdown markup. */

const FENCE = /^(?:`{3,}|~{3,}|-{3,}|\*{3,}|_{3,}|<!--[^>]{0,500}-->)[^`~]{0,40}$/;
const RULING = /^\s{0,3}\|?\s{0,9}:?-+:?\s{0,9}(?:\|\s{0,9}:?-+:?\s{0,9}){0,60}\|?\s*$/;

/** A line without heading, quotation and list prefixes and without emphasis, code and link markup. */
export function withoutMarkdown(line: string): string {
  const words = line.trim();
  if (FENCE.test(words) || isMarkdownRuling(words)) return '';
  return plain(
    words.replace(/^(?:>\s{0,3}){0,4}/, '').replace(/^(?:#{1,6}\s{1,9}|[-*+]\s{1,9}(?:\[[ xX]\]\s{1,9})?)/, ''),
  );
}

/** The cells of a row of a Markdown table; undefined for other lines. */
export function markdownCells(line: string): string[] | undefined {
  const words = line.trim();
  if (!/^\|.{1,2000}\|$/.test(words) || isMarkdownRuling(words)) return undefined;
  return words
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.replaceAll('\\|', '|').trim()));
}

/** Whether the line is the delimiter row of a Markdown table. */
export function isMarkdownRuling(line: string): boolean {
  return line.includes('|') && RULING.test(line);
}

function plain(words: string): string {
  return words
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/\*\*([^*]{1,500})\*\*/g, '$1')
    .replace(/__([^_]{1,500})__/g, '$1')
    .replace(/~~([^~]{1,500})~~/g, '$1')
    .replace(/`([^`]{1,300})`/g, '$1')
    .replace(/(?<![*\w])\*([^*\s][^*]{0,500})\*(?![*\w])/g, '$1')
    .trim();
}
