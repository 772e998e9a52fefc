import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readConfigurationFile } from '../../../server/src/rules/configurationFile';
import { PROFILES } from '../../../server/src/rules/profiles';

const page = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');

it('the example of docs/configuration.md is sound', () => {
  const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(page) ?? [];
  const { profile, rules, ignore, problems } = readConfigurationFile(example);
  expect(problems).toEqual([]);
  expect(profile).toBe('official');
  expect(Object.keys(rules)).toHaveLength(3);
  expect(ignore).toHaveLength(2);
});

it.each(Object.entries(PROFILES))(
  'docs/configuration.md says what the profile %s sets',
  (name, { silent, weights }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells?.[2]).toBe(silent.map((id) => `\`${id}\``).join(' '));
    expect(cells?.[3]).toBe(
      Object.entries(weights)
        .map(([id, severity]) => `\`${id}\` ${severity}`)
        .join(', '),
    );
  },
);
