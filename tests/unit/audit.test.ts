import { describe, expect, it } from 'vitest';
// @ts-expect-error The scripts of the build have no types.
import { readAudit } from '../../scripts/audit.mjs';

const report = (severity: string, via: unknown[]) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities: { jszip: { name: 'jszip', severity, via } } });

describe('what npm says of the dependencies', () => {
  it('counts where it is high or critical', () => {
    const via = [{ title: 'Prototype pollution', url: 'https://a.example/1' }, 'other'];
    expect(readAudit(report('high', via)).findings).toEqual([
      'jszip (high): Prototype pollution https://a.example/1; other',
    ]);
    expect(readAudit(`npm warn x\n${report('critical', ['other'])}\n`).findings).toHaveLength(1);
    expect(readAudit(report('moderate', ['other']))).toEqual({ findings: [] });
    expect(readAudit('{"auditReportVersion":2,"vulnerabilities":{}}')).toEqual({ findings: [] });
  });

  it.each([
    ['an error of the registry', '{"message":"405 Method Not Allowed - POST https://a.example/","method":"POST"}'],
    ['an error of npm', '{"error":{"code":"ENOTFOUND","summary":"405 getaddrinfo","detail":""}}'],
    ['words', '405 Method Not Allowed'],
  ])('is no answer where it is %s', (_what, output) => {
    expect(readAudit(output).unanswered).toContain('405');
  });

  it('is no answer where there is none', () => {
    expect(readAudit('')).toEqual({ unanswered: 'the registry gave no answer' });
    expect(readAudit('{}')).toHaveProperty('unanswered');
  });
});
