/** Converts findings of the rules to LSP diagnostics. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { readConfigurationFile } from '../rules/configurationFile';
import { capFindings, type LintResult } from '../rules/lint';
import type { Rule } from '../rules/rule';
import type { Analysis } from '../structure/analysis';
import { splitLines } from '../text/lines';
import { type Locale, localise, type Message } from '../text/message';
import { Locator, sameRange } from './locate';

const DIAGNOSTIC_SOURCE = 'policy-text';

export interface DiagnosticOptions {
  readonly uri: string;
  readonly locale: Locale;
  /** Whether the client shows related information of a diagnostic. */
  readonly relatedInformation: boolean;
}

const SEVERITIES: Readonly<Record<LintResult['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const GAP_RULE = 'placeholder.unresolved';
/**
 * A draft may have dozens of placeholders, which have a view of their own. This many are listed as problems; the last
 * of them mentions the rest.
 */
const MAX_GAPS = 20;
const MORE_GAPS: Message = {
  zh: '全文另有 {0} 处未填，见“占位符”视图。',
  en: ' {0} more are listed in the Placeholders view.',
};

/** One diagnostic per result, in their order; for each rule only a limited number, see {@link capFindings}. */
export function diagnostics(
  { lines }: Pick<Analysis, 'lines'>,
  results: readonly LintResult[],
  options: DiagnosticOptions,
): Diagnostic[] {
  const locator = new Locator(lines);
  const related = new Locator(lines);
  const listed = capFindings(results);
  const gaps = listed.reduce((count, { rule }) => count + (rule.id === GAP_RULE ? 1 : 0), 0);
  let gapsTold = 0;
  return listed.map((result) => {
    const { rule } = result;
    const isGap = rule.id === GAP_RULE;
    const diagnostic: Diagnostic = {
      range: locator.range(result),
      severity: SEVERITIES[result.severity],
      code: rule.id,
      source: DIAGNOSTIC_SOURCE,
      message: isGap ? sentence(result.message, options.locale) : explain(result, options.locale),
    };
    if (isGap && gaps > MAX_GAPS && ++gapsTold >= MAX_GAPS) {
      // Hints are marked in the text, but not listed as problems.
      if (gapsTold > MAX_GAPS) diagnostic.severity = DiagnosticSeverity.Hint;
      else diagnostic.message += localise({ ...MORE_GAPS, values: [gaps - MAX_GAPS] }, options.locale);
    }
    if (options.relatedInformation && result.related?.length) {
      diagnostic.relatedInformation = result.related.map((place) => ({
        location: { uri: options.uri, range: related.range(place) },
        message: localise(place.message, options.locale),
      }));
    }
    return diagnostic;
  });
}

/**
 * `items` with the objects of `known` for equal ones at its beginning and end, which is nearly all of them after an edit;
 * `known` itself if all are equal.
 */
export function withKnown(items: readonly Diagnostic[], known: Diagnostic[]): Diagnostic[] {
  const most = Math.min(items.length, known.length);
  let head = 0;
  while (head < most && isSame(items[head]!, known[head]!)) head++;
  if (head === items.length && head === known.length) return known;
  let tail = 0;
  while (tail < most - head && isSame(items.at(-1 - tail)!, known.at(-1 - tail)!)) tail++;
  return [...known.slice(0, head), ...items.slice(head, items.length - tail), ...known.slice(known.length - tail)];
}

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return (
    one.code === other.code &&
    one.severity === other.severity &&
    one.message === other.message &&
    sameRange(one.range, other.range) &&
    sameRelated(one.relatedInformation, other.relatedInformation)
  );
}

type Related = Diagnostic['relatedInformation'];

function sameRelated(a: Related, b: Related): boolean {
  if (!a || !b) return a === b;
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return one.message === other?.message && sameRange(one.location.range, other.location.range);
    })
  );
}

/** The errors in a configuration file with the content `text`. */
export function configurationDiagnostics(text: string, locale: Locale): Diagnostic[] {
  const locator = new Locator(splitLines(text));
  return readConfigurationFile(text).problems.map((problem) => ({
    range: locator.range(problem),
    severity: DiagnosticSeverity.Warning,
    code: 'configuration',
    source: DIAGNOSTIC_SOURCE,
    message: sentence(problem.message, locale),
  }));
}

/** Messages of unchanged lines are the same objects after every edit. */
const explained = new WeakMap<Message, { readonly rule: Rule; readonly locale: Locale; readonly words: string }>();

/** What is wrong and what to do on the first line, which lists show; the reason and its source on the second. */
function explain({ message, rule }: LintResult, locale: Locale): string {
  const known = explained.get(message);
  if (known?.rule === rule && known.locale === locale) return known.words;
  const words = inFull(message, rule, locale);
  explained.set(message, { rule, locale, words });
  return words;
}

function inFull(message: Message, rule: Rule, locale: Locale): string {
  return `${sentence(message, locale)}\n${reasonOf(rule, locale)}`;
}

let reasons: { readonly locale: Locale; readonly words: Map<Rule, string> } | undefined;

/** The reason and its source, which are the same for all findings of `rule`. */
function reasonOf(rule: Rule, locale: Locale): string {
  if (reasons?.locale !== locale) reasons = { locale, words: new Map() };
  let words = reasons.words.get(rule);
  if (words === undefined) {
    const why = sentence(rule.reason, locale);
    const authority = localise(rule.authority, locale);
    words = locale === 'en' ? `${why} (${authority})` : `${why}（${authority}）`;
    reasons.words.set(rule, words);
  }
  return words;
}

/** The text of `message` with a full stop at its end. */
function sentence(message: Message, locale: Locale): string {
  const text = localise(message, locale).trim();
  if (/[。．.！!？?…]$/.test(text)) return text;
  return text + (locale === 'en' ? '.' : '。');
}
