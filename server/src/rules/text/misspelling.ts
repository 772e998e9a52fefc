import { isUnitOfMeasure } from '../../facts/quantity';
import { vocabulary } from '../../repair/vocabulary';
import type { SpellingModel } from '../../spelling/spellingModel';
import { decide } from '../../spelling/weighing';
import { allowedSpans, type WordRule } from '../../spelling/wordRules';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { scriptOfDraft } from '../../structure/script';
import { isDigit } from '../../text/characters';
import { Pace, type Resumable, runToCompletion } from '../../text/resumable';
import { simplifiedText } from '../../text/script';
import type { Span } from '../../text/span';
import { segments } from '../../text/words';
import type { DocumentRule, Finding, RuleContext } from '../rule';
import { readSlogans, sloganSlips } from '../slogan/proofreader';
import { yearOf } from '../yearOfText';
import { damageOf, prepareDamage } from './damage';
import {
  averageCostOf,
  belongsBeside,
  characterCountsOf,
  isWord,
  MEANT,
  placed,
  type Suspicion,
  TextEvidence,
} from './misspellingEvidence';
import { type Mistake, readMistakes, type SuspectedLine, suspectedLines } from './misspellingLines';
import { sayMistake, sayWord } from './misspellingWording';

/**
 * Minimum log odds of a likely and of a certain misspelling. In a text of a sentence or two only the line gives evidence, and a
 * single sentence is checked for a reason; in a whole document nearly every place that looks wrong is right, and the evidence of
 * the whole text decides: of 28 places below 4.5 ten were right, most of them names (先楚核能, 新墩花园), so they are hints, and what
 * is certain but a word by itself is a question. Between these lengths the two are interpolated.
 */
export const BY_SENTENCE = { possible: -1.2, likely: -1.2, certain: 2.5 };
export const BY_TEXT = { possible: 2.6, likely: 4.5, certain: 4.5 };
const SENTENCES = 100;
const DOCUMENT = 3_000;
/** Number of mistakes judged between two yields. */
const JUDGED = 200;

export const misspelling: DocumentRule = {
  id: 'text.misspelling',
  scope: 'document',
  title: { zh: '错别字', en: 'Misspelling' },
  reason: {
    zh: '同音、近音、形近的字容易在输入、识别时写错。判断依据是大量政策文稿在同样的上下文里怎么写。',
    en: 'Characters that sound or look alike are easily confused in typing and scanning. The right one is the one that policy documents use in the same context.',
  },
  authority: { zh: '语料统计；《现代汉语词典》', en: 'statistics of a corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  fixesOnRequest: true,
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
      // Either form was standard until 2002.
      { text: '青禾县政府工作报告（1998年）\n完善社会统筹和个人帐户相结合的制度，做好组成部份的衔接。' },
      { text: '思想政治工作要有的放矢，不搞大水漫灌。' },
      { text: '全年总产量6400公吨，比上年增长3%。' },
      { text: '要多做为民造福的实事，也要做为后人打基础的好事。' },
      { text: '会议听取了《培育发展大数局产业》一文的“数局”之说。' },
    ],
  },
  prepare: readAhead,

  *check(analysis, context) {
    const { spelling } = context;
    if (spelling) yield* readMistakes(analysis, spelling);
    const lines = yield* linesOf(analysis, context);
    return lines.length === 0 ? [] : yield* new Judge(analysis, context).findings(lines);
  },
};

function* readAhead(analysis: Analysis, context: RuleContext): Resumable<void> {
  const { spelling } = context;
  if (spelling) yield* readMistakes(analysis, spelling);
  if ((yield* linesOf(analysis, context)).length === 0) return;
  // Needed by `check` to decide what to report; shared with the rules on damage and slogans.
  yield* prepareDamage(analysis);
  yield* readSlogans(analysis, context);
  if (spelling) yield* vocabulary();
}

type Suspected = readonly { readonly base: number; readonly line: SuspectedLine }[];

/** The lines with possible mistakes according to the model and the unit's word list. */
function linesOf(analysis: Analysis, { spelling, wordLists }: RuleContext): ReturnType<typeof suspectedLines> {
  return suspectedLines(analysis, { spelling, replace: wordLists?.replace, isTraditional: isTraditional(analysis) });
}

function isTraditional(analysis: Analysis): boolean {
  return scriptOfDraft(analysis).script === 'traditional';
}

/** So many characters do not meet by accident: 老生长谈 in 干部群众老生长谈. */
const SET_PHRASE = 4;

/** Decides which mistakes to report, by the whole text and the writer's own words. */
class Judge {
  private readonly traditional: boolean;
  private readonly damaged: readonly Span[];
  private readonly reported: readonly Span[];
  private readonly words: readonly string[];

  constructor(
    private readonly analysis: Analysis,
    private readonly context: RuleContext,
  ) {
    this.traditional = isTraditional(analysis);
    this.damaged = damageOf(analysis);
    this.reported = sloganSlips(analysis, context).map(({ whole }) => whole);
    this.words = (context.ownWords ?? []).map(simplifiedText).filter((word) => word !== '');
  }

  /** The findings in `lines`, in order. */
  *findings(lines: Suspected): Resumable<Finding[]> {
    const { spelling } = this.context;
    const findings: Finding[] = [];
    const pace = new Pace(JUDGED);
    for (const { base, line } of lines) {
      if (pace.isOver(line.words.length)) yield;
      for (const word of line.words) {
        const { start, end } = word;
        const finding = this.findingForWord({ ...word, start: start + base, end: end + base });
        if (finding) findings.push(finding);
      }
    }
    if (spelling) for (const finding of yield* this.findingsByModel(lines, spelling)) findings.push(finding);
    return findings.sort((a, b) => a.start - b.start);
  }

  /** The finding for a match of a word list, if it is to be reported. */
  private findingForWord(mistake: Mistake): Finding | undefined {
    const { word } = mistake;
    if (!word || this.isOthers(mistake) || this.isAllowed(mistake)) return undefined;
    const isOwn = this.context.wordLists?.replace.includes(word) ?? false;
    if (word.since !== undefined && (yearOf(this.analysis) ?? word.since) < word.since) return undefined;
    if (!isOwn && (this.traditional || this.isWritersWord(mistake))) return undefined;
    if (!isOwn && word.wrong.length < SET_PHRASE && this.isNone(mistake, word)) return undefined;
    return sayWord(mistake, word, isOwn);
  }

  /** Whether the match of a commonly confused word is accidental. */
  private isNone({ start, end }: Span, { right }: WordRule): boolean {
    const { text, lines } = this.analysis;
    const { spelling } = this.context;
    if (!spelling) return false;
    const line = lines.lineAt(start);
    const base = lines.start(line);
    const place = { start: start - base, end: end - base };
    return belongsBeside(text.slice(base, lines.end(line)), place, right, spelling, runToCompletion(vocabulary()));
  }

  /** The findings for slips found by the model. */
  private *findingsByModel(lines: Suspected, spelling: SpellingModel): Resumable<Finding[]> {
    if (lines.every(({ line }) => line.suspicions.length === 0)) return [];
    const { analysis } = this;
    const { text } = analysis;
    const byText = Math.min(1, Math.max(0, Math.log(text.length / SENTENCES) / Math.log(DOCUMENT / SENTENCES)));
    const cost = averageCostOf(analysis, spelling.language);
    const words = yield* vocabulary();
    // Kept across yields all the same: once the text has changed, this lint is abandoned.
    const evidence = new TextEvidence(text, spelling, words, yield* characterCountsOf(analysis), cost);
    const judge = (suspicion: Suspicion): Finding | undefined => {
      if (byText === 1 && !evidence.mayReach(suspicion, BY_TEXT.possible)) return undefined;
      const values = evidence.of(suspicion);
      const sentence = byText < 1 ? decide(values, spelling.sentence) : 0;
      const whole = byText > 0 ? decide(values, spelling.evidence) : 0;
      const reaches = (level: keyof typeof BY_TEXT) =>
        (1 - byText) * (sentence - BY_SENTENCE[level]) + byText * (whole - BY_TEXT[level]) >= 0;
      if (!reaches('possible') || this.isOthers(suspicion) || this.isAllowed(suspicion)) return undefined;
      if (this.isMeant(suspicion)) return undefined;
      if (reaches('certain') && !isWord(suspicion.before)) return sayMistake(suspicion, 'warning');
      return sayMistake(suspicion, reaches('likely') ? 'information' : 'hint');
    };
    const findings: Finding[] = [];
    const pace = new Pace(JUDGED);
    for (const { base, line } of lines) {
      for (const suspicion of line.suspicions) {
        // A long text has hundreds of suspicions, most about words that it uses throughout.
        if (byText === 1 && evidence.isEstablished(suspicion)) continue;
        if (pace.isOver()) yield;
        const finding = judge(placed(suspicion, base));
        if (finding) findings.push(finding);
      }
    }
    return findings;
  }

  /** Whether the place is damaged or reported by a rule about slogans. */
  private isOthers({ start, end }: Span): boolean {
    const meets = (other: Span) => other.start <= end && start <= other.end;
    return this.damaged.some(meets) || this.reported.some(meets);
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

  /** Whether the place is part of a word that the writer has added to the lexicon. */
  private isWritersWord({ start, end }: Span): boolean {
    return this.words.some((own) => covers(this.analysis.text, own, start, end));
  }

  /** Whether the text, the corpus or the writer's own words show that it is intended. */
  private isMeant(suspicion: Suspicion): boolean {
    const { text } = this.analysis;
    const { start, end, before, newText, word } = suspicion;
    // 6400公吨: the corpus has other units more often.
    if (isUnitOfMeasure(before) && isDigit(text.charCodeAt(word.start - 1))) return true;
    if (this.traditional && isRegional(text.slice(start, end), newText)) return true;
    if (before.length > 1 && occurrences(text, before, MEANT) >= MEANT) return true;
    if (this.isWritersWord(suspicion)) return true;
    if (isInLongWord(text, start, end) || isInParallel(text, suspicion)) return true;
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

/**
 * Number of characters on either side that are segmented into words, and the length from which a word is no accident:
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

/** Characters that set patterns have between a repeated one (应检尽检, 宜农则农), and those that they repeat (逐村逐户). */
const BETWEEN = new Set([...'尽则即盡則']);
const REPEATED = new Set([...'逐一再又越边各每邊']);

/** Whether a single character is repeated one character further in such a pattern. */
function isInParallel(text: string, { start, end }: Span): boolean {
  const character = text[start] ?? '';
  if (end - start !== 1) return false;
  return [start - 2, start + 2].some(
    (at) => text[at] === character && (REPEATED.has(character) || BETWEEN.has(text[(at + start) / 2] ?? '')),
  );
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
