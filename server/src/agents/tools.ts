/**
 * Tools for assistants on a policy text. One table for both entry points: the Model Context Protocol (mcpServer.ts) and
 * the editor's language model tools. A tool is a function of a text; the caller supplies the text. Tools that write a
 * file are separate, in fileTools.node.ts.
 */

import { z } from 'zod';
import { compareDrafts } from '../compare/compare';
import { valueConflicts } from '../facts/conflicts';
import { statementsOf } from '../facts/statements';
import type { Lexicon } from '../lexicon/model/lexicon';
import { convertNumbering } from '../refactor/convertNumbering';
import type { EditOutcome } from '../refactor/editOutcome';
import { NUMBERING_SCHEME_NAMES } from '../refactor/numberingSchemes';
import { renumbering } from '../refactor/renumber';
import { repair, repairsDone } from '../repair/index';
import { coversRule, fixAllEdits } from '../rules/fixes';
import { rules } from '../rules/index';
import { type LintConfiguration, type LintResult, lint } from '../rules/lint';
import { reaches, SEVERITIES, SEVERITIES_BELOW_ERROR, type ShownSeverity } from '../rules/severity';
import type { SpellingModel } from '../spelling/spellingModel';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind, Section } from '../structure/analysis';
import { positionAt, splitLines } from '../text/lines';
import { type Locale, localise, type Message } from '../text/message';
import { applyEdits, type TextReplacement } from '../text/textEdit';

/** A text that a tool works on. */
export interface ToolDraft {
  readonly text: string;
  readonly kind: DocumentKind;
  /** The rule configuration that applies to it. */
  readonly configuration: LintConfiguration;
}

/** Services that the caller of a tool provides. */
export interface ToolContext {
  readonly locale: Locale;
  /** The active lexicon; undefined if there is none. */
  lexicon(): Promise<Lexicon | undefined>;
  /** The model for finding misspellings; undefined if there is none. */
  spelling(): Promise<SpellingModel | undefined>;
  /** The draft at `path`. Throws {@link ToolError} if access is denied or reading fails. */
  read(path: string): Promise<ToolDraft>;
}

/** A tool failed; `explanation` is meant for the caller. */
export class ToolError extends Error {
  constructor(readonly explanation: Message) {
    super(explanation.en);
    this.name = 'ToolError';
  }
}

/** One tool. `Input` and `Output` are zod shapes, from which JSON schemas are generated. */
export interface Tool<Input extends z.ZodRawShape = z.ZodRawShape, Output extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  readonly title: Message;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  run(input: z.infer<z.ZodObject<Input>>, context: ToolContext): Promise<z.infer<z.ZodObject<Output>>>;
}

/** Maximum length of a text given in a call, in UTF-16 units; longer ones are passed as files. */
const MAX_TEXT_LENGTH = 2_000_000;
/** Maximum number of findings, changes and phrases in one answer, unless a call asks for fewer. */
const MAX_LISTED = 200;

/** Maximum length of a path. */
export const MAX_PATH_LENGTH = 4096;

export const draftInput = {
  text: z
    .string()
    .max(MAX_TEXT_LENGTH)
    .optional()
    .describe('The text itself, one paragraph a line. Give this or path.'),
  path: z
    .string()
    .min(1)
    .max(MAX_PATH_LENGTH)
    .optional()
    .describe('Path of a file below the allowed folders. Give this or text.'),
};
const position = { line: z.number().describe('0-based line'), character: z.number().describe('0-based UTF-16 offset') };
const finding = z.object({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  reason: z.string(),
  authority: z.string(),
  ...position,
  words: z.string(),
  suggestion: z.string().optional().describe('What the place should read, where there is one right answer'),
  safe: z.boolean().describe('Whether the suggestion never changes meaning'),
});
const change = z.object({ line: z.number().describe('0-based line'), before: z.string(), after: z.string() });
const renumberedOutput = {
  text: z.string(),
  changes: z.array(change),
  uncertain: z
    .array(z.object({ line: z.number().describe('0-based line of the text as given'), words: z.string() }))
    .describe('References left as they are that the writer should check'),
};
const limit = z.number().int().min(1).max(MAX_LISTED).optional().describe(`At most so many (default ${MAX_LISTED})`);

/** Erases the shapes of a tool that was checked against them, for use in a list of tools. */
export function tool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(one: Tool<Input, Output>): Tool {
  return one as unknown as Tool;
}

/** A heading in a tool's answer. */
interface Heading {
  marker: string;
  title: string;
  level: number;
  kind: string;
  line: number;
  characters: number;
  children: Heading[];
}
const heading: z.ZodType<Heading> = z.lazy(() =>
  z.object({
    marker: z.string(),
    title: z.string(),
    level: z.number(),
    kind: z.string(),
    line: z.number(),
    characters: z.number(),
    children: z.array(heading),
  }),
);

export const tools: readonly Tool[] = [
  tool({
    name: 'outline',
    title: { zh: '列出大纲', en: 'Outline' },
    description:
      'The headings of a Chinese policy text as a tree, read from its numbering (一、（一）1. 第X条 …), with the line and the number of characters of each section.',
    input: draftInput,
    output: { headings: z.array(heading), characters: z.number() },
    async run(input, context) {
      const { analysis } = await analysed(input, context);
      const describe = (section: Section): Heading => ({
        marker: section.marker?.text ?? '',
        title: section.title,
        level: section.level,
        kind: section.kind,
        line: analysis.lines.lineAt(section.span.start),
        characters: section.characters,
        children: section.children.map(describe),
      });
      return { headings: analysis.sections.map(describe), characters: analysis.text.replace(/\s/g, '').length };
    },
  }),
  tool({
    name: 'lint',
    title: { zh: '检查文稿', en: 'Check a draft' },
    description:
      'Checks numbering, headings, placeholders, punctuation, numerals, references, set phrases and facts of a Chinese policy text. Each finding says where, what is wrong, by which standard, and what it should read.',
    input: {
      ...draftInput,
      minimumSeverity: z.enum(SEVERITIES_BELOW_ERROR).optional().describe('default: information'),
      rules: z
        .array(z.string())
        .max(100)
        .optional()
        .describe('only these rules or groups: numbering, slogan.near-miss'),
      limit,
    },
    output: { total: z.number(), findings: z.array(finding) },
    async run(input, context) {
      const { draft, analysis } = await analysed(input, context);
      return findingsOf(draft, analysis, context, input);
    },
  }),
  tool({
    name: 'spelling',
    title: { zh: '查错别字', en: 'Check spelling' },
    description:
      'Wrong characters in a Chinese policy text (制订/制定, 截止/截至, 己/已): only the rule text.misspelling.',
    input: { ...draftInput, limit },
    output: { total: z.number(), findings: z.array(finding) },
    async run(input, context) {
      const { draft, analysis } = await analysed(input, context);
      const only = { ...input, rules: ['text.misspelling'], minimumSeverity: 'hint' as const };
      return findingsOf(draft, analysis, context, only);
    },
  }),
  tool({
    name: 'fix',
    title: { zh: '改正确定的问题', en: 'Apply safe fixes' },
    description:
      'Makes only the fixes that never change meaning (punctuation, marker style, date form …) and returns the text and what was changed. Wording is changed only if rules names text.misspelling: then misspellings that are certain are corrected.',
    input: {
      ...draftInput,
      rules: z.array(z.string()).max(100).optional().describe('only these rules or groups; all by default'),
    },
    output: { text: z.string(), fixes: z.number(), changes: z.array(change) },
    async run(input, context) {
      const { draft, analysis } = await analysed(input, context);
      const wanted = input.rules;
      checkRules(wanted);
      const { edits, applied } = fixAllEdits(analysis, {
        configuration: draft.configuration,
        only: wanted,
        lexicon: await context.lexicon(),
        // No fix of a misspelling is safe, so loading the spelling model unasked would be wasted time.
        spelling: wanted?.includes('text.misspelling') ? await context.spelling() : undefined,
      });
      return { text: applyEdits(draft.text, edits), fixes: applied, changes: changesOf(draft.text, edits) };
    },
  }),
  tool({
    name: 'renumber',
    title: { zh: '重新编号', en: 'Renumber' },
    description:
      'Counts the numbers of all headings anew as they are written; references and the contents follow. References that may mean another text or section stay as they are and are listed as uncertain.',
    input: draftInput,
    output: renumberedOutput,
    async run(input, context) {
      const { draft, analysis } = await analysed(input, context);
      return renumberedAnswer(draft, analysis, renumbering(analysis, { document: true }));
    },
  }),
  tool({
    name: 'convert_numbering',
    title: { zh: '换一种序号体例', en: 'Convert numbering' },
    description:
      'Writes the numbers of all headings in another scheme: official 一、（一）1.（1）; parts 第一部分; decimal 1. 1.1; standard; legislation 第一章 第一条. References follow; those that may mean another text or section stay as they are and are listed as uncertain.',
    input: { ...draftInput, scheme: z.enum(NUMBERING_SCHEME_NAMES as unknown as [string, ...string[]]) },
    output: renumberedOutput,
    async run(input, context) {
      const { draft, analysis } = await analysed(input, context);
      const outcome = convertNumbering(analysis, { scheme: input.scheme as (typeof NUMBERING_SCHEME_NAMES)[number] });
      return renumberedAnswer(draft, analysis, outcome);
    },
  }),
  tool({
    name: 'clean',
    title: { zh: '清理受损文本', en: 'Clean up damaged text' },
    description:
      'Repairs text scraped from the web or a PDF: inserted pinyin, mojibake, half-width marks, jump lines, web furniture, lost paragraphs, broken lines. Sound text comes back as it is. toCheck lists places that are likely but not certain, or were left alone.',
    input: draftInput,
    output: {
      text: z.string(),
      repairs: z.array(z.string()),
      toCheck: z.array(
        z.object({
          line: z.number().describe('0-based line of the text as given'),
          before: z.string(),
          after: z.string(),
          candidates: z.array(z.string()),
          note: z.string(),
        }),
      ),
    },
    async run(input, context) {
      const { text } = await draftOf(input, context);
      const result = repair(text);
      const lines = splitLines(text);
      return {
        text: result.text,
        repairs: repairsDone(result.report, context.locale),
        toCheck: result.report
          .filter(({ status }) => status !== 'done')
          .slice(0, MAX_LISTED)
          .map(({ offset, before, after, candidates = [], note }) => ({
            line: lines.lineAt(offset),
            before,
            after,
            candidates: [...candidates],
            note: note ? localise(note, context.locale) : '',
          })),
      };
    },
  }),
  tool({
    name: 'phrases',
    title: { zh: '查规范表述', en: 'Look up set phrases' },
    description:
      'Set phrases (规范表述) of the corpus that hold the given characters, with what usually comes before and after and the other ways of writing them. Use it before writing a slogan, to write it word for word.',
    input: { query: z.string().min(1).max(80), limit: z.number().int().min(1).max(100).optional() },
    output: {
      total: z.number(),
      phrases: z.array(
        z.object({
          text: z.string(),
          count: z.number(),
          documents: z.number(),
          before: z.array(z.string()),
          after: z.array(z.string()),
          instead: z.array(z.string()),
          series: z.array(z.string()),
        }),
      ),
    },
    async run({ query, limit: most = 20 }, context) {
      const found = ((await context.lexicon())?.phrases ?? []).filter(({ text }) => text.includes(query));
      const words = (neighbours: readonly (readonly [string, number])[]) => neighbours.map(([text]) => text);
      return {
        total: found.length,
        phrases: found.slice(0, most).map((phrase) => ({
          text: phrase.text,
          count: phrase.count,
          documents: phrase.documents,
          before: words(phrase.before),
          after: words(phrase.after),
          instead: words(phrase.variants),
          series: [...(phrase.series?.members ?? [])],
        })),
      };
    },
  }),
  tool({
    name: 'facts',
    title: { zh: '核对数据', en: 'Facts' },
    description:
      'What a text states in figures: indicator, value, unit, time, planned or reported, and where; and which statements cannot both be true.',
    input: { ...draftInput, limit },
    output: {
      total: z.number(),
      statements: z.array(
        z.object({
          indicator: z.string(),
          words: z.string(),
          value: z.number(),
          unit: z.string(),
          time: z.string(),
          planned: z.boolean(),
          line: z.number(),
        }),
      ),
      conflicts: z.array(
        z.object({ indicator: z.string(), words: z.string(), line: z.number(), others: z.array(z.number()) }),
      ),
    },
    async run(input, context) {
      const { analysis } = await analysed(input, context);
      const all = statementsOf(analysis);
      const words = ({ start, end }: { start: number; end: number }) => analysis.text.slice(start, end);
      return {
        total: all.length,
        statements: all.slice(0, input.limit ?? MAX_LISTED).map((one) => ({
          indicator: one.indicatorText,
          words: words(one),
          value: one.quantity.value,
          unit: one.quantity.unit,
          time: one.time,
          planned: one.planned,
          line: one.line,
        })),
        conflicts: valueConflicts(analysis).map(({ statement, others }) => ({
          indicator: statement.indicatorText,
          words: words(statement),
          line: statement.line,
          others: others.map(({ line }) => line),
        })),
      };
    },
  }),
  tool({
    name: 'compare',
    title: { zh: '两稿对照', en: 'Compare two drafts' },
    description:
      'Sets a draft beside an earlier one: which sections are kept, changed, moved, merged, split, new or dropped, and which figures changed. Give the earlier one as oldText or oldPath.',
    input: {
      ...draftInput,
      oldText: draftInput.text,
      oldPath: draftInput.path,
    },
    output: {
      sections: z.array(
        z.object({ fate: z.string(), old: z.string(), current: z.string(), changed: z.number().describe('sentences') }),
      ),
      figures: z.array(z.object({ indicator: z.string(), old: z.string(), planned: z.string(), reported: z.string() })),
    },
    async run({ oldText, oldPath, ...input }, context) {
      const [old, current] = [
        await analysed({ text: oldText, path: oldPath }, context),
        await analysed(input, context),
      ];
      const { sections, figures } = compareDrafts(old.analysis, current.analysis);
      const name = (place?: { marker: string; title: string }) => (place ? place.marker + place.title : '');
      return {
        sections: sections.slice(0, MAX_LISTED).map((section) => ({
          fate: section.fate,
          old: name(section.old),
          current: name(section.current),
          changed: section.sentences.filter((pair) => pair.fate !== 'same').length,
        })),
        figures: figures.slice(0, MAX_LISTED).map((row) => ({
          indicator: row.indicator,
          old: row.oldReported?.text ?? '',
          planned: row.oldPlanned?.text ?? '',
          reported: row.reported?.text ?? '',
        })),
      };
    },
  }),
];

interface DraftInput {
  readonly text?: string | undefined;
  readonly path?: string | undefined;
}

/** The text given, or that of the file at the path given. Throws {@link ToolError} if neither or both are given. */
export async function draftOf({ text, path }: DraftInput, context: ToolContext): Promise<ToolDraft> {
  if ((text === undefined) === (path === undefined)) {
    throw new ToolError({ zh: '请给出 text 或 path，二者取一。', en: 'Give either text or path.' });
  }
  return path === undefined
    ? { text: text ?? '', kind: 'policytext', configuration: { rules: {} } }
    : context.read(path);
}

async function analysed(input: DraftInput, context: ToolContext): Promise<{ draft: ToolDraft; analysis: Analysis }> {
  const draft = await draftOf(input, context);
  return { draft, analysis: analyse(draft.text, draft.kind) };
}

/** Throws {@link ToolError} unless each of `asked` is a rule or a group. */
function checkRules(asked: readonly string[] = []): void {
  for (const id of asked) {
    if (rules.some((rule) => coversRule(id, rule))) continue;
    throw new ToolError({ zh: '没有规则“{0}”。', en: 'Unknown rule “{0}”.', values: [id] });
  }
}

async function findingsOf(
  { text, configuration }: ToolDraft,
  analysis: Analysis,
  { lexicon, spelling, locale }: ToolContext,
  asked: {
    minimumSeverity?: ShownSeverity | undefined;
    rules?: string[] | undefined;
    limit?: number | undefined;
  },
) {
  checkRules(asked.rules);
  const { minimumSeverity = 'information' } = asked;
  const found = lint(analysis, configuration, await lexicon(), await spelling()).filter(
    ({ rule, severity }) =>
      reaches(severity, minimumSeverity) && (!asked.rules || asked.rules.some((id) => coversRule(id, rule))),
  );
  const findings = found.slice(0, asked.limit ?? MAX_LISTED).map((result) => ({
    rule: result.rule.id,
    severity: result.severity,
    message: localise(result.message, locale),
    reason: localise(result.rule.reason, locale),
    authority: localise(result.rule.authority, locale),
    ...positionAt(analysis.lines, result.start),
    words: text.slice(result.start, result.end),
    ...suggestionOf(result, text),
  }));
  return { total: found.length, findings };
}

function suggestionOf({ fixes, start, end }: LintResult, text: string): { suggestion?: string; safe: boolean } {
  const fix = fixes?.find(({ preferred }) => preferred) ?? (fixes?.length === 1 ? fixes[0] : undefined);
  // A fix that also edits other places cannot be expressed as a replacement of this one.
  if (!fix?.edits.every((edit) => edit.start >= start && edit.end <= end)) return { safe: false };
  const shifted = fix.edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { suggestion: applyEdits(text.slice(start, end), shifted), safe: fix.safe };
}

/** The result of renumbering `draft`. Throws {@link ToolError} if nothing could be done. */
function renumberedAnswer({ text }: ToolDraft, { lines }: Analysis, outcome: EditOutcome) {
  if ('message' in outcome) {
    if (outcome.unchanged) return { text, changes: [], uncertain: [] };
    throw new ToolError(outcome.message);
  }
  const { edits, uncertain = [] } = outcome;
  return {
    text: applyEdits(text, edits),
    changes: changesOf(text, edits),
    uncertain: uncertain
      .slice(0, MAX_LISTED)
      .map(({ start, end }) => ({ line: lines.lineAt(start), words: text.slice(start, end) })),
  };
}

/** The changes by line, each with the line before and after. */
function changesOf(text: string, edits: readonly TextReplacement[]) {
  const lines = splitLines(text);
  const byLine = new Map<number, TextReplacement[]>();
  for (const edit of edits) {
    const line = lines.lineAt(edit.start);
    byLine.set(line, [...(byLine.get(line) ?? []), edit]);
  }
  return [...byLine].slice(0, MAX_LISTED).map(([line, own]) => {
    const start = lines.start(line);
    const end = Math.max(lines.end(line), ...own.map((edit) => edit.end));
    const shifted = own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const before = text.slice(start, end);
    return { line, before, after: applyEdits(before, shifted) };
  });
}
