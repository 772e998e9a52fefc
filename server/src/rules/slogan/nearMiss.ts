import type { Lexicon } from '../../lexicon/lexicon';
import { type Confidence, type NearMiss, NearMissFinder, type NearMissKind } from '../../lexicon/nearMiss';
import type { Analysis, Span } from '../../structure/analysis';
import type { LineRecord } from '../../structure/lineScan';
import { scriptOfDraft } from '../../structure/script';
import type { Message } from '../../text/message';
import { type Script, traditionalForm } from '../../text/script';
import { hiddenLines } from '../markup';
import type { DocumentRule, Finding, Severity } from '../rule';

const SEVERITIES: Readonly<Record<Confidence, Exclude<Severity, 'off'>>> = {
  certain: 'warning',
  likely: 'warning',
  doubtful: 'information',
};

/** Characters before and after a line break that are read together. */
const AROUND_BREAK = 80;
/** A line shorter than this was not broken because it was full. */
const FULL_LINE = 12;

export const nearMiss: DocumentRule = {
  id: 'slogan.near-miss',
  scope: 'document',
  title: { zh: '固定表述有错漏', en: 'Slogan written wrong' },
  reason: {
    zh: '固定表述错一个字、漏一个字，意思就变了，是政策文稿最忌讳的差错。判断依据是语料中各篇的写法。',
    en: 'A set phrase with one wrong or missing character says something else. What is right is what the corpus writes.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '要坚持以习近平新时⟦代特⟧色社会主义思想为指导，办好民生实事。',
        fixed: '要坚持以习近平新时代中国特色社会主义思想为指导，办好民生实事。',
      },
      {
        text: '推动经济实现质的有效提升和量的⟦理合⟧增长，坚持稳中求进工⟦作基⟧调。',
        fixed: '推动经济实现质的有效提升和量的合理增长，坚持稳中求进工作基调。',
      },
      {
        text: '望海区委以习近平新时代中国特色社会主义思⟦相⟧为指导，谋划全年工作。',
        fixed: '望海区委以习近平新时代中国特色社会主义思想为指导，谋划全年工作。',
      },
      {
        text: '青禾縣要堅持以習近平新時⟦代特⟧色社會主義思想為指導，辦好民生實事。',
        fixed: '青禾縣要堅持以習近平新時代中國特色社會主義思想為指導，辦好民生實事。',
      },
      {
        text: '青禾县各级各部门要认真学习领会，坚持以习近平新时代中国⟦特\n⟧社会主义思想为指导。',
        fixed: '青禾县各级各部门要认真学习领会，坚持以习近平新时代中国特色\n社会主义思想为指导。',
      },
    ],
    clean: [
      { text: '坚持以习近平新时代中国特色社会主义思想为指导，坚持稳中求进工作总基调。' },
      { text: '为全面建成社会主义现代化强国、全面建设社会主义现代化国家而奋斗。' },
      { text: '坚持以习近平新时代__________特色社会主义思想为指导。' },
      { text: '会议指出：“坚持以习近平新时代特色社会主义思想为指导”，原文如此。' },
    ],
  },
  check(analysis, { lexicon }) {
    if (!lexicon || lexicon.phrases.length === 0) return [];
    let checker = checkers.get(lexicon);
    if (!checker) {
      checker = new Checker(lexicon);
      checkers.set(lexicon, checker);
    }
    return checker.check(analysis);
  },
};

const checkers = new WeakMap<Lexicon, Checker>();

/** What was found at one line break: it holds as long as both lines stay. */
interface AtBreak {
  readonly next: LineRecord;
  readonly found: readonly NearMiss[];
}

/** Looks for near misses with one lexicon and keeps what it found in each line, as offsets within the line. */
class Checker {
  private readonly finder: NearMissFinder;
  private readonly inLine = new WeakMap<LineRecord, readonly NearMiss[]>();
  private readonly atBreak = new WeakMap<LineRecord, AtBreak>();

  constructor(lexicon: Lexicon) {
    this.finder = new NearMissFinder(lexicon);
  }

  check(analysis: Analysis): Finding[] {
    const { lines } = analysis;
    const hidden = hiddenLines(analysis);
    const findings: Finding[] = [];
    let script: Script | undefined | null = null;
    const report = (found: readonly NearMiss[], base: number): void => {
      for (const one of found) {
        if (script === null) script = scriptOfDraft(analysis).script;
        findings.push(findingOf(one, base, analysis.text, script === 'traditional'));
      }
    };
    for (let line = 0; line < lines.count; line++) {
      if (lines.start(line) === lines.end(line) || hidden.has(line)) continue;
      report(this.line(analysis, line), lines.start(line));
      if (line + 1 < lines.count && !hidden.has(line + 1) && runsOn(analysis, line)) {
        report(this.break(analysis, line), lines.start(line));
      }
    }
    return findings;
  }

  private line({ text, lines, records }: Analysis, line: number): readonly NearMiss[] {
    const record = records[line] as LineRecord;
    const known = this.inLine.get(record);
    if (known) return known;
    const start = lines.start(line);
    const found = this.finder
      .find(text, start, lines.end(line), gapsOf(record, start))
      .map((one) => moved(one, -start));
    this.inLine.set(record, found);
    return found;
  }

  /** What stands across the break after `line`, with offsets that count from the start of `line`. */
  private break({ text, lines, records }: Analysis, line: number): readonly NearMiss[] {
    const record = records[line] as LineRecord;
    const next = records[line + 1] as LineRecord;
    const known = this.atBreak.get(record);
    if (known?.next === next) return known.found;
    const start = lines.start(line);
    const end = lines.end(line);
    const nextStart = lines.start(line + 1);
    const from = Math.max(start, end - AROUND_BREAK);
    const to = Math.min(lines.end(line + 1), nextStart + AROUND_BREAK);
    const gaps = [...gapsOf(record, start), ...gapsOf(next, nextStart)];
    const found = this.finder
      .find(text, from, to, gaps)
      .filter(({ whole }) => whole.start < end && whole.end > nextStart)
      .map((one) => moved(one, -start));
    this.atBreak.set(record, { next, found });
    return found;
  }
}

function gapsOf({ placeholders }: LineRecord, base: number): Span[] {
  return placeholders.map(({ at, end }) => ({ start: base + at, end: base + end }));
}

/** True where the paragraph of `line` goes on in the next line: a break in the middle of a sentence. */
function runsOn({ text, lines, records }: Analysis, line: number): boolean {
  const record = records[line] as LineRecord;
  const next = records[line + 1] as LineRecord;
  if (record.contentEnd - record.contentStart < FULL_LINE || next.contentStart > 0 || next.contentEnd === 0)
    return false;
  if (record.hashes > 0 || next.hashes > 0 || next.headings.some(({ place }) => place === 'start')) return false;
  return !STOPS.has(text[lines.start(line) + record.contentEnd - 1] ?? '');
}

const STOPS = new Set('。！？；：!?;:');

function moved(one: NearMiss, by: number): NearMiss {
  const { whole, wrong } = one;
  return {
    ...one,
    whole: { start: whole.start + by, end: whole.end + by },
    wrong: { start: wrong.start + by, end: wrong.end + by },
  };
}

const WHAT: Readonly<Record<NearMissKind, Message>> = {
  missing: { zh: '“{0}”漏了“{1}”', en: '“{0}” lacks “{1}”' },
  extra: { zh: '“{0}”多了“{1}”', en: '“{0}” has “{1}” too many' },
  wrong: { zh: '“{0}”中的“{2}”应为“{1}”', en: '“{2}” in “{0}” should be “{1}”' },
  swapped: { zh: '“{0}”中的“{2}”颠倒了，应为“{1}”', en: '“{2}” in “{0}” is the wrong way round, it should be “{1}”' },
};

/** `one` counts from `base`. */
function findingOf(one: NearMiss, base: number, text: string, traditional: boolean): Finding {
  const { kind, confidence, phrase, whole, wrong } = moved(one, base);
  const right = traditional ? traditionalOf(one.right) : one.right;
  const written = text.slice(wrong.start, wrong.end);
  const doubtful = confidence === 'doubtful';
  const canonical = text.slice(whole.start, wrong.start) + right + text.slice(wrong.end, whole.end);
  const detail = kind === 'extra' ? written : right;
  // The words on both sides of a gap: an empty range could not be seen.
  const start = wrong.start < wrong.end ? wrong.start : Math.max(whole.start, wrong.start - 1);
  const end = wrong.start < wrong.end ? wrong.end : Math.min(whole.end, wrong.end + 1);
  return {
    start,
    end,
    severity: SEVERITIES[confidence],
    message: {
      zh: `${WHAT[kind].zh}。语料中{3}篇都写作“{4}”${doubtful ? '，请核对' : '，请改正'}。`,
      en: `${WHAT[kind].en}. {3} documents of the corpus write “{4}”. ${doubtful ? 'Check it.' : 'Correct it.'}`,
      values: [shown(text.slice(whole.start, whole.end)), detail, written, phrase.documents, shown(canonical)],
    },
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [shown(canonical)] },
        edits: [{ start: wrong.start, end: wrong.end, newText: right }],
        safe: confidence === 'certain',
        preferred: !doubtful,
      },
    ],
  };
}

/** What OpenCC's own standard writes in a way that neither Taiwan nor Hong Kong does. */
const USUAL: ReadonlyMap<string, string> = new Map(
  [...'爲為衆眾羣群綫線啓啟裏裡峯峰'].flatMap((each, at, all) =>
    at % 2 === 0 ? [[each, all[at + 1] as string] as const] : [],
  ),
);

function traditionalOf(words: string): string {
  return Array.from(words, (each) => {
    const form = String.fromCharCode(traditionalForm(each.charCodeAt(0)));
    return USUAL.get(form) ?? form;
  }).join('');
}

/** `words` as they stand within quotation marks: on one line, with inner marks. */
function shown(words: string): string {
  return words
    .replace(/[\r\n]+\s*/g, '')
    .replace(/“/g, '‘')
    .replace(/”/g, '’')
    .replace(/「/g, '『')
    .replace(/」/g, '』');
}
