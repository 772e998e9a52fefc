/** Sign-offs, attachments, glossaries, embedded documents, parts without numbers and the small notes between them. */
import { Pace, type Resumable } from '../../text/resumable';
import type { LineRecord } from '../lineScan';
import type { Head, LayoutBuilder } from './builder';
import { isTableRow, markTitle, NAMED, NAMED_PART, SPEAKER, wordsOf } from './title';
import { AFTER_DASH, ASIDE, NAME_SET_APART, YEAR } from './titleWords';

/** 名词解释, 《政府工作报告》部分词语解释, 附注: notes on a text's words, after it. */
const GLOSSARY =
  /(?:名词|名詞|词语|詞語|词汇|术语|術語|用语|用語|缩略语|专有名词|新词)[\u4e00-\u9fff]{0,4}(?:解释|解釋|注释|註釋|释义|釋義|说明|說明|浅释)[”》）)】]*$|^(?:注释|註釋|释义|釋義|附注|附註|注解|用语说明)$/;
/** The end of a sentence that announces a whole text. */
const ANNOUNCES =
  /(?:全文|原文|正文)(?:公布|发布|刊登|印发|附后)?如下[。：:]?$|现(?:将)?全文(?:公布|发布|刊登|转发)(?:如下)?[。：:]?$/;
/** The rest of a line that was broken after its figure: 过去的 5 ⏎ 年. */
const AFTER_FIGURE = /^[年月日个個项項万萬亿億元%％户戶家人次亩畝吨噸倍]/;
/** The part before the first part of a text, which contains none of the parts. */
const PREFACE = /^(?:前言|引言|引子|序言|序|导言|導言|导语|導語)$/;
/** 2023年工作回顾, 今后五年的主要任务, 过去五年工作总结: the parts of a report. */
const REPORT_PART = new RegExp(
  `^(?:${YEAR}年|[“《]?[“]?十[一二三四五六七八九]?五[”]?|过去|今后|未来|下一步|今年|去年|本届|上届|上半年|下半年|[五一]年|工作|主要)[^，。；]{0,32}(?:回顾|回顧|总结|總結|任务|任務|目标|安排|部署|打算|要求|情况|情況|成就|成绩|工作|重点|思路|建议)$`,
);
/** 关于…的意见 between two paragraphs: the title of the next of several texts. */
const ABOUT = /^(?:关于|關於)[^。；，：]{4,56}$/;
const MAX_PART = 24;
/**
 * A head of a series may be a whole clause: 一年来，我们坚持稳中求进，经济保持平稳. A line of this length heads a part only if there are
 * several of them, and nearly all short lines of the text do.
 */
const MAX_SERIES_PART = 45;
const MIN_SERIES = 3;
const MIN_SERIES_SHARE = 0.6;
/** Minimum number of characters of a paragraph beside such a line: verses, dialogues and table rows are shorter. */
const MIN_PARAGRAPH = 30;
/** Lines of that length that head nothing: captions, place of publication, half a sentence. */
const NO_SERIES_PART =
  /。|——$|^[图表圖][\s\u3000]{0,2}[\d一二三四五六七八九十]|版[\s\u3000]*[）)]$|(?:摄|攝|图|圖|社发)[）)]?$/;
/** The end of a paragraph. */
const SENTENCE = /[。！？!?][”"』」）)]?$/;
/** Maximum characters of the label of a cell. */
const MAX_LABEL = 6;
/** Number of characters that the items of a series share at their beginning. */
const SERIES_OPENING = 2;
/** Names of bodies that sign: 青禾县人民政府, 县委办公室, 青禾县水利局, 青禾集团有限公司. */
const BODY =
  /(?:政府|[委局厅廳部院会會署处處办辦室站所社团團组組队隊校庭厂廠]|法院|公司|中心|集团|集團|机关|機關|机构|機構|大学|大學|学院|學院|中学|中學|小学|小學|医院|醫院|银行|銀行|协会|協會|联盟|聯盟|支行|街道|乡|鄉|镇|鎮|村|社区|社區)(?:[（(][^（()）]{1,12}[）)])?$/;
/** Maximum distance of a title after a sign-off, in lines. */
const MAX_LINES_AFTER_SIGNATURE = 6;
const MAX_SIGNATURE_LINES = 4;
/** A row of a flattened table: words, a blank, and one or several bare figures, none of them a year. */
const FIGURE_ROW =
  /^[^。；]{2,30}[\s\u3000]+(?:[-－＋+]?(?!(?:19|20)\d\d$)[\d０-９]{1,9}(?:[．.,，][\d０-９]{1,6}){0,4}[％%]?[\s\u3000]{0,8}){1,8}$/;
const MAX_ROW = 40;
/** （1993年12月13日国务院令第134号公布　2008年…修订　根据2017年…修订）: the history of a law, in one long line. */
const PASSING = /^[（(](?:根据|根據)?[12]\d{3}年[^。]{4,600}[）)]$/;
const MAX_PASSING = 640;
/** ——2024年1月5日在…大会上: time and place of a speech after another text. */
const SUBTITLE = new RegExp(`^${AFTER_DASH}.{0,60}(?:会议|會議|大会|大會|会|會)上(?:的.{0,8})?$`);
/** Maximum characters of an entry in the list of attachments. */
const MAX_ATTACHMENT_NAME = 80;
/** Maximum distance of an embedded law's beginning after its title, in lines that are not blank. */
const MAX_LAW_HEAD = 8;

/** Classifies the lines from `from` on. */
export function* body(builder: LayoutBuilder, from: number): Resumable<void> {
  yield* new BodyPass(builder).walk(from);
}

class BodyPass {
  /** Whether a line of the body text has been seen. */
  private written = false;
  /** The line of the last sign-off; -1 if there is none, or something else has come since. */
  private signedAt = -1;
  /** Whether the list of attachments has been seen. */
  private noted = false;
  private hasArticles = false;

  /** Long lines that head a part if others of the text do, and the number of short lines that cannot be heads. */
  private readonly longParts = new Set<Head>();
  private partless = 0;
  /** Short lines that begin with a marker: counted with those only if it matters. */
  private readonly numbered: number[] = [];
  /** The line of the last separator between items of news (查看原文); -1 if the text has none. */
  private separatorAt = -1;
  /** The line of the last head of such an item. */
  private itemAt = -1;
  private readonly separators: ReadonlySet<number>;
  private readonly labels: ReadonlySet<number>;

  constructor(private readonly builder: LayoutBuilder) {
    this.separators = separatorsOf(builder);
    this.labels = labelsOf(builder);
  }

  *walk(from: number): Resumable<void> {
    const { builder } = this;
    const pace = new Pace();
    let line = from;
    while (line < builder.count) {
      if (pace.isOver()) yield;
      const { role } = builder.record(line);
      if (this.separators.has(line)) this.separatorAt = line;
      if (role === 'blank' || builder.excluded[line] || builder.kindOf(line)) line++;
      else line = Math.max(line + 1, this.read(line));
    }
    this.dropLoneLongParts();
    this.nestSeries();
  }

  /** Removes the long lines that were taken for heads of a series if there is no series. */
  private dropLoneLongParts(): void {
    const { builder, longParts } = this;
    if (longParts.size === 0) return;
    const parts = builder.heads.filter(({ part }) => part).length;
    const partless =
      this.partless +
      this.numbered.filter((line) => this.partByWords(line, wordsOf(builder.textOf(line))) !== 'none').length;
    const isSeries =
      (longParts.size >= MIN_SERIES || this.separators.size > 0) && parts >= MIN_SERIES_SHARE * (parts + partless);
    if (isSeries) return;
    const kept = builder.heads.filter((head) => !longParts.has(head));
    builder.heads.length = 0;
    for (const head of kept) builder.heads.push(head);
  }

  /** Parts that all begin with the same words, between one named part and the next, belong to the former. */
  private nestSeries(): void {
    const { heads } = this.builder;
    let start = 0;
    while (start < heads.length) {
      const end = this.endOfSeries(start);
      const before = heads[start - 1];
      const after = heads[end];
      const isWhole =
        before?.part === 'named' && (after === undefined || after.part === undefined || after.part === 'named');
      if (end - start >= MIN_SERIES && isWhole) {
        for (let at = start; at < end; at++) heads[at] = { ...(heads[at] as Head), isBelow: true };
      }
      start = Math.max(end, start + 1);
    }
  }

  /** The index after the last of the heads from `start` on that are parts and begin with the same characters. */
  private endOfSeries(start: number): number {
    const { heads } = this.builder;
    const opening = (head: Head) => wordsOf(this.builder.textOf(head.firstLine)).slice(0, SERIES_OPENING);
    const words = opening(heads[start] as Head);
    let end = start;
    while (end < heads.length) {
      const head = heads[end] as Head;
      if (!head.part || head.part === 'named' || opening(head) !== words) break;
      end++;
    }
    return end;
  }

  /** Classifies `line`; returns the next line to read. */
  private read(line: number): number {
    const { builder } = this;
    const record = builder.record(line);
    if (record.headings.length > 0 && ((this.isRow(line) && this.hasRowBeside(line)) || this.isCell(line))) {
      builder.excluded[line] = 1;
      this.written = true;
      return line + 1;
    }
    switch (record.role) {
      case 'adoption':
        builder.mark(line, 'adoption');
        break;
      case 'documentNumber':
        builder.mark(line, 'documentNumber');
        break;
      case 'salutation':
        // 名词解释： ends like a greeting. In a law 附注： is a note on one of its articles.
        if (this.written && !this.hasArticles && GLOSSARY.test(wordsOf(builder.textOf(line)).replace(/[：:]$/, '')))
          return this.glossary(line);
        if (!this.written || record.characters <= 12) builder.mark(line, 'salutation');
        break;
      case 'source':
        builder.mark(line, 'source');
        if (this.written) builder.stops.add(line);
        break;
      case 'imprint':
        builder.mark(line, 'signature', true);
        builder.stops.add(line);
        break;
      case 'publishNote':
        builder.mark(line, 'signature');
        this.signedAt = line;
        break;
      case 'date':
        if (this.written && this.datedTitle(line)) return line + 1;
        this.signature(line);
        if (this.written) this.signedAt = line;
        break;
      case 'attachmentHead':
        return this.attachment(line);
      case 'attachmentNote':
        return this.attachmentNote(line);
      case 'titleLike':
        return this.titleLike(line, record);
      default:
        if (record.hashes > 0 && record.headings.length === 0) this.hashed(line, record);
        this.written = true;
    }
    if (record.headings.length > 0) {
      this.written = true;
      this.hasArticles ||= record.headings[0]?.marker.family === 'article';
    }
    return line + 1;
  }

  /** 3、服务价格　13.4: a row of a table that was flattened to lines, consisting of a label and bare figures. */
  private isRow(line: number): boolean {
    const { builder } = this;
    return builder.record(line).characters <= MAX_ROW && FIGURE_ROW.test(builder.textOf(line));
  }

  /** Whether the line above or below is a row as well: a single such line is a heading that ends in a figure. */
  private hasRowBeside(line: number): boolean {
    const { builder } = this;
    const above = builder.previousContent(line);
    const below = builder.nextContent(line);
    return (above < line && this.isRow(above)) || (below < builder.count && this.isRow(below));
  }

  /** 部门： / 7.金融服务 / 分部门：: a cell of a table flattened to lines, between two labels that the text repeats. */
  private isCell(line: number): boolean {
    const { builder, labels } = this;
    if (labels.size === 0) return false;
    return labels.has(builder.previousContent(line)) && labels.has(builder.nextContent(line));
  }

  private titleLike(line: number, record: LineRecord): number {
    const { builder } = this;
    const words = wordsOf(builder.textOf(line));
    const near = this.signedAt >= 0 && line - this.signedAt <= MAX_LINES_AFTER_SIGNATURE;
    if (builder.marked(line)) {
      this.written = true;
      return line + 1;
    }
    if (this.written && this.subtitledTitle(line, words)) return builder.nextContent(line);
    if (this.written && NAMED.test(words) && this.isAnnounced(line)) {
      this.openText(line);
      if (record.hashes <= 1) return line + 1;
    }
    if (this.written && GLOSSARY.test(words) && !isTableRow(words)) return this.glossary(line);
    if (this.written && ((near && !isPerson(words)) || this.opensLaw(line, words))) {
      builder.boundaries.set(line, 'hard');
      this.signedAt = -1;
      // A Markdown heading below the first level contains the law with its own level.
      if (record.hashes <= 1) return markTitle(builder, line, 'title');
    }
    if (record.headings.length === 0 || record.hashes > 0) this.hashed(line, record);
    else if (record.characters <= 40) builder.boundaries.set(line, 'soft');
    if (record.hashes === 0) this.part(line, record, words);
    if (record.headings.length > 0) this.written = true;
    return line + 1;
  }

  /** A Markdown heading without a number, or a short line above a list that may restart. */
  private hashed(line: number, record: LineRecord): void {
    const { builder } = this;
    if (record.headings.length > 0 && builder.marked(line)) return;
    const bounds = record.characters <= 40 || record.hashes > 0;
    if (bounds && builder.boundaries.get(line) !== 'hard') builder.boundaries.set(line, 'soft');
    if (record.hashes > 0) {
      const isPreface = PREFACE.test(wordsOf(builder.textOf(line)).replace(/[\s\u3000]+/g, ''));
      builder.heads.push({ kind: 'unnumbered', firstLine: line, lastLine: line, hashes: record.hashes, isPreface });
    }
  }

  /** A short line of its own, between paragraphs, that heads what follows: 2023年工作回顾, 结束语, **重点工作**. */
  private part(line: number, record: LineRecord, words: string): void {
    const { builder } = this;
    if (this.separatorAt >= 0 && builder.previousContent(line) === this.separatorAt && record.headings.length === 0) {
      builder.heads.push({ kind: 'unnumbered', firstLine: line, lastLine: line, hashes: 0, part: 'named' });
      this.itemAt = line;
      return;
    }
    if (record.headings.length > 0) {
      if (this.written) this.numbered.push(line);
      return;
    }
    const part = this.partByWords(line, words);
    if (part === 'none') return;
    if (part === 'long') {
      this.longPart(line, record, words);
      return;
    }
    const lastLine = this.endOfBrokenHead(line);
    if (!this.standsBetweenParagraphs(line, lastLine, part !== 'likely')) {
      if (this.written) this.partless++;
      return;
    }
    const isBelow = this.separators.size > 0 && part !== 'named';
    const isPreface = PREFACE.test(compactOf(words));
    builder.heads.push({ kind: 'unnumbered', firstLine: line, lastLine, hashes: 0, part, isBelow, isPreface });
  }

  /** What part the words of a short line may head; `long` as in {@link longPart}, `none` if they cannot head one. */
  private partByWords(line: number, words: string): 'named' | 'bold' | 'likely' | 'long' | 'none' {
    const compact = compactOf(words);
    const named = NAMED_PART.test(compact) || REPORT_PART.test(words);
    const isText = ABOUT.test(words) && NAMED.test(words);
    if (!named && !isText && (compact.length > MAX_PART || /[：:，。；]/.test(words))) return 'long';
    if (compact.length < 2 || /^[—（(【]|！/.test(words)) return 'none';
    const { builder } = this;
    const below = builder.nextContent(line);
    if (/\d$/.test(words) && below < builder.count && AFTER_FIGURE.test(builder.textOf(below))) return 'none';
    const text = builder.textOf(line);
    const bold = /^\*\*[^*]+\*\*$/.test(text);
    // Two or three characters may be a name, unless they are bold and the text has begun.
    const long = compact.length >= 4 || (bold && this.written);
    if (!named && (!long || SPEAKER.test(words) || isTableRow(text))) return 'none';
    return named ? 'named' : bold ? 'bold' : 'likely';
  }

  /** The last line of a head that is broken in two, the second of which cannot begin anything: 推进治理体系 / 和治理能力现代化. */
  private endOfBrokenHead(line: number): number {
    const { builder } = this;
    const next = line + 1;
    const isSecond =
      next < builder.count &&
      builder.role(next) === 'titleLike' &&
      !builder.marked(next) &&
      builder.record(next).characters <= MAX_PART &&
      /^[和与與及暨]/.test(builder.textOf(next));
    return isSecond ? next : line;
  }

  /** A line as long as a clause between two paragraphs, which heads a part if others of its kind do. */
  private longPart(line: number, record: LineRecord, words: string): void {
    const { builder } = this;
    const next = builder.nextContent(line);
    const before = builder.previousContent(line);
    const isParagraph = (at: number) =>
      at < builder.count && builder.role(at) === 'text' && builder.record(at).characters >= MIN_PARAGRAPH;
    const isHead =
      words.length <= MAX_SERIES_PART &&
      this.written &&
      record.headings.length === 0 &&
      !/^[—（(]/.test(words) &&
      !NO_SERIES_PART.test(words) &&
      isParagraph(next) &&
      !builder.marked(next) &&
      isParagraph(before) &&
      SENTENCE.test(builder.textOf(before));
    if (!isHead) {
      if (this.written) this.partless++;
      return;
    }
    const isBelow = this.separators.size > 0;
    const head: Head = { kind: 'unnumbered', firstLine: line, lastLine: line, hashes: 0, part: 'likely', isBelow };
    this.longParts.add(head);
    builder.heads.push(head);
  }

  /** Whether a sentence ends before `line` and a paragraph, or a numbered heading, follows `lastLine`. */
  private standsBetweenParagraphs(line: number, lastLine: number, surely: boolean): boolean {
    const { builder } = this;
    const next = builder.nextContent(lastLine);
    if (next >= builder.count) return false;
    const follows = builder.record(next);
    const before = builder.record(builder.previousContent(line));
    if (!surely && !this.written) return false;
    const above = builder.previousContent(line);
    const ended =
      before.role !== 'titleLike' || builder.kindOf(above) !== undefined || (above === this.itemAt && above < line);
    if (follows.role === 'titleLike' && !builder.marked(next)) return false;
    const paragraph = follows.role === 'text' || follows.role === 'salutation';
    return ended && (paragraph || builder.marked(next));
  }

  /** Whether `line` is the title of a law, or this text's own title again, with its first article or chapter below. */
  private opensLaw(line: number, words: string): boolean {
    const { builder } = this;
    if (!NAMED.test(words) && !this.isOwnTitle(words)) return false;
    let next = builder.nextContent(line);
    for (let seen = 0; next < builder.count && seen < MAX_LAW_HEAD; seen++) {
      const record = builder.record(next);
      const marker = record.headings[0]?.marker;
      if (marker && builder.marked(next)) {
        return marker.value === 1 && LAW.has(marker.family);
      }
      const passed = record.contentEnd - record.contentStart <= MAX_PASSING && PASSING.test(builder.textOf(next));
      if (!passed && (record.role === 'text' || record.role === 'attachmentHead')) return false;
      next = builder.nextContent(next);
    }
    return false;
  }

  private isOwnTitle(words: string): boolean {
    const { builder } = this;
    const { title } = builder;
    return title !== undefined && wordsOf(builder.textOf(title.firstLine)) === words;
  }

  /**
   * A text after another one, with the date right below its title: 关于…的决定 / （1998年4月9日）, and then its first sentence,
   * its first heading, or the speaker and the salutation. The date belongs to the text, not to a sign-off, which would
   * be below the name of a body. Returns whether the date in `line` is of this kind.
   */
  private datedTitle(line: number): boolean {
    const { builder } = this;
    const start = this.titleAbove(line);
    if (start < 0) return false;
    const next = builder.nextContent(line);
    const speaks =
      next < builder.count && isPerson(wordsOf(builder.textOf(next))) && builder.role(next) === 'titleLike';
    const greets = speaks ? builder.nextContent(next) : next;
    if (greets >= builder.count) return false;
    const role = builder.role(greets);
    if (role !== 'salutation' && (speaks || (role !== 'text' && !builder.marked(greets)))) return false;
    this.openText(start);
    builder.mark(line, 'adoption');
    if (speaks) builder.mark(next, 'adoption');
    return true;
  }

  /**
   * A speech after another text, with ——2024年1月5日在…大会上 in `line`, right below its title, and the speaker and the
   * salutation below it. Returns whether it is one.
   */
  private subtitledTitle(line: number, words: string): boolean {
    if (!SUBTITLE.test(words)) return false;
    const start = this.titleAbove(line);
    if (start < 0) return false;
    this.openText(start);
    return true;
  }

  /** Whether the sentence above says that a text follows: 《规则》全文如下。 and then its title. */
  private isAnnounced(line: number): boolean {
    const { builder } = this;
    const above = builder.previousContent(line);
    return above < line && builder.role(above) === 'text' && ANNOUNCES.test(builder.textOf(above).slice(-16));
  }

  /**
   * The first line of the title right above `line`, which names the kind of text that follows, including continuation
   * lines and the issuing body (青禾县人民政府 / 关于…的决定); -1 if there is no title.
   */
  private titleAbove(line: number): number {
    const { builder } = this;
    let start = builder.previousContent(line);
    const isTitleLine = (at: number) =>
      builder.role(at) === 'titleLike' &&
      !builder.marked(at) &&
      builder.kindOf(at) === undefined &&
      !ASIDE.test(builder.textOf(at)) &&
      !/[。！？；]/.test(builder.textOf(at));
    if (start >= line || !isTitleLine(start) || !NAMED.test(wordsOf(builder.textOf(start)))) return -1;
    const last = start;
    while (start > 0 && last - start < MAX_SIGNATURE_LINES && isTitleLine(start - 1)) {
      const begins = /^(?:关于|關於)/.test(wordsOf(builder.textOf(start)));
      if (begins !== BODY.test(builder.textOf(start - 1))) break;
      start--;
    }
    return start;
  }

  /** Begins a text with a title of its own at `start`; heads found there before are discarded. */
  private openText(start: number): void {
    const { builder } = this;
    builder.boundaries.set(start, 'hard');
    this.signedAt = -1;
    // A heading of Markdown below the first level heads the text with its own level.
    if (builder.record(start).hashes > 1) return;
    while ((builder.heads.at(-1)?.firstLine ?? -1) >= start) {
      if (builder.heads.pop() === builder.title) builder.title = undefined;
    }
    markTitle(builder, start, 'title');
  }

  private glossary(line: number): number {
    const { builder } = this;
    builder.boundaries.set(line, 'hard');
    builder.mark(line, 'attachment', true);
    builder.heads.push({ kind: 'appendix', firstLine: line, lastLine: line, hashes: 0 });
    return line + 1;
  }

  /**
   * The date of a sign-off with the bodies above it, or the one person right under the last sentence of the text. Other
   * short lines, such as a list of names under 二、联系人, belong to their section.
   */
  private signature(line: number): void {
    const { builder, written } = this;
    builder.mark(line, written ? 'signature' : 'adoption');
    if (!written) return;
    let start = line;
    for (let above = line - 1; above >= 0 && line - above <= MAX_SIGNATURE_LINES; above--) {
      if (builder.role(above) === 'blank') continue;
      const other = builder.role(above) !== 'titleLike' || builder.marked(above) || builder.kindOf(above) !== undefined;
      if (other || builder.record(above).characters > 40) break;
      if (!BODY.test(builder.textOf(above)) && !(start === line && this.isUnderSentence(above))) break;
      start = above;
    }
    for (let at = start; at < line; at++) if (builder.role(at) !== 'blank') builder.mark(at, 'signature');
    while (builder.heads.at(-1)?.part && (builder.heads.at(-1)?.firstLine ?? 0) >= start) builder.heads.pop();
    builder.stops.add(start);
  }

  private isUnderSentence(line: number): boolean {
    const { builder } = this;
    const above = builder.previousContent(line);
    if (above >= line || builder.role(above) !== 'text') return false;
    const heading = builder.record(above).headings[0];
    return heading === undefined || heading.runsOn || heading.endMark === '。';
  }

  /**
   * 附件1 and the title below it begin a document of their own; 附件： above names and a date is the note of attachments.
   */
  private attachment(line: number): number {
    const { builder } = this;
    const next = builder.nextContent(line);
    if (this.isNote(line, next)) {
      builder.mark(line, 'attachment', true);
      builder.mark(next, 'attachment', true);
      builder.stops.add(line);
      this.noted = true;
      return next + 1;
    }
    this.written = true;
    this.signedAt = -1;
    builder.boundaries.set(line, 'hard');
    builder.mark(line, 'attachment', true);
    const titled = next < builder.count && builder.role(next) === 'titleLike' && !builder.marked(next);
    if (titled && !isTableRow(builder.textOf(next))) return markTitle(builder, next, 'appendix', line);
    builder.heads.push({ kind: 'appendix', firstLine: line, lastLine: line, hashes: 0 });
    return line + 1;
  }

  /** Whether the line under 附件： is the name of an attachment, with the sign-off below it (GB/T 9704 7.3.4). */
  private isNote(line: number, name: number): boolean {
    const { builder } = this;
    if (this.signedAt >= 0 || !/[：:]$/.test(builder.textOf(line)) || name >= builder.count) return false;
    if (builder.role(name) !== 'titleLike') return false;
    const sign = builder.nextContent(name);
    const date = sign < builder.count ? builder.nextContent(sign) : builder.count;
    const dated = date < builder.count && builder.role(date) === 'date';
    return dated && builder.role(sign) === 'titleLike' && !builder.marked(sign);
  }

  /** Whether it is 附件：1.××× with 2.××× below it: a list of several attachments is a note wherever it is. */
  private listsAttachments(line: number): boolean {
    const { builder } = this;
    if (!/^附[件表图圖]?[\s\u3000]{0,4}[：:][\s\u3000]{0,4}1[.．、]/.test(builder.textOf(line))) return false;
    const next = builder.nextContent(line);
    if (next >= builder.count || builder.record(next).characters > MAX_ATTACHMENT_NAME) return false;
    const heading = builder.record(next).headings[0];
    return heading?.marker.family === 'arabic' && heading.marker.value === 2 && !heading.runsOn;
  }

  /** 附件：1.××× / 2.×××: the list of attachments at the end of a notice heads nothing. */
  private attachmentNote(line: number): number {
    const { builder } = this;
    const near = this.signedAt >= 0 && line - this.signedAt <= MAX_LINES_AFTER_SIGNATURE;
    const words = wordsOf(builder.textOf(line));
    if (GLOSSARY.test(words)) {
      this.written = true;
      return this.glossary(line);
    }
    if ((near || this.noted) && !this.listsAttachments(line)) {
      this.signedAt = -1;
      return this.attachment(line);
    }
    this.noted = true;
    builder.mark(line, 'attachment', true);
    builder.stops.add(line);
    let next = line + 1;
    while (next < builder.count) {
      const record = builder.record(next);
      if (record.role === 'blank') {
        next++;
        continue;
      }
      const entry = record.headings[0]?.marker;
      if (!entry || record.characters > MAX_ATTACHMENT_NAME || entry.family !== 'arabic' || record.headings[0]?.runsOn)
        break;
      builder.mark(next, 'attachment', true);
      next++;
    }
    return next;
  }
}

/**
 * Lines with the same web page button (查看原文) that separate a text into items: several of them, apart from each other.
 */
function separatorsOf(builder: LayoutBuilder): ReadonlySet<number> {
  // Bars alone separate the cells of a table.
  const isButton = (line: number) =>
    builder.role(line) === 'furniture' && /[\u4e00-\u9fff]{2}/.test(builder.textOf(line));
  const areApart = (lines: readonly number[]) =>
    lines.every((line, index) => index === 0 || builder.nextContent(lines[index - 1] as number) < line);
  return new Set(repeatedLines(builder, isButton).filter(areApart).flat());
}

/** Lines with the same short label (部门：) several times in the text: the names of cells in a table flattened to lines. */
function labelsOf(builder: LayoutBuilder): ReadonlySet<number> {
  const isLabel = (line: number) => {
    const { role, characters, headings } = builder.record(line);
    return role === 'salutation' && characters <= MAX_LABEL && headings.length === 0;
  };
  return new Set(repeatedLines(builder, isLabel).flat());
}

/** The lines that `isWanted`, grouped by their text, of each text that occurs several times. */
function repeatedLines(builder: LayoutBuilder, isWanted: (line: number) => boolean): number[][] {
  const byWords = new Map<string, number[]>();
  for (let line = 0; line < builder.count; line++) {
    if (!isWanted(line)) continue;
    const words = builder.textOf(line);
    const lines = byWords.get(words);
    if (lines) lines.push(line);
    else byWords.set(words, [line]);
  }
  return [...byWords.values()].filter((lines) => lines.length >= MIN_SERIES);
}

function compactOf(words: string): string {
  return words.replace(/[\s\u3000]+/g, '');
}

const LAW: ReadonlySet<string> = new Set(['volume', 'part', 'chapter', 'article']);

/** 书记员　赵敏, 审判长　王明: who signs below the date, and in what capacity. */
const SIGNATORY = new RegExp(`^[\\u4e00-\\u9fff]{1,8}[员員长長官任理]${NAME_SET_APART}`);

/**
 * Whether `words` may be the name of a person and nothing else: two to four characters, perhaps with a blank between.
 */
function isPerson(words: string): boolean {
  return (
    SPEAKER.test(words) || SIGNATORY.test(words) || /^[\u4e00-\u9fff][\s\u3000]{0,2}[\u4e00-\u9fff]{1,3}$/.test(words)
  );
}
