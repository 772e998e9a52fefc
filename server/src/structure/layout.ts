/**
 * Says what part each line plays in the document: title, adoption note, salutation, printed contents, attachments,
 * sign-off, page furniture; and where one document ends and another begins.
 */
import type { Block, BlockKind } from './analysis';
import type { LineRole } from './lineRoles';
import type { LineRecord } from './lineScan';
import type { Boundary } from './reading';

/** A head without a number: a title, an attachment, a Markdown heading. */
export interface Head {
  readonly kind: 'title' | 'appendix' | 'unnumbered';
  readonly firstLine: number;
  readonly lastLine: number;
  readonly hashes: number;
}

export interface Layout {
  readonly blocks: readonly Block[];
  readonly heads: readonly Head[];
  /** Lines whose markers head nothing: contents, front matter, attachment notes, furniture. */
  readonly excluded: Uint8Array;
  /** Lines before which a list may or must begin anew. */
  readonly boundaries: ReadonlyMap<number, Boundary>;
  /** Lines at which the section before ends although no heading follows: sign-off, tail furniture. */
  readonly stops: ReadonlySet<number>;
}

/** Gives the text of a line without blanks around it. */
type LineText = (line: number) => string;

/** What a series of papers calls itself at its head, before the number of the issue. */
const SERIES =
  /^.{0,16}(?:纪要|紀要|简报|簡報|专报|專報|快报|快報|通报|通報|公报|公報|动态|動態|信息|参阅|參閱|任务单|督办单)$/;
/** 青禾县人民政府办公室　2024年6月3日: who issues it, and when. */
const ISSUED = /^[\u4e00-\u9fff（）()]{2,30}[编編印]?[\s\u3000]+[12]\d{3}年\d{1,2}月\d{1,2}日$/;
/** The last words of a title: the kind of text, with what may stand in brackets behind it. */
const NAMED =
  /(?:报告|報告|讲话|講話|致辞|致詞|发言|發言|意见|意見|通知|通报|通報|公告|通告|公报|公報|方案|办法|辦法|规定|規定|细则|細則|条例|條例|决定|決定|决议|決議|纪要|紀要|总结|總結|规划|規劃|计划|計劃|纲要|綱要|要点|要點|预案|預案|说明|說明|请示|請示|批复|批復|建议|建議|章程|制度|准则|準則|函)(?:[（(][^（()）]{1,12}[）)])?[”》]?$/;
/** A line that still belongs to the title above: another kind of text, a subtitle, a remark in brackets. */
const GOES_ON = new RegExp(`^[—－（(“《]|${NAMED.source}|^[\\u4e00-\\u9fff]{0,20}(?:会议|會議|大会|大會)上?$`);
/** What a body that signs is called: 青禾县人民政府, 县委办公室, 青禾县水利局, 青禾集团有限公司. */
const BODY =
  /(?:政府|[委局厅廳部院会會署处處办辦室站所社团團组組队隊校庭厂廠]|法院|公司|中心|集团|集團|机关|機關|机构|機構|大学|大學|学院|學院|中学|中學|小学|小學|医院|醫院|银行|銀行|协会|協會|联盟|聯盟|支行|街道|乡|鄉|镇|鎮|村|社区|社區)(?:[（(][^（()）]{1,12}[）)])?$/;
const HEAD_LINES = 60;
const TITLE_LINES = 6;

/** Lays out the lines of a text. `textOf` is asked for short lines only. */
export function layOut(records: readonly LineRecord[], textOf: LineText): Layout {
  const count = records.length;
  const kinds = new Map<number, BlockKind>();
  const excluded = new Uint8Array(count);
  const boundaries = new Map<number, Boundary>();
  const stops = new Set<number>();
  const heads: Head[] = [];
  const role = (line: number): LineRole => (records[line] as LineRecord).role;
  const marked = (line: number) => {
    const heading = (records[line] as LineRecord).headings[0];
    return heading !== undefined && heading.place === 'start' && heading.marker.strength === 'strong';
  };
  const mark = (line: number, kind: BlockKind, exclude = false) => {
    if (!kinds.has(line)) kinds.set(line, kind);
    if (exclude) excluded[line] = 1;
  };
  const nextContent = (line: number) => {
    let next = line + 1;
    while (next < count && role(next) === 'blank') next++;
    return next;
  };

  const first = frontMatter();
  furniture();
  const body = findTitle(first);
  contents(body);
  walk(body);
  return { blocks: toBlocks(records, kinds), heads, excluded, boundaries, stops };

  /** YAML between --- and ---, as static site generators want it. Returns the line after it. */
  function frontMatter(): number {
    if (count === 0 || role(0) !== 'fence' || !textOf(0).startsWith('---')) return 0;
    for (let line = 1; line < Math.min(count, HEAD_LINES); line++) {
      if (role(line) === 'fence' && textOf(line).startsWith('---')) {
        for (let at = 0; at <= line; at++) mark(at, 'furniture', true);
        return line + 1;
      }
    }
    return 0;
  }

  /** Furniture counts at the head and the tail of the text alone. */
  function furniture(): void {
    let last = -1;
    for (let line = first, seen = 0; line < count && seen < HEAD_LINES; line++) {
      const record = records[line] as LineRecord;
      if (record.role === 'blank') continue;
      seen++;
      if (record.characters > 100 && record.role === 'text') break;
      if (record.role === 'furniture') {
        mark(line, 'furniture', true);
        last = line;
      }
    }
    // The steps of a trail, 首页 > 政务信息 > 要闻, stand on lines of their own between their arrows.
    for (let line = first; line < last; line++) {
      if (role(line) !== 'titleLike' || (records[line] as LineRecord).characters > 12) continue;
      const arrow = (at: number) => at >= first && at < count && /^[>|/》]$/.test(textOf(at));
      if (arrow(line - 1) || arrow(line + 1)) mark(line, 'furniture', true);
    }
    let start = count;
    for (let line = count - 1, seen = 0; line > last && seen < HEAD_LINES; line--) {
      const record = records[line] as LineRecord;
      if (record.role === 'blank') continue;
      seen++;
      if (record.characters > 60 || (record.headings.length > 0 && record.role !== 'furniture')) break;
      if (record.role === 'furniture') start = line;
    }
    if (start === count) return;
    stops.add(start);
    for (let line = start; line < count; line++) mark(line, 'furniture', true);
  }

  /** The title at the head of the text, and what stands around it. Returns the first line behind them. */
  function findTitle(from: number): number {
    let line = from;
    while (line < count) {
      if (role(line) === 'documentNumber' || isLetterhead(line)) mark(line, 'documentNumber');
      else if (role(line) !== 'blank' && !kinds.has(line) && role(line) !== 'fence') break;
      line++;
    }
    const end = title(line, 'title');
    return end;
  }

  /**
   * 青禾县人民政府文件 above 青政发〔2024〕3号: who issues the document (发文机关标志, GB/T 9704 7.2.4), not what it is called;
   * so are 会议纪要 and 工作简报 above 第5期, and the office and date below, where the title is still to come.
   */
  function isLetterhead(line: number): boolean {
    if (role(line) !== 'titleLike') return false;
    const text = textOf(line);
    const next = nextContent(line);
    if (next >= count) return false;
    if (ISSUED.test(text))
      return line > 0 && kinds.get(previousContent(line)) === 'documentNumber' && titleFollows(line);
    if (role(next) !== 'documentNumber') return false;
    const words = text.replace(/[\s\u3000]+/g, '');
    return words.endsWith('文件') || (SERIES.test(words) && titleFollows(next));
  }

  function previousContent(line: number): number {
    let previous = line - 1;
    while (previous > 0 && role(previous) === 'blank') previous--;
    return previous;
  }

  /** True where a title stands below the number in `line` and below the office and date under it. */
  function titleFollows(line: number): boolean {
    let next = nextContent(line);
    if (next < count && ISSUED.test(textOf(next))) next = nextContent(next);
    return next < count && role(next) === 'titleLike' && !marked(next);
  }

  /** Marks the title lines that begin at `line`, if any do; returns the line behind them. */
  function title(line: number, kind: 'title' | 'appendix', headLine = line): number {
    let end = line;
    let lines = 0;
    let nameEnd = line;
    while (end < count && lines < TITLE_LINES && role(end) === 'titleLike' && !marked(end)) {
      if (lines > 0 && isTableRow(textOf(end))) break;
      // Who speaks stands below what the text is called: …大会上的讲话 / 赵志远.
      if (lines === 0 || !NAMED.test(textOf(end - 1)) || GOES_ON.test(textOf(end))) nameEnd = end + 1;
      const record = records[end] as LineRecord;
      if (record.hashes > 1 || (record.hashes === 1 && lines > 0)) break;
      lines++;
      end++;
      if (record.hashes === 1) break;
    }
    if (lines > 0) {
      for (let at = line; at < end; at++) mark(at, kind === 'title' ? 'title' : 'attachment');
    }
    if (lines > 0 || headLine < line) {
      heads.push({ kind, firstLine: headLine, lastLine: Math.max(headLine, nameEnd - 1), hashes: 0 });
    }
    return Math.max(end, line);
  }

  /** Printed tables of contents: after 目录, and wherever a run of headings stands again further down. */
  function contents(from: number): void {
    // For each short line the next line that says the same; most texts have no such pair.
    const nextLike = new Map<number, number>();
    const seen = new Map<number, number>();
    for (let line = count - 1; line >= from; line--) {
      const entry = (records[line] as LineRecord).entry;
      if (entry === 0) continue;
      const below = seen.get(entry);
      if (below !== undefined) nextLike.set(line, below);
      seen.set(entry, line);
    }
    const again = (line: number) => nextLike.get(line) ?? -1;
    let line = from;
    while (line < count) {
      const named = role(line) === 'contentsHead';
      const start = named ? nextContent(line) : line;
      if (!named && !((records[line] as LineRecord).headings.length > 0 && again(line) > 0)) {
        line++;
        continue;
      }
      const end = contentsEnd(start, named, again);
      if (end <= start) {
        if (named) mark(line, 'contents', true);
        line++;
        continue;
      }
      for (let at = line; at < end; at++) mark(at, 'contents', true);
      boundaries.set(end, 'hard');
      line = end;
    }

    function contentsEnd(start: number, named: boolean, repeats: (line: number) => number): number {
      // The body begins where the first entry stands again.
      const target = start < count ? repeats(start) : -1;
      let at = start;
      let entriesSeen = 0;
      let repeated = 0;
      let end = start;
      while (at < count && at !== target) {
        const record = records[at] as LineRecord;
        if (record.role === 'blank') {
          at++;
          continue;
        }
        const entry = record.entry !== 0 || record.leader;
        if (!entry) break;
        entriesSeen++;
        if (repeats(at) > 0) repeated++;
        const leader = record.leader;
        if (!named && repeats(at) < 0 && !leader) break;
        if (target < 0 && repeats(at) < 0 && !leader) break;
        at++;
        end = at;
      }
      if (at === target && repeated >= 2) return at;
      if (named) return repeated >= 2 || (entriesSeen >= 2 && end > start) ? end : start;
      return repeated >= 3 && end > start && repeats(start) >= end ? end : start;
    }
  }

  /** Sign-offs, attachments, embedded documents and the small notes around them, from the first line of the body on. */
  function walk(from: number): void {
    let written = false;
    let signedAt = -1;
    let noted = false;
    let line = from;
    while (line < count) {
      const record = records[line] as LineRecord;
      if (record.role === 'blank' || excluded[line] || kinds.has(line)) {
        line++;
        continue;
      }
      const near = signedAt >= 0 && line - signedAt <= 6;
      switch (record.role) {
        case 'adoption':
          mark(line, 'adoption');
          break;
        case 'documentNumber':
          mark(line, 'documentNumber');
          break;
        case 'salutation':
          if (!written || record.characters <= 12) mark(line, 'salutation');
          break;
        case 'source':
          mark(line, 'source');
          if (written) stops.add(line);
          break;
        case 'publishNote':
          mark(line, 'signature');
          signedAt = line;
          break;
        case 'date':
          signature(line, written);
          if (written) signedAt = line;
          break;
        case 'attachmentHead':
          line = attachment(line);
          written = true;
          signedAt = -1;
          continue;
        case 'attachmentNote':
          if (near || noted) {
            line = attachment(line);
            signedAt = -1;
            continue;
          }
          noted = true;
          line = attachmentNote(line);
          continue;
        case 'titleLike':
          if (near && written && !marked(line)) {
            boundaries.set(line, 'hard');
            line = title(line, 'title');
            signedAt = -1;
            continue;
          }
          unnumbered(line, record);
          break;
        default:
          if (record.hashes > 0 && record.headings.length === 0) unnumbered(line, record);
          written = true;
      }
      if (record.headings.length > 0) written = true;
      line++;
    }
  }

  function unnumbered(line: number, record: LineRecord): void {
    if (record.headings.length > 0 && marked(line)) return;
    if (record.characters <= 40 || record.hashes > 0) boundaries.set(line, 'soft');
    if (record.hashes > 0) heads.push({ kind: 'unnumbered', firstLine: line, lastLine: line, hashes: record.hashes });
  }

  /**
   * The date of a sign-off with the bodies above it, or the one person right under the last sentence of the text. Other
   * short lines, such as a list of names under 二、联系人, are their section's.
   */
  function signature(line: number, written: boolean): void {
    mark(line, written ? 'signature' : 'adoption');
    if (!written) return;
    let start = line;
    for (let above = line - 1; above >= 0 && line - above <= 4; above--) {
      if (role(above) === 'blank') continue;
      if (
        role(above) !== 'titleLike' ||
        marked(above) ||
        kinds.has(above) ||
        (records[above] as LineRecord).characters > 40
      )
        break;
      if (!BODY.test(textOf(above)) && !(start === line && isUnderSentence(above))) break;
      start = above;
    }
    for (let at = start; at < line; at++) if (role(at) !== 'blank') mark(at, 'signature');
    stops.add(start);
  }

  function isUnderSentence(line: number): boolean {
    const above = previousContent(line);
    if (above < 0 || above >= line || role(above) !== 'text') return false;
    const heading = (records[above] as LineRecord).headings[0];
    return heading === undefined || heading.runsOn || heading.endMark === '。';
  }

  /** 附件1 and the title below it open a document of their own. */
  function attachment(line: number): number {
    boundaries.set(line, 'hard');
    mark(line, 'attachment', true);
    const next = nextContent(line);
    if (next < count && role(next) === 'titleLike' && !marked(next) && !isTableRow(textOf(next))) {
      return title(next, 'appendix', line);
    }
    heads.push({ kind: 'appendix', firstLine: line, lastLine: line, hashes: 0 });
    return line + 1;
  }

  /** 附件：1.××× / 2.×××: the list of attachments at the end of a notice heads nothing. */
  function attachmentNote(line: number): number {
    mark(line, 'attachment', true);
    stops.add(line);
    let next = line + 1;
    while (next < count) {
      const record = records[next] as LineRecord;
      if (record.role === 'blank') {
        next++;
        continue;
      }
      const entry = record.headings[0]?.marker;
      if (!entry || record.characters > 80 || entry.family !== 'arabic' || record.headings[0]?.runsOn) break;
      mark(next, 'attachment', true);
      next++;
    }
    return next;
  }
}

/** 序号　任务　单位: three cells or more, and not one word with its letters set apart. */
function isTableRow(text: string): boolean {
  const cells = text.split(/[\s\u3000]+/);
  return cells.length > 2 && cells.some((cell) => cell.length > 1);
}

function toBlocks(records: readonly LineRecord[], kinds: ReadonlyMap<number, BlockKind>): Block[] {
  const blocks: Block[] = [];
  let current: { kind: BlockKind; firstLine: number; lastLine: number } | undefined;
  for (let line = 0; line < records.length; line++) {
    if ((records[line] as LineRecord).role === 'blank') continue;
    const kind = kinds.get(line) ?? 'body';
    if (current && current.kind === kind) current.lastLine = line;
    else {
      current = { kind, firstLine: line, lastLine: line };
      blocks.push(current);
    }
  }
  return blocks;
}
