/** Finds the title of a text or of an attachment, and its surroundings: letterhead, number, issuing office. */
import type { Head, LayoutBuilder } from './builder';
import { AFTER_DASH, ASIDE, HIGH_OFFICES, NAME_SET_APART, OFFICES, YEAR } from './titleWords';

/** The name of a periodical series at its head, before the issue number. */
const SERIES =
  /^.{0,16}(?:纪要|紀要|简报|簡報|专报|專報|快报|快報|通报|通報|公报|公報|动态|動態|信息|参阅|參閱|任务单|督办单)$/;
/** 青禾县人民政府办公室　2024年6月3日: issuer and date. */
const ISSUED = /^[\u4e00-\u9fff（）()]{2,30}[编編印]?[\s\u3000]+[12]\d{3}年\d{1,2}月\d{1,2}日$/;
/** The last words of a title: the kind of text, optionally followed by brackets. */
export const NAMED =
  /(?:报告|報告|讲话|講話|致辞|致詞|发言|發言|意见|意見|通知|通报|通報|公告|通告|公报|公報|方案|办法|辦法|规定|規定|细则|細則|条例|條例|决定|決定|决议|決議|纪要|紀要|总结|總結|规划|規劃|计划|計劃|纲要|綱要|要点|要點|预案|預案|说明|說明|请示|請示|批复|批復|建议|建議|章程|制度|准则|準則|规则|規則|守则|守則|规程|規程|函)(?:[（(][^（()）]{1,12}[）)])?[”》]?$/;
/** Parts of a text that have no number and a name of their own. */
export const NAMED_PART =
  /^(?:前言|引言|引子|序言|序|导言|导语|總綱|总纲|总则|總則|附则|附則|结束语|結束語|结语|結語|结尾|后记|尾声|编后语)$/;
/** A line that still belongs to the title above: another kind of text, a subtitle, a remark in brackets. */
const GOES_ON = new RegExp(
  `${ASIDE.source}|^[“《]|${NAMED.source}|^[\\u4e00-\\u9fff]{0,20}(?:会议|會議|大会|大會)上?$`,
);
/** 受文者：河口镇公所, 甲方：青禾县水利局: a label with its value, never the second line of a title. */
const LABEL = /^[\u4e00-\u9fff（）()、\s\u3000]{2,12}[：:]/;
/** Labels that cannot begin a title either. */
const FORM_LABEL =
  /^(?:受文者|发文日期|發文日期|发文字号|發文字號|速别|速別|密等|主送|抄送|甲方|乙方|丙方|委托方|受托方|出租方|承租方|供方|需方|住所地?|地址|联系人|联系电话|电话|金额|时间|时　?间|地点|地　?点|主持人?|出席|列席|参加|记录|姓名|单位|编号|文本源|来源|资料来源|出处|合同编号|签订地点)(?:[（(][^）)]{1,6}[）)])?[\s\u3000]*[：:]/;
/** 2015.3.5 协会成立: an entry of a chronicle. */
const DATED_ENTRY = /^\d{2,4}[.．/-]\d{1,2}[.．/-]\d{1,2}[^\d]/;
/**
 * 2016年7月29日　青禾县第五届人民代表大会第三次会议通过, 根据2020年3月1日…《关于修改…的决定》修正: when a law was passed, published, amended, one line each
 * below the title, as in collections of laws.
 */
const RECORD = new RegExp(
  `^(?:(?:根据|根據|依据|依據|经|經|自)[\\s\\u3000]{0,2})?${YEAR}[\\s\\u3000]?年.{2,150}(?:通过|通過|批准|公布|發布|发布|颁布|頒布|印发|印發|修订|修訂|修正|修改|施行|实施|實施|生效|核准|备案|備案|废止|廢止|令第?[\\s\\u3000]?\\d{1,5}[\\s\\u3000]?[号號])[）)]?$`,
);
const MAX_RECORD = 160;
/** ——2024年1月5日在…大会上, with any of the dashes typed for ——. */
const DASHED = new RegExp(`^${AFTER_DASH}`);
/** 2024年1月5日在…会议上, 二〇二一年二月四日在…大会上, 在…大会上: the occasion of a speech. */
const OCCASION = new RegExp(`^[（(]?(?:${YEAR}年.{0,10})?在.{4,40}(?:会议|會議|大会|大會)上[）)]?$`);
/** 王明，1949年9月16日, 1978年5月11日，《…报》特约评论员: author and date. */
const BYLINE = new RegExp(`^(?:[^。]{2,60}[，,][\\s\\u3000]{0,4}${YEAR}年|${YEAR}年.{2,8}[，,]).{0,24}$`);
/** 海南省省长王小明: an office and a name without a blank, below a title. */
const OFFICE_AND_NAME = new RegExp(
  `^[\\u4e00-\\u9fff]{0,16}(?:${HIGH_OFFICES})[\\u4e00-\\u9fff·•](?:[\\s\\u3000]{0,2}[\\u4e00-\\u9fff·•]){1,3}$`,
);
const MAX_TITLE_LINES = 6;
/** Maximum number of joint issuers. */
const MAX_ISSUERS = 10;
const MAX_NAME = 4;
/** A shorter line cannot be the second half of a title above it. */
const MIN_AGAIN = 4;
const BLANKS = /[\s\u3000]+/g;

/** 县长　王小明: an office and its holder. */
export const SPEAKER = new RegExp(`^[\\u4e00-\\u9fff]{0,16}(?:${OFFICES})${NAME_SET_APART}`);

/**
 * 省长王小明, 县委副书记、县长王明, 自治区主席阿依古丽·买买提, 王明: the speaker, without blanks, where only the place of the line shows that it is
 * a name; or 第八次会议上, the rest of a subtitle.
 */
const NAMED_SPEAKER = new RegExp(
  `^(?:[\\u4e00-\\u9fff、]{0,24}(?:${OFFICES})[\\u4e00-\\u9fff·•]{0,16}|[\\u4e00-\\u9fff]{2,4}(?:同志)?|[\\u4e00-\\u9fff]{2,8}[·•][\\u4e00-\\u9fff·•]{2,12}|[\\u4e00-\\u9fff]{2,20}(?:会议|大会)上)$`,
);

/** The words of a line without Markdown markup. */
export function wordsOf(text: string): string {
  return text.replace(/^[#*>\s]{1,99}|[*\s]{1,99}$/g, '');
}

/** Marks the title at the head of the text, and its surroundings. Returns the first line after them. */
export function findTitle(builder: LayoutBuilder, from: number): number {
  let line = from;
  let subtitled = false;
  while (line < builder.count) {
    const role = builder.role(line);
    const joint = jointLetterhead(builder, line);
    if (joint > line) {
      for (let at = line; at < joint; at++) if (builder.role(at) !== 'blank') builder.mark(at, 'documentNumber');
      line = joint;
      continue;
    }
    if (role === 'imprint') builder.mark(line, 'signature', true);
    else if (role === 'documentNumber' || isLetterhead(builder, line) || isCopyNumber(builder, line))
      builder.mark(line, 'documentNumber');
    else if (isSubtitle(builder, line) || isSpeakerLine(builder, line, subtitled)) {
      builder.mark(line, 'adoption');
      subtitled = true;
    } else if (role !== 'blank' && !builder.kindOf(line) && role !== 'fence') break;
    line++;
  }
  return markTitle(builder, line, 'title');
}

/** 000001 at the very top, above the elements that must be below it: 份号, GB/T 9704 7.2.1. A page number is not. */
function isCopyNumber(builder: LayoutBuilder, line: number): boolean {
  if (!/^\d{6}$/.test(builder.textOf(line))) return false;
  const next = builder.nextContent(line);
  return next < builder.count && (builder.role(next) === 'documentNumber' || builder.textOf(next).endsWith('文件'));
}

/** ——2024年1月5日在…大会上 or 县长　王小明 without a title above it: the title is elsewhere, in front matter or on another page. */
function isSubtitle(builder: LayoutBuilder, line: number): boolean {
  if (builder.role(line) !== 'titleLike') return false;
  const words = wordsOf(builder.textOf(line));
  return DASHED.test(words) || SPEAKER.test(words) || OCCASION.test(words);
}

/**
 * Whether a line under a title is not part of it: a subtitle, a remark in brackets, the occasion, the speaker or the
 * author.
 */
export function isBelowName(words: string): boolean {
  return (
    DASHED.test(words) ||
    /^[（(]|^\S{2,12}[\s\u3000]\S{2,4}$/.test(words) ||
    OCCASION.test(words) ||
    BYLINE.test(words) ||
    (OFFICE_AND_NAME.test(words) && !NAMED.test(words))
  );
}

/**
 * 省长王小明, 欧阳明 right below ——2024年1月5日在…大会上, with the salutation or the text below: the speaker, however the name is
 * written, and not the title.
 */
function isSpeakerLine(builder: LayoutBuilder, line: number, subtitled: boolean): boolean {
  if (builder.role(line) !== 'titleLike' || builder.marked(line)) return false;
  const words = wordsOf(builder.textOf(line)).replace(BLANKS, '');
  if (!NAMED_SPEAKER.test(words) || NAMED.test(words)) return false;
  const next = builder.nextContent(line);
  if (next >= builder.count || subtitled) return subtitled;
  // A name at the very top, right above the salutation.
  return (
    words.length <= MAX_NAME &&
    builder.role(next) === 'salutation' &&
    /(?:代表|同志们|同志們)[：:]/.test(builder.textOf(next))
  );
}

/**
 * 青禾县人民政府文件 above 青政发〔2024〕3号: the issuer of the document (发文机关标志, GB/T 9704 7.2.4), not its title; so are 会议纪要 and
 * 工作简报 above 第5期, and the office and date below, if the title is still to come.
 */
function isLetterhead(builder: LayoutBuilder, line: number): boolean {
  if (builder.role(line) !== 'titleLike') return false;
  const text = builder.textOf(line);
  const next = builder.nextContent(line);
  if (next >= builder.count) return false;
  if (ISSUED.test(text)) {
    const numbered = line > 0 && builder.kindOf(builder.previousContent(line)) === 'documentNumber';
    return numbered && titleFollows(builder, line);
  }
  if (builder.role(next) !== 'documentNumber') return false;
  const words = text.replace(/[\s\u3000]+/g, '');
  return words.endsWith('文件') || (SERIES.test(words) && titleFollows(builder, next));
}

/** Whether a title follows below the number in `line` and below the office and date under it. */
function titleFollows(builder: LayoutBuilder, line: number): boolean {
  let next = builder.nextContent(line);
  if (next < builder.count && ISSUED.test(builder.textOf(next))) next = builder.nextContent(next);
  return next < builder.count && builder.role(next) === 'titleLike' && !builder.marked(next);
}

/**
 * The number below the names of several joint issuers, one per line, one of them followed by 文件 (GB/T 9704 7.2.4);
 * `line` if no such names begin there.
 */
function jointLetterhead(builder: LayoutBuilder, line: number): number {
  let named = false;
  let lines = 0;
  for (let at = line; at < builder.count && lines <= MAX_ISSUERS; at = builder.nextContent(at)) {
    if (builder.role(at) === 'documentNumber') return named && lines > 1 ? at : line;
    if (builder.role(at) !== 'titleLike') return line;
    const words = builder.textOf(at).replace(/[\s\u3000]+/g, '');
    const issues = words.endsWith('文件');
    if (!/^[\u4e00-\u9fff（）()]{2,30}$/.test(words) || (!issues && NAMED.test(words)) || (issues && named))
      return line;
    named ||= issues;
    lines++;
  }
  return line;
}

/**
 * Marks the title lines that begin at `line`, if any, and adds a head for them that begins at `headLine`. Returns the
 * line after them.
 */
export function markTitle(
  builder: LayoutBuilder,
  line: number,
  kind: 'title' | 'appendix',
  headLine: number = line,
): number {
  const { textOf } = builder;
  let end = line;
  let lines = 0;
  let nameEnd = line;
  let named = false;
  const first = line < builder.count ? wordsOf(textOf(line)).replace(BLANKS, '') : '';
  while (end < builder.count && lines < MAX_TITLE_LINES && canBeTitle(builder, end, lines > 0)) {
    const words = wordsOf(textOf(end));
    const compact = words.replace(BLANKS, '');
    // The source page and the text itself may both give the title, there on one line and here on two.
    const again = lines > 0 && (compact === first || (compact.length >= MIN_AGAIN && first.includes(compact)));
    // The speaker is below the title: …大会上的讲话 / 赵志远.
    named ||= again || (lines > 0 && NAMED.test(textOf(end - 1)) && !GOES_ON.test(words));
    if (!named) nameEnd = end + 1;
    const { hashes } = builder.record(end);
    if (hashes > 1 || (hashes === 1 && lines > 0)) break;
    lines++;
    end++;
    if (hashes === 1) break;
  }
  for (let at = line; at < end; at++) builder.mark(at, kind === 'title' ? 'title' : 'attachment');
  if (lines > 0 || headLine < line) {
    const head: Head = { kind, firstLine: headLine, lastLine: Math.max(headLine, nameEnd - 1), hashes: 0 };
    builder.heads.push(head);
    if (kind === 'title') builder.title ??= head;
  }
  if (kind !== 'title' || lines === 0) return Math.max(end, line);
  if (end < builder.count && BYLINE.test(wordsOf(textOf(end))) && builder.role(end) === 'titleLike') {
    builder.mark(end++, 'adoption');
  }
  return markRecords(builder, end);
}

/** Marks the history of a law that begins at `line`, including blank lines in it. Returns the line after it. */
function markRecords(builder: LayoutBuilder, line: number): number {
  let end = line;
  for (let at = line; at < builder.count; at++) {
    if (builder.role(at) === 'blank') continue;
    if (builder.marked(at) || !isRecord(builder, at)) break;
    builder.mark(at, 'adoption');
    end = at + 1;
  }
  return end;
}

function isRecord(builder: LayoutBuilder, line: number): boolean {
  const { contentStart, contentEnd } = builder.record(line);
  const role = builder.role(line);
  if (contentEnd - contentStart > MAX_RECORD || (role !== 'titleLike' && role !== 'text')) return false;
  return RECORD.test(wordsOf(builder.textOf(line)));
}

function canBeTitle(builder: LayoutBuilder, line: number, further: boolean): boolean {
  if (builder.role(line) !== 'titleLike' || builder.marked(line) || isRecord(builder, line)) return false;
  const text = builder.textOf(line);
  if (further) {
    return (
      !isTableRow(text) &&
      !/^续表/.test(text) &&
      !LABEL.test(text) &&
      !DATED_ENTRY.test(text) &&
      !NAMED_PART.test(wordsOf(text).replace(BLANKS, '')) &&
      !BYLINE.test(wordsOf(text))
    );
  }
  return !FORM_LABEL.test(text) && text.length > 1;
}

/** 序号　任务　单位: three cells or more, and not one letter-spaced word. */
export function isTableRow(text: string): boolean {
  const cells = text.split(/[\s\u3000]+/);
  return cells.length > 2 && cells.some((cell) => cell.length > 1);
}
