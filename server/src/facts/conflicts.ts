/** Statements of one draft that cannot both be true: the same indicator, owner, time and kind with two values. */
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { recogniseProfile } from '../structure/profile';
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import { agrees, type Quantity } from './quantity';
import type { StatedLine, Statement, StatementWords } from './statement';
import { readStatements, statedLines, statementOf, statementsOf } from './statements';

/** A statement that disagrees with others of the same indicator. */
export interface ValueConflict {
  /** The suspect: the later one, or the one that differs from several others. */
  readonly statement: Statement;
  /** The statements it disagrees with, in order of the text; never empty. */
  readonly others: readonly Statement[];
  /**
   * Evidence that both speak of the same figure: the words before, the time in both sentences, the likeness of the
   * values, a headline.
   */
  readonly ground: 'wording' | 'sentence' | 'time' | 'likeness' | 'headline';
}

/** Indicators that mean something only together with what they are said of. */
const GENERIC =
  /^(?:增加值占.*|占.*|.*目标|.*年|比.*|年?总?(?:投资|面积|规模|产值|收入|数量|额|量|长度|里程|资金|金额|人数|户数|产量|销售收入|营业收入|税收|利润|投入|贷款)|占比|比重|占全[省市国县]比重|增速|增幅|覆盖率|项目|企业|人员|群众|农户|补贴|新增|完成率|总数|平均|其他|资金规模|投资额|总投资额|到位资金|完成投资|年产|年产值|年度投资|利用率|合格率|满意率|达标率|优良率|普及率|入学率)$/;
/** An action may be repeated within a year; a measured quantity has one value. */
const ACTION =
  /^(?:\d+[.．、])?(?:新增|净增|新建|新改建|改建|扩建|改造|实施|安排|完成|建成|建设|引进|引入|培育|推进|开展|组织|举办|收购|扶持|转移|治理|新认定|认定|新认证|新获批|获批|拨付|投入|发放|下达|争取|筹措|筹集|整合|落实|签约|开工|竣工|投资|解决|帮助|支持|创建|打造|修复|修建|硬化|铺设|种植|栽植|发展|建立|设立|成立|查处|办理|化解|整治|清理|拆除|关闭|淘汰|压减|减少|兑现|发行|处置|培训|选派|招聘|招录|招募|提供|接待|购买|更新|升级|安置|搬迁|搬|救助|资助|惠及|受理|立案|破获|抓获|出台|制定|修订|取消|下放|承接|审议|颁布|布局|谋划|储备|入库|对接|参加|派出)/;

/** Penalties of a law, which repeat the same words for one offence after the other. */
const PENALTY = /处$|处以|罚款|违法所得|罚金|^处|不满|货值/;

/** With fewer identical characters before them, two figures need not be about the same thing. */
const SAME_WORDS = 14;
/** This many identical characters leave no doubt, with or without a time. */
const LONG_BEFORE = 20;
const MIN_BEFORE = 5;
/** With this many identical characters before and after, the sentence is a repetition. */
const SAME_SENTENCE = 22;
const MAX_GROUP = 40;

/** Groups of statements of the same indicator, kind, unit and manner, in order of the text. */
export function indicatorGroups(analysis: Analysis): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const one of statementsOf(analysis)) {
    const group = groups.get(one.key);
    if (group) group.push(one);
    else groups.set(one.key, [one]);
  }
  return groups;
}

/** Every statement of `analysis` that disagrees with another of the same indicator, owner and time; in order of the text. */
export function valueConflicts(analysis: Analysis): readonly ValueConflict[] {
  return found.of(analysis);
}

/** Finds them incrementally, so that {@link valueConflicts} then returns at once. */
export function* findValueConflicts(analysis: Analysis): Resumable<void> {
  if (found.has(analysis)) return;
  yield* readStatements(analysis);
  found.set(analysis, yield* search(analysis));
}

const found = new AnalysisMemo<readonly ValueConflict[]>((analysis) => runToCompletion(search(analysis)));
/** Pairs of statements compared between two yields. */
const PAIRS = 3_000;

function* search(analysis: Analysis): Resumable<readonly ValueConflict[]> {
  const conflicts: ValueConflict[] = [];
  // A law sets a fine for each offence, in the same words.
  if (recogniseProfile(analysis) === 'legislation' || countArticles(analysis) >= MIN_ARTICLES) return conflicts;
  const groups = new Map<string, Group>();
  const pace = new Pace();
  for (const line of statedLines(analysis)) {
    if (pace.isOver(line.words.length)) yield;
    for (const one of line.words) {
      const group = groups.get(one.key);
      if (!group) groups.set(one.key, { words: [one], lines: [line] });
      else if (group.words.length <= MAX_GROUP) {
        group.words.push(one);
        group.lines.push(line);
      }
    }
  }
  yield;
  let compared = 0;
  for (const { words, lines } of groups.values()) {
    if (words.length < 2 || words.length > MAX_GROUP) continue;
    const placed = (index: number): Statement => statementOf(analysis, lines[index]!, words[index]!);
    let known = compareds.of(words[0]!);
    if (!isOf(known, words)) {
      compared += words.length ** 2;
      if (compared > PAIRS) {
        yield;
        compared = 0;
      }
      const group = words.map((_, index) => placed(index));
      known = { words, conflicts: conflictsIn(group, analysis) };
      compareds.set(words[0]!, known);
    }
    for (const { index, others, ground } of known.conflicts) {
      conflicts.push({ statement: placed(index), others: others.map(placed), ground });
    }
  }
  for (const one of headlineConflicts(analysis)) {
    if (!conflicts.some(({ statement }) => statement === one.statement)) conflicts.push(one);
  }
  return conflicts.sort((a, b) => a.statement.start - b.statement.start);
}

/** Statements of one indicator and their lines, in order. */
interface Group {
  readonly words: StatementWords[];
  readonly lines: StatedLine[];
}

/** The result for the statements of one indicator; valid for any analysis in which these are the same. */
interface Compared {
  readonly words: readonly StatementWords[];
  readonly conflicts: readonly ConflictInGroup[];
}

/** A {@link ValueConflict} as indexes into the group. */
interface ConflictInGroup {
  readonly index: number;
  readonly others: readonly number[];
  readonly ground: ValueConflict['ground'];
}

/** Keyed by the first statement of the group. */
const compareds = new AnalysisMemo<Compared, StatementWords>(() => ({ words: [], conflicts: [] }));

function isOf({ words }: Compared, group: readonly StatementWords[]): boolean {
  if (words.length !== group.length) return false;
  for (let index = 0; index < words.length; index++) if (words[index] !== group[index]) return false;
  return true;
}

/** Depends only on the statements and the text of their lines. */
function conflictsIn(group: readonly Statement[], analysis: Analysis): readonly ConflictInGroup[] {
  const found: ConflictInGroup[] = [];
  const indicator = wordsOfIndicator(group[0]!);
  const pairs = group.map((): (SameMatter | undefined)[] => []);
  group.forEach((statement, index) => {
    for (let other = index + 1; other < group.length; other++) {
      const why = sameMatter(analysis, indicator, statement, group[other]!);
      if (why) pairs[index]![other] = pairs[other]![index] = why;
    }
  });
  for (const [index, statement] of group.entries()) {
    const whys = pairs[index]!;
    if (whys.length === 0) continue;
    const others: number[] = [];
    let ground: ValueConflict['ground'] | undefined;
    let agreeing = 0;
    for (const [place, other] of group.entries()) {
      const why = whys[place];
      if (!why) continue;
      if (agrees(statement.quantity, other.quantity)) agreeing++;
      else if (why.holds(statement.quantity, other.quantity)) {
        others.push(place);
        ground = why.ground;
      }
    }
    if (!ground || others.length === 0) continue;
    // The majority is right; between two, the later one is reported.
    if (agreeing > 0 || (others.length === 1 && others[0]! > index)) continue;
    found.push({ index, others, ground });
  }
  return found;
}

const MIN_ARTICLES = 5;

function countArticles({ headings }: Analysis): number {
  let articles = 0;
  for (const { kind } of headings) if (kind === 'article') articles++;
  return articles;
}

/** A heading or headline is short and does not end with a full stop. */
const MAX_HEADLINE = 60;
const LINES_BELOW = 3;
const HEADLINE_WORDS = 6;

/** Compares what a headline states with what the paragraph below it says in the same words. */
function headlineConflicts(analysis: Analysis): ValueConflict[] {
  const { text, lines } = analysis;
  const all = statedLines(analysis);
  const conflicts: ValueConflict[] = [];
  for (let index = 0; index < all.length; index++) {
    const headline = all[index]!;
    const { line } = headline;
    if (headline.words.length > 2 || lines.end(line) - lines.start(line) > MAX_HEADLINE) continue;
    const words = text.slice(lines.start(line), lines.end(line));
    if (/[。；;！]|[，、：—-]$/.test(words)) continue;
    const below = linesBelow(all, index, analysis);
    for (const headWords of headline.words) {
      const head = statementOf(analysis, headline, headWords);
      const matching: Statement[] = [];
      for (const one of below) {
        const { quantity } = head;
        if (one.quantity.unit !== quantity.unit || one.quantity.dimension !== quantity.dimension) continue;
        if (one.kind !== head.kind || one.manner !== head.manner || one.inherited || head.inherited) continue;
        const whole = one.indicator.endsWith(head.indicator) || head.indicator.endsWith(one.indicator);
        if (whole && commonBefore(text, head.start, one.start) >= HEADLINE_WORDS) matching.push(one);
      }
      const [first] = matching;
      if (first && matching.length === 1 && !agrees(head.quantity, first.quantity)) {
        conflicts.push({ statement: first, others: [head], ground: 'headline' });
      }
    }
  }
  return conflicts;
}

/** The statements of the first non-empty lines below the one at `index`. */
function linesBelow(all: readonly StatedLine[], index: number, analysis: Analysis): Statement[] {
  const { lines } = analysis;
  const found: Statement[] = [];
  let next = index + 1;
  let seen = 0;
  for (let line = all[index]!.line + 1; line < lines.count && seen < LINES_BELOW; line++) {
    if (lines.end(line) - lines.start(line) < 2) continue;
    seen++;
    while (next < all.length && all[next]!.line < line) next++;
    const stated = all[next];
    if (stated?.line !== line) continue;
    for (const words of stated.words) found.push(statementOf(analysis, stated, words));
  }
  return found;
}

interface SameMatter {
  readonly ground: ValueConflict['ground'];
  holds(a: Quantity, b: Quantity): boolean;
}

const ALWAYS = () => true;

/** Properties of an indicator that follow from its words, shared by all its statements. */
interface IndicatorWords {
  readonly isPenalty: boolean;
  readonly isSpecific: boolean;
  readonly isAction: boolean;
  /** Long enough to identify one thing by itself. */
  readonly isLong: boolean;
}

function wordsOfIndicator(one: Statement): IndicatorWords {
  const [words = '', noun = ''] = one.indicator.split('#');
  return {
    isPenalty: PENALTY.test(one.indicator),
    isSpecific: isSpecific(one),
    isAction: ACTION.test(one.indicator),
    isLong: words.length >= MIN_INDICATOR || noun.length >= MIN_NOUN,
  };
}

/**
 * Why both statements of one `indicator` must mean the same figure; undefined if they need not. Symmetric in `a` and
 * `b`.
 */
function sameMatter(analysis: Analysis, indicator: IndicatorWords, a: Statement, b: Statement): SameMatter | undefined {
  if (a.inherited !== b.inherited || a.planned !== b.planned || a.kind === 'base') return undefined;
  if (a.direction !== b.direction || indicator.isPenalty) return undefined;
  if (a.line === b.line && a.sentence === b.sentence) return undefined;
  if (!sameTime(a.time, b.time)) return undefined;
  const { isSpecific: specific, isAction: action } = indicator;
  const measured = specific && !a.inherited && !action;
  const before = commonBefore(analysis.text, a.start, b.start);
  if (before >= MIN_BEFORE && before + commonAfter(analysis.text, a.end, b.end) >= SAME_SENTENCE) {
    return { ground: 'sentence', holds: ALWAYS };
  }
  if (before >= SAME_WORDS && measured && a.scope === b.scope) {
    return {
      ground: 'wording',
      holds: a.time === '' && before < LONG_BEFORE ? (one, other) => looksLikeSlip(one, other) : ALWAYS,
    };
  }
  if (!specific || a.inherited) return undefined;
  if (measured && a.timeDistance === 0 && b.timeDistance === 0 && !a.planned && a.scope === b.scope) {
    return { ground: 'time', holds: ALWAYS };
  }
  if (a.scope !== b.scope && (action || a.kind !== 'level')) return undefined;
  if (!indicator.isLong) return undefined;
  // Without a time the two may be years apart.
  return { ground: 'likeness', holds: (one, other) => looksLikeSlip(one, other, a.time === '' ? 4 : 3) };
}

const MIN_INDICATOR = 4;
/** A noun of this length identifies what is counted without words before the figure: 1550户特殊困难老年人家庭. */
const MIN_NOUN = 8;

/** Whether two time keys may mean the same time; a key without a year is assumed to have the year of the other. */
function sameTime(a: string, b: string): boolean {
  if (a === b) return true;
  if (!a.includes('.') || !b.includes('.')) return false;
  const [year = '', part] = a.split('.');
  const [otherYear = '', otherPart] = b.split('.');
  return part === otherPart && part !== '' && (year === '?' || otherYear === '?' || year === otherYear);
}

/** Whether one value is the other with a single figure changed or two swapped. */
export function looksLikeSlip(a: Quantity, b: Quantity, least = 3): boolean {
  const step = Math.max(a.step, b.step);
  let [one, other] = [digitsOf(a, step), digitsOf(b, step)];
  while (one.endsWith('0') && other.endsWith('0')) [one, other] = [one.slice(0, -1), other.slice(0, -1)];
  if (one.length !== other.length || one.length < least) return false;
  const differing = [...one].flatMap((digit, at) => (digit === other[at] ? [] : [at]));
  if (differing.length === 1) return true;
  const [first, second] = differing;
  return (
    differing.length === 2 &&
    second === (first as number) + 1 &&
    one[first as number] === other[second] &&
    one[second] === other[first as number]
  );
}

function digitsOf({ value }: Quantity, step: number): string {
  return String(Math.round(value / step));
}

/** Number of identical characters before both offsets, ignoring blanks and emphasis. */
function commonBefore(text: string, a: number, b: number): number {
  let same = 0;
  let [left, right] = [a - 1, b - 1];
  while (left >= 0 && right >= 0 && same < 60) {
    const one = text.charCodeAt(left);
    if (one !== text.charCodeAt(right) || breaksLine(one)) break;
    if (endsSentence(one)) break;
    same++;
    left--;
    right--;
  }
  return same;
}

function breaksLine(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Whether `code` is one of 。！？ */
function endsSentence(code: number): boolean {
  return code === 0x3002 || code === 0xff01 || code === 0xff1f;
}

/** Number of identical characters after both offsets, up to the end of the sentence. */
function commonAfter(text: string, a: number, b: number): number {
  let same = 0;
  while (same < 30) {
    const one = text.charCodeAt(a + same);
    if (Number.isNaN(one) || one !== text.charCodeAt(b + same) || breaksLine(one)) break;
    same++;
    if (endsSentence(one)) break;
  }
  return same;
}

/** Whether a statement itself names something measured, which has one value at a time. */
export function isMeasured(one: Statement): boolean {
  return isSpecific(one) && !one.inherited && !one.respective && !ACTION.test(one.indicator);
}

/** Whether the indicator identifies by itself what is measured. */
export function isSpecific({ indicator }: Statement): boolean {
  const plain = indicator.replace('#', '');
  return plain.length >= 4 && !GENERIC.test(plain);
}
