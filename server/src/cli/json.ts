/** Findings as JSON, for scripts. Lines and characters are 0-based, characters in UTF-16 units, as in LSP. */

import type { LintResult } from '../rules/lint';
import type { Analysis } from '../structure/analysis';
import { positionAt } from '../text/lines';
import { type Locale, localise } from '../text/message';
import type { Span } from '../text/span';
import { paragraphAt } from '../word/paragraphs';
import type { DraftFindings } from './findings';

/** A list of files, each with its findings. */
export function jsonReport(all: readonly DraftFindings[], locale: Locale): string {
  const files = all.map(({ draft, analysis, findings }) => ({
    file: draft.name,
    encoding: draft.encoding,
    findings: findings.map((finding) => ({
      ...(draft.word && { paragraph: paragraphAt(draft.word, finding.start) }),
      ...findingJson(finding, analysis, locale),
    })),
  }));
  return `${JSON.stringify(files, null, 2)}\n`;
}

function findingJson(finding: LintResult, { text, lines }: Analysis, locale: Locale) {
  const rangeOf = ({ start, end }: Span) => ({ start: positionAt(lines, start), end: positionAt(lines, end) });
  const { rule } = finding;
  return {
    rule: rule.id,
    severity: finding.severity,
    message: localise(finding.message, locale),
    reason: localise(rule.reason, locale),
    authority: localise(rule.authority, locale),
    ...positionAt(lines, finding.start),
    range: rangeOf(finding),
    text: text.slice(finding.start, finding.end),
    related: (finding.related ?? []).map((place) => ({
      message: localise(place.message, locale),
      range: rangeOf(place),
    })),
    fixes: (finding.fixes ?? []).map((fix) => ({
      title: localise(fix.title, locale),
      safe: fix.safe,
      preferred: fix.preferred ?? false,
      edits: fix.edits.map((edit) => ({ range: rangeOf(edit), newText: edit.newText })),
    })),
  };
}
