// Known vulnerabilities of the shipped packages, from the registry. Many registries, mirrors above all, do not answer
// this request; then nothing is claimed. `node scripts/audit.mjs` prints the answer and fails on a high or critical
// finding.
import path from 'node:path';
import { npm } from './prepare.mjs';

/**
 * Parses the output of `npm audit --json` and returns `{ findings }`, a line for each package with a high or critical
 * vulnerability, or `{ unanswered }`, the reason why the registry gave no answer.
 */
export function readAudit(output) {
  const start = output.indexOf('{');
  let report;
  try {
    report = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1));
  } catch {
    return { unanswered: firstLine(output) };
  }
  if (typeof report.vulnerabilities !== 'object' || report.vulnerabilities === null) {
    return { unanswered: firstLine(report.message ?? report.error?.summary ?? report.error?.code ?? output) };
  }
  const findings = Object.values(report.vulnerabilities)
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .map(({ name, severity, via }) => {
      const titles = via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url ?? ''}`.trim()));
      return `${name} (${severity}): ${titles.join('; ')}`;
    });
  return { findings };
}

/** Asks the registry; waits no longer than half a minute. */
export function audit() {
  const { output } = npm('audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=30000');
  return readAudit(output);
}

function firstLine(text) {
  return String(text).trim().split('\n')[0] || 'the registry gave no answer';
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const { findings, unanswered } = audit();
  console.log(unanswered ? `not audited: ${unanswered}` : findings.join('\n') || 'no high or critical findings');
  process.exitCode = findings?.length ? 1 : 0;
}
