/**
 * Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code review sites and editors
 * read. Lines and columns are 1-based, columns in UTF-16 units (`columnKind`).
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Artifact, Fix, Log, PhysicalLocation, Region, ReportingDescriptor, Result } from 'sarif';
import { rules } from '../rules/index';
import type { LintResult } from '../rules/lint';
import type { Rule } from '../rules/rule';
import type { ShownSeverity } from '../rules/severity';
import type { Analysis } from '../structure/analysis';
import { positionAt } from '../text/lines';
import { type Locale, localise } from '../text/message';
import type { Span } from '../text/span';
import { paragraphAt } from '../word/paragraphs';
import { STANDARD_INPUT } from './drafts';
import type { DraftFindings } from './findings';
import { version } from './version';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** One SARIF log with one run. `complete` is false if some input could not be read. */
export function sarifReport(all: readonly DraftFindings[], locale: Locale, complete: boolean): string {
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'policy-text',
            semanticVersion: version(),
            language: locale === 'en' ? 'en-US' : locale === 'zh-tw' ? 'zh-TW' : 'zh-CN',
            rules: rules.map((rule) => descriptor(rule, locale)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: complete }],
        artifacts: all.map(
          ({ draft }): Artifact => ({ location: { uri: uriOf(draft.name) }, encoding: draft.encoding }),
        ),
        results: all.flatMap(({ draft, analysis, findings }, index) => {
          const place = { artifactLocation: { uri: uriOf(draft.name), index } };
          return findings.map((finding) => {
            const one = result(finding, analysis, place, locale);
            if (!draft.word) return one;
            // The lines are those of “policy-text text”; in Word the location is the paragraph and the words.
            const paragraph = paragraphAt(draft.word, finding.start);
            const words = analysis.text.slice(finding.start, finding.end);
            return {
              ...one,
              locations: (one.locations ?? []).map((location) => ({
                ...location,
                physicalLocation: {
                  ...location.physicalLocation,
                  region: { ...location.physicalLocation?.region, snippet: { text: words } },
                },
                logicalLocations: [{ kind: 'element', name: `paragraph ${paragraph}` }],
              })),
              properties: { ...one.properties, paragraph },
            };
          });
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule, locale: Locale): ReportingDescriptor {
  return {
    id: rule.id,
    ...(rule.aliases && { deprecatedIds: [...rule.aliases] }),
    shortDescription: { text: localise(rule.title, locale) },
    fullDescription: { text: localise(rule.reason, locale) },
    help: { text: `${localise(rule.reason, locale)} (${localise(rule.authority, locale)})` },
    defaultConfiguration: rule.severity === 'off' ? { enabled: false } : { level: levelOf(rule.severity) },
    properties: { tier: rule.tier, authority: localise(rule.authority, locale) },
  };
}

function result(finding: LintResult, analysis: Analysis, place: PhysicalLocation, locale: Locale): Result {
  const at = (span: Span): PhysicalLocation => ({ ...place, region: regionOf(span, analysis) });
  return {
    ruleId: finding.rule.id,
    ruleIndex: rules.indexOf(finding.rule),
    level: levelOf(finding.severity),
    message: { text: localise(finding.message, locale) },
    locations: [{ physicalLocation: at(finding) }],
    ...(finding.related?.length && {
      relatedLocations: finding.related.map((other, index) => ({
        id: index,
        physicalLocation: at(other),
        message: { text: localise(other.message, locale) },
      })),
    }),
    ...(finding.fixes?.length && {
      fixes: finding.fixes.map(
        (fix): Fix => ({
          description: { text: localise(fix.title, locale) },
          artifactChanges: [
            {
              artifactLocation: place.artifactLocation ?? {},
              replacements: fix.edits.map((edit) => ({
                deletedRegion: regionOf(edit, analysis),
                insertedContent: { text: edit.newText },
              })),
            },
          ],
        }),
      ),
    }),
    properties: { severity: finding.severity },
  };
}

function regionOf({ start, end }: Span, { lines }: Analysis): Region {
  const from = positionAt(lines, start);
  const to = positionAt(lines, end);
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
    charOffset: start,
    charLength: end - start,
  };
}

function levelOf(severity: ShownSeverity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/** A relative path stays relative, with its Chinese characters escaped as URIs require. */
function uriOf(name: string): string {
  if (name === STANDARD_INPUT) return 'stdin:';
  if (path.isAbsolute(name)) return pathToFileURL(name).href;
  return path.normalize(name).split(path.sep).map(encodeURIComponent).join('/');
}
