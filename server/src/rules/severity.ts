/** Severities: listed here, and nowhere else. A leaf module, for the client reads it too. */

/** Severities of findings, most severe first. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type ShownSeverity = (typeof SEVERITIES)[number];

/** What a rule can be set to. */
export const SEVERITY_SETTINGS = [...SEVERITIES, 'off'] as const;
export type Severity = (typeof SEVERITY_SETTINGS)[number];

const [, ...belowError] = SEVERITIES;
/** Without errors: what a list of words can give, and where a list of findings can be cut off. */
export const SEVERITIES_BELOW_ERROR = belowError;

/** Whether `severity` is at least as severe as `threshold`; nothing reaches `never`. */
export function reaches(severity: ShownSeverity, threshold: ShownSeverity | 'never'): boolean {
  return threshold !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
