/** Heuristics that tell whether characters belong to the name of a place or a person. */
import { isHan } from '../../text/characters';
import type { Span } from '../../text/span';

/** Characters that foreign names are written with. */
const FOREIGN = new Set(
  '阿埃艾安昂奥巴拜班邦贝本比彼宾波伯博布查达大丹道德登迪蒂丁杜顿多厄恩尔法凡菲费芬弗福富盖甘戈格根古圭哈海汉豪赫亨胡霍基吉加贾杰金卡凯坎康考科克肯库奎昆拉莱赖兰朗劳勒雷里理力利莉林琳留卢鲁伦罗洛马玛迈麦曼芒梅门蒙孟米密明摩莫姆木穆纳娜内尼涅宁努诺欧帕潘佩彭皮平普奇齐恰钱乔切日瑞萨塞桑瑟沙山尚舍申圣施什史舒斯丝松苏素所索塔台泰坦汤唐陶特腾提廷图吐托陀瓦万旺威韦维魏温文翁沃乌武西希锡夏香肖谢欣辛休许逊雅亚延扬耶叶伊以因英尤于约赞泽詹扎张珍兹子佐茨滕妮黛芙伽娅珀琼蕾'.split(
    '',
  ),
);

/**
 * Whether the span lies in a run of four or more such characters, or next to the point that separates foreign names.
 */
export function inForeignName(line: string, { start, end }: Span): boolean {
  let from = start;
  let to = end;
  while (from > 0 && FOREIGN.has(line[from - 1]!)) from--;
  while (to < line.length && FOREIGN.has(line[to]!)) to++;
  if (line[from - 1] === '·' || line[to] === '·') return true;
  return to - from >= 4 && [...line.slice(from, to)].every((character) => FOREIGN.has(character));
}

/** Last characters of place names, and the surnames of nine persons in ten. */
const PLACES = new Set('县市镇乡村旗屯区州省岛河江湖山沟庄寨岭縣鎮鄉區島溝莊嶺');
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇魏呂盧鍾譚陸韋賈鄒齊龍賀顧龔萬錢嚴湯',
);

/**
 * Whether a single character is right before the ending of a place name, or after a surname at the beginning of a word.
 */
export function mayBeName(text: string, { start, end }: Span): boolean {
  if (end - start !== 1) return false;
  if (PLACES.has(text[end] ?? '') || (isHan(text.charCodeAt(end)) && PLACES.has(text[end + 1] ?? ''))) return true;
  const behind = (at: number) => SURNAMES.has(text[at] ?? '') && !isHan(text.charCodeAt(at - 1));
  return behind(start - 1) || behind(start - 2);
}

/** The rest of the agency code in a document number, and the year: 政发〔2026〕. */
const YEAR_OF_NUMBER = /^[\u4e00-\u9fff]{0,4}[〔［（【[(](?:19|20)\d\d[〕］）】\])]/;

/** Whether the span is in the agency code of a document number, whose abbreviations are not words: 青工商稽字〔2026〕3号. */
export function inDocumentNumber(line: string, { end }: Span): boolean {
  return YEAR_OF_NUMBER.test(line.slice(end, end + 12));
}
