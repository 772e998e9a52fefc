/**
 * Drafts that ought to agree: a report and its summary, the plan and the budget beside the work report of one year. Which
 * they are is told by their titles, or by the writer; where they differ is told by their statements.
 */
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { indicatorGroups, isMeasured } from './conflicts';
import { agrees } from './quantity';
import { type Statement, statementsOf, writingYear } from './statements';

/** Statements of two drafts that cannot both be true. */
export interface Difference {
  readonly one: Statement;
  readonly other: Statement;
}

/** What is said of a text by the end of its title: （摘要）, 简版. */
const DERIVED =
  /[（(—\-·：:]{0,2}(?:内容)?(?:摘要|简本|简版|简稿|简写本|精简版|缩写稿|提要|摘编|节选|详版|全文|全本|摘要版|要点|解读|新闻稿|新闻通稿|口头汇报稿|汇报稿|宣读稿|书面稿)[）)]?$/;
/** Shorter titles name no one matter. */
const MIN_TITLE = 8;
const PLACE = /[\u4e00-\u9fff]{2,10}?(?:自治区|自治州|自治县|[省市县区州旗镇乡])/;
/** The reports that a people's congress hears together: on the work, the plan and the budget. */
const CONGRESS = [/政府工作报告/, /国民经济和社会发展计划|计划草案/, /预算.{0,12}(?:报告|草案)/] as const;

/** The title of a draft, without blanks; its first line where none is read as one. */
export function titleOfDraft({ headings, text }: Analysis): string {
  const title = headings.find(({ kind }) => kind === 'title')?.title;
  const first = title ?? /\S.*/.exec(text.slice(0, 2_000))?.[0] ?? '';
  return first.replace(/[\s　#*《》]/g, '');
}

/** Keys of which drafts that ought to agree by their titles share one. */
function keysOf(analysis: Analysis): readonly string[] {
  const title = titleOfDraft(analysis);
  const keys: string[] = [];
  const stem = title.replace(DERIVED, '').replace(/^关于/, '');
  if (stem.length >= MIN_TITLE) keys.push(`title ${stem}`);
  if (congressReport(title) >= 0) {
    const place = PLACE.exec(title.replace(/^关于|(?:19|20)\d{2}年?/g, ''))?.[0] ?? '';
    const years = [...title.matchAll(/(?:19|20)\d{2}/g)].map(([year]) => Number(year));
    const year = years.length > 0 ? Math.max(...years) : writingYear(analysis);
    if (place !== '' && year !== undefined) keys.push(`congress ${place} ${year}`);
  }
  return keys;
}

/** Which of {@link CONGRESS} a title is of; -1 for none. */
function congressReport(title: string): number {
  return CONGRESS.findLastIndex((pattern) => pattern.test(title));
}

const keys = new AnalysisMemo(keysOf);

/** A draft among others. */
export interface NamedDraft {
  /** Its file or address. */
  readonly name: string;
  readonly analysis: Analysis;
}

/**
 * Pairs of `drafts` that ought to agree, each once, in their order: those that `named` lists together, and those whose
 * titles say so. Drafts of one title are versions of one text, of which only one holds, and no pair.
 */
export function siblings<Named extends NamedDraft>(
  drafts: readonly Named[],
  named: readonly (readonly string[])[] = [],
): (readonly [Named, Named])[] {
  const groups = new Map<string, Named[]>();
  const join = (key: string, draft: Named) => {
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  };
  for (const draft of drafts) {
    for (const key of keys.of(draft.analysis)) join(key, draft);
    for (const [index, list] of named.entries()) if (list.includes(draft.name)) join(`named ${index}`, draft);
  }
  const pairs = new Map<Named, Set<Named>>();
  const found: (readonly [Named, Named])[] = [];
  for (const [key, group] of groups) {
    if (group.length > MAX_GROUP) continue;
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) {
        const [title, otherTitle] = [titleOfDraft(one.analysis), titleOfDraft(other.analysis)];
        if (key.startsWith('title ') && title === otherTitle) continue;
        // Two work reports that name one year are those of two years.
        if (key.startsWith('congress ') && congressReport(title) === congressReport(otherTitle)) continue;
        const known = pairs.get(one) ?? new Set<Named>();
        pairs.set(one, known);
        if (known.has(other)) continue;
        known.add(other);
        found.push([one, other]);
      }
    }
  }
  return found;
}

/** More drafts than these share a title because it is a form's, not because they tell of one matter. */
const MAX_GROUP = 8;
/** Times further away than the section around a figure are guesses. */
const MAX_DISTANCE = 2;

/**
 * Where `one` and `other` give the same indicator another value for the same time and owner. Where one of them gives
 * several values itself, or both also give the same, nothing is said.
 */
export function differences(one: Analysis, other: Analysis): Difference[] {
  const theirs = indicatorGroups(other);
  const [growing, othersGrowing] = [growth.of(one), growth.of(other)];
  const found: Difference[] = [];
  for (const [key, group] of indicatorGroups(one)) {
    const against = theirs.get(key);
    if (!against) continue;
    const matters = byMatter(against, othersGrowing);
    for (const [matter, statements] of byMatter(group, growing)) {
      const others = matters.get(matter);
      const [mine, yours] = [statements[0], others?.[0]];
      if (!mine || !yours || !others || !isOneValue(statements) || !isOneValue(others)) continue;
      if (!agrees(mine.quantity, yours.quantity)) found.push({ one: mine, other: yours });
    }
  }
  return found.sort((a, b) => a.one.start - b.one.start);
}

/** Growth that is told right behind its level, in one sentence: 粮食产量1200万吨，比上年增长2%. It is of the same indicator. */
const growth = new AnalysisMemo((analysis: Analysis): ReadonlySet<Statement> => {
  const found = new Set<Statement>();
  let before: Statement | undefined;
  const { text } = analysis;
  for (const one of statementsOf(analysis)) {
    const follows =
      before?.kind === 'level' &&
      one.kind === 'growth' &&
      one.inherited &&
      before.line === one.line &&
      before.sentence === one.sentence &&
      before.indicator === one.indicator &&
      before.scope === one.scope &&
      // 分别增长9%和6%: of the last two.
      !text.slice(before.end, one.start).includes('分别') &&
      !/^[和、]\d/.test(text.slice(one.end, one.end + 2));
    if (before && follows && isMeasured(before)) found.add(one);
    before = one;
  }
  return found;
});

/** Exact statements that surely name what they are of, in a year that is told, by time, owner and direction, planned and reported apart. */
function byMatter(group: readonly Statement[], growing: ReadonlySet<Statement>): Map<string, Statement[]> {
  const matters = new Map<string, Statement[]>();
  for (const one of group) {
    if (!(isMeasured(one) || growing.has(one)) || !/^\d{4}/.test(one.time) || one.kind === 'base') continue;
    if (one.timeDistance > MAX_DISTANCE) continue;
    // 左右 and 以内 are said of aims, which another draft may report as reached.
    if (one.quantity.qualifier !== 'exact') continue;
    const key = [one.time, one.scope, one.planned, one.direction].join('|');
    const same = matters.get(key);
    if (same) same.push(one);
    else matters.set(key, [one]);
  }
  return matters;
}

function isOneValue(statements: readonly Statement[]): boolean {
  return statements.every(({ quantity }) => agrees(quantity, (statements[0] as Statement).quantity));
}
