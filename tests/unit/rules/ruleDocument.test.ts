import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationSchema, ruleSettingsSchema } from '../../../server/src/rules/configurationShape';
import { rules } from '../../../server/src/rules/index';
import type { DocumentRule } from '../../../server/src/rules/rule';
import { ruleDocument, ruleIndex } from '../../../server/src/rules/ruleDocument';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'docs/rules');

describe('what is generated from the rules is current (npm run docs)', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))('page of %s', (id, rule) => {
    expect(fs.readFileSync(path.join(folder, `${id}.md`), 'utf8')).toBe(ruleDocument(rule));
  });

  it('index of pages, and no page of a rule that is gone', () => {
    expect(fs.readFileSync(path.join(folder, 'README.md'), 'utf8')).toBe(ruleIndex(rules));
    expect(fs.readdirSync(folder).sort()).toEqual(['README.md', ...rules.map(({ id }) => `${id}.md`)].sort());
  });

  it('schemas/policytext.schema.json', () => {
    const schema = fs.readFileSync(path.join(root, 'schemas/policytext.schema.json'), 'utf8');
    expect(JSON.parse(schema)).toEqual(JSON.parse(JSON.stringify(configurationSchema(rules))));
  });

  it('schema of the setting', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const groups = [manifest.contributes.configuration].flat();
    const setting = groups.map(({ properties }) => properties['policyText.rules']).find(Boolean);
    expect(setting).toMatchObject(ruleSettingsSchema(rules));
  });
});

const rule: DocumentRule = {
  id: 'house.example',
  scope: 'document',
  aliases: ['house.sample'],
  title: { zh: '例子', en: 'Example' },
  reason: { zh: '说明原因。', en: 'Says why.' },
  authority: { zh: '惯例|约定', en: 'practice' },
  tier: 'house',
  severity: 'hint',
  safeFix: false,
  options: { most: { default: 3, description: { zh: '最多几个', en: 'how many at most' } } },
  examples: { flagged: [{ text: '```⟦坏⟧', kind: 'markdown' }], clean: [{ text: '好' }] },
  check: () => [],
};

describe('ruleDocument', () => {
  it('shows examples in fences that they cannot close, options and former ids', () => {
    const page = ruleDocument(rule);
    expect(page).toContain('````markdown\n```⟦坏⟧\n````');
    expect(page).toContain('| `most` | `3` | 最多几个 how many at most |');
    expect(page).toContain('`house.sample`');
    expect(page).toContain('惯例\\|约定 · practice');
  });
});

describe('ruleSettingsSchema', () => {
  it('lets a rule be set by its severity or by an object with its options', () => {
    const { properties } = ruleSettingsSchema([rule]) as { properties: Record<string, { anyOf: unknown[] }> };
    expect(properties['house.example']?.anyOf[1]).toMatchObject({
      properties: { severity: {}, most: { type: 'number', default: 3 } },
    });
  });
});
