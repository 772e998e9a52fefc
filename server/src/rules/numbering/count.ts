import type { Analysis, NumberedList, Section } from '../../structure/analysis';
import { LineCacheKey } from '../../structure/lineCache';
import type { LineRecord } from '../../structure/lineScan';
import type { ParsedMarker } from '../../structure/markers';
import { formatChineseNumeral, parseChineseCount } from '../../text/numerals';
import { Pace, type Resumable } from '../../text/resumable';
import type { Span } from '../../text/span';
import type { DocumentRule, Finding } from '../rule';
import { nextOfShape } from './breaks';

/**
 * A number with a measure word that promises a list: 三个方面, 六项重点工作, 以下四点, 五大任务. The noun after it may be omitted. What
 * follows the claim decides whether the list follows: see PROMISES.
 */
const CLAIM =
  /(以下|如下|下列|下面|这|這)?(?:的)?([两兩二三四五六七八九十]{1,3}|\d{1,2})(个方面|個方面|个问题|個問題|点|點|项|項|条|條|件|个|個|大(?![功过過])|方面|类|類)(?:方面)?(?:的)?(?:主要|重点|重點|具体|具體|重大|重要|突出|关键|關鍵|基本|硬|民生|候选|候選){0,2}(?:意见|意見|工作|要求|任务|任務|内容|內容|问题|問題|建议|建議|措施|举措|舉措|体会|體會|看法|想法|希望|原因|做法|经验|經驗|启示|啟示|行动|行動|工程|原则|原則|特点|特點|事情|事项|事項|实事候选项目|實事候選項目|实事|實事|项目|項目|阶段|階段|步骤|步驟|环节|環節|面向|事|[\u4e00-\u9fff]{1,5}(?=[：:]$))?/g;

/** A name with a number right before the colon: 严把“五关”：一要……, 突出“六个坚持”：一是……. */
const QUOTED_CLAIM =
  /[“‘「『]([两兩二三四五六七八九十]{1,3})(?![一二三四五六七八九十])([个個大项項条條])?([^“”‘’「」『』，。；：:\s\d]{1,8})[”’」』][：:]$/;
/** Maximum length of a member in which the name it belongs to is looked for. */
const MEMBER = 60;

/** Words that qualify a claim away: 三个以上, 之一, 五个多月. */
const VAGUE =
  /^(?:以上|以下|以内|以內|左右|多|余|餘|几|幾|之一|之多|月|年|季度|地区|地區|县|市|省|区|人|小时|小時|亿|万|百分点|百分點|层面|层次|维度)/;
const ORDINAL_BEFORE = /[第一每各前后後近首头其另全\d.．〇○零百千万亿几數数十]$/;
/** Half of ——. */
const DASH = '—'.charCodeAt(0);
const QUOTES_OPEN = '“‘「『《〈';
const QUOTES_CLOSE = '”’」』》〉';

interface Claim {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** Where its numeral ends and the measure word begins. */
  readonly numeralEnd: number;
  /** True for 以下四点, 我讲三点意见：, which can only mean the list that follows. */
  readonly certain: boolean;
  readonly arabic: boolean;
  /** What a name in quotation marks counts, the 关 of “五关”: it announces the list only if the members repeat it. */
  readonly noun?: string;
}

export const count: DocumentRule = {
  id: 'numbering.count',
  scope: 'document',
  title: { zh: '说的数与列的数不符', en: 'Claim and list disagree' },
  reason: {
    zh: '前面说几个方面，后面就应列出几条；听的人会跟着数。',
    en: 'If three points are announced, three must follow: the audience counts along.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '下面，我讲⟦三个方面⟧意见：\n一、抓好春耕\n内容。\n二、抓好防汛\n内容。\n三、抓好秋收\n内容。\n四、抓好冬修\n内容。',
      },
      { text: '要处理好⟦三个⟧关系：一是城与乡的关系；二是快与慢的关系；三是人与水的关系；四是远与近的关系。' },
      { text: '要抓好⟦三项⟧工作，一是抓项目；二是抓民生；三是抓安全；四是抓环保。' },
      { text: '从以下⟦五方面⟧入手：一是抓项目；二是抓民生；三是抓安全。' },
      { text: '要严把“⟦五关⟧”：一要严把整地关，二要严把苗木关，三要严把栽植关，四要严把管护关。' },
      { text: '正确处理“⟦三个关系⟧”：一是快与慢的关系；二是城与乡的关系。' },
      { text: '资金分为⟦三类⟧：（1）中央资金；（2）省级资金。' },
      { text: '要把握好⟦三个⟧环节：首先，摸底；其次，整改；再次，验收；最后，总结。' },
      { text: '共分⟦三个⟧步骤：第一步，摸底；第二步，整改；第三步，验收；第四步，总结。' },
      { text: '要做好以下⟦四点⟧：一是修渠；二是植树；三是修路。' },
      { text: '检查分⟦四个⟧阶段进行：\n（一）自查。各镇自查。\n（二）抽查。县里抽查。\n（三）整改。限期整改。' },
      {
        text: '一、工作回顾\n一年来，我们抓了⟦四个方面⟧的工作：\n——稳增长。产值增长6%。\n——促改革。办了十件事。\n——惠民生。建了三所学校。\n二、工作安排\n内容。',
      },
      { text: '下面，我讲⟦两点⟧意见。\n一、抓好春耕\n内容。\n二、抓好防汛\n内容。\n三、抓好秋收\n内容。' },
      {
        text: '一、提高认识\n内容。\n二、压实责任\n这里，我强调⟦六个方面⟧工作：\n1.抓项目。\n2.抓民生。\n3.抓安全。\n4.抓环保。\n5.抓党建。\n三、强化督查\n内容。',
      },
    ],
    clean: [
      { text: '下面，我讲三个方面意见：\n一、抓好春耕\n内容。\n二、抓好防汛\n内容。\n三、抓好秋收\n内容。' },
      { text: '重点抓好“三个一批”：一是改造一批，二是新建一批，三是储备一批。' },
      { text: '要做到“两个维护”：一是抓学习；二是抓落实；三是抓督查。' },
      { text: '有下列情形之一的，依照条例第一百一十二条的规定处理：\n（一）违规办学；\n（二）违规修路。' },
      { text: '要在十个方面走在前列，各镇要结合实际抓好落实。\n一、提高认识\n内容。\n二、压实责任\n内容。' },
      { text: '全县实施三大工程，建成五个以上示范村。主要做法：一是规划先行；二是群众参与。' },
      { text: '集中力量办好5项14件实事：（1）修路。（2）修渠。（3）办学。（4）建厂。（5）植树。' },
      { text: '要把握好三个环节：首先，摸底；其次，整改；最后，总结。' },
      { text: '共分两个步骤：第一步，摸底；第二步，整改。' },
      { text: '有下列情形之一的，一次记二大功：\n（一）抢险有功；\n（二）救灾有功；\n（三）办学有功。' },
      { text: '前三个方面是：一是修渠；二是植树；三是修路；四是办学。' },
      { text: '要处理好四个关系：一是城与乡的关系，二是快与慢\n的关系，三是人与水的关系，四是远与近的关系。' },
      { text: '要抓好三件事：一是修渠；二是植树。\n三是修路。这件事最急。' },
      {
        text: '抓好四大工程：一是实施产业工程，提升能力。\n二是实施生态工程。\n三是实施育才工程，把人留住。四是实施服务工程。\n以创新驱动发展。',
      },
      { text: '抓好三大工程：一是实施产业工程。\n二是实施生态工程。\n三是实施育才工程，把人留住。' },
      { text: '要坚持以下三条原则：\n——坚持规划先行。\n——坚持因地制宜。\n——坚持群众参与。\n一、总体要求' },
      {
        text: '要坚持以下三条原则：\n——坚持规划先行。\n先要编好规划。\n——坚持因地制宜。\n——坚持群众参与。\n一、总体要求',
      },
      { text: '坚持两手抓，主要抓好以下工作：一是修渠；二是植树；三是修路。' },
    ],
  },

  *check(analysis) {
    const findings: Finding[] = [];
    const lists = yield* listsByStart(analysis);
    const pace = new Pace();
    for (const place of lists) {
      if (pace.isOver()) yield;
      const claim = claimOf(analysis, place);
      if (!claim || claim.value === place.markers.length || !plausible(claim, place)) continue;
      if (claim.noun !== undefined && !isRepeated(analysis.text, claim.noun, place)) continue;
      if (place.sections && isContinued(analysis, place.sections)) continue;
      if (agreesBeside(analysis.text, claim, place.markers.length)) continue;
      findings.push(findingOf(claim, place.markers, analysis.text));
    }
    return findings;
  },
};

/** A number with a measure word next to the claim: 10项14件实事, 三个方面九条措施. */
const BESIDE = /(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个|個|项|項|件|类|類|方面|大|条|條|点|點|处|處)/g;
const BESIDE_WITHIN = 8;

/** Whether a number beside `claim` is that of the list, and therefore the one announced. */
function agreesBeside(text: string, claim: Claim, actual: number): boolean {
  const beside = [
    text.slice(Math.max(0, claim.start - BESIDE_WITHIN), claim.start),
    text.slice(claim.end, claim.end + BESIDE_WITHIN),
  ];
  return beside.some((words) =>
    [
      ...words
        .split(/[，。；：:\n]/)
        .join(' ')
        .matchAll(BESIDE),
    ].some(([, number = '']) => numberOf(number) === actual),
  );
}

interface ListPlace {
  /** The marker of each member: its number, or its dash. */
  readonly markers: readonly Span[];
  /** Whether its numbers continue those of the list before. */
  readonly running: boolean;
  /** True for members without numbers, which count only if nothing else can be meant. */
  readonly dashes: boolean;
  /** The list itself if its members are sections. */
  readonly sections?: NumberedList;
  /** Start of the paragraph that could announce the list. */
  readonly from: number;
  /** Where the list begins. */
  readonly start: number;
  /** The line from `from` to `start`, if that is a whole line. */
  readonly line?: number | undefined;
}

/** Every list with the text right before it: the paragraph above for headings, the sentence for inline ones. */
function* listsByStart(analysis: Analysis): Resumable<ListPlace[]> {
  const { headings, enumerations, text, lines } = analysis;
  const places = yield* dashLists(analysis);
  const pace = new Pace();
  for (const section of headings) {
    if (pace.isOver()) yield;
    const { marker, list } = section;
    if (!marker || list?.markers[0] !== marker) continue;
    const line = lines.lineAt(marker.start);
    if (text.slice(lines.start(line), marker.start).trim() !== '') {
      places.push(ofSections(list, Math.max(lines.start(line), marker.start - 80), marker.start));
      continue;
    }
    let above = line - 1;
    while (above >= 0 && text.slice(lines.start(above), lines.end(above)).trim() === '') above--;
    if (above < 0) continue;
    const from = paragraphStart(section, lines.start(above));
    const place = ofSections(list, from, lines.end(above));
    places.push(from === lines.start(above) ? { ...place, line: above } : place);
  }
  for (const { list, start } of enumerations) {
    if (pace.isOver()) yield;
    const line = lines.lineAt(start);
    if (goesOn(analysis, lines.lineAt(list.markers.at(-1)?.start ?? start), list)) continue;
    places.push(numbered(list, Math.max(lines.start(line), start - 80), start));
  }
  return places;
}

/** Maximum number of lines of a list's last member in which its continuation is looked for. */
const WITHIN = 20;

/** Whether a list of sections goes on elsewhere, as in a paragraph with several members, none of which is a section: 三是……。四是……. */
function isContinued(analysis: Analysis, { markers, family }: NumberedList): boolean {
  const { lines, records } = analysis;
  const last = markers[markers.length - 1];
  if (!last) return false;
  // 第三， after a list of its own below 第二， to which it was counted.
  if (nextOfShape.of(analysis).get(last.start)?.value === last.value + 1) return true;
  const from = lines.lineAt(last.start) + 1;
  for (let line = from; line < Math.min(from + WITHIN, lines.count); line++) {
    const record = records[line];
    if (!record) return false;
    const member = openingMember(record);
    if (member?.family === family && member.value === last.value + 1) return true;
    if (record.headings.length > 0) return false;
  }
  return false;
}

function ofSections(list: NumberedList, from: number, start: number): ListPlace {
  return { ...numbered(list, from, start), sections: list };
}

function numbered({ markers, running }: NumberedList, from: number, start: number): ListPlace {
  return { markers, running, dashes: false, from, start };
}

/**
 * Consecutive paragraphs that each begin with ——. If one of them has a second paragraph, the run is broken and their
 * number is unknown: such a list is left out.
 */
function* dashLists({ text, lines, records }: Analysis): Resumable<ListPlace[]> {
  const places: ListPlace[] = [];
  let above = -1;
  let open: { markers: Span[]; above: number } | undefined;
  const close = () => {
    if (open && open.markers.length > 1 && open.above >= 0) {
      const { above: announcing, markers } = open;
      const [from, start] = [lines.start(announcing), lines.end(announcing)];
      places.push({ markers, running: false, dashes: true, from, start });
    }
    open = undefined;
  };
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    const record = records[line];
    if (!record || record.role === 'blank') continue;
    const start = lines.start(line) + record.contentStart;
    if (text.charCodeAt(start) === DASH && text.charCodeAt(start + 1) === DASH) {
      open ??= { markers: [], above };
      open.markers.push({ start, end: start + 2 });
    } else if (open && record.headings.length === 0) open = undefined;
    else close();
    above = line;
  }
  close();
  return places;
}

/** Whether an enumeration continues beyond the line of its last member: the line was wrapped, or the next paragraph begins with 三是. */
function goesOn({ text, lines, records }: Analysis, line: number, list: NumberedList): boolean {
  if (!/[。！？；…：”」』）)!?;]$/.test(text.slice(lines.start(line), lines.end(line)).trimEnd().slice(-1)))
    return true;
  let next = line + 1;
  while (next < lines.count && records[next]?.role === 'blank') next++;
  const record = records[next];
  const member = record && openingMember(record);
  const last = list.markers[list.markers.length - 1];
  return member !== undefined && member.family === last?.family && member.value > last.value;
}

/** The member of an enumeration that a line begins with. */
function openingMember({ members, contentStart }: LineRecord): ParsedMarker | undefined {
  return members[0]?.at === contentStart ? members[0] : undefined;
}

/** A heading's own number is not a claim: the paragraph above may be 二、… itself. */
function paragraphStart({ parent }: Section, lineStart: number): number {
  return parent && parent.titleSpan.start > lineStart ? parent.titleSpan.start : lineStart;
}

/** Kept with the line that makes the claim, with offsets in it; `NO_CLAIM` if it makes none. */
const claims = new LineCacheKey<Claim>();
const NO_CLAIM: Claim = { start: 0, end: 0, numeralEnd: 0, value: 0, certain: false, arabic: false };

/** The claim that announces the list at `place`. */
function claimOf(analysis: Analysis, { from, start, line }: ListPlace): Claim | undefined {
  const { text } = analysis;
  // After a comma the sentence goes on in the list, so that its first words matter too.
  if (line === undefined || '，,'.includes(text.slice(from, start).trimEnd().slice(-1)))
    return claimBefore(text, from, start);
  let kept = claims.at(analysis, line);
  if (!kept) {
    const claim = claimBefore(text, from, start);
    kept = claim ? movedClaim(claim, -from) : NO_CLAIM;
    claims.put(analysis, line, kept);
  }
  return kept === NO_CLAIM ? undefined : movedClaim(kept, from);
}

function movedClaim(claim: Claim, by: number): Claim {
  return { ...claim, start: claim.start + by, end: claim.end + by, numeralEnd: claim.numeralEnd + by };
}

/** The claim in the last sentence before `start`, if it announces what follows there. */
function claimBefore(text: string, from: number, start: number): Claim | undefined {
  let end = start;
  while (end > from && /\s/.test(text[end - 1] as string)) end--;
  const colon = /[：:]/.test(text[end - 1] ?? '');
  // 抓好三项工作，一是……: the list continues in the same sentence.
  const goesOn = /[，,]/.test(text[end - 1] ?? '') && /^\s*一[是要]/.test(text.slice(start, start + 4));
  const stop = goesOn || /[。！]/.test(text[end - 1] ?? '');
  if (!colon && !stop) return undefined;
  let sentence = Math.max(from, end - 80);
  for (let at = end - 2; at >= sentence; at--) {
    if ('。！？；'.includes(text[at] as string)) {
      sentence = at + 1;
      break;
    }
  }
  const words = text.slice(sentence, end);
  const quoted = QUOTED_CLAIM.exec(words);
  if (quoted) return quotedClaim(quoted, sentence);
  let found: Claim | undefined;
  for (const match of words.matchAll(CLAIM)) {
    const [whole, pointing, numeral = '', measure = ''] = match;
    const at = match.index + whole.indexOf(numeral + measure);
    if (ORDINAL_BEFORE.test(words.slice(0, at).slice(-1)) && !pointing) continue;
    const tail = words.slice(match.index + whole.length);
    if (VAGUE.test(tail) || VAGUE.test(words.slice(at + numeral.length + measure.length))) continue;
    if (isQuoted(words, at)) continue;
    const bare = whole.endsWith(measure);
    if (
      bare &&
      (measure === '个' || measure === '個' || measure === '大' || measure === '条' || measure === '件') &&
      !pointing
    )
      continue;
    const value = numberOf(numeral);
    if (!value || value < 2) continue;
    const closes =
      /^[：:。]?$/.test(tail) ||
      (goesOn && /^[，,]$/.test(tail)) ||
      /^(?:进行|進行|实施|實施|提出|强调|強調|讲|講|谈|談|说|說|抓|做|推进|推進|发力|發力|入手|着手|来|來|展开|展開|概括|考虑|考慮|努力|下功夫|用力|聚焦)[^，。；]{0,8}[：:。]?$/.test(
        tail,
      );
    const certain = colon && (closes || Boolean(pointing));
    if (!certain && !(stop && closes)) {
      found = undefined;
      continue;
    }
    const offset = sentence + at;
    found = {
      start: offset,
      end: offset + numeral.length + measure.length,
      numeralEnd: offset + numeral.length,
      value,
      certain,
      arabic: /\d/.test(numeral),
    };
  }
  return found;
}

function quotedClaim(
  { index, 1: numeral = '', 2: measure = '', 3: noun = '' }: RegExpExecArray,
  sentence: number,
): Claim | undefined {
  const value = numberOf(numeral);
  if (!value || value < 2) return undefined;
  const start = sentence + index + 1;
  const numeralEnd = start + numeral.length;
  const end = numeralEnd + measure.length + noun.length;
  return { start, end, numeralEnd, value, certain: true, arabic: false, noun };
}

/**
 * Whether most members repeat the end of the name's noun: 整地关, 苗木关 for “五关”. “两个维护”：一是抓学习 is the name of something
 * else.
 */
function isRepeated(text: string, noun: string, { markers }: ListPlace): boolean {
  const word = noun.slice(-2);
  const repeating = markers.filter(({ end }, index) => {
    const next = Math.min(markers[index + 1]?.start ?? text.length, end + MEMBER);
    return text.slice(end, next).split('\n', 1)[0]?.includes(word);
  });
  return repeating.length > markers.length / 2;
}

/** The number that a Chinese or Arabic numeral means. */
function numberOf(numeral: string): number | undefined {
  return /\d/.test(numeral) ? Number(numeral) : parseChineseCount(numeral);
}

function isQuoted(words: string, at: number): boolean {
  let depth = 0;
  for (let index = 0; index < at; index++) {
    if (QUOTES_OPEN.includes(words[index] as string)) depth++;
    else if (QUOTES_CLOSE.includes(words[index] as string) && depth > 0) depth--;
  }
  return depth > 0;
}

/** A claim of two before a list of twelve is about something else. */
function plausible({ value, certain }: Claim, { markers, running, dashes }: ListPlace): boolean {
  const difference = Math.abs(markers.length - value);
  if (markers.length < 2 || running || (dashes && !certain)) return false;
  return certain ? difference <= Math.max(3, value * 0.6) : difference <= 2;
}

function findingOf(claim: Claim, markers: readonly Span[], text: string): Finding {
  const actual = markers.length;
  const numeral = claim.arabic ? String(actual) : actual === 2 ? '两' : formatChineseNumeral(actual);
  const claimed = text.slice(claim.start, claim.end);
  const first = markers[0] as Span;
  const last = markers[actual - 1] as Span;
  // Numbers distinguish the first member from the last; dashes do not.
  const [from, to] = [first, last].map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ''));
  return {
    start: claim.start,
    end: claim.end,
    message:
      from === to
        ? {
            zh: '前面说“{0}”，下面列了{1}项（以“{2}”开头的各段）',
            en: 'The text announces “{0}”, but {3} follow (the paragraphs that open with “{2}”)',
            values: [claimed, numeral, from ?? '', String(actual)],
          }
        : {
            zh: '前面说“{0}”，下面列了{1}项（{2}至{3}）',
            en: 'The text announces “{0}”, but {4} follow ({2} to {3})',
            values: [claimed, numeral, from ?? '', to ?? '', String(actual)],
          },
    related: [{ start: first.start, end: first.end, message: { zh: '列举从这里开始', en: 'The list starts here' } }],
    fixes: [
      {
        title: { zh: '把数改为“{0}”', en: 'Change the number to “{0}”', values: [numeral] },
        edits: [{ start: claim.start, end: claim.numeralEnd, newText: numeral }],
        safe: false,
      },
    ],
  };
}
