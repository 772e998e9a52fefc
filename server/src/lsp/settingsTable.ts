/**
 * Every setting of the section `policyText`, declared here and nowhere else. The types and defaults, the checks of
 * values (`lsp/settings.ts` and `client/src/settings.ts`), package.json's `contributes.configuration` and
 * docs/settings.md (`lsp/settingsDocument.ts`, written by `npm run docs`) are all derived from this table. The
 * description of a setting is in package.nls*.json under `setting.<name>`. A leaf module, because the client bundles it
 * too.
 */
import type { RuleSetting } from '../rules/rule';
import { SEVERITY_SETTINGS } from '../rules/severity';
import { PROFILE_SETTINGS } from '../structure/profileNames';

/** The code that uses a setting. `editor`: only VS Code itself, or a library of the client. */
export type SettingReader = 'server' | 'client' | 'both' | 'editor';

interface SettingFacts {
  readonly readBy: SettingReader;
  /** Where it can be set; by default in an editor's window. */
  readonly scope?: 'resource' | 'window';
  /** An untrusted folder cannot set it. */
  readonly restricted?: true;
}

interface ToggleSetting extends SettingFacts {
  readonly type: 'boolean';
  readonly default: boolean;
}

interface ChoiceSetting extends SettingFacts {
  readonly type: 'choice';
  readonly values: readonly string[];
  readonly default: string;
}

interface NumberSetting extends SettingFacts {
  readonly type: 'number' | 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum?: number;
  /** The replacement for a number out of these bounds. An integer is rounded down. */
  readonly outside: 'default' | 'nearest';
}

interface TextSetting extends SettingFacts {
  readonly type: 'text';
  readonly default: string;
  /** A regular expression; checked only by the editor's settings view. */
  readonly pattern?: string;
}

interface TextsSetting extends SettingFacts {
  readonly type: 'texts';
  readonly default: readonly string[];
  readonly unique?: true;
}

/** Severities and options of rules, by the ids of rules or groups. */
interface RulesSetting extends SettingFacts {
  readonly type: 'rules';
  readonly default: Readonly<Record<string, RuleSetting>>;
}

/** Amounts such as 800 or 5分钟, by titles of sections. */
interface AmountsSetting extends SettingFacts {
  readonly type: 'amounts';
  readonly default: Readonly<Record<string, number | string>>;
}

export type Setting =
  | ToggleSetting
  | ChoiceSetting
  | NumberSetting
  | TextSetting
  | TextsSetting
  | RulesSetting
  | AmountsSetting;

/**
 * A number of characters or, with such a unit, of minutes. The repetitions are bounded: titles and amounts may have any
 * length.
 */
export const AMOUNT = /^ {0,3}(\d{1,7}(?:\.\d{1,3})?) {0,3}(字|chars?|characters?|分钟|分鐘|分|min|minutes?)? {0,3}$/i;

const DATE = '^(?:\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2})?(?:Z|[+-]\\d{2}:\\d{2})?)?)?$';

/** In the order in which the settings view lists them; the names of groups are in package.nls*.json. */
export const SETTING_GROUPS = {
  general: {
    languages: { type: 'texts', default: ['policytext', 'plaintext'], unique: true, readBy: 'client' },
    switchLanguage: {
      type: 'choice',
      values: ['always', 'ask', 'never'],
      default: 'always',
      scope: 'resource',
      readBy: 'client',
    },
    profile: { type: 'choice', values: PROFILE_SETTINGS, default: 'auto', scope: 'resource', readBy: 'server' },
    continueNumbering: { type: 'boolean', default: true, scope: 'resource', readBy: 'server' },
    'statusBar.enabled': { type: 'boolean', default: true, readBy: 'client' },
    'templates.folders': { type: 'texts', default: [], scope: 'resource', restricted: true, readBy: 'client' },
    'speech.charactersPerMinute': {
      type: 'number',
      default: 200,
      minimum: 60,
      maximum: 600,
      outside: 'nearest',
      readBy: 'client',
    },
    'goals.characters': {
      type: 'number',
      default: 0,
      minimum: 0,
      outside: 'nearest',
      scope: 'resource',
      readBy: 'client',
    },
    'goals.minutes': {
      type: 'number',
      default: 0,
      minimum: 0,
      outside: 'nearest',
      scope: 'resource',
      readBy: 'client',
    },
    'goals.sections': { type: 'amounts', default: {}, scope: 'resource', readBy: 'client' },
  },
  suggestions: {
    'completion.enabled': { type: 'boolean', default: true, scope: 'resource', readBy: 'server' },
    'completion.unasked': {
      type: 'choice',
      values: ['likely', 'always', 'never'],
      default: 'likely',
      scope: 'resource',
      readBy: 'server',
    },
    'completion.maximumItems': {
      type: 'integer',
      default: 12,
      minimum: 1,
      maximum: 50,
      outside: 'default',
      scope: 'resource',
      readBy: 'server',
    },
    'completion.rememberUse': { type: 'boolean', default: true, scope: 'resource', readBy: 'server' },
    'completion.fuzzyPinyin': { type: 'boolean', default: false, scope: 'resource', readBy: 'server' },
    // The condition of a key binding.
    'completion.afterDeletion': { type: 'boolean', default: true, readBy: 'editor' },
    'inlineCompletion.enabled': { type: 'boolean', default: true, scope: 'resource', readBy: 'server' },
  },
  lexicon: {
    'corpus.paths': {
      type: 'texts',
      default: ['corpus'],
      unique: true,
      scope: 'resource',
      restricted: true,
      readBy: 'both',
    },
    'corpus.maximumSize': {
      type: 'number',
      default: 4,
      minimum: 0.5,
      maximum: 64,
      outside: 'nearest',
      scope: 'resource',
      readBy: 'server',
    },
    'lexicon.words': { type: 'texts', default: [], unique: true, scope: 'resource', readBy: 'both' },
    'lexicon.never': { type: 'texts', default: [], unique: true, scope: 'resource', readBy: 'both' },
  },
  checks: {
    'diagnostics.whileTyping': {
      type: 'choice',
      values: ['afterClause', 'immediately'],
      default: 'afterClause',
      readBy: 'client',
    },
    rules: { type: 'rules', default: {}, scope: 'resource', readBy: 'server' },
    'review.author': { type: 'text', default: '', scope: 'resource', readBy: 'server' },
    'review.date': { type: 'text', default: '', pattern: DATE, scope: 'resource', readBy: 'server' },
    'review.commentsOnly': { type: 'boolean', default: false, scope: 'resource', readBy: 'server' },
  },
  advanced: {
    // Read by vscode-languageclient.
    'trace.server': {
      type: 'choice',
      values: ['messages', 'compact', 'verbose'],
      default: 'messages',
      readBy: 'editor',
    },
    'agents.enabled': { type: 'boolean', default: true, scope: 'window', readBy: 'client' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Setting>>>>;

/** All settings by name, without the section's name. */
export const SETTINGS = {
  ...SETTING_GROUPS.general,
  ...SETTING_GROUPS.suggestions,
  ...SETTING_GROUPS.lexicon,
  ...SETTING_GROUPS.checks,
  ...SETTING_GROUPS.advanced,
};

type Table = typeof SETTINGS;
export type SettingName = keyof Table;

type ReadBy<Reader extends SettingReader> = {
  [Name in SettingName]: Table[Name]['readBy'] extends Reader ? Name : never;
}[SettingName];
export type ServerSettingName = ReadBy<'server' | 'both'>;
export type ClientSettingName = ReadBy<'client' | 'both'>;

type ValueOf<Declared> = Declared extends { readonly type: 'boolean' }
  ? boolean
  : Declared extends { readonly type: 'choice'; readonly values: readonly (infer Value)[] }
    ? Value
    : Declared extends { readonly type: 'number' | 'integer' }
      ? number
      : Declared extends { readonly type: 'text' }
        ? string
        : Declared extends { readonly type: 'texts' }
          ? readonly string[]
          : Declared extends { readonly type: 'rules' }
            ? RulesSetting['default']
            : AmountsSetting['default'];

/** The value of a setting as read. */
export type SettingValue<Name extends SettingName> = ValueOf<Table[Name]>;

/** The expected value of an invalid setting; client and server word it in their own catalogues of messages. */
export type Wanted =
  | { readonly type: 'boolean' | 'text' | 'texts' | 'object' | 'amount' }
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'number' | 'integer'; readonly minimum: number; readonly maximum?: number };

export interface SettingProblem {
  /** The name as a writer would look for it: `completion.enabled`, or `rules: numbering.gap` for one member. */
  readonly name: string;
  readonly wanted: Wanted;
  readonly value: unknown;
}

/**
 * The value of the setting `name` as sent by a client or given by the editor. Null and undefined count as not set; so
 * do invalid values, which are passed to `report`. An invalid member is discarded alone.
 */
export function settingValue<Name extends SettingName>(
  name: Name,
  value: unknown,
  report: (problem: SettingProblem) => void,
): SettingValue<Name> {
  const setting: Setting = SETTINGS[name];
  const read = value === null || value === undefined ? undefined : accepted(name, setting, value, report);
  return (read ?? setting.default) as SettingValue<Name>;
}

/** `value` if it is valid for `setting`; otherwise undefined, and the problem is passed to `report`. */
function accepted(name: string, setting: Setting, value: unknown, report: (problem: SettingProblem) => void): unknown {
  if (setting.type === 'rules' || setting.type === 'amounts') {
    if (isObject(value)) {
      const problemOf = setting.type === 'rules' ? ruleProblem : amountProblem;
      const members = Object.entries(value).filter(([member, held]) => {
        const problem = problemOf(held);
        if (problem) report({ name: `${name}: ${member}`, ...problem });
        return !problem;
      });
      return Object.fromEntries(members);
    }
    report({ name, wanted: { type: 'object' }, value });
    return undefined;
  }
  const read = fits(setting, value);
  if (read === undefined) report({ name, wanted: setting, value });
  return read;
}

function fits(setting: Exclude<Setting, RulesSetting | AmountsSetting>, value: unknown): unknown {
  switch (setting.type) {
    case 'number':
    case 'integer':
      return numberFor(setting, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'choice':
      return setting.values.find((one) => one === value);
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  }
}

function numberFor(setting: NumberSetting, value: unknown): number | undefined {
  const { type, minimum, maximum = Number.POSITIVE_INFINITY, outside } = setting;
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  const nearest = Math.min(maximum, Math.max(minimum, value));
  if (outside === 'default' && nearest !== value) return undefined;
  return type === 'integer' ? Math.trunc(nearest) : nearest;
}

type MemberProblem = Omit<SettingProblem, 'name'> | undefined;

/** A rule takes a severity, or an object of options that may have one. */
function ruleProblem(value: unknown): MemberProblem {
  const severity = isObject(value) ? (value.severity ?? SEVERITY_SETTINGS[0]) : value;
  if (SEVERITY_SETTINGS.some((one) => one === severity)) return undefined;
  return { wanted: { type: 'choice', values: SEVERITY_SETTINGS }, value: severity };
}

function amountProblem(value: unknown): MemberProblem {
  if ((typeof value === 'number' || typeof value === 'string') && AMOUNT.test(String(value).trim())) return undefined;
  return { wanted: { type: 'amount' }, value };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
