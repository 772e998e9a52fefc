/** Fills a gap of a draft, or all that certainly stand for the same words. */
import type { Analysis, Placeholder } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { isHan } from '../text/characters';
import type { Message } from '../text/message';
import type { TextReplacement } from '../text/textEdit';
import type { EditOutcome } from './editOutcome';

/** Length of the context that decides whether two placeholders stand for the same words. */
const COMPARED = 6;

const NONE_HERE: Message = { zh: '光标处没有占位符。', en: 'No placeholder at the caret.' };

/** Fills the placeholder at `offset` with `text`, or all with the same context. */
export function fillPlaceholder(analysis: Analysis, offset: number, text: string, all: boolean): EditOutcome {
  const placeholder = placeholderAround(analysis, offset);
  if (!placeholder) return { message: NONE_HERE };
  const filled = all ? alikeOf(analysis, placeholder) : [placeholder];
  const edits: TextReplacement[] = filled.map(({ start, end }) => ({ start, end, newText: text }));
  const before = filled.filter(({ start }) => start < placeholder.start);
  const shift = before.reduce((sum, { start, end }) => sum + text.length - (end - start), 0);
  return { edits, caret: placeholder.start + shift + text.length };
}

/** The placeholder at `offset`, the offsets at both its ends included. */
export function placeholderAround({ placeholders }: Analysis, offset: number): Placeholder | undefined {
  return placeholders.find(({ start, end }) => start <= offset && offset <= end);
}

/** All placeholders with the same context as `placeholder`, including itself, in order. */
export function alikeOf(analysis: Analysis, placeholder: Placeholder): readonly Placeholder[] {
  return alikePlaceholders.of(analysis).get(placeholder) ?? [placeholder];
}

/** For each placeholder those that certainly stand for the same words: every **大都市, but not every **亿元. */
const alikePlaceholders = new AnalysisMemo((analysis) => {
  const alike = new Map<Placeholder, readonly Placeholder[]>();
  const byKey = new Map<string, Placeholder[]>();
  for (const placeholder of analysis.placeholders) {
    const key = placeholderKey(analysis, placeholder);
    if (key === undefined) continue;
    const group = byKey.get(key);
    if (group) group.push(placeholder);
    else byKey.set(key, [placeholder]);
    alike.set(placeholder, byKey.get(key) as Placeholder[]);
  }
  return alike;
});

/** Units after a figure or an open list; two figures with the same unit are hardly ever the same. */
const MEASURE =
  /^(?:[亿億万萬千百十余餘多个個人元户戶亩畝吨噸公平家项項条條所座次件名位等张張台辆輛只头頭年月日时時分岁歲%％‰度号號届屆]|百分|[.．、\d])/;

/** Placeholders with equal keys stand for the same words; undefined for one that is unique. */
export function placeholderKey({ text }: Analysis, { start, end, text: own }: Placeholder): string | undefined {
  if (MEASURE.test(text.slice(end, end + 2))) return undefined;
  const after = hanRun(text, end, 1);
  if (after.length >= 3) return `${own}>${after.slice(0, 3)}`;
  const before = hanRun(text, start - 1, -1);
  if (before.length < 3) return undefined;
  return `${before.slice(-4)}<${own}${text.slice(end, end + 1)}`;
}

function hanRun(text: string, from: number, step: 1 | -1): string {
  let at = from;
  while (at >= 0 && at < text.length && Math.abs(at - from) < COMPARED && isHan(text.charCodeAt(at))) at += step;
  return step > 0 ? text.slice(from, at) : text.slice(at + 1, from + 1);
}
