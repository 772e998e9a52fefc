/** Reads the statements of one line: segment by segment between marks, each figure with the words before it. */
import { type Lead, normalised, nounAfter, parseLead, scopeOf } from './indicatorWords';
import { type Quantity, quantitiesIn } from './quantity';
import type { LineStatement } from './statement';
import { type FactTime, timesIn } from './time';

const NOTHING: readonly LineStatement[] = [];

/** A longer line is not a written paragraph; only its beginning is read. */
const MAX_LINE = 20_000;
const MAX_LEAD = 60;
const MAX_TAIL = 16;

const DELIMITER = /[，。；：！？、,;:（）()\s—…]/g;

/** A place name and nothing else. */
const PLACE_ONLY =
  /^(?:[\u4e00-\u9fff]{1,6}(?:[省市县区州镇乡旗盟]|地区|新区|园区|自治[州县区])|[省市县区州]直|[省市县区]本级)$/;
const TOTAL_VERBS = /(?:总数|总量|累计)?(?:达到?|增至|增加到|总数|累计)[约近超]?$/;
const NEWLY = /^(?:新增|净增|新建|新认定|新培育|新登记|新设|新引进|培育|认定|引进)/;

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
  return quantities.length === 0 ? NOTHING : new LineReader(line, quantities).read();
}

/** The indicator of a figure, after what it inherits from the figures before. */
interface Indicator {
  readonly text: string;
  readonly inherited: boolean;
}

class LineReader {
  private readonly times: readonly FactTime[];
  private readonly statements: LineStatement[] = [];
  /** The contexts around open brackets. */
  private readonly stack: Context[] = [];
  private context = newContext();
  private paragraphTime: FactTime | undefined;
  private sentence = 0;
  private nextQuantity = 0;
  private nextTime = 0;

  constructor(
    private readonly line: string,
    private readonly quantities: readonly Quantity[],
  ) {
    this.times = timesIn(line);
  }

  read(): readonly LineStatement[] {
    const { line } = this;
    for (let at = 0; at <= line.length; ) {
      const end = segmentEnd(line, at, this.quantities);
      // First the words before each figure of the segment, then the words after the last.
      const from = this.readFigures(at, end);
      this.readTimes(from, end);
      if (from === at) this.readWords(line.slice(at, end));
      this.passMark(line.charAt(end));
      at = end + 1;
    }
    return this.statements;
  }

  /** Reads the figures of the segment from `at` to `end`; returns the end of the last, or `at` if there is none. */
  private readFigures(at: number, end: number): number {
    let from = at;
    for (;;) {
      const quantity = this.quantities[this.nextQuantity];
      if (!quantity || quantity.start >= end) return from;
      this.nextQuantity++;
      if (quantity.start < from) continue;
      this.readFigure(quantity, from, end);
      from = quantity.end;
    }
  }

  private readFigure(quantity: Quantity, from: number, end: number): void {
    const { lead, base } = this.withoutTimes(quantity, from);
    const next = this.quantities[this.nextQuantity];
    const tail = this.line.slice(quantity.end, Math.min(end, next ? next.start : end, quantity.end + MAX_TAIL));
    this.readCircumstances(lead);
    const parsed = parseLead(lead);
    const noun = nounAfter(quantity, tail);
    const { text, inherited } = this.indicatorOf(parsed.subject, noun, lead);
    const indicator = normalised(text) + (noun ? `#${noun}` : '');
    const { context } = this;
    if (!inherited && parsed.subject !== '') {
      context.subjectText = parsed.subject;
      context.deflated = DEFLATED.test(lead);
    }
    if (indicator === '') return;
    this.statements.push({
      quantity,
      indicator,
      indicatorText: text + (noun ? `…${noun}` : ''),
      inherited,
      respective: lead.includes('分别'),
      kind: parsed.kind === 'growth' && !isRelative(quantity) ? 'delta' : parsed.kind,
      direction: parsed.direction,
      manner: this.mannerOf(parsed, lead, base),
      scope: context.scope,
      time: context.time,
      paragraphTime: this.paragraphTime,
      planned: context.planned,
      sentence: this.sentence,
      depth: this.stack.length,
    });
  }

  /**
   * The words before `quantity`, from `from` on, without the times in them. The last time that is no base of a comparison
   * becomes that of the context; `base` is the one that is, in words.
   */
  private withoutTimes({ start }: Quantity, from: number): { readonly lead: string; readonly base: string } {
    const { line } = this;
    let lead = line.slice(Math.max(from, start - MAX_LEAD), start);
    const leadStart = start - lead.length;
    let base = '';
    let ownTime: FactTime | undefined;
    for (const time of this.times.filter((one) => one.start >= from && one.end <= start).reverse()) {
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
    if (ownTime) this.context.time = ownTime;
    else if (lead.includes('全年')) this.paragraphTime = wholeYear(this.paragraphTime);
    return { lead, base };
  }

  /** What a figure without words of its own inherits from the one before. */
  private indicatorOf(subject: string, noun: string, lead: string): Indicator {
    const { context } = this;
    const before = context.subjectText;
    let text = subject;
    let inherited = false;
    if (PLACE_ONLY.test(subject) && before !== '') {
      // 州直1548亿元, 塔城地区890亿元: the indicator is that of the figure before, the place is new.
      context.scope = subject;
      text = before;
      inherited = true;
    } else if (subject === '' && noun === '') {
      // 新增企业65家、达到483家: the second figure is the total.
      text = TOTAL_VERBS.test(lead) ? before.replace(NEWLY, '') : before;
      inherited = true;
    }
    // 高技术制造业增加值增长8.8%，占…比重为14.4%: the owner of the share comes before it.
    return /^占/.test(text) && before !== '' ? { text: before + text, inherited: true } : { text, inherited };
  }

  private mannerOf({ kind, manner }: Lead, lead: string, base: string): string {
    const real = kind === 'growth' && (this.context.deflated || lead.includes('实际'));
    return (real ? '实际' : '') + manner + (base && kind !== 'level' ? `比${base}` : '');
  }

  /** Times of the segment that no figure follows apply to the rest of the sentence. */
  private readTimes(from: number, end: number): void {
    for (;;) {
      const time = this.times[this.nextTime];
      if (!time || time.start >= end) return;
      this.nextTime++;
      if (time.start < from) continue;
      if (/[比较由从与自]$/.test(this.line.slice(Math.max(0, time.start - 1), time.start))) continue;
      this.context.time = time;
    }
  }

  /** A segment without a figure. */
  private readWords(words: string): void {
    if (words.includes('全年')) this.paragraphTime = wholeYear(this.paragraphTime);
    this.readCircumstances(words);
  }

  private readCircumstances(words: string): void {
    const { context } = this;
    const scope = scopeOf(words);
    if (scope) context.scope = scope;
    context.planned ||= PLANNED.test(words);
    context.deflated ||= DEFLATED.test(words);
  }

  /** The mark that ends a segment decides what applies to the next. */
  private passMark(mark: string): void {
    if (mark === '（' || mark === '(') this.stack.push({ ...this.context });
    else if (mark === '）' || mark === ')') this.context = this.stack.pop() ?? this.context;
    else if (/[。！？]/.test(mark)) {
      this.sentence++;
      if (this.context.time && this.stack.length === 0) this.paragraphTime = this.context.time;
      this.context = newContext();
      this.stack.length = 0;
    } else if (/[；;]/.test(mark)) {
      this.context = { ...this.context, subjectText: '', scope: '', deflated: false };
    }
  }
}

function newContext(): Context {
  return { subjectText: '', time: undefined, scope: '', planned: false, deflated: false };
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
