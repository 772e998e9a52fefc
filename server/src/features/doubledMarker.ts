/**
 * Detects a number that the writer types although Enter has inserted it: 三、三、强化落实. Text only: the client imports this
 * file too.
 */
import { parseChineseNumeral } from '../text/numerals';

/** Part of a line, in UTF-16 units from its start. */
export interface LinePart {
  readonly start: number;
  readonly end: number;
}

const NUMBER = '[〇○零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾貳參陸\\d０-９]+';
/** The forms of markers at the start of a line; a marker ending in a point must not continue as a decimal: 2.5万亩. */
const MARKERS: readonly RegExp[] = [
  new RegExp(`^第${NUMBER}[编編章节節条條款项項部分]+`),
  new RegExp(`^[（(]${NUMBER}[）)][、.．]?`),
  /^[（(][A-Za-zＡ-Ｚａ-ｚ][）)]/,
  /^[\d０-９]+(?:[.．][\d０-９]+)+[.．、]?(?![\d０-９])/,
  new RegExp(`^${NUMBER}(?:[、，,）)]|[.．](?![\\d０-９]))`),
  new RegExp(`^其?${NUMBER}(?:[是要则則]|[，,])`),
  /^[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥A-Za-zＡ-Ｚａ-ｚⅠ-Ⅻⅰ-ⅻ][、.．]/,
  /^[①-⑳⑴-⒇⒈-⒛㈠-㈩㉑-㉟㊱-㊿❶-❿⓫-⓴⓵-⓾][、.．]?/,
];
const BLANKS = /^[ \t\u00a0\u3000]*/;
/** Words after 第三条 that make it a reference: 第三条规定的, 第三条和第四条. */
const REFERRED = /^(?:规定|規定|所|第|之|、|和|及|与|與|至|到|的|中|以)/;

/**
 * The part of `line` to delete if `own`, which Enter has inserted at its start, is repeated, by whatever means and in
 * whatever form (3. for 3．, (三) for （三）); undefined if it is not, or if the text may still continue: a marker at the
 * line's end that ends in a point or that the caret has not passed. `caret` is in units from the line's start.
 */
export function doubledMarker(own: string, line: string, caret: number): LinePart | undefined {
  if (!line.startsWith(own)) return undefined;
  const rest = line.slice(own.length);
  const lead = (BLANKS.exec(rest) as RegExpExecArray)[0].length;
  const written = rest.slice(lead);
  const core = own.trim();
  let length = written.startsWith(core) ? core.length : 0;
  if (length === 0) {
    const found = MARKERS.map((form) => form.exec(written)?.[0]).find(
      (one) => one !== undefined && sameNumber(one, core),
    );
    if (found === undefined) return undefined;
    length = found.length;
  }
  const behind = written.slice(length);
  const last = core.at(-1) ?? '';
  const isArticle = core.startsWith('第');
  // 2. may become 2.5, and 第三条 may become 第三条规定.
  const mayGoOn = /[.．\d０-９]/.test(last) ? /^[.．]?[\d０-９]/.test(behind) : isArticle && REFERRED.test(behind);
  if (mayGoOn || (behind === '' && (isArticle || /[.．\d０-９]/.test(last)))) return undefined;
  const start = own.length;
  const markerEnd = own.length + lead + length;
  if (caret > start && caret < markerEnd) return undefined;
  return { start, end: markerEnd + (BLANKS.exec(behind) as RegExpExecArray)[0].length };
}

/** Whether two markers show the same number in interchangeable forms: brackets stay brackets. */
function sameNumber(one: string, other: string): boolean {
  const [a, b] = [readMarker(one), readMarker(other)];
  return a.kind === b.kind && a.value === b.value;
}

/** The number of a marker, and its kind: the brackets around it or the words beside it. */
function readMarker(text: string): { kind: string; value: string } {
  const plain = text.normalize('NFKC').replace(/[\s.、,]/g, '');
  const figures = /[〇○零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾貳參陸\d]+/.exec(plain)?.[0] ?? '';
  const value = figures === '' ? plain : String(parseChineseNumeral(figures) ?? figures);
  return {
    kind: figures === '' ? '' : plain.replace(figures, '#'),
    value: text.includes('.') || text.includes('．') ? decimal(plain, text, value) : value,
  };
}

/** 1.1 and 11 are different numbers. */
function decimal(plain: string, text: string, value: string): string {
  const figures = /[\d０-９]{1,9}(?:[.．][\d０-９]{1,9}){1,9}/.exec(text)?.[0];
  return figures === undefined ? value : `${figures.normalize('NFKC')} ${plain.length}`;
}
