/** Keys under which times are compared, and keys in words. */
import type { FactTime } from './time';

/** A canonical key for a time; relative times count from `year` if it is known. */
export function timeKey({ from, to, relative, part }: FactTime, year: number | undefined): string {
  const rest = usualPart(part);
  if (from !== undefined) return `${from === to ? from : `${from}-${to}`}${rest && `.${rest}`}`;
  if (relative === undefined) return rest;
  if (Number.isNaN(relative)) return `?.${rest}`;
  return year === undefined ? `${relative}.${rest}` : `${year + relative}${rest && `.${rest}`}`;
}

const RELATIVE: Readonly<Record<string, string>> = {
  '-2': '前年',
  '-1': '去年',
  '0': '今年',
  '1': '明年',
  '2': '后年',
  '?': '',
};

/** A time key in readable form, in Chinese as the drafts are: 0.1-6月 is 今年1-6月, 2021-2025 is 2021—2025年. */
export function timeWords(key: string): string {
  const match = /^(-?\d{1,2}|\?|\d{4}(?:-\d{4})?)(?:\.(.*))?$/.exec(key);
  if (!match) return key;
  const [, when = '', part = ''] = match;
  const relative = RELATIVE[when];
  if (relative !== undefined) return relative + part;
  return /^\d{4}/.test(when) ? `${when.replace('-', '—')}年${part}` : part || key;
}

const QUARTERS = '一二三四';

/** 上半年, 前三季度, 前6个月 as ranges of months: 1-6月. */
function usualPart(part: string): string {
  if (part === '上半年') return '1-6月';
  if (part === '下半年') return '7-12月';
  const quarter = /^前?([一二三四1-4])季度$/.exec(part);
  if (quarter) {
    const number = /\d/.test(quarter[1] as string) ? Number(quarter[1]) : QUARTERS.indexOf(quarter[1] as string) + 1;
    return part.startsWith('前') || number === 1 ? `1-${number * 3}月` : `${number * 3 - 2}-${number * 3}月`;
  }
  const first = /^前(\d{1,2})个月/.exec(part);
  if (first) return `1-${first[1]}月`;
  return part
    .replace(/月份/g, '月')
    .replace(/个月/, '月')
    .replace(/[—－~～至到]/, '-')
    .replace(/^(?:年底|末|底)$/, '年末');
}
