/** Characters and words that are doubled inside a clause: 的的, 进一步进一步. */
import { isHan } from '../../text/characters';
import type { Span } from '../../text/span';
import { segments } from '../../text/words';

/**
 * Function words that are never doubled, with characters before or after them that make two words of the two
 * characters: 目的|的, 为了|了解, 共和|和, 存在|在, 参与|与, 与|与会, 普及|及. A general dictionary has most of these; the lists add what it
 * lacks.
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
      ['为', '以认成作因行更最较有', '了何民期难此止主数首人重先准'],
      ['由', '理自缘', '于此来衷'],
      ['并', '合兼归吞', '购入且轨发联举非列行网存重'],
      ['应', '对相响供适反感', '当急该用对届聘付战'],
      ['就', '成造', '业是此地近要学医任职绪餐读诊'],
      ['都', '首古故', '市城江匀会要'],
      ['使', '即致促大天', '用命得馆者节'],
      ['让', '转出', '利步渡'],
      ['对', '应相面绝反针核校查比配', '于照策象外方手待话口付接联冲抗称立决账帐比岸'],
      ['从', '自跟服听顺', '业事而来前此今中容严速快简优紧重'],
      ['以', '可所难足得加予给', '及上下来往后前内外便免为致至期权身点'],
      ['有', '所拥具没富享占只含国', '关效力序利限些机害益'],
      ['已', '而自', ''],
      ['还', '归偿返退奉', '贷款本清原'],
    ] as const
  ).map(([character, before, after]) => [character.charCodeAt(0), [before, after]]),
);

/** Tentative verbs and words of emphasis, which are doubled on purpose: 研究研究. */
const SAID_TWICE = new Set(
  '研究 讨论 商量 考虑 学习 了解 琢磨 打听 调研 分析 比较 总结 反思 锻炼 体验 感受 观察 沟通 交流 非常 确实 许多 很多 好多 千万 永远 舒服 高兴 放松 教训 意思 参谋 合计 核实 请示 解释 介绍 休息 打扫 收拾 指导 帮助 宣传 活动'.split(
    ' ',
  ),
);
/** Nouns that are verbs as well: 本规定|规定的, 职工代表|代表全体职工, 保管|保管物, 资产信托|信托财产, 规划规划、墙上挂挂. */
const NOUN_AND_VERB = new Set(
  '规定 規定 组织 組織 代表 保管 委托 委託 信托 信託 决定 決定 计划 計劃 规划 規劃 建议 建議 监督 監督 领导 領導 通知 安排 设计 設計 保障 管理 服务 服務 工作 教育 编制 編制'.split(
    ' ',
  ),
);
/** Before a verb that is doubled on purpose: 该取消取消、该下放下放, 让他们舒服舒服. */
const SAYS_TWICE_BEFORE = /(?:该|要|去|来|多|再|自己|大家|好好|一起)$/;
/** Repetition for emphasis or as a form: 又一次又一次, 再接再厉, 能种什么种什么, 殖民地半殖民地半封建. */
const EMPHATIC = /[一两几又再越更谁哪]|什么|多少|怎么|半$/;

/** Characters that belong to the preceding word and, except in the words listed above, never begin another. */
const NEVER_ALONE = new Set([...'们的'].map((character) => character.charCodeAt(0)));
/** Units on their own after a figure, and the signs among them: 200亿元元, 6%%. */
const UNITS = '元吨';
const FIGURE = /[\d一二三四五六七八九十百千万亿]/;

/**
 * Followed by one of these, a word begins a longer one, and the word before may be the shorter one by itself: 会议|会议室,
 * 巴西|巴西利亚, 常委|常委会, 博士|博士后.
 */
const LENGTHENS = new Set([
  ...'会室链后化性部局厅院所员家人学法区县市省州站长制力度率费税品业园圈线网台村镇乡岛江河山海湖湾国亚洲城路桥港战权证书者式型类级层版费额量值线面点体系群组团队办司处科队班校馆厂店车船机器具工商农兵民族语文字词句史记利列',
]);
/**
 * Endings that are also words by themselves, or occur in names of laws and offices: 立法|法, 干部|部, 市|市、县. Doubled at the
 * end of a clause they prove nothing.
 */
const ALSO_WORDS = new Set([
  ...'法部市县区省州村镇乡局厅处科会院所室站港人者员家条件章节项款目级期月年天日时分种样类个位次步建路校厂队班组团办国党军委政府书记长家话事物本点线面层年岁里外上下中内前后左右东西南北头道处地场口子儿女大小',
]);

/** Doubled after a noun these describe it: 金光灿灿, 热气腾腾, 硕果累累. */
const DESCRIBING = new Set([
  ...'声聲阵陣灿闪熊勃济累滚绵历昭拳殷谆惶沉茫苍葱郁欣冉袅翩彬堂洋融悠匆纷频连往渐默悄腾汪荡漾凛巍皑皎盈涓潺蒸烈铮琅朗依恋楚津匪孜兢冲',
]);
/** The party's committee in a commission: 中共……监督管理委员会委员会. */
const OF_THE_PARTY = /(?:中共|共产党|共產黨)[^，。；、）)]{0,40}$/;

/** Followed by one of these, a word names a kind of body or thing: 监督管理|管理机构, 出租|出租汽车. */
const KIND_OF =
  /^(?:机构|機構|部门|部門|单位|單位|人员|人員|企业|企業|组织|組織|中心|项目|項目|资金|資金|设备|设施|場所|场所|车辆|汽车|房屋|合同|用地|平台|机关|委员|会议|工作者|标准|标志|法规|制度)/;

/** 转发……的通知的通知: a document about a document. */
const ABOUT_DOCUMENT = /^的(?:通知|决定|意见|批复|函|公告|报告|请示|规定|办法|通报|决议|方案)$/;

/** Maximum length of a unit searched inside a clause; clauses and sentences are compared as wholes. */
const MAX_UNIT = 12;
/** Number of characters around a repetition that are segmented into words. */
const AROUND = 4;

/** The ranges of `line` that contain a unit of Han twice by mistake, sorted and disjoint; the halves are equal. */
export function doubledWords(line: string): Span[] {
  const found: Span[] = [];
  for (let size = 1; size <= MAX_UNIT && 2 * size <= line.length; size++) {
    // Of this many consecutive positions equal to those before them, one in every `size` is examined.
    for (let at = 2 * size - 1; at < line.length; at += size) {
      if (!isLikeBefore(line, at, size)) continue;
      let first = at;
      while (first > size && isLikeBefore(line, first - 1, size)) first--;
      while (at + 1 < line.length && isLikeBefore(line, at + 1, size)) at++;
      const start = first - size;
      if (at - first + 1 >= size && isSlip(line, start, size)) found.push({ start, end: first + size });
    }
  }
  if (found.length < 2) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((span, index) => index === 0 || span.start >= found[index - 1]!.end);
}

/** Whether an ideograph at `at` is the same as the one `size` characters before. */
function isLikeBefore(line: string, at: number, size: number): boolean {
  const code = line.charCodeAt(at);
  return code === line.charCodeAt(at - size) && code >= 0x4e00 && code <= 0x9fff;
}

/** The places of %% and ℃℃ after a figure. */
export function doubledSigns(line: string): Span[] {
  const found: Span[] = [];
  for (let at = 1; at + 1 < line.length; at++) {
    if (!isSign(line.charCodeAt(at)) || line.charCodeAt(at) !== line.charCodeAt(at + 1)) continue;
    if (FIGURE.test(line.charAt(at - 1))) found.push({ start: at, end: at + 2 });
  }
  return found;
}

/** Whether it is one of % ％ ‰ ℃. */
function isSign(code: number): boolean {
  return code === 0x25 || code === 0xff05 || code === 0x2030 || code === 0x2103;
}

/** Decides whether the unit of `size` characters at `start`, which is followed by itself, is a slip. */
function isSlip(line: string, start: number, size: number): boolean {
  const unit = line.slice(start, start + size);
  const before = line.charAt(start - 1);
  const after = line.charAt(start + 2 * size);
  // After a bracket there is a reading in between: 實(shí)實(shí)在在.
  if (before === ')') return false;
  if (size === 1) {
    if (before === unit || after === unit) return false;
    const exceptions = NEVER_DOUBLED.get(unit.charCodeAt(0));
    if (!exceptions) return (UNITS.includes(unit) && FIGURE.test(before)) || isTailTwice(line, start);
    if (before !== '' && exceptions[0].includes(before)) return false;
    if (after !== '' && exceptions[1].includes(after)) return false;
    return NEVER_ALONE.has(unit.charCodeAt(0)) || areWords(line, start, 1) || isWordOnce(line, start);
  }
  if (EMPHATIC.test(unit) && unit !== '进一步') return false;
  if (LENGTHENS.has(after) || KIND_OF.test(line.slice(start + 2 * size, start + 2 * size + 3))) return false;
  // 最高人民法院人民法院对外委托司法鉴定管理规定: a body, and what it regulates.
  if (line.slice(Math.max(0, start - 2), start) === '最高') return false;
  if (unit === '委员会' && OF_THE_PARTY.test(line.slice(Math.max(0, start - 48), start))) return false;
  // 大谋划谋划大项目
  if (size === 2 && before !== '' && before === after && isHan(before.charCodeAt(0))) return false;
  if (size > 2) return !isEvenlyDoubled(unit) && !ABOUT_DOCUMENT.test(unit);
  if (SAID_TWICE.has(unit) || NOUN_AND_VERB.has(unit) || after === '再' || unit[0] === unit[1]) return false;
  if (SAYS_TWICE_BEFORE.test(line.slice(Math.max(0, start - 2), start))) return false;
  return areWords(line, start, 2);
}

/** Whether the unit is itself a shorter one doubled, which has been examined. */
function isEvenlyDoubled(unit: string): boolean {
  const half = unit.length / 2;
  return Number.isInteger(half) && unit.slice(0, half) === unit.slice(half);
}

/**
 * Whether the character at `start` is a word by itself without its twin: 要强化 has 要, while a dictionary reads 要强 in
 * 要要强化.
 */
function isWordOnce(line: string, start: number): boolean {
  const from = Math.max(0, start - AROUND);
  const once = line.slice(from, start) + line.slice(start + 1, start + 2 + AROUND);
  for (const { index, segment } of segments(once) ?? []) if (index === start - from) return segment.length === 1;
  return false;
}

/** The last character of a word, repeated at the end of a clause: 加强领导导。 Not 扎扎实实, 问题种种, 《立法法》. */
function isTailTwice(line: string, start: number): boolean {
  const after = line.charAt(start + 2);
  if (after !== '' && !'，。；、！？：'.includes(after)) return false;
  const tail = line.charAt(start);
  if (
    start < 1 ||
    ALSO_WORDS.has(tail) ||
    DESCRIBING.has(tail) ||
    FIGURE.test(tail) ||
    FIGURE.test(line.charAt(start - 1))
  )
    return false;
  if (line.charAt(start - 1) === line.charAt(start - 2) || !isHan(line.charCodeAt(start - 1))) return false;
  const from = Math.max(0, start - AROUND);
  const words = [...(segments(line.slice(from, start + 2)) ?? [])];
  const [word, last] = words.slice(-2);
  return last?.segment.length === 1 && word !== undefined && word.segment.length > 1;
}

/** Whether the two units of `size` characters from `start` on are each a word by itself in a general dictionary. */
function areWords(line: string, start: number, size: number): boolean {
  const from = Math.max(0, start - AROUND);
  const first = start - from;
  let found = 0;
  for (const { index, segment } of segments(line.slice(from, start + 2 * size + AROUND)) ?? []) {
    if (segment.length === size && (index === first || index === first + size)) found++;
  }
  return found === 2;
}
