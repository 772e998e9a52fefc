/** Findings in the formats of code review services. Lines and columns are 1-based. */

import { createHash } from 'node:crypto';
import type { LintResult } from '../rules/lint';
import type { ShownSeverity } from '../rules/severity';
import { positionAt } from '../text/lines';
import { type Locale, localise } from '../text/message';
import type { DraftFindings } from './findings';
import { SEVERITY_NAMES } from './findings';

/** GitLab's code quality report, https://docs.gitlab.com/ci/testing/code_quality/. */
export function gitlabReport(all: readonly DraftFindings[], locale: Locale): string {
  const severities: Record<ShownSeverity, string> = {
    error: 'critical',
    warning: 'major',
    information: 'minor',
    hint: 'info',
  };
  const issues = all.flatMap(({ draft, analysis, findings }) => {
    const seen = new Map<string, number>();
    return findings.map((finding) => {
      // The words and their context, not the line: the fingerprint must not change with the text above.
      const words = analysis.text.slice(Math.max(0, finding.start - 20), finding.end + 20);
      const key = `${draft.name}\0${finding.rule.id}\0${words}`;
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return {
        description: localise(finding.message, locale),
        check_name: finding.rule.id,
        fingerprint: createHash('sha256').update(`${key}\0${nth}`).digest('hex'),
        severity: severities[finding.severity],
        location: { path: draft.name, lines: { begin: analysis.lines.lineAt(finding.start) + 1 } },
      };
    });
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

/** reviewdog's diagnostic format (rdjson); its columns count UTF-8 bytes. */
export function reviewdogReport(all: readonly DraftFindings[], locale: Locale): string {
  const severities: Record<ShownSeverity, string> = {
    error: 'ERROR',
    warning: 'WARNING',
    information: 'INFO',
    hint: 'INFO',
  };
  const diagnostics = all.flatMap(({ draft, analysis, findings }) => {
    const place = (offset: number) => {
      const { line } = positionAt(analysis.lines, offset);
      const before = analysis.text.slice(analysis.lines.start(line), offset);
      return { line: line + 1, column: Buffer.byteLength(before, 'utf8') + 1 };
    };
    const range = ({ start, end }: { start: number; end: number }) => ({ start: place(start), end: place(end) });
    return findings.map((finding) => ({
      message: localise(finding.message, locale),
      severity: severities[finding.severity],
      location: { path: draft.name, range: range(finding) },
      code: { value: finding.rule.id },
      suggestions: suggestions(finding).map((edit) => ({ range: range(edit), text: edit.newText })),
    }));
  });
  return `${JSON.stringify({ source: { name: 'policy-text' }, diagnostics }, null, 2)}\n`;
}

/** Annotations of GitHub Actions, one workflow command a line. */
export function githubReport(all: readonly DraftFindings[], locale: Locale): string {
  const commands: Record<ShownSeverity, string> = {
    error: 'error',
    warning: 'warning',
    information: 'notice',
    hint: 'notice',
  };
  return all
    .flatMap(({ draft, analysis, findings }) =>
      findings.map((finding) => {
        const start = positionAt(analysis.lines, finding.start);
        const end = positionAt(analysis.lines, finding.end);
        const properties = {
          file: draft.name,
          line: start.line + 1,
          endLine: end.line + 1,
          ...(start.line === end.line && { col: start.character + 1, endColumn: end.character + 1 }),
          title: `${localise(SEVERITY_NAMES[finding.severity], locale)} ${finding.rule.id}`,
        };
        const shown = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
        return `::${commands[finding.severity]} ${shown.join(',')}::${escaped(localise(finding.message, locale))}\n`;
      }),
    )
    .join('');
}

/** A change that a reviewer can accept with one click: only if there is one right answer. */
function suggestions({ fixes = [] }: LintResult) {
  const fix = fixes.find(({ preferred }) => preferred);
  return fix?.edits.length === 1 ? fix.edits : [];
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
