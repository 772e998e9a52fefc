import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readConfigurationFile } from '../../../server/src/rules/configurationFile';

it('the example of docs/configuration.md is sound', () => {
  const page = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
  const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(page) ?? [];
  const { rules, ignore, problems } = readConfigurationFile(example);
  expect(problems).toEqual([]);
  expect(Object.keys(rules)).toHaveLength(3);
  expect(ignore).toHaveLength(2);
});
