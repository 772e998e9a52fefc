import type { Analysis } from '../../structure/analysis';
import { isBlank, isHan } from '../../text/characters';
import { segments } from '../../text/words';
import { changeTo } from '../change';
import { blockKindAt } from '../prose';
import type { Finding, LineRule, PlacedFinding } from '../rule';

/**
 * Function words that are never doubled, with what before or after them makes two words of the two characters:
 * 目的|的, 为了|了解, 共和|和, 存在|在, 参与|与, 与|与会, 普及|及. A general dictionary knows most of these; the lists add
 * what it lacks.
 */
const NEVER_DOUBLED = new Map<number, readonly [before: string, after: string]>(
  (
    [
      ['的', '目标鹄打端', '确的士'],
      ['了', '不一罢目', '解结断却然望无账帐得局事之'],
      ['和', '共缓总平温调饱中谐柔附一祥随讲议亲谦暖', '气美睦'],
      ['在', '存现現所正实實潜内外健自好旨意贵重', '职线校岗编册建押逃案营产位任读途场'],
      ['与', '参给赋授付施干相', '会时其众日此否'],
      ['及', '普涉以顾触波埃危提企推', '时早格其'],
      ['也', '', ''],
      ['们', '', ''],
      ['被', '棉毛羽', '告动'],
      ['于', '', '田洪都谦'],
      ['要', '主重需必不只想摘纲概首扼', '求素点件闻害领塞紧务案地约'],
      ['将', '即行', '军来士领近至令'],
      ['把', '', '关握脉手控门柄持'],
      ['是', '但于可凡还就正', '否非以'],
      ['为', '以认成作因行更最较', '了何民期难此止主数首人重先准'],
      ['由', '理自缘', '于此来衷'],
      ['并', '合兼归吞', '购入且轨发联举非列行网存重'],
      ['应', '对相响供适反感', '当急该用对届聘付战'],
      ['就', '成造', '业是此地近要学医任职绪餐读诊'],
      ['都', '首古故', '市城江匀会要'],
      ['使', '即致促大天', '用命得馆者节'],
      ['让', '转出', '利步渡'],
      ['对', '应相面绝反针核校查比配', '于照策象外方手待话口付接联冲抗称立决'],
      ['从', '自跟服听顺', '业事而来前此今中容严速快简优紧重'],
      ['以', '可所难足得加予给', '及上下来往后前内外便免为致至期'],
      ['有', '所拥具没富享占只含国', '关效力序利限些机害益'],
      ['已', '而自', ''],
      ['还', '归偿返退奉', '贷款本清原'],
    ] as const
  ).map(([character, before, after]) => [character.charCodeAt(0), [before, after]]),
);

/** Verbs of trying and words of emphasis, which are said twice on purpose: 研究研究. */
const SAID_TWICE = new Set(
  '研究 讨论 商量 考虑 学习 了解 琢磨 打听 调研 分析 比较 总结 反思 锻炼 体验 感受 观察 沟通 交流 非常 许多 永远'.split(
    ' ',
  ),
);
/** Repetition for emphasis: 又一次又一次, 再接再厉. */
const EMPHATIC = /[一两几又再越更]/;

/** Characters that belong to what stands before them and, but for the words excepted above, never begin another. */
const NEVER_ALONE = new Set([...'们的'].map((character) => character.charCodeAt(0)));
/** Units that stand alone behind a figure, and the signs among them: 200亿元元, 6%%. */
const UNITS = '元吨';
const FIGURE = /[\d一二三四五六七八九十百千万亿]/;

/**
 * Shortest clause told when it follows itself, when it returns in one sentence, shortest sentence that follows itself, and
 * shortest sentence and paragraph.
 */
const NEXT_CLAUSE = 4;
const SAME_SENTENCE = 8;
const NEXT_SENTENCE = 8;
const SENTENCE = 15;
const PARAGRAPH = 20;
/** How many clauses, sentences and paragraphs are kept to compare with. */
const KEPT = 24;
const PARAGRAPHS_KEPT = 3;

export const repeatedText: LineRule = {
  id: 'text.repeated',
  scope: 'line',
  title: { zh: '文字重复', en: 'Words written twice' },
  reason: {
    zh: '同一个字、词、分句或句子紧接着又出现一遍，多半是删改、粘贴时留下的。',
    en: 'A character, word, clause or sentence that follows itself is mostly left over from an edit.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      { text: '扎实做好各项民生⟦的的⟧工作，取得⟦了了⟧明显成效。' },
      { text: '要⟦进一步进一步⟧压实责任，⟦推进推进⟧改革。' },
      { text: '⟦要要⟧认真落实，⟦将将⟧情况报告县政府，⟦各级各级⟧党组织都要参与。' },
      { text: '要牢牢守住安全底线，⟦要牢牢守住安全底线⟧，确保不出事故。' },
      { text: '深化农村集体产权改革，发展新产业，⟦深化农村集体产权改革⟧。' },
      { text: '今年全县粮食总产量再创历史新高。农民收入稳定增长。⟦今年全县粮食总产量再创历史新高。⟧' },
      {
        text: '各乡镇要按月报送进展情况，县政府办公室汇总通报。\n\n⟦各乡镇要按月报送进展情况，县政府办公室汇总通报。⟧',
      },
      { text: '强化⟦基础设施基础设施⟧建设。' },
      { text: '请各镇抓好贯彻落实。⟦请各镇抓好贯彻落实。⟧' },
      { text: '各级各部门⟦要要⟧认真落实，⟦各级各部门要要认真落实⟧。' },
      { text: '做好防汛、抗旱、⟦抗旱⟧、防火工作，增长6⟦%%⟧，投入200亿⟦元元⟧，我⟦们们⟧要努力。' },
      { text: '⟦要要⟧强化创新引领，巩固长期向好⟦的的⟧态势。' },
      { text: '加强⟦对对⟧企业的服务，健全制⟦度度⟧，加强组织领⟦导导⟧。' },
    ],
    clean: [
      { text: '以服务群众为目的的改革，为了了解情况，共和和谐，参与与会代表座谈，普及及时。' },
      { text: '人人参与，天天清扫，处处整洁，好好谋划，一个一个销号，研究研究再定，刚刚起步，常常走访，谢谢大家。' },
      { text: '一代又一代又一代人接续奋斗，一次又一次攻关。' },
      { text: '坚持问题导向，坚持目标导向，坚持结果导向。' },
      { text: '不了了之，一目了了，的的确确，在在校学生中开展。' },
      { text: '为了人民、依靠人民。为了人民，要办实事；依靠人民，要听民声。' },
      { text: '标的的价格，受棉被被套影响。' },
      { text: '各地要要求施工单位把把关工作做好，应应急部门要求，会会同有关部门，将将军山列为保护区，合并并入县城。' },
      { text: '一项一项抓落实，琢磨琢磨再定。' },
      { text: '对对象逐一核实，从从业人员抓起，以以往经验为鉴，2025年年底，近3年年均增长6%，共计100元。' },
      {
        text: '各项工作扎扎实实，热热闹闹、认认真真，“十五五”，表示谢谢，前景光明、问题种种。办好大大小小的事，天天、村村、一步步。',
      },
      { text: '县、乡镇，乡镇、村，副县长、县长参加，发展县、市、县域经济，分为甲、乙、甲三类。' },
    ],
  },

  check(line) {
    const findings = read(line);
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  finalize(found, analysis) {
    const paragraphs = repeatedParagraphs(analysis);
    return paragraphs.length === 0 ? found : [...found, ...paragraphs];
  },
};

/**
 * For each character where it stood last, as a running count over all lines, so that nothing need be cleared.
 * Where character after character last stood the same distance back, a stretch of that length is repeated.
 * The table is small enough to stay in the nearest cache; characters that share a place in it are told apart by
 * comparing the words once a repetition is suspected.
 */
const PLACES = 0x1000;
const lastSeen = new Int32Array(PLACES);
/** Where counting begins: so far from 0 that a character never seen is not taken for the neighbour of the first one. */
const COUNT_FROM = 2;
let counted = COUNT_FROM;

/** The last few clauses or sentences, kept without making an object for each. */
class Recent {
  private readonly starts = new Int32Array(KEPT);
  /** Length and first character in one: what differs in these need not be compared. */
  private readonly keys = new Int32Array(KEPT);
  private next = 0;
  private count = 0;

  clear(): void {
    this.count = 0;
    this.next = 0;
  }

  add(line: string, start: number, end: number): void {
    this.starts[this.next] = start;
    this.keys[this.next] = keyOf(line, start, end);
    this.next = this.next + 1 < KEPT ? this.next + 1 : 0;
    if (this.count < KEPT) this.count++;
  }

  /** True where one of them says the same in `line` as the stretch given. */
  has(line: string, start: number, end: number): boolean {
    const key = keyOf(line, start, end);
    for (let at = 0; at < this.count; at++) {
      if (this.keys[at] === key && isSame(line, this.starts[at]!, start, end)) return true;
    }
    return false;
  }
}

function keyOf(line: string, start: number, end: number): number {
  return start < end ? line.charCodeAt(start) | ((end - start) << 16) : 0;
}

/** True where the words from `other` on are those from `start` to `end`. */
function isSame(line: string, other: number, start: number, end: number): boolean {
  return line.startsWith(line.slice(start, end), other);
}

/** Clauses since the last semicolon or full stop, and sentences. */
const branch = new Recent();
const sentences = new Recent();

/** Reads `line` from left to right; one pass for words and clauses, since every line of a text comes by here. */
function read(line: string): Finding[] {
  const findings: Finding[] = [];
  branch.clear();
  sentences.clear();
  if (counted + line.length > 0x7fff_fff0) {
    lastSeen.fill(0);
    counted = COUNT_FROM;
  }
  const base = counted;
  counted += line.length + 1;
  let distance = 0;
  let length = 0;
  let start = 0;
  /** The clause before, whatever stands between. */
  let before = 0;
  let item = 0;
  let itemBefore = 0;
  let sentence = 0;
  for (let at = 0; at <= line.length; at++) {
    const code = at < line.length ? line.charCodeAt(at) : FULL_STOP;
    if (code >= 0x4e00 && code <= 0x9fff) {
      const place = code & (PLACES - 1);
      const back = base + at - lastSeen[place]!;
      lastSeen[place] = base + at;
      // No branch for a character that is new in this line: its distance is longer than any run can be.
      length = back === distance ? length + 1 : 1;
      distance = back;
      if (length !== distance) continue;
      const twice = at + 1 - 2 * distance;
      if (isSlip(line, twice, distance)) findings.push(describe(line, twice, at + 1, at + 1 - distance));
      continue;
    }
    distance = 0;
    if (isSign(code) && isSignTwice(line, at)) findings.push(describe(line, at, at + 2, at + 1));
    const stop = stopOf(code);
    if (stop === NO_STOP) {
      if (code !== PAUSE) continue;
      if (sameItem(line, itemBefore, item, at)) findings.push(described(line, item, at, item, item - 1));
      itemBefore = item;
      item = at + 1;
      continue;
    }
    if (item > 0 && line.charCodeAt(item - 1) === PAUSE && sameItem(line, itemBefore, item, at)) {
      findings.push(described(line, item, at, item, item - 1));
    }
    itemBefore = at + 1;
    item = at + 1;
    if (at - start >= NEXT_CLAUSE) {
      const follows = code !== EXCLAMATION && start - 1 - before === at - start && isSame(line, before, start, at);
      if (follows || (at - start >= SAME_SENTENCE && branch.has(line, start, at))) {
        if (hanIn(line, start, at) >= (follows ? NEXT_CLAUSE : SAME_SENTENCE)) {
          // Taking the clause out takes out what is written twice in it.
          while (findings.length > 0 && findings.at(-1)!.start >= start) findings.pop();
          findings.push(described(line, start, at, start, Math.max(0, start - 1)));
        }
      }
    }
    before = start;
    // Branches of a sentence divided by semicolons may end alike: …的，依法追究责任；…的，依法追究责任。
    if (stop === COMMA) branch.add(line, start, at);
    else branch.clear();
    start = at + 1;
    if (stop !== SENTENCE_END) continue;
    const end = Math.min(at + 1, line.length);
    const next = code !== EXCLAMATION && followsItself(line, sentence, end);
    const least = next ? NEXT_SENTENCE : SENTENCE;
    if (end - sentence > least && (next || sentences.has(line, sentence, end)) && hanIn(line, sentence, end) >= least) {
      // The sentence says it all; its clauses need not be told one by one.
      while (findings.length > 0 && findings.at(-1)!.start >= sentence) findings.pop();
      findings.push(describe(line, sentence, end, sentence));
    }
    sentences.add(line, sentence, end);
    sentence = at + 1;
  }
  return findings;
}

/** True where the words from `start` to `end` stand right before, from the head of a clause on. */
function followsItself(line: string, start: number, end: number): boolean {
  const before = start - (end - start);
  return before >= 0 && (before === 0 || !isHan(line.charCodeAt(before - 1))) && isSame(line, before, start, end);
}

function hanIn(line: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (isHan(line.charCodeAt(at))) count++;
  return count;
}

/** Decides on the unit of `size` characters at `start`, which is followed by itself. */
function isSlip(line: string, start: number, size: number): boolean {
  const unit = line.slice(start, start + size);
  if (!line.startsWith(unit, start + size)) return false;
  const before = line.charAt(start - 1);
  const after = line.charAt(start + 2 * size);
  if (size === 1) {
    const exceptions = NEVER_DOUBLED.get(unit.charCodeAt(0));
    // After a bracket it is a reading that stands between: 實(shí)實(shí)在在.
    if (before === unit || after === unit || before === ')') return false;
    if (!exceptions) return (UNITS.includes(unit) && FIGURE.test(before)) || isTailTwice(line, start);
    if (before !== '' && exceptions[0].includes(before)) return false;
    if (after !== '' && exceptions[1].includes(after)) return false;
    return NEVER_ALONE.has(unit.charCodeAt(0)) || areWords(line, start, 1) || isWordOnce(line, start);
  }
  if (size === 2) {
    if (EMPHATIC.test(unit) || SAID_TWICE.has(unit) || before === ')' || after === '再') return false;
    return unit[0] !== unit[1] && areWords(line, start, 2);
  }
  return !EMPHATIC.test(unit) || unit === '进一步';
}

/**
 * True where the character at `start` is a word by itself once its twin is gone: 要强化 has 要, while a dictionary reads
 * 要强 in 要要强化.
 */
function isWordOnce(line: string, start: number): boolean {
  const from = Math.max(0, start - AROUND);
  const once = line.slice(from, start) + line.slice(start + 1, start + 2 + AROUND);
  for (const { index, segment } of segments(once) ?? []) if (index === start - from) return segment.length === 1;
  return false;
}

/** The last character of a word, once more at the end of a clause: 加强领导导。 Not 扎扎实实, 问题种种. */
function isTailTwice(line: string, start: number): boolean {
  const after = line.charCodeAt(start + 2);
  if (after >= 0x4e00 && after <= 0x9fff) return false;
  if (start < 1 || FIGURE.test(line.charAt(start)) || line.charAt(start - 1) === line.charAt(start - 2)) return false;
  const from = Math.max(0, start - AROUND);
  const words = [...(segments(line.slice(from, start + 2)) ?? [])];
  const [word, last] = words.slice(-2);
  return last?.segment.length === 1 && word !== undefined && word.segment.length > 1;
}

/** True for % ％ ‰ ℃. */
function isSign(code: number): boolean {
  return code === 0x25 || code === 0xff05 || code === 0x2030 || code === 0x2103;
}

/** True for %% behind a figure. */
function isSignTwice(line: string, at: number): boolean {
  return line.charCodeAt(at) === line.charCodeAt(at + 1) && FIGURE.test(line.charAt(at - 1));
}

/** Characters around a repetition that are read as words. */
const AROUND = 4;

/** True where the two units of `size` characters from `start` on are each a word by itself in a general dictionary. */
function areWords(line: string, start: number, size: number): boolean {
  const from = Math.max(0, start - AROUND);
  const first = start - from;
  let found = 0;
  for (const { index, segment } of segments(line.slice(from, start + 2 * size + AROUND)) ?? []) {
    if (segment.length === size && (index === first || index === first + size)) found++;
  }
  return found === 2;
}

/** The fewest characters of an item of a list that may stand twice by mistake: 甲、乙、乙 may be meant. */
const ITEM = 2;

/** True where the item of a list from `start` to `end` is the one before it, which starts at `before`. */
function sameItem(line: string, before: number, start: number, end: number): boolean {
  const length = end - start;
  if (length < ITEM || start - 1 - before !== length) return false;
  return line.slice(before, before + length) === line.slice(start, end) && hanIn(line, start, end) === length;
}

const PAUSE = 0x3001;
const NO_STOP = 0;
const COMMA = 1;
const SEMICOLON = 2;
const SENTENCE_END = 3;
const FULL_STOP = 0x3002;
const EXCLAMATION = 0xff01;

/** What `code` ends: nothing, a clause, a branch of a sentence, or a sentence. */
function stopOf(code: number): number {
  switch (code) {
    case 0xff0c:
    case 0xff1a:
    case 0x2c:
    case 0x3a:
      return COMMA;
    case 0xff1b:
    case 0x3b:
      return SEMICOLON;
    case FULL_STOP:
    case EXCLAMATION:
    case 0xff1f:
      return SENTENCE_END;
    default:
      return NO_STOP;
  }
}

/** Paragraphs that stand again a little further down. */
function repeatedParagraphs(analysis: Analysis): PlacedFinding[] {
  const { text, lines } = analysis;
  const found: PlacedFinding[] = [];
  const above: number[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    // Titles and headings stand twice in many documents; a paragraph ends in a full stop.
    if (end - start < PARAGRAPH || text.charCodeAt(end - 1) !== 0x3002) continue;
    const twin = above.find((other) => sameLine(analysis, other, line));
    if (twin !== undefined && blockKindAt(analysis, line) === 'body') {
      const from = start + leadingBlanks(text, start, end);
      found.push({
        base: 0,
        finding: {
          start: from,
          end,
          message: { zh: '这一段与前面一段完全相同。', en: 'This paragraph repeats one just above word for word.' },
          related: [
            { start: lines.start(twin), end: lines.end(twin), message: { zh: '前面的一段', en: 'The one above' } },
          ],
        },
      });
    }
    above.push(line);
    if (above.length > PARAGRAPHS_KEPT) above.shift();
  }
  return found;
}

function sameLine({ text, lines }: Analysis, a: number, b: number): boolean {
  const length = lines.end(a) - lines.start(a);
  if (length !== lines.end(b) - lines.start(b)) return false;
  return text.slice(lines.start(a), lines.end(a)) === text.slice(lines.start(b), lines.end(b));
}

function leadingBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at - start;
}

function describe(line: string, start: number, end: number, secondStart: number): Finding {
  return described(line, start, end, secondStart, secondStart);
}

/** The same where more than the second of two goes: `from` is where the deletion begins, with the mark before it. */
function described(line: string, start: number, end: number, secondStart: number, from: number): Finding {
  const short =
    end - secondStart <= 12 ? line.slice(secondStart, end) : `${line.slice(secondStart, secondStart + 12)}…`;
  return {
    start,
    end,
    message: {
      zh: '“{0}”重复，请删去一个；若是有意重复，可忽略。',
      en: '"{0}" is written twice; delete one unless it is meant.',
      values: [short],
    },
    fixes: [changeTo(from, end, '', false)],
  };
}
