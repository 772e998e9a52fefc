/** Findings of the rules as LSP diagnostics. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { readConfigurationFile } from '../rules/configurationFile';
import type { LintResult } from '../rules/lint';
import type { Analysis } from '../structure/analysis';
import { splitLines } from '../text/lines';
import { type Locale, localise, type Message } from '../text/message';
import { Locator } from './locate';

export const DIAGNOSTIC_SOURCE = 'policy-text';

export interface DiagnosticOptions {
  readonly uri: string;
  readonly locale: Locale;
  /** True where the client shows the places a diagnostic refers to. */
  readonly relatedInformation: boolean;
}

/** Carried in `data`: enough to find the finding again, so that a code action need not send its edits ahead. */
export interface DiagnosticData {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

const SEVERITIES: Readonly<Record<LintResult['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** One diagnostic per result, in their order. */
export function diagnostics(
  analysis: Analysis,
  results: readonly LintResult[],
  options: DiagnosticOptions,
): Diagnostic[] {
  const locator = new Locator(analysis.lines);
  const related = new Locator(analysis.lines);
  return results.map((result) => {
    const { rule, start, end } = result;
    const diagnostic: Diagnostic = {
      range: locator.range(result),
      severity: SEVERITIES[result.severity],
      code: rule.id,
      source: DIAGNOSTIC_SOURCE,
      message: explain(result, options.locale),
      data: { rule: rule.id, start, end } satisfies DiagnosticData,
    };
    if (options.relatedInformation && result.related?.length) {
      diagnostic.relatedInformation = result.related.map((place) => ({
        location: { uri: options.uri, range: related.range(place) },
        message: localise(place.message, options.locale),
      }));
    }
    return diagnostic;
  });
}

/** What is wrong in a configuration file, whose text is `text`. */
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

/** What is wrong and what to do on the first line, which lists show; why, and who says so, on the second. */
function explain({ message, rule }: LintResult, locale: Locale): string {
  const what = sentence(message, locale);
  const why = sentence(rule.reason, locale);
  const authority = localise(rule.authority, locale);
  return locale === 'en' ? `${what}\n${why} (${authority})` : `${what}\n${why}（${authority}）`;
}

/** The text of `message` with a stop at its end. */
function sentence(message: Message, locale: Locale): string {
  const text = localise(message, locale).trim();
  if (/[。．.！!？?…]$/.test(text)) return text;
  return text + (locale === 'en' ? '.' : '。');
}
