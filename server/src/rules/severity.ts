/** The severities, defined only here. A leaf module, because the client imports it too. */

/** Severities of findings, most severe first. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type ShownSeverity = (typeof SEVERITIES)[number];

/** Valid severity settings of a rule. */
export const SEVERITY_SETTINGS = [...SEVERITIES, 'off'] as const;
export type Severity = (typeof SEVERITY_SETTINGS)[number];

const [, ...belowError] = SEVERITIES;
/** All severities except errors: for word lists, and as thresholds for findings. */
export const SEVERITIES_BELOW_ERROR = belowError;

/** Whether `severity` is at least as severe as `threshold`; nothing reaches `never`. */
export function reaches(severity: ShownSeverity, threshold: ShownSeverity | 'never'): boolean {
  return threshold !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
