/**
 * Statements of figures in a draft: indicator, owner, time, value. Read line by line (and kept with the line), then
 * completed with what only the whole text tells: the section's year, the year the draft was written for.
 *
 * The terms are those of fact extraction: an indicator is normalised (地区生产总值 = GDP), a clause without one inherits that
 * of the clause before it (…2854亿元、增长3.2%), and every statement keeps its provenance, the range it was read from.
 */

import type { Analysis, Section } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { LineCacheKey } from '../structure/lineCache';
import { LineMemo } from '../structure/lineMemo';
import type { Resumable } from '../text/resumable';
import { type Quantity, quantitiesIn } from './quantity';
import { type FactTime, timesIn } from './time';

/** What the value describes: the level, its growth (in % or in the indicator's unit), a share, a rank. */
export type StatementKind = 'level' | 'growth' | 'delta' | 'base';

/** One figure of one indicator. Offsets are of the whole text. */
export interface Statement {
  readonly quantity: Quantity;
  /** The quantity's range in the text. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Normalised; the basis for comparing statements. Never empty. */
  readonly indicator: string;
  /** As worded in the draft. */
  readonly indicatorText: string;
  /** Whether the indicator was inherited from an earlier clause. */
  readonly inherited: boolean;
  /** Whether it follows 分别: the values belong to several indicators in turn, of which only the last is read. */
  readonly respective: boolean;
  readonly kind: StatementKind;
  /** 1 for growth, −1 for decline, 0 for a level. */
  readonly direction: -1 | 0 | 1;
  /** 年均, 累计, 环比 and the base of a comparison (比2015年); empty in the ordinary case. */
  readonly manner: string;
  /** The owner of the figure, if the sentence names one other than the writer's own place. */
  readonly scope: string;
  /** The time, taken from the sentence, the paragraph or the section. Empty if unknown. */
  readonly time: string;
  /** Where the time was found: 0 the sentence, 1 the paragraph, 2 the section, 3 nowhere. */
  readonly timeDistance: 0 | 1 | 2 | 3;
  /** Whether the value is intended (目标, 预期, 力争) rather than reported. */
  readonly planned: boolean;
  /** The section that contains it; absent before the first heading. */
  readonly section: Section | undefined;
  /** Index of the sentence in its line, and of the quantity in the line. */
  readonly sentence: number;
  /** What two statements must share to be compared at all: indicator, kind, dimension, unit and manner. */
  readonly key: string;
}

/** The part of a statement that does not depend on where its line is. */
export type StatementWords = Omit<Statement, 'start' | 'end' | 'line' | 'section'>;

/** The statements of a line. */
export interface StatedLine {
  readonly line: number;
  readonly section: Section | undefined;
  /** The same objects from one analysis to the next, as long as the line and its context are unchanged. */
  readonly words: readonly StatementWords[];
}

/** A statement as read from one line. Offsets are within the line. */
export interface LineStatement {
  readonly quantity: Quantity;
  readonly indicator: string;
  readonly indicatorText: string;
  readonly inherited: boolean;
  readonly respective: boolean;
  readonly kind: StatementKind;
  readonly direction: -1 | 0 | 1;
  readonly manner: string;
  readonly scope: string;
  readonly time: FactTime | undefined;
  /** A time given by an earlier sentence of the line. */
  readonly paragraphTime: FactTime | undefined;
  readonly planned: boolean;
  readonly sentence: number;
  readonly depth: number;
}

const NOTHING: readonly LineStatement[] = [];
const read = new LineMemo<readonly LineStatement[]>(readLine);

/** The statements of line `number` of `analysis`, in order. */
export function lineStatements(analysis: Analysis, number: number): readonly LineStatement[] {
  return read.of(analysis, number);
}

/** A longer line is not a written paragraph; only its beginning is read. */
const MAX_LINE = 20_000;
const MAX_LEAD = 60;
const MAX_TAIL = 16;

const DELIMITER = /[，。；：！？、,;:（）()\s—…]/g;

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

/** A place name and nothing else. */
const PLACE_ONLY =
  /^(?:[\u4e00-\u9fff]{1,6}(?:[省市县区州镇乡旗盟]|地区|新区|园区|自治[州县区])|[省市县区州]直|[省市县区]本级)$/;
const TOTAL_VERBS = /(?:总数|总量|累计)?(?:达到?|增至|增加到|总数|累计)[约近超]?$/;
const NEWLY = /^(?:新增|净增|新建|新认定|新培育|新登记|新设|新引进|培育|认定|引进)/;

const OWN_PLACE = /^(?:全|我|本|各|该|整|一|二|三|两|城|园|乡|农|省|市|县|区|州|镇)/;
const OTHER_SCOPE =
  /(?:全国|全球|世界|全省|全区|全州|中部|西部|东部|沿海|省级|市级|县级|市属|省属|市本级|省本级|区本级|县本级|州直|市直|省直|县直)/g;
const PLANNED =
  /(?:目标|预期|力争|计划|争取|确保|拟|要(?=达到|完成|实现|新增|建成)|将(?=达到|完成|实现|新增|建成)|预算安排|安排|稳定在|保持在|控制在)/;

/** Growth in constant prices; the nominal growth is given beside it. */
const DEFLATED = /[扣剔]除(?:了|掉)?(?:价格|物价)/;

interface Context {
  /** The last indicator of the sentence, inherited by clauses without one. */
  subjectText: string;
  time: FactTime | undefined;
  scope: string;
  planned: boolean;
  /** Whether 扣除价格因素 came before, until the subject changes. */
  deflated: boolean;
}

/** Reads one line. */
export function readLine(whole: string): readonly LineStatement[] {
  const line = whole.length > MAX_LINE ? whole.slice(0, MAX_LINE) : whole;
  const quantities = quantitiesIn(line);
  if (quantities.length === 0) return NOTHING;
  const times = timesIn(line);
  const statements: LineStatement[] = [];
  const stack: Context[] = [];
  let context: Context = { subjectText: '', time: undefined, scope: '', planned: false, deflated: false };
  let paragraphTime: FactTime | undefined;
  let sentence = 0;
  let nextQuantity = 0;
  let nextTime = 0;
  let at = 0;
  while (at <= line.length) {
    const end = segmentEnd(line, at, quantities);
    let from = at;
    // First the words before each figure of the segment, then the words after the last.
    while (nextQuantity < quantities.length && (quantities[nextQuantity] as Quantity).start < end) {
      const quantity = quantities[nextQuantity] as Quantity;
      nextQuantity++;
      if (quantity.start < from) continue;
      const before = times.filter((time) => time.start >= from && time.end <= quantity.start);
      let lead = line.slice(Math.max(from, quantity.start - MAX_LEAD), quantity.start);
      const leadStart = quantity.start - lead.length;
      let base = '';
      let ownTime: FactTime | undefined;
      for (const time of before.reverse()) {
        const local = time.start - leadStart;
        if (local < 0) continue;
        const isBase = /[比较由从与自](?:[^，]{0,4})$/.test(line.slice(Math.max(0, time.start - 5), time.start));
        if (isBase) base = /上年|去年/.test(line.slice(time.start, time.end)) ? base : line.slice(time.start, time.end);
        else ownTime ??= time;
        // 比上年 and 较2015年同期 are removed whole; 从2015年 shows that an initial value follows.
        const [compared = ''] = isBase ? (/[比较与]$/.exec(lead.slice(0, local)) ?? []) : [];
        const rest = lead.slice(local + time.end - time.start);
        lead = lead.slice(0, local - compared.length) + (compared ? rest.replace(/^(?:同期|相比|的)/, '') : rest);
      }
      if (ownTime) context.time = ownTime;
      else if (lead.includes('全年')) paragraphTime = wholeYear(paragraphTime);
      const next = quantities[nextQuantity];
      const tail = line.slice(quantity.end, Math.min(end, next ? next.start : end, quantity.end + MAX_TAIL));
      context.planned ||= PLANNED.test(lead);
      context.deflated ||= DEFLATED.test(lead);
      const scope = scopeOf(lead);
      if (scope) context.scope = scope;
      const parsed = parseLead(lead);
      const noun = nounAfter(quantity, tail);
      let indicatorText = parsed.subject;
      let inherited = false;
      const isPlace = PLACE_ONLY.test(indicatorText);
      if (isPlace && context.subjectText !== '') {
        // 州直1548亿元, 塔城地区890亿元: the indicator is that of the figure before, the place is new.
        context.scope = indicatorText;
        indicatorText = context.subjectText;
        inherited = true;
      } else if (indicatorText === '' && noun === '') {
        // 新增企业65家、达到483家: the second figure is the total.
        indicatorText = TOTAL_VERBS.test(lead) ? context.subjectText.replace(NEWLY, '') : context.subjectText;
        inherited = true;
      }
      if (/^占/.test(indicatorText) && context.subjectText !== '') {
        // 高技术制造业增加值增长8.8%，占…比重为14.4%: the owner of the share comes before it.
        indicatorText = `${context.subjectText}${indicatorText}`;
        inherited = true;
      }
      const indicator = normalised(indicatorText) + (noun ? `#${noun}` : '');
      if (!inherited && parsed.subject !== '') {
        context.subjectText = parsed.subject;
        context.deflated = DEFLATED.test(lead);
      }
      const real = parsed.kind === 'growth' && (context.deflated || lead.includes('实际'));
      if (indicator !== '') {
        statements.push({
          quantity,
          indicator,
          indicatorText: indicatorText + (noun ? `…${noun}` : ''),
          inherited,
          respective: lead.includes('分别'),
          kind: parsed.kind === 'growth' && !isRelative(quantity) ? 'delta' : parsed.kind,
          direction: parsed.direction,
          manner: (real ? '实际' : '') + parsed.manner + (base && parsed.kind !== 'level' ? `比${base}` : ''),
          scope: context.scope,
          time: context.time,
          paragraphTime,
          planned: context.planned,
          sentence,
          depth: stack.length,
        });
      }
      from = quantity.end;
    }
    // Times and places of the segment without a figure apply to the rest of the sentence.
    while (nextTime < times.length && (times[nextTime] as FactTime).start < end) {
      const time = times[nextTime] as FactTime;
      nextTime++;
      if (time.start < from) continue;
      if (/[比较由从与自]$/.test(line.slice(Math.max(0, time.start - 1), time.start))) continue;
      context.time = time;
    }
    if (from === at) {
      const words = line.slice(at, end);
      if (words.includes('全年')) paragraphTime = wholeYear(paragraphTime);
      const scope = scopeOf(words);
      if (scope) context.scope = scope;
      context.planned ||= PLANNED.test(words);
      context.deflated ||= DEFLATED.test(words);
    }
    const mark = line.charAt(end);
    if (mark === '（' || mark === '(') stack.push({ ...context });
    else if (mark === '）' || mark === ')') context = stack.pop() ?? context;
    else if (/[。！？]/.test(mark)) {
      sentence++;
      if (context.time && stack.length === 0) paragraphTime = context.time;
      context = { subjectText: '', time: undefined, scope: '', planned: false, deflated: false };
      stack.length = 0;
    } else if (/[；;]/.test(mark)) {
      context = { ...context, subjectText: '', scope: '', deflated: false };
    }
    at = end + 1;
  }
  return statements;
}

/** The whole year that `time` may be part of: 全年 ends a passage about its quarters. */
function wholeYear(time: FactTime | undefined): FactTime | undefined {
  if (!time || time.part === '') return time;
  return time.from === undefined && Number.isNaN(time.relative) ? undefined : { ...time, part: '' };
}

/** The end of the segment that starts at `from`: the next mark that is not inside a figure. */
function segmentEnd(line: string, from: number, quantities: readonly Quantity[]): number {
  DELIMITER.lastIndex = from;
  for (let match = DELIMITER.exec(line); match; match = DELIMITER.exec(line)) {
    const at = match.index;
    if (!quantities.some(({ start, end }) => start < at && at < end)) return at;
  }
  return line.length;
}

function isRelative({ dimension }: Quantity): boolean {
  return dimension === 'percent' || dimension === 'points' || dimension === 'ratio';
}

function parseLead(lead: string): {
  subject: string;
  kind: StatementKind;
  direction: -1 | 0 | 1;
  manner: string;
} {
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
function nounAfter(quantity: Quantity, tail: string): string {
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
function scopeOf(words: string, wanted: 'first' | 'last' = 'last'): string {
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

/** Reads the statements of `analysis` incrementally, so that {@link statementsOf} then returns at once. */
export function* readStatements(analysis: Analysis): Resumable<void> {
  yield* read.ahead(analysis);
  stated.of(analysis);
  yield;
}

/** All statements of `analysis`, in order. Computed once per analysis. */
export function statementsOf(analysis: Analysis): readonly Statement[] {
  return statements.of(analysis);
}

/** The lines of `analysis` that contain statements, in order. */
export function statedLines(analysis: Analysis): readonly StatedLine[] {
  return stated.of(analysis);
}

/** The statement `words` of `line` in `analysis`; always the same object. */
export function statementOf(analysis: Analysis, line: StatedLine, words: StatementWords): Statement {
  const known = inPlace.of(analysis);
  let statement = known.get(words);
  if (!statement) {
    statement = new StatementInPlace(words, analysis.lines.start(line.line), line.line, line.section);
    known.set(words, statement);
  }
  return statement;
}

const stated = new AnalysisMemo(collect);
const inPlace = new AnalysisMemo(() => new Map<StatementWords, Statement>());
const statements = new AnalysisMemo((analysis: Analysis): readonly Statement[] =>
  statedLines(analysis).flatMap((line) => line.words.map((words) => statementOf(analysis, line, words))),
);

/** The statements of a line completed from its context, together with the context they were made from. */
interface PlacedLine extends Surroundings {
  readonly statements: readonly StatementWords[];
}

interface Surroundings {
  /** The place that the draft speaks for, and the year it was written in. */
  readonly own: string;
  readonly year: number | undefined;
  /** Key of the section's time, or that of the title; undefined if neither names one. */
  readonly time: string | undefined;
  readonly planned: boolean;
}

const placed = new LineCacheKey<PlacedLine>();

function collect(analysis: Analysis): readonly StatedLine[] {
  const { lines, blocks } = analysis;
  const all: StatedLine[] = [];
  const year = writingYear(analysis);
  const own = ownPlace(analysis);
  const sections = sectionTimes(analysis, year);
  const reported = reportedYear(analysis);
  for (const block of blocks) {
    if (block.kind === 'contents' || block.kind === 'furniture') continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      const told = lineStatements(analysis, line);
      if (told.length === 0) continue;
      const around = sections.at(lines.start(line));
      const time = around?.time ?? reported;
      const planned = around?.planned ?? false;
      let kept = placed.at(analysis, line);
      if (kept?.own !== own || kept.year !== year || kept.time !== time || kept.planned !== planned) {
        const surroundings = { own, year, time, planned };
        kept = { ...surroundings, statements: told.map((one) => place(one, surroundings)) };
        placed.put(analysis, line, kept);
      }
      all.push({ line, section: around?.section, words: kept.statements });
    }
  }
  return all;
}

/** A statement and the position of its line: there are thousands, and copying all fields of each is slow. */
class StatementInPlace implements Statement {
  constructor(
    private readonly words: StatementWords,
    private readonly base: number,
    readonly line: number,
    readonly section: Section | undefined,
  ) {}

  get quantity(): Quantity {
    return this.words.quantity;
  }
  get start(): number {
    return this.base + this.words.quantity.start;
  }
  get end(): number {
    return this.base + this.words.quantity.end;
  }
  get indicator(): string {
    return this.words.indicator;
  }
  get indicatorText(): string {
    return this.words.indicatorText;
  }
  get inherited(): boolean {
    return this.words.inherited;
  }
  get respective(): boolean {
    return this.words.respective;
  }
  get kind(): StatementKind {
    return this.words.kind;
  }
  get direction(): Statement['direction'] {
    return this.words.direction;
  }
  get manner(): string {
    return this.words.manner;
  }
  get scope(): string {
    return this.words.scope;
  }
  get time(): string {
    return this.words.time;
  }
  get timeDistance(): Statement['timeDistance'] {
    return this.words.timeDistance;
  }
  get planned(): boolean {
    return this.words.planned;
  }
  get sentence(): number {
    return this.words.sentence;
  }
  get key(): string {
    return this.words.key;
  }
}

function place(one: LineStatement, { own, year, time: sectionTime, planned }: Surroundings): StatementWords {
  const told = one.time ?? one.paragraphTime;
  const time = told ? timeKey(told, year) : sectionTime;
  const indicator = own !== '' && one.indicator.startsWith(own) ? one.indicator.slice(own.length) : one.indicator;
  const { quantity, kind, manner } = one;
  return {
    quantity,
    indicator,
    indicatorText: one.indicatorText,
    inherited: one.inherited,
    respective: one.respective,
    kind,
    direction: one.direction,
    manner,
    scope: one.scope === own ? '' : one.scope,
    time: time ?? '',
    timeDistance: one.time ? 0 : one.paragraphTime ? 1 : time !== undefined ? 2 : 3,
    planned: one.planned || planned,
    sentence: one.sentence,
    key: [indicator, kind, quantity.dimension, quantity.unit, manner].join('|'),
  };
}

/** The place or body that a draft speaks for: the first that its title or first line names. Empty if there is none. */
function ownPlace({ text }: Analysis): string {
  const head = text
    .slice(0, 80)
    .replace(/^[#\s]*(?:中共|中国共产党)?/, '')
    .replace(/(?:19|20)\d{2}年/g, '，');
  return scopeOf(/^[^（(。\d]*/.exec(head)?.[0] ?? '', 'first');
}

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

/** The year that 今年 means in a draft: that of its date or title; undefined if the first lines give none. */
export function writingYear({ text }: Analysis): number | undefined {
  const head = text.slice(0, 400);
  const dated = /((?:19|20)\d{2})年\d{1,2}月\d{1,2}日/.exec(head);
  if (dated) return Number(dated[1]);
  const titled = /^[#\s]*.{0,20}?((?:19|20)\d{2})年/.exec(head);
  return titled ? Number(titled[1]) : undefined;
}

/**
 * Documents that look back on a year: a statistical communiqué, an annual report, a report on the execution of a plan
 * or a budget.
 */
const RETROSPECT =
  /统计公报|年度报告|年报$|工作总结|总结报告|决算|(?:执行|完成|运行)情况(?:的)?(?:报告|通报|公报|分析)?$/;
const TITLE_LINES = 4;

/**
 * Key of the one year that the title of a text looks back on; undefined if it looks ahead, or names no year or several.
 */
function reportedYear({ text, lines }: Analysis): string | undefined {
  const head = text.slice(0, Math.min(200, lines.end(Math.min(TITLE_LINES, lines.count) - 1)));
  for (const line of head.split('\n')) {
    const title = line.replace(/[[［]\d{1,3}[\]］]|[\s\u3000#*]/g, '');
    if (!RETROSPECT.test(title) || /草案|计划的|[，。]/.test(title)) continue;
    const times = timesIn(title);
    return times.length === 1 && times[0]?.from !== undefined ? timeKey(times[0], undefined) : undefined;
  }
  return undefined;
}

interface SectionTime {
  readonly section: Section;
  /** Key of the time that its heading, or that of an enclosing section, names. */
  readonly time: string | undefined;
  readonly planned: boolean;
}

const PLAN_HEADING = /目标|安排|打算|任务|部署|建议|展望|思路|要求|计划|今后|未来|举措|重点工作/;
const REVIEW_HEADING = /回顾|总结|成就|完成情况|执行情况|工作情况|成效|进展/;

/** What the words of a heading say about the figures below it. */
interface HeadingWords {
  readonly title: string;
  readonly time: FactTime | undefined;
  readonly planned: boolean | undefined;
}

/** Kept with the line in which the heading begins. */
const headingWords = new LineCacheKey<HeadingWords>();

function wordsOf({ title: whole, span }: Section, analysis: Analysis): HeadingWords {
  const title = whole.slice(0, 60);
  const line = analysis.lines.lineAt(span.start);
  const kept = headingWords.at(analysis, line);
  if (kept?.title === title) return kept;
  const words = {
    title,
    time: timesIn(title)[0],
    planned: PLAN_HEADING.test(title) ? true : REVIEW_HEADING.test(title) ? false : undefined,
  };
  headingWords.put(analysis, line, words);
  return words;
}

/** Finds the innermost section at an offset with the time that its heading, or that of an enclosing section, names. */
function sectionTimes(analysis: Analysis, year: number | undefined): { at(offset: number): SectionTime | undefined } {
  const { headings } = analysis;
  /** What applies in each section, enclosing ones considered. A title says nothing about what is below it. */
  const inSection = new Map<Section, HeadingWords | undefined>();
  const all = headings.map((section): SectionTime => {
    let words: HeadingWords | undefined;
    if (section.kind !== 'title') {
      const around = section.parent && inSection.get(section.parent);
      const own = wordsOf(section, analysis);
      words = { title: own.title, time: own.time ?? around?.time, planned: own.planned ?? around?.planned };
    }
    inSection.set(section, words);
    return { section, time: words?.time && timeKey(words.time, year), planned: words?.planned ?? false };
  });
  let next = 0;
  let last = -1;
  return {
    at(offset) {
      if (offset < last) next = 0;
      last = offset;
      while (next < all.length && (all[next] as SectionTime).section.span.start <= offset) next++;
      return next === 0 ? undefined : all[next - 1];
    },
  };
}
