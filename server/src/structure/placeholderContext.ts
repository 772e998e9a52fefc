/**
 * Which of the runs that look like gaps are none in this text: masked names in a notice of cases or a judgment, blanks
 * to be filled in by hand in a form, a contract or an exam paper, names given as examples of how to write.
 */
import type { LineTable } from '../text/lines';
import { Pace, type Resumable } from '../text/resumable';
import type { Analysis, Placeholder } from './analysis';
import { LineCacheKey } from './lineCache';

/** Units of dates and times. */
const DATE_UNITS = '年月日时時';
/** The commonest surnames, before which 某某, ×× and XX mask a given name. */
const SURNAMES = new Set(
  '王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段章钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文伍肖焦',
);
/** Parties to a case, before a name that is masked entirely: 被告人×××. */
const PARTY =
  /(?:被告人?|原告|上诉人|上訴人|被上诉人|申请人|被申请人|被执行人|申请执行人|嫌疑人|嫌犯|第三人|法定代表人|辩护人|代理人|证人|受害人|被害人|死者|伤者|罪犯|干部|党员|书记|主任|局长|镇长|乡长|村民|居民|教师|民警)$/;
/** Names of which a masked name in a case is a part: ××公司, 某某村. */
const MASKED_BODY = /^(?:[\u4e00-\u9fff]{0,6})(?:公司|银行|村|镇|乡|厂|矿|店|小区|医院|学校|局|所|站|企业|集团)/;
/** Words of cases, looked for around a masked name and at the head of the text. */
const CASE_WORDS =
  /违纪|违规|违法|犯罪|受贿|行贿|贪污|处分|立案|判处|判决|裁定|起诉|诉讼|被告|原告|上诉|嫌疑|涉案|审理|案件|典型案例|典型问题|问题的通报|诉[^，。\n]{2,30}案|收受|违反|处罚|抓获|拘留|引渡|投诉|举报/;
const CONTEXT_LENGTH = 60;
/** Number of gaps examined between two yields. */
const GAPS_AT_ONCE = 1_000;
const HEAD = 400;

/** Titles of papers with blanks for the reader. */
const EXAM = /试题|試題|试卷|試卷|考题|测试题|测验|練習題|练习题|填空题|填空題|选择题|選擇題|问答题|知识竞赛|答题卡/;
const CONTRACT = /甲\s{0,8}方\s{0,4}[（(：:_][\s\S]{0,600}乙\s{0,8}方\s{0,4}[（(：:_]/;
/** The title of a form after an otherwise finished document. */
const FORM =
  /^[\s　#*]{0,12}(?:附件|附表|附錄|附录)?[\s　]{0,4}[\d一二三四五六七八九十]{0,3}[\s　：:.、]{0,4}.{0,40}(?:表|单|單|书|書|样式|樣式|格式|式样|范本|範本|模板|样本|樣本|示例|回执|回執|存根|文本|证|證|报告模板|承诺书)(?:[（(][^（()）]{0,20}[）)])?[\s　*]{0,8}$/;
const ATTACHED = /^[\s　#*]{0,12}(?:附件|附表|附錄|附录)[\s　]{0,4}[\d一二三四五六七八九十]{0,3}[\s　：:*]{0,6}/;

/** Before or after a quotation that says how a name is written: 应称“××小学”, 加盖“XX局”的印章. */
const NAMED_BEFORE =
  /(?:称|稱|称为|称其为|名称|名称为|名称应当?为|名義|名义|规范为|写作|写为|写明|写成|标注|标明|注明|加盖|冠以|印有|字样|译为|表述为|填写|格式为|形式为|如|例如|以)[，：:]?$/;
const NAMED_AFTER =
  /^(?:[、，；](?:[“「][^“”「」\n]{1,40}[”」][、，]?)*(?:应称|可称|应写|一律称)|字样|名义|的名义|的?格式|的?形式|样式|等?为名|的?印章|一类|之类|等称谓|等表述)/;
/** Before or after a quotation that contains nothing but the sign: 用“*”做标记, 带“**”号的指标. */
const SIGN_BEFORE = /(?:带|帶|标|標|标有|標有|注有|画|畫)$/;
const SIGN_AFTER =
  /^(?:号(?:[的者，。；）]|行业|指标|条目)|[做作為为以]?(?:标记|標記|标注|標註|标识|標識|标志|標誌)|表示|者[，为為])/;
/** After a blank that whoever uses the form fills in with the name of the place: ____省（区、市）. */
const ANY_PLACE = /^(?:省[（(](?:自治)?区、|市[（(][州地盟县]|县[（(][市区旗]|縣[（(][市區])/;
/** After a code whose characters are explained one by one: 编排方式为：X妆XXXXXXXX。第一位X代表……. */
const LEGEND = /位X|X{1,8}(?:代表|表示)/;
const LEGEND_LENGTH = 80;
/** Before the wording that a document has to use: 应当声明×××无法保证. */
const WORDING_BEFORE = /(?:声明|聲明|载明|載明)[：:]?$/;
const WORDING_ENDS = '明：:';
const MAX_QUOTED = 40;
/** Number of characters between the word that announces an example and the gap. */
const MAX_EXAMPLE = 16;
const SUCH_AS = '如'.charCodeAt(0);
/** An example without quotation marks: …，如某某公司某某厂工会. */
const EXAMPLE = /[，（(。；](?:例如|诸如|譬如|如(?![期果何此实實下同有需遇]))[^，。；\n]{0,16}$/;

/** What the line of a gap alone says about it. */
interface GapInLine {
  /** `certain` if it is a gap in any text that is no notice of cases and in which no form begins above it. */
  readonly verdict: 'none' | 'certain' | 'open';
  /** Whether words of cases are around it; undefined if its surroundings extend beyond the line. */
  readonly isNearCase: boolean | undefined;
  /** With the surname before it, if there is one: 王某某. */
  readonly name: string | undefined;
}

interface GapsOfLine {
  readonly gaps: readonly GapInLine[];
  /** Whether all of them are. */
  readonly areCertain: boolean;
}

const WITHOUT_SURNAME = {
  none: { verdict: 'none', isNearCase: undefined, name: undefined },
  certain: { verdict: 'certain', isNearCase: undefined, name: undefined },
  open: { verdict: 'open', isNearCase: undefined, name: undefined },
} as const;

const gapsOfLine = new LineCacheKey<GapsOfLine>();

/**
 * Those of `found` (all gap-like runs in the lines of `analysis`, in order) that a writer would have to fill. Returns
 * `found` itself if all are.
 */
export function* placeholdersInContext(
  analysis: Analysis,
  found: readonly Placeholder[],
): Resumable<readonly Placeholder[]> {
  if (found.length === 0) return found;
  const { records } = analysis;
  const context = new Context(analysis, found);
  const pace = new Pace(GAPS_AT_ONCE);
  for (let line = 0, next = 0; next < found.length; line++) {
    if (pace.isOver()) yield;
    const { length } = records[line]!.placeholders;
    if (length === 0) continue;
    let known = gapsOfLine.at(analysis, line);
    if (!known) {
      const gaps: GapInLine[] = [];
      for (let index = next; index < next + length; index++) {
        gaps.push(context.gapInLine(found[index]!, line));
        if (pace.isOver()) yield;
      }
      known = { gaps, areCertain: gaps.every(({ verdict }) => verdict === 'certain') };
      gapsOfLine.put(analysis, line, known);
    }
    context.inLines.push(known);
    next += length;
  }
  // Created at the first run that is none: in most texts all are gaps.
  let left: Placeholder[] | undefined;
  let next = 0;
  for (const { gaps, areCertain } of context.inLines) {
    const isCertain = areCertain && !context.isCase() && !context.isInForm(found[next + gaps.length - 1]!.start);
    if (isCertain && !left) {
      next += gaps.length;
      if (pace.isOver()) yield;
      continue;
    }
    for (const inLine of gaps) {
      const gap = found[next]!;
      if (!isCertain && context.isNone(gap, inLine)) left ??= found.slice(0, next);
      else left?.push(gap);
      next++;
      if (pace.isOver()) yield;
    }
  }
  return left ?? found;
}

/** Evidence in the text around the gaps; computed on first use. */
class Context {
  private blanks: boolean | undefined;
  private cases: boolean | undefined;
  private form: number | undefined;
  private masked: ReadonlyMap<string, number> | undefined;

  /** What the lines say about their gaps, in order. */
  readonly inLines: GapsOfLine[] = [];
  private readonly text: string;
  private readonly lines: LineTable;

  constructor(
    { text, lines }: Analysis,
    private readonly found: readonly Placeholder[],
  ) {
    this.text = text;
    this.lines = lines;
  }

  /** What `line` alone says about `gap`. */
  gapInLine(gap: Placeholder, line: number): GapInLine {
    const [from, to] = [this.lines.start(line), this.lines.end(line)];
    const { start, end } = gap;
    const verdict = this.verdictOf(gap, to);
    const surname = this.text.charAt(start - 1);
    if (!SURNAMES.has(surname)) return WITHOUT_SURNAME[verdict];
    const isInside = start - CONTEXT_LENGTH >= from && end + CONTEXT_LENGTH <= to;
    return {
      verdict,
      isNearCase: isInside ? this.hasCaseWords(start, end) : undefined,
      name: surname + gap.text,
    };
  }

  /** What the line that ends at `lineEnd` says about `gap`. */
  private verdictOf(gap: Placeholder, lineEnd: number): GapInLine['verdict'] {
    switch (gap.kind) {
      case 'underscore':
        return ANY_PLACE.test(this.text.slice(gap.end, gap.end + 8)) ? 'none' : 'open';
      case 'mou':
      case 'cross':
      case 'latinX':
      case 'circle':
      case 'asterisk':
        if (this.isExample(gap)) return 'none';
        // What explains a code may be in the next line.
        if (gap.kind === 'latinX' && gap.end + LEGEND_LENGTH > lineEnd) return 'open';
        if (this.isPrescribed(gap)) return 'none';
        return this.hasSurname(gap) ? 'open' : 'certain';
      default:
        return 'certain';
    }
  }

  /** Whether `gap` is not a gap in this text. */
  isNone(gap: Placeholder, inLine: GapInLine): boolean {
    if (inLine.verdict === 'none') return true;
    switch (gap.kind) {
      case 'underscore':
        return this.hasBlanks() || this.isInForm(gap.start);
      case 'mou':
      case 'cross':
      case 'latinX':
      case 'circle':
      case 'asterisk':
        return (
          this.isMasked(gap, inLine) ||
          (gap.kind === 'latinX' && this.isPrescribed(gap)) ||
          (gap.kind !== 'mou' && this.isInForm(gap.start))
        );
      default:
        return false;
    }
  }

  /** Whether the text says what others write there, or explains the run as a code. */
  private isPrescribed({ kind, start, end }: Placeholder): boolean {
    if (kind === 'latinX') return LEGEND.test(this.text.slice(end, end + LEGEND_LENGTH));
    if (kind !== 'cross' && kind !== 'mou') return false;
    return (
      WORDING_ENDS.includes(this.text.charAt(start - 1)) &&
      WORDING_BEFORE.test(this.text.slice(Math.max(0, start - 4), start))
    );
  }

  /** Whether it is a paper whose blanks are left for the reader or the signatory. */
  private hasBlanks(): boolean {
    this.blanks ??= EXAM.test(this.text.slice(0, HEAD)) || CONTRACT.test(this.text);
    return this.blanks;
  }

  /** Whether a surname is before it. 于×月×日: 于 is a surname too, but no given name precedes 月. */
  private hasSurname({ start, end }: Placeholder): boolean {
    return SURNAMES.has(this.text.charAt(start - 1)) && !DATE_UNITS.includes(this.text.charAt(end) || ' ');
  }

  private isMasked(gap: Placeholder, inLine: GapInLine): boolean {
    const { start, end, text: run } = gap;
    if (run.length > 3) return false;
    const surname = this.hasSurname(gap);
    if (!surname && !this.isCase()) return false;
    const before = this.text.slice(Math.max(0, start - 6), start);
    if (surname && run.length <= 2) {
      // 张某某 repeatedly is a person in the text; 联系人：张×× is to be filled in.
      if (/(?:联系人|聯繫人|联络员|经办人|签发人|负责人)[：:]?$/.test(before.slice(0, -1))) return false;
      return this.isNearCase(gap, inLine) || (this.names().get(before.slice(-1) + run) ?? 0) > 1;
    }
    if (!this.isCase()) return false;
    if (PARTY.test(before)) return true;
    return MASKED_BODY.test(this.text.slice(end, end + 10)) && this.isNearCase(gap, inLine);
  }

  /** Number of occurrences of each masked name, 王某某. */
  private names(): ReadonlyMap<string, number> {
    if (!this.masked) {
      const counts = new Map<string, number>();
      for (const { gaps } of this.inLines) {
        for (const { name } of gaps) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      this.masked = counts;
    }
    return this.masked;
  }

  private isNearCase({ start, end }: Placeholder, { isNearCase }: GapInLine): boolean {
    return this.isCase() || (isNearCase ?? this.hasCaseWords(start, end));
  }

  private hasCaseWords(start: number, end: number): boolean {
    return CASE_WORDS.test(this.text.slice(Math.max(0, start - CONTEXT_LENGTH), end + CONTEXT_LENGTH));
  }

  /** Whether the head of the text is that of a notice of cases. */
  isCase(): boolean {
    this.cases ??= CASE_WORDS.test(titleOf(this.text));
    return this.cases;
  }

  /** Whether 如 is near before `start`. */
  private announces(from: number, start: number): boolean {
    for (let at = start - 1; at >= from && at >= start - 1 - MAX_EXAMPLE; at--) {
      if (this.text.charCodeAt(at) === SUCH_AS) return true;
    }
    return false;
  }

  /** Offset of the quotation mark that is open at `start`, if it is in the line after `from`; else -1. */
  private openQuotation(from: number, start: number): number {
    for (let at = start - 1; at >= from; at--) {
      const code = this.text.charCodeAt(at);
      if (code === 0x201c || code === 0x300c) return at;
      if (code === 0x201d || code === 0x300d || code === 0x0a || code === 0x0d) return -1;
    }
    return -1;
  }

  /** Whether the gap is in an example of how something is named, by its line. */
  private isExample({ start, end }: Placeholder): boolean {
    const from = Math.max(0, start - MAX_QUOTED);
    const before = this.text.slice(from, start);
    const open = this.openQuotation(from, start) - from;
    // Few gaps have that character before them, and it is cheaper to check than the rest.
    if (this.announces(from, start) && EXAMPLE.test(before)) return true;
    if (open < 0) return false;
    const after = this.text.slice(end, end + MAX_QUOTED);
    const close = after.search(/[”」]/);
    if (close < 0 || /[\n\r]/.test(after.slice(0, close))) return false;
    const clause = this.text.slice(
      Math.max(0, start - before.length + open - CONTEXT_LENGTH),
      start - before.length + open,
    );
    // 应称“××小学”、“××中学”: what is said of the first in a row applies to all.
    const lead = clause.replace(/(?:[“「][^“”「」\n]{1,40}[”」][或、和，]?)+(?:或|、|和|，)?$/, '');
    const isSign = open === before.length - 1 && close === 0;
    if (isSign && (SIGN_BEFORE.test(lead) || SIGN_AFTER.test(after.slice(1)))) return true;
    return NAMED_BEFORE.test(lead) || NAMED_AFTER.test(after.slice(close + 1));
  }

  /** Whether `offset` follows the title of a form and no gap is left in the document before that. */
  isInForm(offset: number): boolean {
    this.form ??= this.formStart();
    return offset >= this.form;
  }

  private formStart(): number {
    const [first] = this.found as [Placeholder];
    const { lines, text } = this;
    const last = lines.lineAt(first.start);
    let attached = false;
    for (let line = last; line > 0 && line > last - MAX_FORM_LINES; line--) {
      const words = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + 80));
      if (line < last && FORM.test(words)) {
        // 附件 on a line of its own is above the title of what is attached.
        attached = first.kind === 'underscore' || ATTACHED.test(words) || isAttachedAbove(text, lines, line);
        if (attached) return lines.start(line);
      } else if (line < last && ATTACHED.test(words)) return Number.POSITIVE_INFINITY;
    }
    return Number.POSITIVE_INFINITY;
  }
}

/** Number of lines above a gap within which the title of its form is looked for. */
const MAX_FORM_LINES = 80;

function isAttachedAbove(text: string, lines: LineTable, line: number): boolean {
  for (let above = line - 1; above >= 0 && above > line - 5; above--) {
    const words = text.slice(lines.start(above), Math.min(lines.end(above), lines.start(above) + 40)).trim();
    if (words === '') continue;
    return ATTACHED.test(words) && words.length < 12;
  }
  return false;
}

/** The first non-blank lines of a text, which say what it is. */
function titleOf(text: string): string {
  return text
    .slice(0, HEAD)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => line.slice(0, 80))
    .join('\n');
}
