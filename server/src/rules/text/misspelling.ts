import type { Slip, SlipKind } from '../../spelling/checker';
import { CONFUSED_WORDS } from '../../spelling/confusedWords';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { allowedSpans, type WordMatch, type WordRule, wordMatches } from '../../spelling/wordRules';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import type { LineRecord } from '../../structure/lineScan';
import { scriptOfDraft } from '../../structure/script';
import { isHan } from '../../text/characters';
import { partitionPoint } from '../../text/partitionPoint';
import { type Resumable, runToCompletion } from '../../text/resumable';
import { simplifiedForm, simplifiedText, traditionalForm } from '../../text/script';
import type { Span } from '../../text/span';
import { isWordPair, segments } from '../../text/words';
import { hiddenLines } from '../markup';
import type { DocumentRule, Finding, RuleContext } from '../rule';
import { readSlogans, sloganSlips } from '../slogan/proofreader';
import { damageOf, prepareDamage } from './damage';

/** Number of characters of new lines read at a time. */
const PIECE = 1_500;
/** Log odds from which a slip is reported as likely, and as certain, in a text of a sentence or two. */
const LIKELY = -2;
const CERTAIN = 2.3;
const STRICTER = 0.6;
/** Increase of the threshold in a possible name of a place or a person. */
const NAME = 4;
/**
 * Average cost of a character, in nats, in the most surprising texts of the kind that the model was learned from
 * (measured: 98 of 100 laws, reports and notices of the mainland cost less; Taiwan's laws 5.2 to 6.0, Hong Kong's
 * reports 4.7 to 6.0).
 */
const USUAL_COST = 4.95;
/** A text that costs more is in a style unknown to the model: the threshold increases by this per nat. */
const UNUSUAL = 15;
/** Number of pairs of characters sampled for the cost of a text; with fewer than `MIN_COSTED` it is unknown. */
const COSTED = 3_000;
const MIN_COSTED = 250;
/** A word that a text uses this often is intended. */
const MEANT = 5;

export const misspelling: DocumentRule = {
  id: 'text.misspelling',
  scope: 'document',
  title: { zh: '错别字', en: 'Misspelling' },
  reason: {
    zh: '同音、近音、形近的字容易在输入、识别时写错。判断依据是大量政策文稿在同样的上下文里怎么写。',
    en: 'Characters that sound or look alike are easily mistaken in typing and scanning. What is right is what policy documents write in the same surroundings.',
  },
  authority: { zh: '语料统计；《现代汉语词典》', en: 'statistics of a corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  findsNames: true,
  examples: {
    flagged: [
      { text: '青禾县要加强数字政府建设，培育发展大⟦数局⟧产业。' },
      { text: '⟦截止⟧2025年底，全县⟦己经⟧建成示范村20个，把乡村振兴⟦做为⟧重中之重。' },
      { text: '要进一步完善体制⟦机智⟧，加快⟦推近⟧乡村振兴。' },
    ],
    clean: [
      { text: '青禾县要加强数字政府建设，培育发展大数据产业。' },
      { text: '鼓励农户自己经营，加强预防犯罪工作，按装机容量分类管理。' },
      { text: '报名截止2025年5月，截止日期不再延长。' },
      { text: '思想政治工作要有的放矢，不搞大水漫灌。' },
      { text: '要多做为民造福的实事，也要做为后人打基础的好事。' },
      { text: '会议听取了《培育发展大数局产业》一文的“数局”之说。' },
    ],
  },
  prepare: readAhead,

  check(analysis, context) {
    const { spelling, wordLists } = context;
    const slips: Mistake[] = spelling ? [...runToCompletion(slipsIn(analysis, spelling))] : [];
    const own = wordLists?.replace.length ? inAllLines(analysis, wordLists.replace) : [];
    if (slips.length === 0 && own.length === 0) return [];
    return new Judge(analysis, spelling, context).findings(withWords(slips, own));
  },
};

function* readAhead(analysis: Analysis, context: RuleContext): Resumable<void> {
  const { spelling, wordLists } = context;
  const slips = spelling ? yield* slipsIn(analysis, spelling) : [];
  if (slips.length === 0 && !wordLists?.replace.length) return;
  // Results that decide which slips are reported, also needed by other rules unless those are off.
  yield* prepareDamage(analysis);
  yield* readSlogans(analysis, context);
}

/** A slip found by the model, or an occurrence of a word that should be written otherwise. */
interface Mistake extends Slip {
  readonly word?: WordRule;
}

/** The occurrences of words to which `rules` apply in the whole text. */
function inAllLines(analysis: Analysis, rules: readonly WordRule[]): Mistake[] {
  const { text, lines } = analysis;
  const hidden = hiddenLines(analysis);
  const all: Mistake[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    if (hidden.has(line)) continue;
    for (const match of wordMatches(text.slice(start, lines.end(line)), rules)) all.push(mistakeOf(match, start));
  }
  return all;
}

function mistakeOf({ start, end, rule }: WordMatch, base: number): Mistake {
  const codes = Array.from({ length: rule.right.length }, (_, at) => rule.right.charCodeAt(at));
  const certain = Number.POSITIVE_INFINITY;
  return {
    kind: 'wrong',
    start: base + start,
    end: base + end,
    codes,
    gain: certain,
    odds: certain,
    features: [],
    word: rule,
  };
}

/** `slips` with `words` replacing those that they overlap, sorted. */
function withWords(slips: readonly Mistake[], words: readonly Mistake[]): readonly Mistake[] {
  if (words.length === 0) return slips;
  const others = slips.filter((slip) => !words.some((word) => word.start <= slip.end && slip.start <= word.end));
  return [...others, ...words].sort((a, b) => a.start - b.start);
}

interface InLine {
  readonly by: SpellingModel;
  readonly found: readonly Mistake[];
}

const HAN = /[\u3400-\u9fff]/;
const inLine = new LineCacheKey<InLine>();
/** The cached value of most lines. */
const nothingFound = new AnalysisMemo((by: SpellingModel): InLine => ({ by, found: [] }));

/** Shared by the rule's two passes: for one model and one analysis. */
const inText = new AnalysisMemo<{ by?: SpellingModel; found?: readonly Mistake[] }>(() => ({}));

/** The slips in all lines; an unchanged line keeps its results. */
function* slipsIn(analysis: Analysis, by: SpellingModel): Resumable<readonly Mistake[]> {
  const known = inText.of(analysis);
  if (known.by !== by || !known.found) Object.assign(known, { by, found: yield* searchLines(analysis, by) });
  return known.found as readonly Mistake[];
}

function* searchLines(analysis: Analysis, by: SpellingModel): Resumable<readonly Mistake[]> {
  const { text, lines, records } = analysis;
  const hidden = hiddenLines(analysis);
  const all: Mistake[] = [];
  const empty = nothingFound.of(by);
  let read = 0;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    if (end - start < 3 || hidden.has(line)) continue;
    let known = inLine.at(analysis, line);
    if (known?.by !== by) {
      read += end - start;
      if (read > PIECE) {
        yield;
        read = 0;
      }
      const words = text.slice(start, end);
      // A text without Chinese never waits for the model to be decompressed.
      if (!HAN.test(words)) {
        inLine.put(analysis, line, empty);
        continue;
      }
      const { placeholders } = records[line] as LineRecord;
      const slips: Mistake[] = [];
      for (const piece of piecesOf(words)) {
        if (piece.start > 0) yield;
        append(slips, slipsOf(words, piece, placeholders, by));
      }
      const quoted = slips.length > 0 ? quotedSpans(words) : [];
      const found = slips
        .filter((slip) => !quoted.some((span) => span.start < slip.end && slip.start < span.end))
        .filter((slip) => !inForeignName(words, slip));
      known = found.length > 0 ? { by, found } : empty;
      inLine.put(analysis, line, known);
    }
    for (const slip of known.found) all.push({ ...slip, start: start + slip.start, end: start + slip.end });
  }
  return all;
}

/** A longer line is read in pieces that end with a sentence if possible. */
const LONG_LINE = 6_000;

function* piecesOf(line: string): Generator<Span> {
  for (let start = 0; start < line.length; ) {
    let end = Math.min(line.length, start + LONG_LINE);
    if (end < line.length) {
      const stop = line.lastIndexOf('。', end - 1);
      if (stop >= start + LONG_LINE / 2) end = stop + 1;
    }
    yield { start, end };
    start = end;
  }
}

/** The slips in a piece of `line`, with offsets of the line. */
function slipsOf(
  line: string,
  { start, end }: Span,
  placeholders: LineRecord['placeholders'],
  by: SpellingModel,
): readonly Mistake[] {
  const isWhole = start === 0 && end === line.length;
  const words = isWhole ? line : line.slice(start, end);
  const gaps = isWhole ? placeholders : gapsWithin(placeholders, start, end);
  const confused = wordMatches(words, CONFUSED_WORDS).map((match) => mistakeOf(match, 0));
  const slips = withWords(by.checker.check(tokenise(words), gaps), confused);
  return isWhole ? slips : slips.map((slip) => ({ ...slip, start: slip.start + start, end: slip.end + start }));
}

function gapsWithin(all: LineRecord['placeholders'], start: number, end: number): LineRecord['placeholders'] {
  const gaps: LineRecord['placeholders'][number][] = [];
  for (let index = partitionPoint(all.length, (at) => all[at]!.end <= start); index < all.length; index++) {
    const gap = all[index]!;
    if (gap.at >= end) break;
    gaps.push({ ...gap, at: Math.max(0, gap.at - start), end: Math.min(end, gap.end) - start });
  }
  return gaps;
}

/** push(...items) would put every item on the stack. */
function append<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

/** Quotation marks and title marks, each with its closing mark. */
const MARKS = new Map(
  [...'《》〈〉“”‘’「」『』'].flatMap((mark, at, all) => (at % 2 === 0 ? [[mark, all[at + 1]!]] : [])),
);

/** Quotations and titles in `line`, which are left unchanged. An unclosed one extends to the end. */
function quotedSpans(line: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < line.length; at++) {
    const closer = MARKS.get(line[at]!);
    if (closer === undefined) continue;
    const close = line.indexOf(closer, at);
    const end = close < 0 ? line.length : close;
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}

/** Characters used to transcribe foreign names. */
const FOREIGN = new Set(
  '阿埃艾安昂奥巴拜班邦贝本比彼宾波伯博布查达大丹道德登迪蒂丁杜顿多厄恩尔法凡菲费芬弗福富盖甘戈格根古圭哈海汉豪赫亨胡霍基吉加贾杰金卡凯坎康考科克肯库奎昆拉莱赖兰朗劳勒雷里理力利莉林琳留卢鲁伦罗洛马玛迈麦曼芒梅门蒙孟米密明摩莫姆木穆纳娜内尼涅宁努诺欧帕潘佩彭皮平普奇齐恰钱乔切日瑞萨塞桑瑟沙山尚舍申圣施什史舒斯丝松苏素所索塔台泰坦汤唐陶特腾提廷图吐托陀瓦万旺威韦维魏温文翁沃乌武西希锡夏香肖谢欣辛休许逊雅亚延扬耶叶伊以因英尤于约赞泽詹扎张珍兹子佐茨滕妮黛芙伽娅珀琼蕾'.split(
    '',
  ),
);

/** Whether the slip is in a run of four or more such characters, or beside the point that separates foreign names. */
function inForeignName(line: string, { start, end }: Slip): boolean {
  let from = start;
  let to = end;
  while (from > 0 && FOREIGN.has(line[from - 1]!)) from--;
  while (to < line.length && FOREIGN.has(line[to]!)) to++;
  if (line[from - 1] === '·' || line[to] === '·') return true;
  return to - from >= 4 && [...line.slice(from, to)].every((character) => FOREIGN.has(character));
}

/** Endings of place names, and the surnames of nine persons in ten. */
const PLACES = new Set('县市镇乡村旗屯区州省岛河江湖山沟庄寨岭縣鎮鄉區島溝莊嶺');
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇魏呂盧鍾譚陸韋賈鄒齊龍賀顧龔萬錢嚴湯',
);

/**
 * Whether a single wrong character is right before the ending of a place name, or after a surname at the start of
 * words.
 */
function inName(text: string, { kind, start, end }: Span & { readonly kind: SlipKind }): boolean {
  if (kind !== 'wrong' || end - start !== 1) return false;
  if (PLACES.has(text[end] ?? '') || (isHan(text.charCodeAt(end)) && PLACES.has(text[end + 1] ?? ''))) return true;
  const behind = (at: number) => SURNAMES.has(text[at] ?? '') && !isHan(text.charCodeAt(at - 1));
  return behind(start - 1) || behind(start - 2);
}

/** A possible finding at one place, before its level is decided. */
interface Judged extends Span {
  readonly newText: string;
  readonly odds: number;
  readonly gain: number;
}

/** Decides from the whole text and the writer's usage which slips are reported. */
class Judge {
  /** Added to the required log odds, in nats. */
  private readonly strictness: number;
  private readonly traditional: boolean;
  private readonly damaged: readonly Span[];
  private readonly reported: readonly Span[];
  private readonly words: readonly string[];

  constructor(
    private readonly analysis: Analysis,
    private readonly spelling: SpellingModel | undefined,
    private readonly context: RuleContext,
  ) {
    // The longer a text, the more of its places look wrong by mere chance.
    const unusual = spelling ? Math.max(0, costOf(analysis.text, spelling) - USUAL_COST) : 0;
    this.strictness = STRICTER * Math.min(5, Math.max(0, Math.log(analysis.text.length / 100))) + UNUSUAL * unusual;
    this.traditional = scriptOfDraft(analysis).script === 'traditional';
    this.damaged = damageOf(analysis);
    this.reported = sloganSlips(analysis, context).map(({ whole }) => whole);
    this.words = (context.ownWords ?? []).map(simplifiedText).filter((word) => word !== '');
  }

  findings(slips: readonly Mistake[]): Finding[] {
    const findings: Finding[] = [];
    for (let index = 0; index < slips.length; ) {
      let next = index + 1;
      while (
        next < slips.length &&
        slips[next]!.start === slips[next - 1]!.end &&
        !slips[next]!.word &&
        !slips[index]!.word
      )
        next++;
      const finding = this.finding(slips.slice(index, next));
      if (finding) findings.push(finding);
      index = next;
    }
    return findings;
  }

  /** The finding for adjacent slips, which are one mistake. */
  private finding(slips: readonly Mistake[]): Finding | undefined {
    const { text } = this.analysis;
    const asked = this.strictness + (inName(text, slips[0]!) ? NAME : 0);
    const likely = slips.filter(({ odds }) => odds >= LIKELY + asked);
    if (likely.length === 0) return undefined;
    const start = slips[0]!.start;
    const end = slips.at(-1)!.end;
    const newText = slips.map(({ codes }) => this.written(codes)).join('');
    const odds = Math.max(...slips.map((slip) => slip.odds));
    const gain = slips.reduce((least, slip) => Math.min(least, slip.gain), Number.POSITIVE_INFINITY);
    if (text.slice(start, end) === newText) return undefined;
    if (this.traditional && isRegional(text.slice(start, end), newText)) return undefined;
    const span = { start, end };
    const meets = (other: Span) => other.start <= end && start <= other.end;
    if (this.damaged.some(meets) || this.reported.some(meets)) return undefined;
    const [{ word: rule }] = slips as [Mistake];
    if (this.isAllowed(span)) return undefined;
    if (rule) return this.traditional && !this.isOwn(rule) ? undefined : this.sayWord(span, rule);
    const word = this.wordAround(span, newText);
    const before = text.slice(word.start, word.end);
    if (this.isMeant(span, before)) return undefined;
    const after = text.slice(word.start, start) + newText + text.slice(end, word.end);
    return say(word, { start, end, newText, odds, gain }, before, after, odds >= CERTAIN + asked && !isWord(before));
  }

  private isOwn(rule: WordRule): boolean {
    return this.context.wordLists?.replace.includes(rule) ?? false;
  }

  /** Whether the unit's list allows the text there. */
  private isAllowed({ start, end }: Span): boolean {
    const allowed = this.context.wordLists?.allow ?? [];
    if (allowed.length === 0) return false;
    const { text, lines } = this.analysis;
    const line = lines.lineAt(start);
    const base = lines.start(line);
    return allowedSpans(text.slice(base, lines.end(line)), allowed).some(
      (span) => base + span.start <= start && end <= base + span.end,
    );
  }

  /** The finding for a word that should be written otherwise. */
  private sayWord({ start, end }: Span, rule: WordRule): Finding {
    const values = [rule.wrong, rule.right];
    return {
      start,
      end,
      severity: rule.level,
      message: this.isOwn(rule)
        ? {
            zh: '“{0}”应写作“{1}”：本单位的用语表这样规定',
            en: '“{0}” is to be written “{1}”: the list of the unit says so',
            values,
          }
        : {
            zh: '“{0}”应为“{1}”：两者常被混用，此处按《现代汉语词典》应写后者',
            en: '“{0}” should be “{1}”: the two are often confused, and here the dictionary has the latter',
            values,
          },
      fixes: [
        {
          title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [rule.right] },
          edits: [{ start, end, newText: rule.right }],
          safe: false,
          preferred: rule.level === 'warning',
        },
      ],
    };
  }

  private written(codes: readonly number[]): string {
    return String.fromCharCode(...codes.map((code) => (this.traditional ? traditionalForm(code) : code)));
  }

  /** The place with the neighbour that makes a word of it, for the writer to recognise. */
  private wordAround({ start, end }: Span, newText: string): Span {
    const { text } = this.analysis;
    if (end - start > 1 && newText.length > 1) return { start, end };
    const language = this.spelling?.language;
    if (!language) return { start, end };
    const first = simplifiedForm((newText || text.slice(end, end + 1)).charCodeAt(0));
    const last = simplifiedForm((newText || text.slice(start - 1, start)).slice(-1).charCodeAt(0));
    const before = isHan(text.charCodeAt(start - 1)) ? simplifiedForm(text.charCodeAt(start - 1)) : 0;
    const after = isHan(text.charCodeAt(end)) ? simplifiedForm(text.charCodeAt(end)) : 0;
    if (before === 0 && after === 0) return { start, end };
    if (newText === '') return { start: start - Number(before > 0), end: end + Number(after > 0) };
    const left = before > 0 ? language.pairScore(before, first) : Number.NEGATIVE_INFINITY;
    const right = after > 0 ? language.pairScore(last, after) : Number.NEGATIVE_INFINITY;
    return left > right ? { start: start - 1, end } : { start, end: end + 1 };
  }

  /** Whether the text, the corpus or the writer's own words show that it is right as it is. */
  private isMeant({ start, end }: Span, word: string): boolean {
    const { text } = this.analysis;
    if (word.length > 1 && occurrences(text, word, MEANT) >= MEANT) return true;
    if (this.words.some((own) => covers(text, own, start, end))) return true;
    if (isInLongWord(text, start, end)) return true;
    const { lexicon } = this.context;
    const around = simplifiedText(text.slice(Math.max(0, start - 1), end + 1));
    return lexicon !== undefined && around.length > 2 && phraseTexts.of(lexicon).includes(around);
  }
}

/** Characters for which Taiwan and Hong Kong write another one than the mainland's texts in traditional script. */
const REGIONAL = ['著着', '瞭了', '畫劃', '連聯', '紀記', '分份', '覆復', '蒐搜', '佔占', '週周'];

/** Whether `written` and `other` differ in nothing but such characters. */
function isRegional(written: string, other: string): boolean {
  if (written.length !== other.length) return false;
  return [...written].every((one, at) => {
    const two = other[at] as string;
    return one === two || REGIONAL.some((pair) => pair.includes(one) && pair.includes(two));
  });
}

/** Average cost of a character of `text` after the previous one, in nats; 0 for a text that is too short. */
function costOf(text: string, { language }: SpellingModel): number {
  let cost = 0;
  let pairs = 0;
  for (let at = 1; at < text.length && pairs < COSTED; at++) {
    const [first, second] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    if (!isHan(first) || !isHan(second)) continue;
    cost -= language.pairScore(simplifiedForm(first), simplifiedForm(second));
    pairs++;
  }
  return pairs < MIN_COSTED ? 0 : cost / pairs;
}

/**
 * Number of characters on either side that are segmented into words, and length from which a word is not accidental:
 * 有的放矢, 长期性.
 */
const AROUND = 6;
const LONG_WORD = 3;

/** Whether the dictionary has a word of three characters or more that contains the whole place. */
function isInLongWord(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - AROUND);
  for (const { index, segment } of segments(text.slice(from, end + AROUND)) ?? []) {
    if (segment.length >= LONG_WORD && from + index <= start && end <= from + index + segment.length) return true;
  }
  return false;
}

/** Whether the written text is a word of its own: 资讯 may be intended where documents mostly write 咨询, 技木 may not. */
function isWord(written: string): boolean {
  const [one, two] = [simplifiedForm(written.charCodeAt(0)), simplifiedForm(written.charCodeAt(1))];
  return written.length === 2 && isWordPair(one, two);
}

/** Reports that `before` should be `after`, as certain or as likely. */
function say(
  word: Span,
  { start, end, newText, gain }: Judged,
  before: string,
  after: string,
  certain: boolean,
): Finding {
  const times = 10 ** Math.max(1, Math.min(4, Math.floor(gain / Math.LN10)));
  return {
    ...word,
    severity: certain ? 'warning' : 'information',
    message: certain
      ? {
          zh: '“{0}”应为“{1}”：在这样的上下文里，政策文稿写后者的可能是前者的{2}倍以上',
          en: '“{0}” should be “{1}”: in such surroundings policy documents are over {2} times as likely to write the latter',
          values: [before, after, times],
        }
      : {
          zh: '“{0}”疑为“{1}”，请核对：在这样的上下文里，政策文稿写后者的可能是前者的{2}倍以上',
          en: '“{0}” may be meant to be “{1}”: in such surroundings policy documents are over {2} times as likely to write the latter',
          values: [before, after, times],
        },
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [after] },
        edits: [{ start, end, newText }],
        safe: false,
        preferred: certain,
      },
    ],
  };
}

/** All phrases of a lexicon in one string. */
const phraseTexts = new AnalysisMemo(({ phrases }: NonNullable<RuleContext['lexicon']>) =>
  simplifiedText(phrases.map(({ text }) => text).join('\n')),
);

/** Number of occurrences of `word` in `text`, counted up to `limit`. */
function occurrences(text: string, word: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && count < limit; at = text.indexOf(word, at + word.length)) count++;
  return count;
}

/** Whether one of the occurrences of `word` in `text` contains the span. */
function covers(text: string, word: string, start: number, end: number): boolean {
  const from = Math.max(0, end - word.length);
  const near = simplifiedText(text.slice(from, start + word.length));
  for (let at = near.indexOf(word); at >= 0; at = near.indexOf(word, at + 1)) {
    if (from + at <= start && from + at + word.length >= end) return true;
  }
  return false;
}
