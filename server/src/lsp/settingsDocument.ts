/** Generates the manifest's entries and the documentation page from the table of settings. */
import { AMOUNT, SETTING_GROUPS, SETTINGS, type Setting } from './settingsTable';

type Schema = Readonly<Record<string, unknown>>;

/**
 * `contributes.configuration` of package.json. `rules` is the schema of the setting `policyText.rules`, which is
 * generated from the rules. Texts are keys of package.nls*.json.
 */
export function contributedConfiguration(rules: Schema): Schema[] {
  return Object.entries(SETTING_GROUPS).map(([group, settings], index) => ({
    id: `policyText.${group}`,
    title: `%configuration.${group}%`,
    order: index + 1,
    properties: Object.fromEntries(
      Object.entries<Setting>(settings).map(([name, setting], position) => [
        `policyText.${name}`,
        {
          ...schemaOf(name, setting, rules),
          ...(setting.scope && { scope: setting.scope }),
          order: position + 1,
          markdownDescription: `%setting.${name}%`,
        },
      ]),
    ),
  }));
}

/** Settings that an untrusted folder cannot set, with the section's name. */
export function restrictedSettings(): string[] {
  return Object.entries<Setting>(SETTINGS).flatMap(([name, { restricted }]) =>
    restricted ? [`policyText.${name}`] : [],
  );
}

function schemaOf(name: string, setting: Setting, rules: Schema): Schema {
  switch (setting.type) {
    case 'boolean':
      return { type: 'boolean', default: setting.default };
    case 'choice':
      return {
        type: 'string',
        enum: setting.values,
        enumItemLabels: setting.values.map((value) => `%setting.${name}.${value}.label%`),
        markdownEnumDescriptions: setting.values.map((value) => `%setting.${name}.${value}%`),
        default: setting.default,
      };
    case 'number':
    case 'integer': {
      const { type, default: standard, minimum, maximum } = setting;
      return { type, default: standard, minimum, ...(maximum !== undefined && { maximum }) };
    }
    case 'text': {
      const { pattern } = setting;
      const checked = pattern !== undefined && { pattern, patternErrorMessage: `%setting.${name}.wrong%` };
      return { type: 'string', default: setting.default, ...checked };
    }
    case 'texts': {
      const unique = setting.unique && { uniqueItems: true };
      return { type: 'array', items: { type: 'string' }, ...unique, default: setting.default };
    }
    case 'rules':
      return { ...rules, default: setting.default };
    case 'amounts':
      return {
        type: 'object',
        additionalProperties: { type: ['number', 'string'], minimum: 0, pattern: AMOUNT.source },
        default: setting.default,
      };
  }
}

/** Texts of the manifest by key, as in package.nls*.json. */
type Texts = Readonly<Record<string, string>>;

/** The page of all settings, in Markdown and in both languages. Throws if a text is missing. */
export function settingsPage(chinese: Texts, english: Texts): string {
  const textOf = (texts: Texts, key: string) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`package.nls*.json: there is no ${key}`);
    // `#name#` is a link in the settings view.
    return text.replace(/`#([^`#]+)#`/g, '`$1`');
  };
  const choices = (name: string, setting: Setting) =>
    (setting.type === 'choice' ? setting.values : []).map(
      (value) =>
        `- \`${value}\`: ${textOf(chinese, `setting.${name}.${value}`)} ${textOf(english, `setting.${name}.${value}`)}`,
    );
  const sections = Object.entries(SETTING_GROUPS).flatMap(([group, settings]) => [
    `## ${textOf(chinese, `configuration.${group}`)} ${textOf(english, `configuration.${group}`)}`,
    ...Object.entries<Setting>(settings).flatMap(([name, setting]) => [
      `### \`policyText.${name}\``,
      `默认 Default: \`${JSON.stringify(setting.default)}\`${bounds(setting)}`,
      textOf(chinese, `setting.${name}`),
      textOf(english, `setting.${name}`),
      ...(setting.type === 'choice' ? [choices(name, setting).join('\n')] : []),
    ]),
  ]);
  return `${[
    '# 设置 Settings',
    '本页由设置表生成（`npm run docs`）。一个文件夹共用的设置见 [configuration.md](configuration.md)。',
    'This page is generated from the table of settings by `npm run docs`. Settings shared in a folder are in [configuration.md](configuration.md).',
    ...sections,
  ].join('\n\n')}\n`;
}

function bounds(setting: Setting): string {
  if (setting.type !== 'number' && setting.type !== 'integer') return '';
  return setting.maximum === undefined ? ` (≥ ${setting.minimum})` : ` (${setting.minimum}–${setting.maximum})`;
}
