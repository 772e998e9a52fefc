/** Runs the rules over an analysis. A pure function of text and configuration; what it remembers only saves time. */

import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import type { WordLists } from '../spelling/wordRules';
import type { Analysis } from '../structure/analysis';
import { LineCacheKey } from '../structure/lineCache';
import { type CharacterMask, characterMask, lineMatches } from '../structure/linePrefilter';
import type { LineRecord } from '../structure/lineScan';
import { type Resumable, runToCompletion } from '../text/resumable';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { FixableSpans } from './fixable';
import { type IgnoreEntry, withoutIgnored } from './ignoring';
import { rules as allRules } from './index';
import { hiddenLines } from './markup';
import { type ProfileSetting, profileRules } from './profiles';
import type {
  DocumentRule,
  Finding,
  Fix,
  LineRule,
  PlacedFinding,
  Rule,
  RuleContext,
  RuleSetting,
  Severity,
} from './rule';

/** Keys are rule ids, former ids, or the first part of ids for a whole group (`punctuation`); the closest one wins. */
export interface LintConfiguration {
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** The kind of text it is for; recognised from the text where absent. */
  readonly profile?: ProfileSetting;
  /** Findings that the writer has decided to leave. */
  readonly ignore?: readonly IgnoreEntry[];
  /** What a unit's own lists say of words. */
  readonly spelling?: WordLists;
  /** The writer's own words, which are right as they are. */
  readonly lexicon?: { readonly words: readonly string[] };
}

/** A finding with absolute offsets, the rule that made it and the severity after configuration. */
export interface LintResult extends Finding {
  readonly rule: Rule;
  readonly severity: Exclude<Severity, 'off'>;
}

interface ActiveRule<Kind extends Rule> {
  readonly rule: Kind;
  readonly rank: number;
  /** Set where the configuration names a severity; it then replaces those of rule and finding. */
  readonly severity: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

interface LineFinding {
  readonly rank: number;
  readonly finding: Finding;
}

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'information', 'hint', 'off']);
const NOTHING: readonly LineFinding[] = [];
/** New lines of so many characters are read at a time, which takes less than a millisecond. */
const PIECE = 4_000;

/** The line rules of one list of rules, ready to run, with what they found before. */
class LineRunner {
  private readonly runnable: readonly { rule: LineRule; rank: number; mask: CharacterMask }[];
  /** What was found before; a line that stays the same text keeps its record, and with it its findings. */
  private readonly known = new LineCacheKey<readonly LineFinding[]>();

  constructor(rules: readonly Rule[]) {
    this.runnable = rules.flatMap((rule, rank) =>
      rule.scope === 'line' ? [{ rule, rank, mask: characterMask(rule) }] : [],
    );
  }

  /** True where the line of `analysis` is new and has yet to be read. */
  isNew({ records }: Analysis, number: number): boolean {
    return this.known.get(records[number] as LineRecord) === undefined;
  }

  /** What all line rules find in the line of `analysis`, with offsets within the line. */
  check(analysis: Analysis, number: number): readonly LineFinding[] {
    const { text, lines, kind, records } = analysis;
    const record = records[number] as LineRecord;
    const known = this.known.get(record);
    if (known) return known;
    const line = text.slice(lines.start(number), lines.end(number));
    let findings: LineFinding[] | undefined;
    for (const { rule, rank, mask } of this.runnable) {
      if (!lineMatches(analysis, number, mask)) continue;
      const found = rule.check(line, { kind });
      if (found.length === 0) continue;
      findings ??= [];
      for (const finding of found) findings.push({ rank, finding });
    }
    this.known.set(record, findings ?? NOTHING);
    return findings ?? NOTHING;
  }
}

// Made at the first lint: rule modules and this one may import each other's types in any order.
let lineRunner: LineRunner | undefined;

/**
 * Lints `analysis` with all rules as `configuration` sets them; those about slogans go by `lexicon`, that about misspellings
 * by `spelling`.
 * Returns findings with absolute offsets, ordered by start, end and rule. Never throws: malformed settings are ignored.
 */
export function lint(
  analysis: Analysis,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
): LintResult[] {
  return runToCompletion(lintIncremental(analysis, configuration, lexicon, spelling));
}

/**
 * The same in pieces of a few milliseconds at most, so that a long text keeps nobody waiting: between two of them others
 * get their turn, or the work is dropped.
 */
export function* lintIncremental(
  analysis: Analysis,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
  spelling?: SpellingModel,
): Resumable<LintResult[]> {
  lineRunner ??= new LineRunner(allRules);
  const profile = profileRules(analysis, configuration?.profile);
  const active = allRules.map((rule, rank) => activate(rule, rank, configuration, profile));
  const results: LintResult[] = [];
  const report = (rank: number, finding: Finding, shift: number): void => {
    const { rule, severity: set } = active[rank] as ActiveRule<Rule>;
    const severity = set ?? finding.severity ?? rule.severity;
    if (severity === 'off') return;
    const shown = guarded(shift === 0 ? finding : moved(finding, shift), 0, rank);
    results.push({ ...shown, rule, severity });
  };
  /** Damage is damage wherever it stands. */
  const guarded = (finding: Finding, base: number, rank: number): Finding =>
    allRules[rank]?.id.startsWith('text.') ? finding : fixable.guarded(finding, base);

  const { lines } = analysis;
  const fixable = new FixableSpans(analysis);
  const hidden = hiddenLines(analysis);
  const awaiting = new Map<number, PlacedFinding[]>();
  for (const { rule, rank, severity } of active) {
    if (rule.scope === 'line' && rule.finalize && severity !== 'off') awaiting.set(rank, []);
  }
  /** Reads lines from `first` on, until enough new ones have been read for once; returns where to go on. */
  const readLines = (runner: LineRunner, first: number): number => {
    let read = 0;
    let line = first;
    for (; line < lines.count && read < PIECE; line++) {
      const start = lines.start(line);
      const end = lines.end(line);
      if (start === end || hidden.has(line)) continue;
      if (runner.isNew(analysis, line)) read += end - start;
      for (const { rank, finding } of runner.check(analysis, line)) {
        const waiting = awaiting.get(rank);
        // Guarded before the findings of a habit are made one, so that the others are still mended.
        if (waiting) waiting.push({ base: start, finding: guarded(finding, start, rank) });
        else report(rank, finding, start);
      }
    }
    return line;
  };
  for (let line = 0; line < lines.count; ) {
    line = readLines(lineRunner, line);
    yield;
  }
  const ownWords = configuration?.lexicon?.words;
  const contextOf = ({ options }: ActiveRule<Rule>): RuleContext => ({
    options,
    lexicon,
    ownWords,
    spelling,
    wordLists: configuration?.spelling,
  });
  const documentRules = active.filter(
    (entry): entry is ActiveRule<DocumentRule> => entry.rule.scope === 'document' && entry.severity !== 'off',
  );
  for (const entry of documentRules) if (entry.rule.prepare) yield* entry.rule.prepare(analysis, contextOf(entry));
  for (const [rank, found] of awaiting) {
    const rule = allRules[rank] as LineRule;
    if (rule.prepare) yield* rule.prepare(found, analysis);
    const placed = rule.finalize?.(found, analysis) ?? [];
    for (const { base, finding } of placed) report(rank, finding, base);
  }
  for (const entry of documentRules) {
    const { rule, rank } = entry;
    for (const finding of rule.check(analysis, contextOf(entry))) report(rank, finding, 0);
    yield;
  }

  results.sort((a, b) => a.start - b.start || a.end - b.end || rankOf(a.rule) - rankOf(b.rule));
  const ignore = configuration?.ignore ?? [];
  const apart = dropEquivalent(results, analysis.text);
  const left = ignore.length > 0 ? withoutIgnored(apart, analysis, ignore) : apart;
  return suppressByMojibake(withoutRewritten(left), lines);
}

/**
 * `results` without those on marks that are part of what text.mojibake tells of, and with no safe fix of the marks beside
 * it in its line: that they are half-width is part of the proof of the damage, and widened they would leave it unread.
 */
function suppressByMojibake(results: LintResult[], lines: Analysis['lines']): LintResult[] {
  const garbled = results.filter(({ rule }) => rule.id === 'text.mojibake');
  if (garbled.length === 0) return results;
  const damaged = new Set(garbled.map(({ start }) => lines.lineAt(start)));
  const isGarbled = ({ start, end }: Span) => garbled.some((one) => one.start < end && start < one.end);
  return results.flatMap((result) => {
    const { rule, fixes = [] } = result;
    if (!rule.id.startsWith('punctuation.')) return [result];
    const edits = fixes.flatMap((fix) => fix.edits);
    if (isGarbled(result) && edits.every(isGarbled)) return [];
    if (!fixes.some(({ safe }) => safe)) return [result];
    const besides = (fix: Fix) => fix.edits.some(({ start }) => damaged.has(lines.lineAt(start)));
    return [{ ...result, fixes: fixes.map((fix) => (besides(fix) ? { ...fix, safe: false } : fix)) }];
  });
}

let ranks: ReadonlyMap<Rule, number> | undefined;

/** The place of `rule` in the list of rules, the last criterion of order. */
function rankOf(rule: Rule): number {
  ranks ??= new Map(allRules.map((one, rank) => [one, rank]));
  return ranks.get(rule) ?? 0;
}

const WEIGHT: Readonly<Record<LintResult['severity'], number>> = { error: 3, warning: 2, information: 1, hint: 0 };

/**
 * `results` (in order) without those that say what another rule says too: they meet it, and their first fix leaves the
 * same text. One slip gives one diagnostic, the more severe of the two, or else the one that starts first.
 */
function dropEquivalent(results: LintResult[], text: string): LintResult[] {
  const dropped = new Set<LintResult>();
  for (let at = 0; at < results.length; at++) {
    const one = results[at] as LintResult;
    if (!one.fixes?.length || one.end - one.start > MAX_DISTANCE) continue;
    for (let next = at + 1; next < results.length; next++) {
      const other = results[next] as LintResult;
      if (other.start >= one.end) break;
      if (other.rule === one.rule || !mendAlike(one, other, text)) continue;
      dropped.add(WEIGHT[other.severity] > WEIGHT[one.severity] ? one : other);
    }
  }
  return dropped.size === 0 ? results : results.filter((result) => !dropped.has(result));
}

/**
 * `results` (in order) without those on words that a safe fix of another rule writes anew: 二零二六年五月六日 under a
 * document becomes 2026年5月6日, and its 零 need not be told of. So too what stands in the second of two like sentences.
 */
function withoutRewritten(results: LintResult[]): LintResult[] {
  const dropped = new Set<LintResult>();
  results.forEach((one, at) => {
    const [fix] = one.fixes ?? [];
    const [edit] = fix?.edits ?? [];
    if (!fix || !edit || fix.edits.length > 1 || edit.end - edit.start > MAX_DISTANCE) return;
    const deletes = edit.newText === '' && fix.preferred === true;
    if (!deletes && (!fix.safe || edit.newText === '')) return;
    const within = (other: LintResult): boolean =>
      other.rule !== one.rule &&
      edit.start <= other.start &&
      other.end <= edit.end &&
      other.end - other.start < edit.end - edit.start &&
      (deletes || WEIGHT[other.severity] <= WEIGHT[one.severity]);
    for (let before = at - 1; before >= 0 && results[before]!.start >= edit.start; before--) {
      if (within(results[before]!)) dropped.add(results[before]!);
    }
    for (let next = at + 1; next < results.length && results[next]!.start < edit.end; next++) {
      if (within(results[next]!)) dropped.add(results[next]!);
    }
  });
  return dropped.size === 0 ? results : results.filter((result) => !dropped.has(result));
}

/** True where the first fixes of both leave the same words. */
function mendAlike(one: LintResult, other: LintResult, text: string): boolean {
  const [ours, theirs] = [one.fixes?.[0]?.edits ?? [], other.fixes?.[0]?.edits ?? []];
  const [mine, yours] = [ours[0], theirs[0]];
  // Fixes of many places are told of a whole text.
  if (!mine || !yours || ours.length > 1 || theirs.length > 1) return false;
  const start = Math.min(mine.start, yours.start);
  const end = Math.max(mine.end, yours.end);
  const mended = ({ start: from, end: to, newText }: TextReplacement): string =>
    text.slice(start, from) + newText + text.slice(to, end);
  return end - start < MAX_DISTANCE && mended(mine) === mended(yours);
}

/** Fixes further apart are not compared. */
const MAX_DISTANCE = 400;

/**
 * Finds what `configuration` says of `rule`: by id, by a former id, or by the longest group it belongs to; and where it says
 * nothing of the severity, what the profile of the text says.
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

/** The keys under which `rule` may be set, the closest first. */
function* keysOf(rule: Rule): Generator<string> {
  yield rule.id;
  yield* rule.aliases ?? [];
  for (let dot = rule.id.lastIndexOf('.'); dot > 0; dot = rule.id.lastIndexOf('.', dot - 1)) {
    yield rule.id.slice(0, dot);
  }
}

/** `finding` with all its offsets `shift` further on. */
function moved(finding: Finding, shift: number): Finding {
  return {
    ...finding,
    start: finding.start + shift,
    end: finding.end + shift,
    ...(finding.phrase && { phrase: { start: finding.phrase.start + shift, end: finding.phrase.end + shift } }),
    ...(finding.related && {
      related: finding.related.map((place) => ({ ...place, start: place.start + shift, end: place.end + shift })),
    }),
    ...(finding.fixes && {
      fixes: finding.fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, start: edit.start + shift, end: edit.end + shift })),
      })),
    }),
  };
}
