/** Front matter and what a web page puts around a text, at its head and its tail. */
import type { LayoutBuilder } from './builder';

/** Number of lines examined from the head and from the tail. */
export const HEAD_LINES = 60;

/** Marks the YAML between --- and ---, as in static site generators. Returns the line after it. */
export function frontMatter(builder: LayoutBuilder): number {
  const { count, textOf } = builder;
  const fence = (line: number) => builder.role(line) === 'fence' && textOf(line).startsWith('---');
  if (count === 0 || !fence(0)) return 0;
  for (let line = 1; line < Math.min(count, HEAD_LINES); line++) {
    if (!fence(line)) continue;
    for (let at = 0; at <= line; at++) builder.mark(at, 'furniture', true);
    return line + 1;
  }
  return 0;
}

/** Marks furniture at the head and the tail of the text; the text begins at line `first`. */
export function furniture(builder: LayoutBuilder, first: number): void {
  const last = headFurniture(builder, first);
  breadcrumbs(builder, first, last);
  // 发文机关：… in front matter is not furniture, however short the text after it is.
  tailFurniture(builder, Math.max(last, first - 1));
}

/** Returns the last line of furniture at the head, or -1. */
function headFurniture(builder: LayoutBuilder, first: number): number {
  let last = -1;
  for (let line = first, seen = 0; line < builder.count && seen < HEAD_LINES; line++) {
    const record = builder.record(line);
    if (record.role === 'blank') continue;
    seen++;
    if (record.characters > 100 && record.role === 'text') break;
    if (record.role === 'furniture') {
      builder.mark(line, 'furniture', true);
      last = line;
    }
  }
  return last;
}

/** The steps of a breadcrumb trail, 首页 > 政务信息 > 要闻, are on lines of their own between their arrows. */
function breadcrumbs(builder: LayoutBuilder, first: number, last: number): void {
  for (let line = first; line < last; line++) {
    if (builder.role(line) !== 'titleLike' || builder.record(line).characters > 12) continue;
    const arrow = (at: number) => at >= first && at < builder.count && /^[>|/》]$/.test(builder.textOf(at));
    if (arrow(line - 1) || arrow(line + 1)) builder.mark(line, 'furniture', true);
  }
}

function tailFurniture(builder: LayoutBuilder, last: number): void {
  const { count } = builder;
  let start = count;
  for (let line = count - 1, seen = 0; line > last && seen < HEAD_LINES; line--) {
    const record = builder.record(line);
    if (record.role === 'blank') continue;
    seen++;
    if (record.characters > 60 || (record.headings.length > 0 && record.role !== 'furniture')) break;
    if (record.role === 'furniture') start = line;
  }
  if (start === count) return;
  builder.stops.add(start);
  for (let line = start; line < count; line++) builder.mark(line, 'furniture', true);
}
