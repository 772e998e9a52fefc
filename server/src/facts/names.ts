/** Names that must stay the same throughout a draft: 《titles》, bodies after 以下简称, persons with their office. */
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { LineMemo } from '../structure/lineMemo';
import { Pace, type Resumable } from '../text/resumable';

/** A name that is a slightly changed form of another. */
export interface NameSlip {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** The usual form, and the offset of its first occurrence. */
  readonly usual: string;
  readonly usualStart: number;
  readonly usualEnd: number;
  /** Whether the two may be names of different things: a meaningful word differs (林长制 beside 河长制). */
  readonly unsure?: boolean;
}

interface Mention {
  readonly name: string;
  readonly start: number;
}

const NO_MENTIONS: readonly Mention[] = [];
const MAX_NAMES = 600;

/** Levenshtein distance of `a` and `b`, or `limit + 1` if it is larger. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      const value = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost);
      next.push(value);
      if (value < least) least = value;
    }
    if (least > limit) return limit + 1;
    row = next;
  }
  return row[b.length] as number;
}

/** Where `a` and `b` differ: the part of each between the common prefix and the common suffix. */
export function difference(a: string, b: string): readonly [string, string] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
}

const TITLE = /《([^《》\n]{6,60})》/g;
/** Characters that distinguish two works: numbers, years, places, parts, and the kind of document. */
const DISTINCT =
  /[\d０-９〇零一二三四五六七八九十百上中下前后左右东西南北省市县区州乡镇村国内外京津沪渝大小老少男女父母甲乙丙丁ABCDabcdⅠⅡⅢⅣ（）()·—-]/;
const KINDS =
  /^(?:条例|办法|规定|细则|规则|意见|方案|决定|通知|规划|计划|纲要|章程|准则|标准|规范|指南|目录|导则|清单|公约|协定|宣言|声明|报告|法|函)$/;

const titleMentions = mentionMemo('《', TITLE, 1, 6);

/** A line memo of the names that capture group `group` of `pattern` matches. */
function mentionMemo(sign: string, pattern: RegExp, group: number, least: number): LineMemo<readonly Mention[]> {
  return new LineMemo<readonly Mention[]>((line) => {
    if (!line.includes(sign)) return NO_MENTIONS;
    const mentions: Mention[] = [];
    for (const match of line.matchAll(pattern)) {
      const name = match[group] as string;
      if (name.length >= least) mentions.push({ name, start: match.index + match[0].indexOf(name) });
    }
    return mentions;
  });
}

/** Mentions in order, and for each the offset of its line. */
interface Mentions<Kind extends Mention> {
  readonly all: readonly Kind[];
  readonly bases: readonly number[];
}

/** All mentions of `memo` in the text. */
function* mentionsIn<Kind extends Mention>(
  analysis: Analysis,
  memo: LineMemo<readonly Kind[]>,
): Resumable<Mentions<Kind>> {
  const all: Kind[] = [];
  const bases: number[] = [];
  const pace = new Pace();
  for (let line = 0; line < analysis.lines.count; line++) {
    if (pace.isOver()) yield;
    const found = memo.of(analysis, line);
    if (found.length === 0) continue;
    const base = analysis.lines.start(line);
    for (const one of found) {
      all.push(one);
      bases.push(base);
    }
  }
  return { all, bases };
}

/** Maximum length between two adjacent titles: 》、《, 》以及《. */
const JOINING = 5;
/** Characters that carry little meaning in a title: without them, or with others of them, it names the same work. */
const EMPTY_WORDS = /^[的和与及等、，,年“”"‘’·\s]*$/;

/**
 * Whether the differing parts `one` and `other` of two titles mean the same: 的 is left out, or two characters are
 * swapped.
 */
function isSameSense(one: string, other: string): boolean {
  if (EMPTY_WORDS.test(one) && EMPTY_WORDS.test(other)) return true;
  return one.length === 2 && other === `${one[1]}${one[0]}`;
}

/** Titles that differ from another title of the text by a character or two. */
export function* titleSlips(analysis: Analysis): Resumable<NameSlip[]> {
  const slips = yield* slipsIn(analysis, titleMentions, (name, usual, counts) => {
    if (name.length < 8 || usual.length < 8) return false;
    if (name.endsWith(usual) || usual.endsWith(name) || name.startsWith(usual) || usual.startsWith(name)) return false;
    const [one, other] = difference(name, usual);
    // Acts of parliament differ by one word; marks and blanks are not wording.
    if (/法[〉》]?$/.test(name) || !/[\u4e00-\u9fff]/.test(one + other)) return false;
    if (DISTINCT.test(one) || DISTINCT.test(other) || KINDS.test(one) || KINDS.test(other)) return false;
    const distance = editDistance(name, usual, 2);
    // With one occurrence each it is a slip only if a single character of a long title differs.
    const usualCount = counts.get(usual) ?? 0;
    return distance === 1
      ? usualCount >= 2 || name.length >= 12
      : distance === 2 && usualCount >= 2 && name.length >= 12 && name.length === usual.length;
  });
  // Titles listed side by side are two works: 《应付费用明细表》、《应收费用明细表》.
  const { text } = analysis;
  const apart = slips.filter(({ start, end, usual }) => {
    const reach = usual.length + JOINING;
    return !text.slice(Math.max(0, start - reach), end + reach).includes(usual);
  });
  return apart.map((slip) => (isSameSense(...difference(slip.name, slip.usual)) ? slip : { ...slip, unsure: true }));
}

/** Whether `name` is a slip for `usual`; `counts` has how often each name occurs. */
type SlipTest = (name: string, usual: string, counts: ReadonlyMap<string, number>) => boolean;

/** A slip and the name meant, as indexes of mentions. */
interface SlipAmong {
  readonly slip: number;
  readonly usual: number;
}

/** The slips among the names of a text, which are the same in any text that has the same names in the same order. */
interface KnownSlips {
  readonly names: readonly string[];
  readonly slips: readonly SlipAmong[];
}

/** Keyed by the first mention. */
const knownSlips = new AnalysisMemo<KnownSlips, Mention>(() => ({ names: [], slips: [] }));

/** The slips among the mentions of `memo`. Most edits change no name: then they are as before. */
function* slipsIn(analysis: Analysis, memo: LineMemo<readonly Mention[]>, isSlip: SlipTest): Resumable<NameSlip[]> {
  const mentions = yield* mentionsIn(analysis, memo);
  const { all } = mentions;
  const [first] = all;
  if (!first) return [];
  let known = knownSlips.of(first);
  if (!haveNames(all, known.names)) {
    known = { names: all.map(({ name }) => name), slips: yield* slipsAmong(all, isSlip) };
    knownSlips.set(first, known);
  }
  return placedSlips(mentions, known.slips);
}

function haveNames(mentions: readonly Mention[], names: readonly string[]): boolean {
  if (mentions.length !== names.length) return false;
  for (let index = 0; index < names.length; index++) if (mentions[index]!.name !== names[index]) return false;
  return true;
}

function placedSlips({ all, bases }: Mentions<Mention>, slips: readonly SlipAmong[]): NameSlip[] {
  return slips.map(({ slip, usual }) => {
    const start = bases[slip]! + all[slip]!.start;
    const usualStart = bases[usual]! + all[usual]!.start;
    const [name, usualName] = [all[slip]!.name, all[usual]!.name];
    return {
      start,
      end: start + name.length,
      name,
      usual: usualName,
      usualStart,
      usualEnd: usualStart + usualName.length,
    };
  });
}

function* slipsAmong(mentions: readonly Mention[], isSlip: SlipTest): Resumable<SlipAmong[]> {
  const counts = new Map<string, number>();
  const first = new Map<string, number>();
  const pace = new Pace();
  for (let index = 0; index < mentions.length; index++) {
    const { name } = mentions[index]!;
    if (pace.isOver()) yield;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!first.has(name)) first.set(name, index);
  }
  const names = [...counts.keys()];
  if (names.length > MAX_NAMES) return [];
  const slips: SlipAmong[] = [];
  for (let index = 0; index < mentions.length; index++) {
    const { name } = mentions[index]!;
    const count = counts.get(name) as number;
    if (pace.isOver(count > 1 ? 1 : names.length)) yield;
    if (count > 1) continue;
    for (const usual of names) {
      if (usual === name || Math.abs(usual.length - name.length) > 2) continue;
      const usualCount = counts.get(usual) as number;
      const usualIndex = first.get(usual) as number;
      if (usualCount < count || (usualCount === count && usualIndex > index)) continue;
      if (!isSlip(name, usual, counts)) continue;
      slips.push({ slip: index, usual: usualIndex });
      break;
    }
  }
  return slips;
}

const SHORT_FORM = /([\u4e00-\u9fff]{6,40})[（(]以下(?:简称|称)(?:为|作)?[：:]?[“"]?([\u4e00-\u9fff]{2,14})[”"]?[）)]/g;
const BODY_END =
  /(?:委员会|办公室|管理局|领导小组|指挥部|管委会|公司|集团|中心|协会|学会|联合会|研究院|大学|学院|医院|银行|基金会|[局厅委部署院处办所队站])$/;
const MIN_CORE = 7;
const MAX_CORE = 16;

/** A slip in a name occurs once or twice; a more frequent form is a name of its own. */
const MAX_SLIPS = 2;

/** A short form defined in a line: the text before 以下简称, the short form and the offsets of both. */
interface ShortForm {
  readonly full: string;
  readonly short: string;
  readonly start: number;
  readonly shortStart: number;
  readonly end: number;
}

const NO_SHORT_FORMS: readonly ShortForm[] = [];
/** Part of every match of {@link SHORT_FORM}, and faster to search for. */
const DEFINES = /[\u4e00-\u9fff][（(]以下(?:简称|称)/;

const shortForms = new LineMemo<readonly ShortForm[]>((line) => {
  if (!DEFINES.test(line)) return NO_SHORT_FORMS;
  return Array.from(line.matchAll(SHORT_FORM), ({ 0: whole, 1: full = '', 2: short = '', index }) => {
    const shortStart = index + whole.indexOf(short, full.length);
    return { full, short, start: index, shortStart, end: index + whole.length };
  });
});

/** The short forms that `analysis` defines, in order, with offsets of the text. */
function* shortFormsIn(analysis: Analysis): Resumable<ShortForm[]> {
  const forms: ShortForm[] = [];
  const pace = new Pace();
  for (let line = 0; line < analysis.lines.count; line++) {
    if (pace.isOver()) yield;
    const found = shortForms.of(analysis, line);
    if (found.length === 0) continue;
    const base = analysis.lines.start(line);
    for (const { start, shortStart, end, ...words } of found) {
      forms.push({ ...words, start: base + start, shortStart: base + shortStart, end: base + end });
    }
  }
  return forms;
}

/** Bodies whose full name is repeated with a change after 以下简称 has fixed it. A group named by 以下统称 is not one body. */
export function* bodySlips(analysis: Analysis): Resumable<NameSlip[]> {
  const forms = yield* shortFormsIn(analysis);
  if (forms.length === 0) return [];
  const { text } = analysis;
  const slips: NameSlip[] = [];
  for (const { full, short, start, shortStart, end: from } of forms) {
    if (!BODY_END.test(full)) continue;
    // Names contain no 的: what comes before it modifies the name.
    const named = full.slice(full.lastIndexOf('的') + 1);
    // Where the name starts in the words before the bracket is unknown: the longest suffix that recurs is used.
    for (let length = Math.min(MAX_CORE, named.length); length >= MIN_CORE; length--) {
      const core = full.slice(-length);
      yield;
      const changed = changedForms(text, core, start + full.length - length, from);
      slips.push(...changed);
      if (changed.length > 0) break;
    }
    if (short.length >= 4 && BODY_END.test(short)) {
      slips.push(...changedForms(text, short, shortStart, from));
    }
  }
  const seen = new Set<number>();
  return slips
    .filter(({ start, name, usual }) => {
      // The short form itself, preceded by a word.
      if (seen.has(start) || forms.some(({ short }) => name.includes(short) && !usual.includes(short))) return false;
      seen.add(start);
      // A form as frequent as the name itself is another body.
      const often = text.split(name).length - 1;
      return often === 1 || (often <= MAX_SLIPS && often * 4 <= text.split(usual).length - 1);
    })
    .sort((a, b) => a.start - b.start);
}

/**
 * Places after `from` where `name` occurs with one or two characters changed, its beginning and its last character
 * kept.
 */
function changedForms(text: string, name: string, nameStart: number, from: number): NameSlip[] {
  const slips: NameSlip[] = [];
  const lead = name.slice(0, Math.max(2, Math.floor(name.length / 4)));
  const end = name.slice(-1);
  const limit = name.length >= 8 ? 2 : 1;
  for (let at = text.indexOf(lead, from); at >= 0; at = text.indexOf(lead, at + 1)) {
    if (text.startsWith(name, at)) continue;
    for (const length of [name.length, name.length - 1, name.length + 1]) {
      const form = text.slice(at, at + length);
      if (form.length !== length || !form.endsWith(end) || !/^[\u4e00-\u9fff]+$/.test(form)) continue;
      if (/[\u4e00-\u9fff]/.test(text.charAt(at + length)) && !BODY_END.test(form)) continue;
      if (GOES_ON.test(text.slice(at + length - 1, at + length + 1))) continue;
      const [one, other] = difference(form, name);
      if (isOtherWord(one, other) || /[的之未不在由对向为]/.test(one + other)) continue;
      if (/[省市县区州乡镇一二三四五六七八九十和与及、各]/.test(one + other)) continue;
      if (editDistance(form, name, limit) > limit || form.length < 4) continue;
      slips.push({
        start: at,
        end: at + length,
        name: form,
        usual: name,
        usualStart: nameStart,
        usualEnd: nameStart + name.length,
      });
      break;
    }
  }
  return slips;
}

/** Words that begin with the last character of a body: 市建委办理 does not name a 市建委办. */
const GOES_ON =
  /办[理公事案好成]|部[门分署]|处[理于置罚分]|所[有在得需属以]|委[员托派会]|署名|院[长校落]|局[面部限长]|队伍|站[点在]|厅[长堂]/;

/** Whether the two are different words with no character in common: 专门 for 常务 is another committee, not a slip. */
function isOtherWord(one: string, other: string): boolean {
  return one.length >= 2 && other.length >= 2 && ![...one].some((character) => other.includes(character));
}

const LISTED_BODY =
  /(?<=[、：:（(，；])((?:[\u4e00-\u9fff]{2,12})(?:委员会|办公室|管理局|局|厅|委|办|中心|集团|公司))(?=[、）)，；。\n])/g;
const SUFFIXES = /(?:委员会|办公室|管理局|局|厅|委|办)$/;
/** Pairs of bodies with one name: party and government, offices and their parent bodies. */
const TWIN = /^(?:省|市|县|区|州|镇|中共)?(?:委|政府|人大|政协|纪委|军|武装|总工会|团)/;

const listedMentions = mentionMemo('、', LISTED_BODY, 1, 5);

/** Bodies in lists (责任单位：甲、乙) that occur once with a different last word than everywhere else: 市水利局 ×5, 市水利委. */
export function* listedBodySlips(analysis: Analysis): Resumable<NameSlip[]> {
  return yield* slipsIn(analysis, listedMentions, (name, usual, counts) => {
    if ((counts.get(usual) ?? 0) < 3) return false;
    const [stem, other] = [name.replace(SUFFIXES, ''), usual.replace(SUFFIXES, '')];
    return stem === other && stem.length >= 4 && !TWIN.test(stem);
  });
}

const OFFICE =
  /(?:省长|市长|县长|区长|州长|镇长|乡长|书记|主任|局长|厅长|部长|主席|院长|校长|董事长|总经理|教授|院士|秘书长|司令员|检察长|会长)/;
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边';
const PERSON = new RegExp(
  `(${OFFICE.source})([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?=[，。、；：:）)（(]|同志|强调|指出|主持|出席|表示|介绍|说|认为|率|等)`,
  'g',
);
const DOTTED = /([\u4e00-\u9fff]{2}[·•][\u4e00-\u9fff]{3})/g;
/** 二七·一亿元: an old-style figure. */
const FIGURE = /[〇零一二三四五六七八九十百千万亿]/;

interface PersonMention extends Mention {
  readonly office: string;
}

const personMentions = new LineMemo<readonly PersonMention[]>((line) =>
  Array.from(line.matchAll(PERSON), (match) => {
    const office = match[1] as string;
    return { name: match[2] as string, start: match.index + office.length, office };
  }),
);
/**
 * Names with ·, cut to the two characters before the first and the three after the last, so that they contain no other
 * word.
 */
const dottedMentions = new LineMemo<readonly Mention[]>((line) =>
  Array.from(line.matchAll(DOTTED), (match) => ({ name: match[1] as string, start: match.index })),
);

/**
 * Persons whose name is spelt two ways: the same office and surname with one character changed, or a long name with ·.
 */
export function* personSlips(analysis: Analysis): Resumable<NameSlip[]> {
  const officed = yield* mentionsIn(analysis, personMentions);
  const offices = new Map<string, Set<string>>();
  for (const { name, office } of officed.all) {
    const known = offices.get(name) ?? new Set<string>();
    known.add(office);
    offices.set(name, known);
  }
  return [
    ...placedSlips(
      officed,
      yield* slipsAmong(officed.all, (name, usual, counts) => {
        if (name.length !== 3 || usual.length !== 3 || name[0] !== usual[0] || (counts.get(usual) ?? 0) < 2)
          return false;
        const shared = [...(offices.get(name) ?? [])].some((office) => offices.get(usual)?.has(office));
        return shared && editDistance(name, usual, 1) === 1;
      }),
    ),
    ...(yield* slipsIn(analysis, dottedMentions, (name, usual, counts) => {
      if ((counts.get(usual) ?? 0) < 2 || name.slice(0, 3) !== usual.slice(0, 3)) return false;
      // The last character may belong to the next word: 马可·波罗同, 马可·波罗打.
      if (name.at(-1) !== usual.at(-1) || difference(name, usual).some((part) => FIGURE.test(part))) return false;
      return editDistance(name, usual, 1) === 1;
    })),
  ];
}

/** Reads the names of titles, bodies and persons incrementally, so that their slips are then found at once. */
export function* readNames(analysis: Analysis): Resumable<void> {
  for (const memo of [titleMentions, shortForms, listedMentions, personMentions, dottedMentions]) {
    yield* memo.prepare(analysis);
  }
}
