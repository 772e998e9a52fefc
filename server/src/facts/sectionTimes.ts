/** The times that a draft as a whole and its sections are about. */
import type { Analysis, Section } from '../structure/analysis';
import { LineCacheKey } from '../structure/lineCache';
import { Pace, type Resumable } from '../text/resumable';
import { type FactTime, timesIn } from './time';
import { timeKey } from './timeKey';

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
export function reportedYear({ text, lines }: Analysis): string | undefined {
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

/** Information from the words of a heading about the figures below it. */
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
export function* sectionTimes(
  analysis: Analysis,
  year: number | undefined,
): Resumable<{ at(offset: number): SectionTime | undefined }> {
  const { headings } = analysis;
  /** What applies in the sections around, from the outermost. A title says nothing about what is below it. */
  const around: { readonly section: Section; readonly words: HeadingWords | undefined }[] = [];
  const all: SectionTime[] = [];
  const pace = new Pace();
  for (const section of headings) {
    if (pace.isOver()) yield;
    let words: HeadingWords | undefined;
    if (section.kind !== 'title') {
      while (around.length > 0 && around.at(-1)?.section !== section.parent) around.pop();
      const above = around.at(-1)?.words;
      words = wordsOf(section, analysis);
      if (above && ((!words.time && above.time) || (words.planned === undefined && above.planned !== undefined)))
        words = { title: words.title, time: words.time ?? above.time, planned: words.planned ?? above.planned };
    }
    if (section.children.length > 0) around.push({ section, words });
    all.push({ section, time: words?.time && timeKey(words.time, year), planned: words?.planned ?? false });
  }
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
