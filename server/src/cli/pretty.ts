/** Findings for a terminal: the position, the words, the line with carets below. */
import { SEVERITIES, type ShownSeverity } from '../rules/severity';
import { positionAt } from '../text/lines';
import { type Locale, localise } from '../text/message';
import { paragraphAt } from '../word/paragraphs';
import type { WordText } from '../word/wordText';
import { frame, printable } from './display';
import { type DraftFindings, SEVERITY_NAMES } from './findings';
import { type Colours, coloursFor, lineWidth, type Terminal } from './terminal';

const INDENT = '      ';

/** The findings of one draft under its name; nothing for a clean draft. */
export function findingsOf({ draft, analysis, findings }: DraftFindings, terminal: Terminal, locale: Locale): string {
  if (findings.length === 0) return '';
  const colours = coloursFor(terminal, 'output');
  const { text, lines } = analysis;
  const width = lineWidth(terminal) - INDENT.length;
  const rows = [colours.underline(printable(draft.name))];
  for (const { rule, severity, message, related, ...span } of findings) {
    const { line, character } = positionAt(lines, span.start);
    const paint = painter(severity, colours);
    const name = localise(SEVERITY_NAMES[severity], locale);
    const words = printable(localise(message, locale));
    const source =
      rule.tier === 'standard' || rule.tier === 'regulation'
        ? `${rule.id} (${localise(rule.authority, locale)})`
        : rule.id;
    const where = draft.word ? paragraphName(draft.word, span.start, locale) : `${line + 1}:${character + 1}`;
    rows.push(`  ${where}  ${paint(name)}  ${words}  ${colours.dim(source)}`);
    const shown = frame(text, lines, span, width);
    if (shown.source !== '') rows.push(INDENT + shown.source, INDENT + paint(shown.carets));
    for (const other of related ?? []) {
      const place = positionAt(lines, other.start);
      const what = printable(localise(other.message, locale));
      const there = draft.word
        ? paragraphName(draft.word, other.start, locale)
        : `${place.line + 1}:${place.character + 1}`;
      rows.push(INDENT + colours.dim(`${there}  ${what}`));
    }
  }
  return `${rows.join('\n')}\n\n`;
}

/**
 * A Word document has no line numbers that a reader could count: its paragraphs are named, and the words are shown
 * below.
 */
function paragraphName(word: WordText, offset: number, locale: Locale): string {
  return localise({ en: 'paragraph {0}', zh: '第 {0} 段', values: [paragraphAt(word, offset)] }, locale);
}

/** The number of findings and drafts, in one line. */
export function summary(all: readonly DraftFindings[], terminal: Terminal, locale: Locale): string {
  const colours = coloursFor(terminal, 'output');
  const say = (en: string, zh: string, ...values: (string | number)[]) => localise({ en, zh, values }, locale);
  const findings = all.flatMap((one) => one.findings);
  const files = all.length === 1 ? '1 file' : `${all.length} files`;
  if (findings.length === 0) {
    return `${colours.green(say('Nothing to report in {1}.', '{0} 个文件，没有发现问题。', all.length, files))}\n`;
  }
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [painter(severity, colours)(`${count} ${localise(SEVERITY_NAMES[severity], locale)}`)];
  });
  const affected = all.filter((one) => one.findings.length > 0).length;
  const list = parts.join(locale === 'en' ? ', ' : '、');
  const total = say(
    findings.length === 1 ? '1 finding in {3}' : '{0} findings in {1} of {3}',
    '{2} 个文件中有 {1} 个发现问题，共 {0} 处',
    findings.length,
    affected,
    all.length,
    files,
  );
  return locale === 'en' ? `${total}: ${list}.\n` : `${total}：${list}。\n`;
}

function painter(severity: ShownSeverity, colours: Colours): (text: string) => string {
  switch (severity) {
    case 'error':
      return colours.red;
    case 'warning':
      return colours.yellow;
    case 'information':
      return colours.blue;
    case 'hint':
      return colours.dim;
  }
}
