/** Runs the rules over an analysis. A pure function of text and configuration; its caches only save time. */

import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import type { WordLists } from '../spelling/wordRules';
import { readSections } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { LineCacheKey } from '../structure/lineCache';
import { type CharacterMask, characterMask, lineMatches, prepareSigns } from '../structure/linePrefilter';
import type { ProfileSetting } from '../structure/profileNames';
import { prepareScript } from '../structure/script';
import { lazily } from '../text/lazily';
import type { Message } from '../text/message';
import { Pace, type Resumable, resume, runToCompletion } from '../text/resumable';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { FixableSpans } from './fixable';
import { type IgnoreEntry, withoutIgnored } from './ignoring';
import { rules as allRules } from './index';
import { hiddenLines } from './markup';
import { profileRules } from './profiles';
import type {
  DocumentRule,
  Finding,
  Fix,
  LineRule,
  PlacedFinding,
  RelatedPlace,
  Rule,
  RuleContext,
  RuleSetting,
  Severity,
} from './rule';
import { SEVERITY_SETTINGS, type ShownSeverity } from './severity';

/**
 * Keys are rule ids, former ids, or the first part of ids for a whole group (`punctuation`); the most specific one
 * wins.
 */
export interface LintConfiguration {
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** The kind of text; recognised from the text if absent. */
  readonly profile?: ProfileSetting;
  /** Findings that the writer has decided to ignore. */
  readonly ignore?: readonly IgnoreEntry[];
  /** A unit's own word lists. */
  readonly spelling?: WordLists;
  /** The writer's own words, which are correct as they are. */
  readonly lexicon?: { readonly words: readonly string[] };
}

/** A finding with absolute offsets, the rule that made it and the severity after configuration. */
export interface LintResult extends Finding {
  readonly rule: Rule;
  readonly severity: ShownSeverity;
}

/**
 * A finding at its place. Thousands are made after every edit, and few of their fixes are ever asked for: offsets in the text
 * are computed then. As they are properties of the class, a copy by spreading would lack them.
 */
export class PlacedResult implements LintResult {
  readonly start: number;
  readonly end: number;
  readonly message: Message;

  /** Offsets of `finding` are relative to `base`. */
  constructor(
    readonly rule: Rule,
    readonly severity: ShownSeverity,
    readonly finding: Finding,
    readonly base: number,
  ) {
    this.start = finding.start + base;
    this.end = finding.end + base;
    this.message = finding.message;
  }

  get phrase(): Span | undefined {
    return this.finding.phrase && shifted(this.finding.phrase, this.base);
  }

  get related(): readonly RelatedPlace[] | undefined {
    const { finding, base } = this;
    return base === 0 ? finding.related : finding.related?.map((place) => ({ ...place, ...shifted(place, base) }));
  }

  get fixes(): readonly Fix[] | undefined {
    const { rule, finding, base } = this;
    const fixes = finding.fixes ?? rule.offers?.(finding);
    return base === 0 ? fixes : fixes?.map((fix) => shiftedFix(fix, base));
  }

  /** The same with `fixes` instead of its own, with offsets in the text. */
  with(fixes: readonly Fix[]): PlacedResult {
    const { rule, severity, start, end, message, phrase, related } = this;
    return new PlacedResult(rule, severity, { start, end, message, phrase, related, fixes }, 0);
  }
}

interface ActiveRule<Kind extends Rule> {
  readonly rule: Kind;
  readonly rank: number;
  /** Set if the configuration names a severity; it then overrides those of rule and finding. */
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

interface LineFinding {
  readonly rank: number;
  readonly finding: Finding;
}

const SEVERITIES: ReadonlySet<unknown> = new Set(SEVERITY_SETTINGS);
const NOTHING: readonly LineFinding[] = [];
/** Number of characters of new lines read at a time, which takes less than a millisecond. */
const PIECE = 4_000;
/** Number of findings reported, sorted or compared at a time. */
const FINDINGS_AT_ONCE = 4_000;
/**
 * A line of this length is checked rule by rule with yields: millions of characters without a break, as some programs
 * write.
 */
const LONG_LINE = 50_000;

/** The line rules of one list of rules, prepared to run, with their cached findings. */
class LineRunner {
  private readonly runnable: readonly { rule: LineRule; rank: number; mask: CharacterMask }[];
  /** Cached findings; an unchanged line keeps its record, and with it its findings. */
  private readonly known = new LineCacheKey<readonly LineFinding[]>();

  constructor(rules: readonly Rule[]) {
    this.runnable = rules.flatMap((rule, rank) =>
      rule.scope === 'line' ? [{ rule, rank, mask: characterMask(rule) }] : [],
    );
  }

  /** Whether the line of `analysis` has not been linted yet. */
  isNew(analysis: Analysis, number: number): boolean {
    return this.known.at(analysis, number) === undefined;
  }

  /** The findings of all line rules in the line of `analysis`, with offsets within the line. */
  check(analysis: Analysis, number: number): readonly LineFinding[] {
    const known = this.known.at(analysis, number);
    if (known) return known;
    const findings: LineFinding[] = [];
    const line = lineOf(analysis, number);
    for (const entry of this.runnable) this.run(entry, analysis, number, line, findings);
    return this.keep(analysis, number, findings);
  }

  /** Lints a new line rule by rule, yielding in between; {@link check} then returns at once. */
  *readIncremental(analysis: Analysis, number: number): Resumable<void> {
    const findings: LineFinding[] = [];
    const line = lineOf(analysis, number);
    for (const entry of this.runnable) {
      this.run(entry, analysis, number, line, findings);
      yield;
    }
    this.keep(analysis, number, findings);
  }

  private run(
    { rule, rank, mask }: LineRunner['runnable'][number],
    analysis: Analysis,
    number: number,
    line: string,
    findings: LineFinding[],
  ): void {
    if (!lineMatches(analysis, number, mask)) return;
    for (const finding of rule.check(line, { kind: analysis.kind })) findings.push({ rank, finding });
  }

  private keep(analysis: Analysis, number: number, findings: readonly LineFinding[]): readonly LineFinding[] {
    const kept = findings.length > 0 ? findings : NOTHING;
    this.known.put(analysis, number, kept);
    return kept;
  }
}

function lineOf({ text, lines }: Analysis, number: number): string {
  return text.slice(lines.start(number), lines.end(number));
}

// Created at the first lint: rule modules and this one may import each other's types in any order.
const lineRunner = lazily(() => new LineRunner(allRules));

/**
 * Lints `analysis` with all rules as `configuration` sets them; those about slogans use `lexicon`, the one about
 * misspellings `spelling`. Returns findings with absolute offsets, ordered by start, end and rule. Never throws:
 * malformed settings are ignored.
 */
export function lint(
  analysis: Analysis,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
): PlacedResult[] {
  return runToCompletion(lintIncremental(analysis, configuration, lexicon, spelling));
}

/**
 * The same incrementally, a few milliseconds at a time, so that a long text blocks nothing: in between, other work can
 * run, or the lint can be abandoned.
 */
export function* lintIncremental(
  analysis: Analysis,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
): Resumable<PlacedResult[]> {
  yield* readSections(analysis, true);
  yield* prepareScript(analysis);
  const run = new LintRun(analysis, configuration);
  yield;
  yield* run.readLines();
  yield* run.finishRules({
    lexicon,
    spelling,
    ownWords: configuration?.lexicon?.words,
    wordLists: configuration?.spelling,
  });
  return yield* run.sorted();
}

/** One lint of one analysis: collects the findings of the rules. */
class LintRun {
  private readonly active: readonly ActiveRule<Rule>[];
  private readonly fixable: FixableSpans;
  private readonly hidden: ReturnType<typeof hiddenLines>;
  /** Findings of line rules that decide on all lines at the end, by rank. */
  private readonly awaiting = new Map<number, PlacedFinding[]>();
  private readonly results: PlacedResult[] = [];
  private readonly reporting = new Pace(FINDINGS_AT_ONCE);

  constructor(
    private readonly analysis: Analysis,
    private readonly configuration: LintConfiguration | undefined,
  ) {
    const profile = profileRules(analysis, configuration?.profile);
    this.active = allRules.map((rule, rank) => activate(rule, rank, configuration, profile));
    this.fixable = new FixableSpans(analysis);
    this.hidden = hiddenLines(analysis);
    for (const { rule, rank, severity } of this.active) {
      if (rule.scope === 'line' && rule.finalize && severity !== 'off') this.awaiting.set(rank, []);
    }
  }

  /** Runs the line rules, those on very long lines rule by rule. */
  *readLines(): Resumable<void> {
    const runner = lineRunner();
    yield* prepareSigns(this.analysis);
    const { lines } = this.analysis;
    const pace = new Pace();
    for (let line = 0; line < lines.count; line++) {
      if (pace.isOver()) yield;
      if (lines.end(line) - lines.start(line) < LONG_LINE || this.hidden.has(line)) continue;
      if (runner.isNew(this.analysis, line)) yield* runner.readIncremental(this.analysis, line);
    }
    const reading = Pace.rising(PIECE);
    for (let line = 0; line < lines.count; ) {
      line = this.readSlice(runner, line, reading);
      yield;
    }
  }

  /** Lets line rules decide on all their findings, and runs the document rules. */
  *finishRules(context: Omit<RuleContext, 'options'>): Resumable<void> {
    const { analysis } = this;
    const documentRules = this.active.filter(
      (entry): entry is ActiveRule<DocumentRule> => entry.rule.scope === 'document' && entry.severity !== 'off',
    );
    for (const { rule, options } of documentRules) {
      if (rule.prepare) yield* rule.prepare(analysis, { options, ...context });
    }
    for (const [rank, found] of this.awaiting) {
      const rule = allRules[rank] as LineRule;
      if (rule.prepare) yield* rule.prepare(found, analysis);
      const placed = yield* resume(rule.finalize?.(found, analysis) ?? []);
      for (const { base, finding } of placed) {
        this.report(rank, finding, base);
        if (this.reporting.isOver()) yield;
      }
    }
    for (const { rule, rank, options } of documentRules) {
      for (const finding of yield* resume(rule.check(analysis, { options, ...context }))) {
        this.report(rank, finding, 0);
        if (this.reporting.isOver()) yield;
      }
      yield;
    }
  }

  /** The results by start, end and rule, without those that are ignored or made superfluous by others. */
  *sorted(): Resumable<PlacedResult[]> {
    const { analysis } = this;
    const results = yield* inOrder(this.results, analysis.text.length);
    const ignore = this.configuration?.ignore ?? [];
    const apart = yield* dropEquivalent(results, analysis.text);
    const left = ignore.length > 0 ? withoutIgnored(apart, analysis, ignore) : apart;
    return yield* withoutRewritten(yield* withoutSuppressed(left, analysis.lines));
  }

  /** Reads lines from `first` on, until enough new ones have been read by `pace`; returns where to continue. */
  private readSlice(runner: LineRunner, first: number, pace: Pace): number {
    const { analysis, hidden } = this;
    const { lines } = analysis;
    let isOver = false;
    let line = first;
    for (; line < lines.count && !isOver; line++) {
      const start = lines.start(line);
      const end = lines.end(line);
      if (start === end || hidden.has(line)) continue;
      if (runner.isNew(analysis, line)) isOver = pace.isOver(end - start);
      const found = runner.check(analysis, line);
      if (found.length === 0) continue;
      const isOpen = this.fixable.isOpen(line);
      for (const { rank, finding } of found) {
        const waiting = this.awaiting.get(rank);
        // Guarded before the findings of a habit are merged, so that the others are still fixed.
        const guarded = isOpen ? finding : this.guarded(finding, start, rank);
        if (waiting) waiting.push({ base: start, finding: guarded });
        else this.add(rank, guarded, start);
      }
    }
    return line;
  }

  private report(rank: number, finding: Finding, base: number): void {
    this.add(rank, this.guarded(finding, base, rank), base);
  }

  private add(rank: number, finding: Finding, base: number): void {
    const { rule, severity: set } = this.active[rank] as ActiveRule<Rule>;
    const severity = set ?? finding.severity ?? rule.severity;
    if (severity !== 'off') this.results.push(new PlacedResult(rule, severity, finding, base));
  }

  /** Damage is damage in any place. */
  private guarded(finding: Finding, base: number, rank: number): Finding {
    return !finding.fixes || allRules[rank]?.id.startsWith('text.') ? finding : this.fixable.guarded(finding, base);
  }
}

/** `results` by start, end and rule; very many are sorted part by part of the text, which has `length` characters. */
function* inOrder(results: PlacedResult[], length: number): Resumable<PlacedResult[]> {
  const parts: PlacedResult[][] = Array.from({ length: Math.ceil(results.length / FINDINGS_AT_ONCE) }, () => []);
  const pace = new Pace(FINDINGS_AT_ONCE);
  for (const result of results) {
    parts[Math.floor((result.start / (length + 1)) * parts.length)]!.push(result);
    if (pace.isOver()) yield;
  }
  const sorted: PlacedResult[] = [];
  for (const part of parts) {
    part.sort((a, b) => a.start - b.start || a.end - b.end || rankOf(a.rule) - rankOf(b.rule));
    for (const result of part) sorted.push(result);
    if (pace.isOver(part.length)) yield;
  }
  return sorted;
}

/**
 * `results` (sorted) without those suppressed by rules with findings at the same place; see {@link Rule.suppresses}.
 */
function* withoutSuppressed(results: PlacedResult[], lines: Analysis['lines']): Resumable<PlacedResult[]> {
  const stronger = results.filter(({ rule }) => rule.suppresses);
  if (stronger.length === 0) return results;
  const byLine = new Map<number, PlacedResult[]>();
  for (const one of stronger) {
    for (let line = lines.lineAt(one.start); line <= lines.lineAt(one.end); line++) {
      const others = byLine.get(line);
      if (others) others.push(one);
      else byLine.set(line, [one]);
    }
  }
  const pace = new Pace(FINDINGS_AT_ONCE);
  const left: PlacedResult[] = [];
  for (const result of results) {
    if (pace.isOver()) yield;
    const { rule, fixes = [] } = result;
    const isNear = (place: Span): boolean => byLine.has(lines.lineAt(place.start));
    if (!isNear(result) && !fixes.some(({ edits }) => edits.some(isNear))) {
      left.push(result);
      continue;
    }
    const keys = [...keysOf(rule)];
    const above = (place: Span): PlacedResult[] =>
      (byLine.get(lines.lineAt(place.start)) ?? []).filter(
        (one) => one.rule !== rule && one.rule.suppresses?.some((id) => keys.includes(id)),
      );
    const within = (place: Span): boolean => above(place).some((one) => one.start < place.end && place.start < one.end);
    if (within(result) && fixes.every(({ edits }) => edits.every(within))) continue;
    const beside = (fix: Fix): boolean => fix.safe && fix.edits.some((edit) => above(edit).length > 0);
    left.push(
      fixes.some(beside) ? result.with(fixes.map((fix) => (beside(fix) ? { ...fix, safe: false } : fix))) : result,
    );
  }
  return left;
}

/** At most this many findings of one rule in one text are reported individually. */
export const MAX_PER_RULE = 500;

/**
 * `results` (sorted) with at most `most` of each rule; for a rule with more, one last result at the first place left
 * out says how many there are. For display only: fixing a text needs all of them.
 */
export function capFindings(results: readonly LintResult[], most = MAX_PER_RULE): LintResult[] {
  const counts = new Map<Rule, number>();
  for (const { rule } of results) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  if (![...counts.values()].some((count) => count > most)) return [...results];
  const seen = new Map<Rule, number>();
  const kept: LintResult[] = [];
  for (const result of results) {
    const { rule, start, end, severity } = result;
    const count = counts.get(rule) ?? 0;
    const index = seen.get(rule) ?? 0;
    seen.set(rule, index + 1);
    if (index < most) kept.push(result);
    else if (index === most) {
      kept.push({
        rule,
        severity,
        start,
        end,
        message: {
          zh: '从本处起还有 {0} 处同类问题（全文共 {1} 处），不再逐一列出。',
          en: 'From here on {0} more of the same kind ({1} in total) are not listed individually.',
          values: [count - most, count],
        },
      });
    }
  }
  return kept;
}

const ranks = lazily((): ReadonlyMap<Rule, number> => new Map(allRules.map((one, rank) => [one, rank])));

/** The position of `rule` in the list of rules, the last sort criterion. */
function rankOf(rule: Rule): number {
  return ranks().get(rule) ?? 0;
}

const WEIGHT: Readonly<Record<LintResult['severity'], number>> = { error: 3, warning: 2, information: 1, hint: 0 };

/**
 * `results` (sorted) without those equivalent to another rule's: they overlap it, and their first fix gives the same
 * text. One slip gives one diagnostic, the more severe of the two, or else the one that starts first.
 */
function* dropEquivalent(results: PlacedResult[], text: string): Resumable<PlacedResult[]> {
  const dropped = new Set<PlacedResult>();
  const pace = new Pace(FINDINGS_AT_ONCE);
  for (let at = 0; at < results.length; at++) {
    if (pace.isOver()) yield;
    const one = results[at] as PlacedResult;
    if (one.end - one.start > MAX_DISTANCE) continue;
    for (let next = at + 1; next < results.length; next++) {
      const other = results[next] as PlacedResult;
      if (other.start >= one.end) break;
      if (other.rule === one.rule || !mendAlike(one, other, text)) continue;
      dropped.add(WEIGHT[other.severity] > WEIGHT[one.severity] ? one : other);
    }
  }
  return dropped.size === 0 ? results : results.filter((result) => !dropped.has(result));
}

/**
 * `results` (sorted) without those on words that a safe fix of another rule rewrites: 二零二六年五月六日 under a document
 * becomes 2026年5月6日, so its 零 need not be reported. The same applies inside the second of two identical sentences.
 */
function* withoutRewritten(results: PlacedResult[]): Resumable<PlacedResult[]> {
  const dropped = new Set<PlacedResult>();
  const pace = new Pace(FINDINGS_AT_ONCE);
  for (let at = 0; at < results.length; at++) {
    if (pace.isOver()) yield;
    const one = results[at] as PlacedResult;
    const fix = one.finding.fixes?.[0];
    const edit = fix?.edits[0];
    if (!fix || !edit || fix.edits.length > 1 || edit.end - edit.start > MAX_DISTANCE) continue;
    const deletes = edit.newText === '' && fix.preferred === true;
    if (!deletes && (!fix.safe || edit.newText === '')) continue;
    // A rule's offers, which are neither safe nor preferred, would not get here.
    const place = shifted(edit, one.base);
    for (let before = at - 1; before >= 0 && results[before]!.start >= place.start; before--) {
      if (isRewritten(results[before]!, one, place, deletes)) dropped.add(results[before]!);
    }
    for (let next = at + 1; next < results.length && results[next]!.start < place.end; next++) {
      if (isRewritten(results[next]!, one, place, deletes)) dropped.add(results[next]!);
    }
  }
  return dropped.size === 0 ? results : results.filter((result) => !dropped.has(result));
}

/** Whether `other` is within `place`, which the fix of `one` rewrites, or `deletes`. */
function isRewritten(other: PlacedResult, one: PlacedResult, place: Span, deletes: boolean): boolean {
  return (
    other.rule !== one.rule &&
    place.start <= other.start &&
    other.end <= place.end &&
    other.end - other.start < place.end - place.start &&
    (deletes || WEIGHT[other.severity] <= WEIGHT[one.severity])
  );
}

/** Whether the first fixes of both give the same words. */
function mendAlike(one: PlacedResult, other: PlacedResult, text: string): boolean {
  const [ours, theirs] = [one.fixes?.[0]?.edits ?? [], other.fixes?.[0]?.edits ?? []];
  const [mine, yours] = [ours[0], theirs[0]];
  // Fixes of many places are about the whole text.
  if (!mine || !yours || ours.length > 1 || theirs.length > 1) return false;
  const start = Math.min(mine.start, yours.start);
  const end = Math.max(mine.end, yours.end);
  const mended = ({ start: from, end: to, newText }: TextReplacement): string =>
    text.slice(start, from) + newText + text.slice(to, end);
  return end - start < MAX_DISTANCE && mended(mine) === mended(yours);
}

/** Fixes further apart than this are not compared. */
const MAX_DISTANCE = 400;

/**
 * Finds the setting of `rule` in `configuration`: by id, by a former id, or by the most specific group it belongs to;
 * if it does not set the severity, the profile of the text does.
 */
function activate(
  rule: Rule,
  rank: number,
  configuration: LintConfiguration | undefined,
  profile: Readonly<Record<string, Severity>>,
): ActiveRule<Rule> {
  const settings: unknown = configuration?.rules;
  const defaults = Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default] as const);
  const options: Record<string, unknown> = Object.fromEntries(defaults);
  const keys = [...keysOf(rule)];
  let severity: Severity | undefined;
  if (typeof settings === 'object' && settings !== null) {
    const seen = new Set<string>();
    for (const key of keys) {
      const setting: unknown = Object.hasOwn(settings, key) ? (settings as Record<string, unknown>)[key] : undefined;
      const asObject =
        typeof setting === 'object' && setting !== null ? (setting as Record<string, unknown>) : undefined;
      const wanted = asObject ? asObject.severity : setting;
      if (severity === undefined && SEVERITIES.has(wanted)) severity = wanted as Severity;
      if (!asObject) continue;
      for (const [name, standard] of defaults) {
        if (seen.has(name) || typeof asObject[name] !== typeof standard) continue;
        seen.add(name);
        options[name] = asObject[name];
      }
    }
  }
  const key = severity === undefined ? keys.find((one) => Object.hasOwn(profile, one)) : undefined;
  return { rule, rank, severity: key === undefined ? severity : profile[key], options };
}

/** The keys under which `rule` may be set, the most specific first. */
function* keysOf(rule: Rule): Generator<string> {
  yield rule.id;
  yield* rule.aliases ?? [];
  for (let dot = rule.id.lastIndexOf('.'); dot > 0; dot = rule.id.lastIndexOf('.', dot - 1)) {
    yield rule.id.slice(0, dot);
  }
}

function shifted({ start, end }: Span, shift: number): Span {
  return { start: start + shift, end: end + shift };
}

function shiftedFix(fix: Fix, shift: number): Fix {
  const edits = fix.edits.map(({ start, end, newText }) => ({ start: start + shift, end: end + shift, newText }));
  return { ...fix, edits };
}
