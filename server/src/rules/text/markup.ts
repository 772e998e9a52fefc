import { isHan } from '../../text/characters';
import { NAMED_ENTITIES } from '../../text/htmlEntities';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { Finding, Fix, LineRule } from '../rule';

/** The HTML entities that occur in texts; a no-break space is dropped beside Chinese. */
const ENTITIES: Readonly<Record<string, string>> = {
  ...NAMED_ENTITIES,
  nbsp: ' ',
  ensp: ' ',
  thinsp: '',
  bull: '·',
  laquo: '《',
  raquo: '》',
  copy: '©',
};
const ENTITY = new RegExp(`&(?:#(\\d{2,6})|#[xX]([\\da-fA-F]{2,5})|(${Object.keys(ENTITIES).join('|')}));`, 'g');
const TAG =
  /<\/?(?:p|br|hr|span|div|strong|b|i|em|u|a|font|table|tbody|tr|td|th|img|ul|ol|li|h[1-6]|sup|sub|o:p|style|script|center|section|blockquote)(?:\s[^<>]{0,300})?\s?\/?>/gi;
/** Remains of a search and replace that should have filled in a group: 33$1.$2亿元. */
const GROUPS =
  /\$[1-9](?:[.,．]?\$[1-9])+|(?<=[\d０-９\u4e00-\u9fff])\$[1-9](?=[\u4e00-\u9fff，。；%])(?![万亿千百]?(?:美元|元))(?!\s?[万亿])/g;
/** What Word writes in place of a field whose target is lost. */
const FIELD_ERROR =
  /错误\s?[!！]\s?(?:未定义书签|未找到引用源|未找到目录项|未找到图形项目表|未指定书签|未指定主题|未指定文件名|文档中没有指定样式的文字|超链接引用无效|链接无效|嵌入对象无效|尚未定义书签|不能识别的开关参数)[。.]?|錯誤\s?[!！]\s?(?:尚未定義書籤|找不到參照來源|所指定的樣式的文字不存在文件中|超連結參照不正確)[。.]?|Error\s?! ?(?:Bookmark not defined|Reference source not found|No table of contents entries found|No text of specified style in document|Hyperlink reference not valid|Not a valid link|Unknown switch argument)\.?/gi;

export const textMarkup: LineRule = {
  id: 'text.markup',
  scope: 'line',
  title: { zh: '残留的代码', en: 'Left-over code' },
  reason: {
    zh: '网页代码（&nbsp;、<br>）、查找替换的残留（$1.$2）和 Word 域的报错（错误!未定义书签。）不是文稿的内容，印出来就是差错。',
    en: "Code of a web page (&nbsp;, <br>), remains of a replacement ($1.$2) and Word's message for a broken field are not part of the text.",
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  // The marks in it are not punctuation of the text.
  suppresses: ['punctuation'],
  examples: {
    flagged: [
      { text: '新增就业岗位3000个⟦&mdash;⟧⟦&mdash;⟧完成目标。', fixed: '新增就业岗位3000个——完成目标。' },
      { text: '文化中心建成⟦&nbsp;⟧投用，惠及2万人。', fixed: '文化中心建成投用，惠及2万人。' },
      { text: '全年招商引资33⟦$1.$2⟧亿元。' },
      { text: '各镇要抓好落实。⟦<br/>⟧县里要加强督查。' },
      { text: '见第⟦错误!未找到引用源。⟧条。' },
      { text: '一、总体要求\t⟦错误!未定义书签。⟧' },
    ],
    clean: [
      { text: '投资$5亿元，增长$1.5亿。A&B公司，研发投入R&D;经费。' },
      { text: '温度<5℃，a<b，《〈青禾县条例〉实施细则》' },
      { text: '第一行<br>第二行&nbsp;完', kind: 'markdown' },
      { text: '操作错误！请重试。' },
    ],
  },
  triggers: ['&<$误誤Ee', ';>$!！'],

  check(line, { kind }) {
    const findings: Finding[] = [];
    const report = (start: number, length: number, what: { zh: string; en: string }, fix?: Fix): void => {
      const end = start + length;
      const shown = line.slice(start, end).slice(0, 24);
      findings.push({
        start,
        end,
        message: { zh: `“{0}”是${what.zh}。`, en: `"{0}" is ${what.en}.`, values: [shown] },
        ...(fix && { fixes: [fix] }),
      });
    };
    // Markdown may contain HTML.
    if (kind !== 'markdown') {
      for (const match of matchesOf(ENTITY, line)) {
        const { 0: whole, index } = match;
        const meant = charactersOf(match);
        if (meant === undefined) continue;
        const blank =
          /^\s*$/.test(meant) && isHan(line.charCodeAt(index - 1)) && isHan(line.charCodeAt(index + whole.length));
        report(index, whole.length, HTML, changeTo(index, index + whole.length, blank ? '' : meant));
      }
      for (const { 0: whole, index } of matchesOf(TAG, line)) {
        report(index, whole.length, HTML, changeTo(index, index + whole.length, '', false));
      }
    }
    for (const { 0: whole, index } of matchesOf(GROUPS, line)) {
      report(index, whole.length, {
        zh: '查找替换留下的残码，这里原来的内容已经丢失，请补上',
        en: 'left over from a search and replace; the original text is lost',
      });
    }
    for (const { 0: whole, index } of matchesOf(FIELD_ERROR, line)) {
      report(index, whole.length, {
        zh: ' Word 的域报错：引用或目录项已经失效，请更新或补上',
        en: "Word's message for a broken field: update the reference",
      });
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },
};

const HTML = { zh: '网页代码的残留', en: 'left over from the code of a web page' };

function charactersOf([, decimal, hexadecimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return ENTITIES[name];
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
  return code >= 0x20 && code <= 0xffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCharCode(code) : undefined;
}
