/** Reads the words around a figure: its indicator, its kind, its owner. */
import type { Quantity } from './quantity';
import type { StatementKind } from './statement';

/**
 * Words that introduce the value and are not part of the indicator; stripped from the end of the words before a figure.
 */
const LEVEL_VERBS =
  /(?:达到了?|达到|达|为|是|有|共有|约为|完成|实现|突破|超过|保持在?|稳定在|控制在|位于|维持在|降至|降到|降为|增至|增加到|增加至|增长到|增长至|提高到|提高至|提升到|提升至|上升到|上升至|扩大到|扩大至|发展到|下降到|下降至|减少到|减少至|压减至|压缩至|压缩到|缩短至|缩短到|扩展到|跃升至|跃升到|攀升至|跨越|跨上|站上|迈上|跃上|越过|接近|近|超|逾|不低于|不少于|不高于|至|到|在|仅|只有|等于|合计为?|总计为?|共计|一共|总共|共|计|成为?|建成|得到|获得|取得|净)$/;
const GROWTH_UP =
  /(?:增长率?|增速|增幅|上升|提高|提升|增加|扩大|上涨|递增|净增|增|涨幅|快于[^，。]{0,12}|高于[^，。]{0,12}|拉高|多增)了?(?:为|达|达到)?$/;
const GROWTH_DOWN =
  /(?:下降|减少|降低|降幅|缩小|回落|压减|压缩|缩短|下滑|降|减|削减|低于[^，。]{0,12})了?(?:为|达|达到)?$/;
const ADVERBS =
  /(?:分别|均|都|大约|约|已经|已|就|再|又|也|将|可|能|可达|预计|预期|同比|同口径|按可比价(?:格)?(?:计算)?|比(?:上年|去年|上一年|上年同期|去年同期)|较(?:上年|去年|上一年|上年同期|去年同期)|同期|全年|每年|一举|成功|首次|连续|历史性地?|名义|实际|了|的)$/;
const MANNERS = /(?:年均|年平均|累计|环比|可比|同口径|平均每年|合计|累计净|日均|月均|人均)/;

/** Leading words that are not part of the indicator. */
const HEAD =
  /^(?:预计|预期|其中|全年|全市|全省|全县|全区|全州|全旗|全盟|全镇|全乡|全域|全国|我国|今年|中国|今年以来|以来|我市|我省|我县|我区|我州|本市|本省|本区|本县|市域|共|共计|累计|实现|完成|又|并|也|已|已经|使|将|力争|确保|争取|推动|带动|促进|达到|达|了|的|和|与|及|以及|或|新时代|主要指标|年末|年底|目前|截至目前|截至|为|是|有|当年|同时|此外|另外|一是|二是|三是|四是|五是|主要是|经济总量|预计全年|初步核算|我们|要|让|把|对|在|从|由|较|比|到|至|高达|不低于|超过|突破|近|约)/;

/** Synonyms of indicators. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:GDP|gdp|ＧＤＰ|国内生产总值|地区生产总值（GDP）|生产总值|经济总量)$/, '地区生产总值'],
  [/^(?:地方)?(?:一般)?公共(?:财政)?预算收入$/, '一般公共预算收入'],
  [/^(?:地方)?一般公共预算支出$/, '一般公共预算支出'],
  [/^(?:全体)?居民人均可支配收入$/, '居民人均可支配收入'],
  [/^城镇(?:常住)?居民人均可支配收入$/, '城镇居民人均可支配收入'],
  [/^(?:农村(?:常住)?居民|农民)人均可支配收入$/, '农村居民人均可支配收入'],
  [/^(?:全社会)?固定资产投资(?:额|总额)?$/, '固定资产投资'],
  [/^(?:外贸)?进出口(?:总额|总值|额)?$/, '进出口总额'],
  [/^社会消费品零售(?:总额|额)$/, '社会消费品零售总额'],
];

/** Names of places, bodies and projects. {@link scopeOf} strips verbs from the characters before a suffix. */
const PLACE =
  /[\u4e00-\u9fff]{2,8}?(?:自治州|自治县|自治区|开发区|高新区|经开区|示范区|保税区|新区|街道|集团|公司|大学|学院|医院|银行|[省市县区州镇乡村旗])/g;
/**
 * Part of every match of {@link PLACE}: most words contain none of these, and searching for the names themselves is
 * slow.
 */
const PLACE_END = /[省市县区州镇乡村旗]|街道|集团|公司|大学|学院|医院|银行/;
/** Words that end like place names. */
const NO_PLACE =
  /(?:城镇|农村|乡村|乡镇|社区|地区|园区|小区|城区|山区|景区|校区|库区|辖区|灾区|牧区|郊区|市区|片区|街区|城市|都市|超市|上市|门市|股市|楼市|夜市|集市|居民区|全市|全县|全省|全区|全州|我市|我县|我省|我区|本市|一区|两区|三区|两县|各县|各区|各市|各乡|各村|行政村|贫困村|示范村|自然村|重点村|村|示范镇|示范县|重点镇|建制镇|强县|强镇|强省|强市|试点市|试点县|省区|跨省|跨区|外省|[省市县]级[省市县区])$/;
/** 建成区, 文化兴市, 成果同乡, 破解城乡, 承办第九届省: phrases with a verb that only end like a name. */
const NO_NAME =
  /^(?:建成|培育|栽植|种植|创建|打造|新建|改造|覆盖|组建|联合|统筹|对接|服务|深入|融入)|[是的第届]|成果|破解|承办|举办|获评|荣获|(?:兴|强|富|活|立|治|惠|同|城|靓|美)[市县区州乡]$/;
const VERBS_BEFORE =
  /^.*(?:在|对|为|到|给|从|与|和|及|向|由|把|将|使|让|支持|推动|推进|建设|实施|实现|预计|加快|完成|引进|获批|获评|其中|包括|全国|全省|带动|促进|助力|打造|创建|入选|列入|居|占)/;

const OWN_PLACE = /^(?:全|我|本|各|该|整|一|二|三|两|城|园|乡|农|省|市|县|区|州|镇)/;
const OTHER_SCOPE =
  /(?:全国|全球|世界|全省|全区|全州|中部|西部|东部|沿海|省级|市级|县级|市属|省属|市本级|省本级|区本级|县本级|州直|市直|省直|县直)/g;
/** Information from the words before a figure. */
export interface Lead {
  /** The indicator as worded; may be empty. */
  readonly subject: string;
  readonly kind: StatementKind;
  readonly direction: -1 | 0 | 1;
  readonly manner: string;
}

export function parseLead(lead: string): Lead {
  let words = lead.trim();
  let kind: StatementKind = 'level';
  let direction: -1 | 0 | 1 = 0;
  let manner = '';
  for (let round = 0; round < 8; round++) {
    const before = words;
    const adverb = MANNERS_END.exec(words);
    if (adverb) {
      manner = `${adverb[0]}${manner}`;
      words = words.slice(0, adverb.index);
    }
    if (kind === 'level' && round < 3) {
      const level = LEVEL_VERBS.exec(words);
      const up = GROWTH_UP.exec(words);
      const down = GROWTH_DOWN.exec(words);
      if (up && (!level || up[0].length >= level[0].length)) {
        kind = 'growth';
        direction = 1;
        words = words.slice(0, up.index);
      } else if (down && (!level || down[0].length >= level[0].length)) {
        kind = 'growth';
        direction = -1;
        words = words.slice(0, down.index);
      }
    }
    // 年均增长: 均 alone would be an adverb.
    if (MANNERS_END.test(words)) continue;
    words = words.replace(LEVEL_VERBS, '').replace(ADVERBS, '').trim();
    if (words === before) break;
  }
  for (let round = 0; round < 6; round++) {
    const before = words;
    const match = HEAD.exec(words);
    if (match && match[0].length < words.length) {
      if (/累计/.test(match[0])) manner = `累计${manner}`;
      words = words.slice(match[0].length);
    } else if (match && match[0] === words) words = '';
    if (words === before) break;
  }
  words = withoutMarks(words);
  // 收入从175.9亿元增至220.9亿元: the initial value.
  const began = kind === 'level' ? /^(.{2,})[由从自]$/.exec(words)?.[1] : undefined;
  if (began) return { subject: began, kind: 'base', direction, manner };
  if (BARE_VERB.test(words)) words = '';
  if (/^[由从自]/.test(lead.trim()) && kind === 'level' && words.length <= 1) kind = 'base';
  return { subject: words, kind, direction, manner };
}

/** `words` without quotation marks and the like at either end. */
function withoutMarks(words: string): string {
  let start = 0;
  let end = words.length;
  while (start < end && '“”"\'《》·'.includes(words.charAt(start))) start++;
  while (end > start && '“"\'《·'.includes(words.charAt(end - 1))) end--;
  return words.slice(start, end);
}

/** Words that do not name an owner of the figure that follows: 坚持80%以上的支出用于民生. */
const BARE_VERB = /^(?:坚持|做到|坚决|坚定|保证|保障|始终)$/;

const MANNERS_END = new RegExp(`${MANNERS.source}$`);

/** The noun that is counted, 5所→学校; empty if the words continue otherwise. */
export function nounAfter(quantity: Quantity, tail: string): string {
  if (quantity.dimension !== 'count') return '';
  const match = /^(?:以上|左右)?[的]?([\u4e00-\u9fff“”]{2,12})/.exec(tail);
  if (!match || /^(?:以上|左右|增长|下降|同比|比上年|占|居|位|分别|和|与|及|或|以内|以下|，)/.test(match[1] as string))
    return '';
  return (match[1] as string).replace(/[“”]/g, '');
}

/** `subject` under its canonical name. */
export function normalised(subject: string): string {
  const plain = subject.replace(/[[［]\d{1,3}[\]］]|[“”"‘’'\s*]/g, '');
  for (const [pattern, name] of SYNONYMS) if (pattern.test(plain)) return name;
  return plain;
}

/** The last place, body or project that `words` name as the owner of a figure; empty for the writer's own. */
export function scopeOf(words: string, wanted: 'first' | 'last' = 'last'): string {
  let scope = '';
  OTHER_SCOPE.lastIndex = 0;
  for (let match = OTHER_SCOPE.exec(words); match; match = OTHER_SCOPE.exec(words)) {
    if (match[0] !== '全国') scope = match[0];
  }
  if (!PLACE_END.test(words)) return scope;
  PLACE.lastIndex = 0;
  for (let match = PLACE.exec(words); match; match = PLACE.exec(words)) {
    const name = match[0].replace(VERBS_BEFORE, '');
    if (name.length >= 3 && !NO_PLACE.test(name) && !OWN_PLACE.test(name) && !NO_NAME.test(name)) {
      scope = name;
      if (wanted === 'first') break;
    }
  }
  return scope;
}
