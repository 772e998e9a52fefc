/** The table of settings, and what is generated from it (npm run docs). */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributedConfiguration, restrictedSettings, settingsPage } from '../../../server/src/lsp/settingsDocument';
import {
  SETTINGS,
  type Setting,
  type SettingName,
  type SettingProblem,
  settingValue,
} from '../../../server/src/lsp/settingsTable';
import { ruleSettingsSchema } from '../../../server/src/rules/configurationShape';
import { rules } from '../../../server/src/rules/index';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const manifest = json('package.json');
const names = Object.keys(SETTINGS) as SettingName[];

describe('what is made from the table of settings is current (npm run docs)', () => {
  it('the settings in package.json', () => {
    const made = contributedConfiguration(ruleSettingsSchema(rules));
    expect(manifest.contributes.configuration).toEqual(JSON.parse(JSON.stringify(made)));
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(restrictedSettings());
  });

  it('docs/settings.md', () => {
    const page = settingsPage(json('package.nls.zh-cn.json'), json('package.nls.json'));
    expect(readFileSync('docs/settings.md', 'utf8')).toBe(page);
    for (const name of names) expect(page).toContain(`### \`policyText.${name}\``);
  });

  it('refuses a setting that nothing is said about', () => {
    expect(() => settingsPage({}, {})).toThrow('configuration.general');
  });
});

it('each setting that a condition in package.json asks for is in the table', () => {
  const asked = [...JSON.stringify(manifest).matchAll(/config\.policyText\.([\w.]+)/g)].map(([, name]) => name);
  expect(asked).toContain('completion.afterDeletion');
  for (const name of asked) expect(names).toContain(name);
});

describe('settingValue', () => {
  const read = (name: SettingName, value: unknown) => {
    const problems: SettingProblem[] = [];
    return { value: settingValue(name, value, (problem) => problems.push(problem)), problems };
  };

  it.each(names)('%s: its own default is sound, and so is nothing', (name) => {
    const { default: standard } = SETTINGS[name] as Setting;
    for (const value of [standard, null, undefined])
      expect(read(name, value)).toEqual({ value: standard, problems: [] });
  });

  it('takes the nearest number where one out of bounds says what is meant', () => {
    expect(read('speech.charactersPerMinute', 1000)).toEqual({ value: 600, problems: [] });
    expect(read('speech.charactersPerMinute', 1)).toEqual({ value: 60, problems: [] });
    expect(read('goals.minutes', -1)).toEqual({ value: 0, problems: [] });
    expect(read('goals.minutes', 2.5)).toEqual({ value: 2.5, problems: [] });
    expect(read('completion.maximumItems', 51)).toMatchObject({ value: 12, problems: [{ value: 51 }] });
    expect(read('completion.maximumItems', 7.9)).toEqual({ value: 7, problems: [] });
  });

  it('leaves out single members that are wrong and names them', () => {
    const { value, problems } = read('goals.sections', { 重点任务: 800, 致谢: '5 分钟', 附则: 'long', 总则: -3 });
    expect(value).toEqual({ 重点任务: 800, 致谢: '5 分钟' });
    expect(problems.map(({ name }) => name)).toEqual(['goals.sections: 附则', 'goals.sections: 总则']);
  });

  it('never throws and reports what it does not take', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const { value: taken, problems } = read(name, value);
        if (problems.length === 0 && value !== null && typeof value !== 'number') expect(taken).toEqual(value);
      }),
    );
  });
});
