/**
 * The settings known to the server, validated from whatever a client answers. Invalid values are ignored, never fatal.
 */
import type { Personal } from '../features/sloganSuggestions';
import type { LintConfiguration } from '../rules/lint';
import { PROFILE_SETTINGS, type ProfileSetting } from '../rules/profiles';
import type { RuleSetting, Severity } from '../rules/rule';
import type { Message } from '../text/message';

export type Unasked = 'likely' | 'always' | 'never';
const UNASKED: readonly Unasked[] = ['likely', 'always', 'never'];

export interface Settings extends LintConfiguration {
  /** Enter at the end of a numbered line inserts the next number. */
  readonly continueNumbering: boolean;
  readonly completion: {
    readonly enabled: boolean;
    readonly maximumItems: number;
    readonly rememberUse: boolean;
    /** Pinyin search treats zh and z, ch and c, sh and s, n and l as equal. */
    readonly fuzzyPinyin: boolean;
    /** When a list opens unasked. */
    readonly unasked: Unasked;
  };
  readonly inlineCompletion: { readonly enabled: boolean };
  /** Files and folders to learn slogans from; relative ones are below the workspace folder. */
  readonly lexicon: Personal;
  readonly corpus: { readonly paths: readonly string[] };
  /**
   * Author and date of reviews of Word documents, and whether they consist of comments only; empty: the product, now.
   */
  readonly review: { readonly author: string; readonly date: string; readonly commentsOnly: boolean };
}

export const DEFAULT_SETTINGS: Settings = {
  profile: 'auto',
  rules: {},
  continueNumbering: true,
  completion: { enabled: true, maximumItems: 12, rememberUse: true, fuzzyPinyin: false, unasked: 'likely' },
  inlineCompletion: { enabled: true },
  lexicon: { words: [], never: [] },
  corpus: { paths: ['corpus'] },
  review: { author: '', date: '', commentsOnly: false },
};

const MAX_ITEMS = 50;

/** Called with a message about an invalid setting, for the writer. */
type Complain = (problem: Message) => void;

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'information', 'hint', 'off']);

/**
 * Reads the section `policyText` as a client sends it: an object of settings, null, or anything else. Values of the
 * wrong type keep their default and are reported to `complain`.
 */
export function readSettings(section: unknown, complain: Complain): Settings {
  if (section === null || section === undefined) return DEFAULT_SETTINGS;
  if (!isObject(section)) {
    complain(wrong('', AN_OBJECT, section));
    return DEFAULT_SETTINGS;
  }
  const completion = readGroup(section, 'completion', complain);
  const inline = readGroup(section, 'inlineCompletion', complain);
  const lexicon = readGroup(section, 'lexicon', complain);
  const corpus = readGroup(section, 'corpus', complain);
  const review = readGroup(section, 'review', complain);
  const standard = DEFAULT_SETTINGS;
  return {
    profile: readProfile(section.profile, complain),
    rules: readRules(section.rules, complain),
    continueNumbering: readSwitch(section, 'continueNumbering', standard.continueNumbering, complain),
    completion: {
      enabled: readSwitch(completion, 'enabled', standard.completion.enabled, complain, 'completion.'),
      maximumItems: readCount(completion, 'maximumItems', standard.completion.maximumItems, complain, 'completion.'),
      rememberUse: readSwitch(completion, 'rememberUse', standard.completion.rememberUse, complain, 'completion.'),
      fuzzyPinyin: readSwitch(completion, 'fuzzyPinyin', standard.completion.fuzzyPinyin, complain, 'completion.'),
      unasked: readUnasked(completion.unasked, complain),
    },
    inlineCompletion: {
      enabled: readSwitch(inline, 'enabled', standard.inlineCompletion.enabled, complain, 'inlineCompletion.'),
    },
    lexicon: {
      words: readTexts(lexicon, 'words', standard.lexicon.words, complain, 'lexicon.'),
      never: readTexts(lexicon, 'never', standard.lexicon.never, complain, 'lexicon.'),
    },
    corpus: { paths: readTexts(corpus, 'paths', standard.corpus.paths, complain, 'corpus.') },
    review: {
      author: readText(review, 'author', standard.review.author, complain, 'review.'),
      date: readText(review, 'date', standard.review.date, complain, 'review.'),
      commentsOnly: readSwitch(review, 'commentsOnly', standard.review.commentsOnly, complain, 'review.'),
    },
  };
}

function readText(
  section: Record<string, unknown>,
  name: string,
  standard: string,
  complain: Complain,
  group: string,
): string {
  const value = section[name];
  if (typeof value === 'string') return value;
  if (value !== null && value !== undefined) complain(wrong(`.${group}${name}`, { en: 'a text', zh: '字符串' }, value));
  return standard;
}

function readTexts(
  section: Record<string, unknown>,
  name: string,
  standard: readonly string[],
  complain: Complain,
  group: string,
): readonly string[] {
  const value = section[name];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  if (value !== null && value !== undefined) {
    complain(wrong(`.${group}${name}`, { en: 'a list of texts', zh: '字符串列表' }, value));
  }
  return standard;
}

/** The settings whose names begin with `name` and a dot. */
function readGroup(section: Record<string, unknown>, name: string, complain: Complain): Record<string, unknown> {
  const value = section[name];
  if (isObject(value)) return value;
  if (value !== null && value !== undefined) {
    complain(wrong(`.${name}`, AN_OBJECT, value));
  }
  return {};
}

function readSwitch(
  section: Record<string, unknown>,
  name: string,
  standard: boolean,
  complain: Complain,
  group = '',
): boolean {
  const value = section[name];
  if (typeof value === 'boolean') return value;
  if (value !== null && value !== undefined) {
    complain(wrong(`.${group}${name}`, { en: 'true or false', zh: ' true 或 false' }, value));
  }
  return standard;
}

function readCount(
  section: Record<string, unknown>,
  name: string,
  standard: number,
  complain: Complain,
  group = '',
): number {
  const value = section[name];
  if (typeof value === 'number' && value >= 1 && value <= MAX_ITEMS) return Math.trunc(value);
  if (value !== null && value !== undefined) {
    const wanted = { en: `a number from 1 to ${MAX_ITEMS}`, zh: ` 1 到 ${MAX_ITEMS} 的数` };
    complain(wrong(`.${group}${name}`, wanted, value));
  }
  return standard;
}

function readProfile(value: unknown, complain: Complain): ProfileSetting {
  const profile = PROFILE_SETTINGS.find((one) => one === value);
  if (!profile && value !== null && value !== undefined) {
    complain(wrong('.profile', oneOf(PROFILE_SETTINGS), value));
  }
  return profile ?? 'auto';
}

function readUnasked(value: unknown, complain: Complain): Unasked {
  const unasked = UNASKED.find((one) => one === value);
  if (!unasked && value !== null && value !== undefined) complain(wrong('.completion.unasked', oneOf(UNASKED), value));
  return unasked ?? DEFAULT_SETTINGS.completion.unasked;
}

function readRules(value: unknown, complain: Complain): Readonly<Record<string, RuleSetting>> {
  if (value === null || value === undefined) return {};
  if (!isObject(value)) {
    complain(wrong('.rules', AN_OBJECT, value));
    return {};
  }
  const rules: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(value)) {
    const severity = isObject(setting) ? setting.severity : setting;
    const withoutSeverity = isObject(setting) && (severity === undefined || severity === null);
    if (!withoutSeverity && !SEVERITIES.has(severity)) {
      complain(wrong(`.rules: ${id}`, oneOf([...SEVERITIES]), severity));
    } else {
      rules[id] = setting as RuleSetting;
    }
  }
  return rules;
}

const AN_OBJECT: Message = { en: 'an object', zh: '对象' };

function oneOf(values: readonly unknown[]): Message {
  return { en: `one of ${values.join(', ')}`, zh: ` ${values.join('、')} 之一` };
}

/** The message that the setting `policyText.` + `name` is not what is `wanted`. */
function wrong(name: string, wanted: Message, value: unknown): Message {
  return {
    en: `The setting policyText{0} should be ${wanted.en}, not {1}; the default is used.`,
    zh: `设置项 policyText{0} 应为${wanted.zh}，现在是 {1}；已按默认值处理。`,
    values: [name, describe(value)],
  };
}

/** A value for a log line: short, on one line. */
function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
