/** `policy-text facts`: the figures that drafts state, by indicator. */
import path from 'node:path';
import { valueConflicts } from '../facts/conflicts';
import { differences, type NamedDraft, siblings } from '../facts/siblings';
import type { Statement } from '../facts/statement';
import { statementsOf } from '../facts/statements';
import { datesIn } from '../facts/time';
import { timeWords } from '../facts/timeKey';
import { analyse } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { positionAt } from '../text/lines';
import { localise } from '../text/message';
import type { Call, Command } from './command';
import { Configurations } from './configuration';
import { printable } from './display';
import { Drafts, ENCODING_OPTION, type LoadedDraft } from './drafts';
import { coloursFor } from './terminal';

interface DraftStatement {
  readonly draft: LoadedDraft;
  readonly analysis: Analysis;
  readonly statement: Statement;
}

export const factsCommand: Command = {
  name: 'facts',
  operands: 'PATH…',
  summary: { en: 'List the figures of drafts by indicator.', zh: '按指标列出文稿里的数据及其出处。' },
  options: [
    {
      name: 'format',
      value: 'table|json',
      choices: ['table', 'json'],
      help: { en: 'a table to read (default), or JSON', zh: '表格（默认）或 JSON' },
    },
    {
      name: 'repeated',
      help: {
        en: 'table: only indicators that occur more than once',
        zh: '表格：只列出现不止一次的指标',
      },
    },
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Each indicator is followed by its values: value, time, reported or planned, whose it is, file:line.',
      'Several drafts are listed together, so that a report can be held against its summary. Values that cannot both be',
      'true within one draft are marked with !. Drafts that ought to agree, a report and its summary, plan and budget of one',
      'year, are found by their titles, or by “siblings” in .policytext.json; figures in which they differ stand at the end.',
      'JSON: a list of files with statements (indicator, kind, value in base units, unit, qualifier, time, scope, planned,',
      'range), dates, conflicts and siblings; lines and characters count from 0, characters in UTF-16 units.',
      'Exit code: 0 fine, 1 values that contradict each other, 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '每个指标之下列出各处数据：数据、时间、实绩或目标、对象、文件:行号。',
      '多份文稿一并列出，便于核对报告和摘要；同一文稿里互相矛盾的数据标“!”。应当一致的文稿（报告和摘要、同一年的计划和预算）',
      '按标题认出，也可在 .policytext.json 的 siblings 里写明；数据有出入的列在最后。',
      'JSON 为文件列表，含 statements（指标、类型、按基本单位折算的数值、单位、限定、时间、对象、是否目标、位置）、dates、conflicts 和 siblings；行、列从 0 起算，列以 UTF-16 单位计。',
      '退出码：0 正常，1 有互相矛盾的数据，2 用法有误或有文件读不了。',
    ].join('\n'),
  },
  async run(call) {
    const { operands, options, terminal, locale } = call;
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const read: ReadDraft[] = [];
    for await (const draft of drafts.read(operands)) {
      const analysis = analyse(draft.text, draft.kind);
      read.push({ name: path.resolve(draft.name), analysis, draft, conflicts: valueConflicts(analysis) });
    }
    const pairs = await siblingPairs(read, new Configurations({ rules: {} }, drafts));
    if (options.value('format') === 'json') terminal.out(`${JSON.stringify(factsJson(read, pairs), null, 2)}\n`);
    else {
      writeStatements(read, call);
      for (const pair of pairs) writePair(pair, call);
    }
    if (drafts.failures > 0) return 2;
    const disagree = read.some(({ conflicts }) => conflicts.length > 0);
    return disagree || pairs.some(({ found }) => found.length > 0) ? 1 : 0;
  },
};

interface ReadDraft extends NamedDraft {
  readonly draft: LoadedDraft;
  readonly conflicts: ReturnType<typeof valueConflicts>;
}

/** Two drafts that should agree, and the statements in which they do not. */
interface SiblingPair {
  readonly one: ReadDraft;
  readonly other: ReadDraft;
  readonly found: ReturnType<typeof differences>;
}

async function siblingPairs(read: readonly ReadDraft[], configurations: Configurations): Promise<SiblingPair[]> {
  const named = new Map<string, readonly string[]>();
  for (const { draft } of read) {
    for (const group of await configurations.siblingsOf(draft.name)) named.set(group.join('\n'), group);
  }
  return siblings(read, [...named.values()]).map(([one, other]) => {
    return { one, other, found: differences(one.analysis, other.analysis) };
  });
}

/** The statements of all drafts by indicator; contradictory ones are marked. */
function writeStatements(read: readonly ReadDraft[], { options, terminal, locale }: Call): void {
  const wrong = new Set(read.flatMap(({ conflicts }) => conflicts.map(({ statement }) => statement)));
  const groups = new Map<string, DraftStatement[]>();
  for (const { draft, analysis } of read) {
    for (const statement of statementsOf(analysis)) {
      const entry = { draft, analysis, statement };
      const group = groups.get(statement.key);
      if (group) group.push(entry);
      else groups.set(statement.key, [entry]);
    }
  }
  const colours = coloursFor(terminal, 'output');
  const kinds = {
    growth: localise({ en: ' (growth)', zh: '（增长）' }, locale),
    delta: localise({ en: ' (change)', zh: '（增减量）' }, locale),
    level: '',
    base: localise({ en: ' (from)', zh: '（起点）' }, locale),
  };
  const planned = localise({ en: 'planned', zh: '目标' }, locale);
  for (const group of groups.values()) {
    const [first] = group;
    if (!first || (options.has('repeated') && group.length < 2)) continue;
    const { indicatorText, kind, manner } = first.statement;
    terminal.out(`${colours.bold(printable(`${indicatorText}${manner && `·${manner}`}${kinds[kind]}`))}\n`);
    for (const { draft, analysis, statement } of group) {
      const cells = [
        (statement.direction < 0 ? '-' : '') + analysis.text.slice(statement.start, statement.end),
        timeWords(statement.time),
        statement.planned ? planned : '',
        statement.scope,
        `${draft.name}:${statement.line + 1}`,
      ];
      const mark = wrong.has(statement) ? colours.red('!') : ' ';
      terminal.out(`${mark} ${printable(cells.filter((cell) => cell !== '').join('  '))}\n`);
    }
  }
}

function writePair({ one, other, found }: SiblingPair, { terminal, locale }: Call): void {
  const colours = coloursFor(terminal, 'output');
  const head = {
    en: 'Should agree: {0} and {1}',
    zh: '应当一致：{0} 与 {1}',
    values: [one.draft.name, other.draft.name],
  };
  terminal.out(`${colours.bold(printable(localise(head, locale)))}\n`);
  if (found.length === 0) terminal.out(`  ${localise({ en: 'no figure differs', zh: '数据没有出入' }, locale)}\n`);
  const place = ({ analysis, draft }: ReadDraft, { start, end, line }: Statement) =>
    `${analysis.text.slice(start, end)}  ${draft.name}:${line + 1}`;
  for (const pair of found) {
    const words = `${pair.one.indicatorText}  ${timeWords(pair.one.time)}  ${place(one, pair.one)}  ≠  ${place(other, pair.other)}`;
    terminal.out(`${colours.red('!')} ${printable(words)}\n`);
  }
}

function factsJson(read: readonly ReadDraft[], pairs: readonly SiblingPair[]) {
  const files = read.map(fileJson);
  const index = ({ analysis }: ReadDraft, statement: Statement) => statementsOf(analysis).indexOf(statement);
  for (const { one, other, found } of pairs) {
    files[read.indexOf(one)]?.siblings.push({
      file: other.draft.name,
      differences: found.map((pair) => ({ statement: index(one, pair.one), other: index(other, pair.other) })),
    });
  }
  return files;
}

/** A draft that ought to agree with the current one, and the statements of both that do not. */
interface SiblingDescription {
  readonly file: string;
  readonly differences: readonly { readonly statement: number; readonly other: number }[];
}

function fileJson({ draft, analysis, conflicts }: ReadDraft) {
  const { lines, text } = analysis;
  const rangeOf = (start: number, end: number) => ({ start: positionAt(lines, start), end: positionAt(lines, end) });
  const statements = statementsOf(analysis);
  const dates: unknown[] = [];
  for (let line = 0; line < lines.count; line++) {
    const base = lines.start(line);
    for (const { start, end, ...date } of datesIn(text.slice(base, lines.end(line)))) {
      dates.push({
        text: text.slice(base + start, base + end),
        ...(date.year !== undefined && { year: date.year }),
        month: date.month,
        day: date.day,
        range: rangeOf(base + start, base + end),
      });
    }
  }
  return {
    file: draft.name,
    encoding: draft.encoding,
    statements: statements.map((one) => ({
      indicator: one.indicatorText,
      normalised: one.indicator,
      kind: one.kind,
      direction: one.direction,
      manner: one.manner,
      text: text.slice(one.start, one.end),
      value: one.quantity.value,
      unit: one.quantity.unit,
      dimension: one.quantity.dimension,
      qualifier: one.quantity.qualifier,
      time: one.time,
      scope: one.scope,
      planned: one.planned,
      section: one.section?.title ?? '',
      range: rangeOf(one.start, one.end),
    })),
    dates,
    siblings: [] as SiblingDescription[],
    conflicts: conflicts.map(({ statement, others, ground }) => ({
      statement: statements.indexOf(statement),
      others: others.map((other) => statements.indexOf(other)),
      ground,
    })),
  };
}
