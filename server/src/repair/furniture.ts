/**
 * Furniture: what a web page or its print view puts around a document: breadcrumb trails, buttons, font sizes, 扫一扫,
 * counters, stamps. Only the head and the tail are searched. The index card of a government site (索引号, 发文机关, 发文字号 …)
 * belongs to the document and stays; so do titles, speakers and adoption notes. Source and date of the page are removed
 * only if other furniture shows that they belong to a page.
 */

import { isFurnitureLine } from '../structure/furniture';
import { type LineTable, splitLines } from '../text/lines';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

const CARD =
  /^(?:索引号|主题分类|发文机关|发文机构|发文单位|成文日期|标题|发文字号|文号|主题词|有效性|公开方式|公开范围|效力状态|生成日期|发布机构)/;
/** A caption whose value may be on the next line. */
const BARE =
  /^(?:当前位置|您的位置|您所在的位置|发表时间|发布时间|发布日期|更新时间|时间|来源|稿源|信息来源|文章来源|作者|责任编辑|责编|编辑|浏览次数|阅读次数|阅读量|点击数|访问量)[：:]$/;
const CAPTIONED =
  /^(?:(?:主办|承办|协办|主管)单位|发表时间|发布时间|发布日期|更新时间|时间|来源|稿源|信息来源|文章来源|作者|责任编辑|责编|编辑|审核|校对|浏览次数|阅读次数|阅读量|点击数|访问量)[：:]?/;
const DATE = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?$/;
const STAMP =
  /^\|?GMT[+-]\d{1,2}(?::\d{2})?,\d{4}-\d{1,2}-\d{1,2}\d{1,2}:\d{2}|^Poweredby|^Processedin|^第\d+页[/,，]?共\d+页$/i;
const ORGANISER = /^(?:主办单位|承办单位)/;
const SITE = /ICP备|公网安备|网站标识码|版权所有|技术支持|copyright/i;
const ARROW = /^[>›»→|/]+$/;
/** A line of a Markdown quotation: a lone > is then one of its lines and not an arrow. */
const QUOTED = /^ {0,3}> ?[^\s>]/m;
/** Number of lines searched at either end, and maximum length of a line of furniture. */
const LINES = 40;
const MAX_LENGTH = 60;

/** The lines of `text` that are furniture, in order. */
export function furnitureLines(text: string, lines: LineTable = splitLines(text)): number[] {
  // Most texts have no such line: the text is searched for quotations only if it has one.
  let quotes: boolean | undefined;
  const lineText = (line: number): string => {
    const words = compact(text.slice(lines.start(line), lines.end(line)));
    if (words !== '>') return words;
    quotes ??= QUOTED.test(text);
    return quotes ? '' : words;
  };
  const head: number[] = [];
  for (let line = 0; line < lines.count && head.length < LINES; line++) {
    if (lines.end(line) - lines.start(line) > 2 * MAX_LENGTH) break;
    head.push(line);
  }
  const tail: number[] = [];
  for (let line = lines.count - 1; line > (head[head.length - 1] ?? -1) && tail.length < LINES; line--) {
    if (lines.end(line) - lines.start(line) > MAX_LENGTH) break;
    tail.unshift(line);
  }
  const found = [...furnitureAmong(head, lineText), ...furnitureAmong(lastFurniture(tail, lineText), lineText)];
  // 主办单位 occurs in the footer of a site, but also under each of the tasks of a plan.
  const isSite = found.some((line) => SITE.test(lineText(line)));
  return isSite ? found : found.filter((line) => !ORGANISER.test(lineText(line)));
}

/** Removes the furniture from the head and the tail of `text`. */
export function removeFurniture(text: string, lines: LineTable = splitLines(text)): StepResult {
  const found = furnitureLines(text, lines);
  const edits: TextReplacement[] = [];
  for (const line of found) {
    const last = line === lines.count - 1;
    const end = last ? lines.end(line) : lines.start(line + 1);
    const before = edits[edits.length - 1];
    if (before && before.end === lines.start(line)) edits.pop();
    let start = before && before.end === lines.start(line) ? before.start : lines.start(line);
    // The last line of a text is removed with the break before it, if the text did not end in a break.
    if (last && start > 0 && end > start) start = breakBefore(text, start);
    edits.push({ start, end, newText: '' });
  }
  const rule = /(?<![ \t])[ \t]+\|[ \t]*$/.exec(text.slice(0, edits[edits.length - 1]?.start ?? 0).slice(-8));
  const stamped = edits[edits.length - 1];
  if (rule && stamped && stamped.end === text.length) {
    edits[edits.length - 1] = { ...stamped, start: stamped.start - rule[0].length };
  }
  return doneBy('furniture', text, edits);
}

/** The lines of the tail from its first piece of furniture on; a sign-off before it belongs to the document. */
function lastFurniture(tail: readonly number[], lineText: (line: number) => string): readonly number[] {
  const first = tail.findIndex((line) => isChrome(lineText(line)));
  return first < 0 ? [] : tail.slice(first);
}

function furnitureAmong(candidates: readonly number[], lineText: (line: number) => string): number[] {
  const taken = new Set<number>();
  let certain = false;
  candidates.forEach((line, index) => {
    const text = lineText(line);
    if (!isChrome(text)) return;
    if (!CAPTIONED.test(text) || STAMP.test(text)) certain = true;
    taken.add(line);
    const next = candidates[index + 1];
    if (next === undefined || !BARE.test(text)) return;
    const value = lineText(next);
    if (DATE.test(value) || (value.length <= 16 && !/[。，；：！？《（]/.test(value) && !isTitle(value)))
      taken.add(next);
  });
  // The steps of a breadcrumb trail are on lines of their own between their arrows.
  candidates.forEach((line, index) => {
    const beside = [candidates[index - 1], candidates[index + 1]];
    const arrow = beside.some((other) => other !== undefined && ARROW.test(lineText(other)));
    if (arrow && lineText(line).length <= 12) taken.add(line);
  });
  return certain ? candidates.filter((line) => taken.has(line)) : [];
}

/** Whether a line belongs to a web page and says nothing about the document. */
function isChrome(line: string): boolean {
  if (line.length === 0 || line.length > MAX_LENGTH || CARD.test(line)) return false;
  if (/^[-=_*—·#]+$/.test(line)) return false;
  return STAMP.test(line) || BARE.test(line) || /^【?字[号體体][：:]?$/.test(line) || isFurnitureLine(line);
}

function isTitle(line: string): boolean {
  return /(?:报告|意见|通知|决定|决议|规划|办法|方案|条例|讲话|纲要|公报|致辞|说明)$/.test(line);
}

function compact(line: string): string {
  return line.replace(/[\s\u3000\u00a0\ufeff]+/g, '');
}

function breakBefore(text: string, start: number): number {
  if (text.charCodeAt(start - 1) !== 0x0a) return text.charCodeAt(start - 1) === 0x0d ? start - 1 : start;
  return text.charCodeAt(start - 2) === 0x0d ? start - 2 : start - 1;
}
