/**
 * The settings known to the server, validated from whatever a client answers. Invalid values are ignored, never fatal.
 */
import type { LintConfiguration } from '../rules/lint';
import type { Message } from '../text/message';
import {
  isObject,
  SETTINGS,
  type ServerSettingName,
  type SettingName,
  type SettingProblem,
  type SettingValue,
  settingValue,
  type Wanted,
} from './settingsTable';

type Heads<Name> = Name extends `${infer Head}.${string}` ? Head : Name;
type Tails<Name, Head extends string> = Name extends `${Head}.${infer Tail}` ? Tail : never;
type Joined<Head extends string, Tail extends string> = Extract<SettingName, `${Head}.${Tail}`>;

/** Example: `completion.enabled` is `settings.completion.enabled`. */
export type Settings = LintConfiguration & {
  readonly [Head in Heads<ServerSettingName>]: Head extends SettingName
    ? SettingValue<Head>
    : { readonly [Tail in Tails<ServerSettingName, Head>]: SettingValue<Joined<Head, Tail>> };
};

export type Unasked = SettingValue<'completion.unasked'>;

const NAMES = Object.entries(SETTINGS).flatMap(([name, { readBy }]) =>
  readBy === 'server' || readBy === 'both' ? [name as ServerSettingName] : [],
);

export const DEFAULT_SETTINGS: Settings = readSettings(undefined, () => {});

/** Called with a message about an invalid setting, for the writer. */
type Complain = (problem: Message) => void;

/**
 * Reads the section `policyText` as a client sends it: an object of settings, null, or anything else. Values of the
 * wrong type keep their default and are reported to `complain`.
 */
export function readSettings(section: unknown, complain: Complain): Settings {
  const report = (problem: SettingProblem) => complain(inWords(problem));
  const settings: Record<string, unknown> = {};
  const groups = new Map<string, { readonly given: Record<string, unknown>; readonly read: Record<string, unknown> }>();
  const whole = objectAt('', section, report);
  for (const name of NAMES) {
    const [head, tail] = name.split('.') as [string, string | undefined];
    if (tail === undefined) {
      settings[head] = settingValue(name, whole[head], report);
      continue;
    }
    let group = groups.get(head);
    if (!group) {
      group = { given: objectAt(head, whole[head], report), read: {} };
      groups.set(head, group);
      settings[head] = group.read;
    }
    group.read[tail] = settingValue(name, group.given[tail], report);
  }
  return settings as unknown as Settings;
}

/** `value` if it is an object; otherwise an empty one, and the problem is passed to `report` unless nothing was set. */
function objectAt(name: string, value: unknown, report: (problem: SettingProblem) => void): Record<string, unknown> {
  if (isObject(value)) return value;
  if (value !== null && value !== undefined) report({ name, wanted: { type: 'object' }, value });
  return {};
}

/** Describes the problem of a setting to the writer. */
function inWords({ name, wanted, value }: SettingProblem): Message {
  const words = wantedInWords(wanted);
  return {
    en: `The setting policyText{0} should be ${words.en}, not {1}; the default is used.`,
    zh: `设置项 policyText{0} 应为${words.zh}，现在是 {1}；已按默认值处理。`,
    values: [name && `.${name}`, inShort(value)],
  };
}

function wantedInWords(wanted: Wanted): Message {
  switch (wanted.type) {
    case 'boolean':
      return { en: 'true or false', zh: ' true 或 false' };
    case 'choice':
      return { en: `one of ${wanted.values.join(', ')}`, zh: ` ${wanted.values.join('、')} 之一` };
    case 'number':
    case 'integer': {
      const { minimum, maximum } = wanted;
      if (maximum === undefined) return { en: `a number from ${minimum} on`, zh: `不小于 ${minimum} 的数` };
      return { en: `a number from ${minimum} to ${maximum}`, zh: ` ${minimum} 到 ${maximum} 的数` };
    }
    case 'text':
      return { en: 'a text', zh: '字符串' };
    case 'texts':
      return { en: 'a list of texts', zh: '字符串列表' };
    case 'amount':
      return { en: 'an amount such as 800 or 5 min', zh: '数量，如 800（字）或“5分钟”' };
    case 'object':
      return { en: 'an object', zh: '对象' };
  }
}

/** A value for a log line: short, on one line. */
function inShort(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
