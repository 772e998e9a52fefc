/** The settings the server knows, read from whatever a client answers. Wrong values are left out, never fatal. */
import type { LintConfiguration, RuleSetting } from '../rules/lint';
import type { Severity } from '../rules/rule';

export interface Settings extends LintConfiguration {
  /** Enter at the end of a numbered line inserts the next number. */
  readonly continueNumbering: boolean;
}

export const DEFAULT_SETTINGS: Settings = { rules: {}, continueNumbering: true };

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'information', 'hint', 'off']);

/**
 * Reads the section `policyText` as a client sends it: an object of settings, null, or anything else. What has the
 * wrong type keeps its default and is told to `complain`.
 */
export function readSettings(section: unknown, complain: (problem: string) => void): Settings {
  if (section === null || section === undefined) return DEFAULT_SETTINGS;
  if (!isObject(section)) {
    complain(`policyText: an object is wanted, not ${describe(section)}`);
    return DEFAULT_SETTINGS;
  }
  return {
    rules: readRules(section.rules, complain),
    continueNumbering: readSwitch(section, 'continueNumbering', complain),
  };
}

function readSwitch(
  section: Record<string, unknown>,
  name: 'continueNumbering',
  complain: (problem: string) => void,
): boolean {
  const value = section[name];
  if (typeof value === 'boolean') return value;
  if (value !== null && value !== undefined) {
    complain(`policyText.${name}: true or false is wanted, not ${describe(value)}`);
  }
  return DEFAULT_SETTINGS[name];
}

function readRules(value: unknown, complain: (problem: string) => void): Readonly<Record<string, RuleSetting>> {
  if (value === null || value === undefined) return {};
  if (!isObject(value)) {
    complain(`policyText.rules: an object is wanted, not ${describe(value)}`);
    return {};
  }
  const rules: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(value)) {
    const severity = isObject(setting) ? setting.severity : setting;
    const withoutSeverity = isObject(setting) && (severity === undefined || severity === null);
    if (!withoutSeverity && !SEVERITIES.has(severity)) {
      complain(
        `policyText.rules: ${id}: error, warning, information, hint or off is wanted, not ${describe(severity)}`,
      );
    } else {
      rules[id] = setting as RuleSetting;
    }
  }
  return rules;
}

/** A value in a log line: short, on one line. */
function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
