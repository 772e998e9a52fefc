import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ClientSettings } from '../../../client/src/settings';
import { DEFAULT_SETTINGS, readSettings } from '../../../server/src/lsp/settings';
import { localise, type Message } from '../../../server/src/text/message';

/** The value that the editor returns for any setting. */
const setting = vi.hoisted(() => ({ value: undefined as unknown }));
vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at])) },
  workspace: { getConfiguration: () => ({ get: () => setting.value }) },
}));

describe('readSettings', () => {
  it.each([[null], [undefined], [{}], [{ rules: null }], [{ languages: 'policytext' }]])(
    'takes the defaults for %j without complaint',
    (section) => {
      const complain = vi.fn();
      expect(readSettings(section, complain)).toEqual(DEFAULT_SETTINGS);
      expect(complain).not.toHaveBeenCalled();
    },
  );

  it('takes a switch, and complains of what is none', () => {
    const complain = vi.fn();
    expect(readSettings({ continueNumbering: false }, complain).continueNumbering).toBe(false);
    expect(complain).not.toHaveBeenCalled();
    expect(readSettings({ continueNumbering: 'no' }, complain).continueNumbering).toBe(true);
    expect(complain).toHaveBeenCalledOnce();
  });

  it('takes a profile, and complains of what is none', () => {
    const complain = vi.fn();
    expect(readSettings({ profile: 'speech' }, complain).profile).toBe('speech');
    expect(readSettings({ profile: null }, complain).profile).toBe('auto');
    expect(complain).not.toHaveBeenCalled();
    expect(readSettings({ profile: 'poem' }, complain).profile).toBe('auto');
    expect(readSettings({ profile: 3 }, complain).profile).toBe('auto');
    expect(complain).toHaveBeenCalledTimes(2);
  });

  it('takes severities and objects', () => {
    const rules = {
      'numbering.gap': 'error',
      punctuation: 'off',
      'numbering.level': { severity: 'hint', strict: true },
    };
    expect(readSettings({ rules }, vi.fn())).toEqual({ ...DEFAULT_SETTINGS, rules });
    const withoutSeverity = { 'placeholder.unresolved': { asterisk: false } };
    expect(readSettings({ rules: withoutSeverity }, vi.fn())).toEqual({ ...DEFAULT_SETTINGS, rules: withoutSeverity });
  });

  it.each([['policyText'], [7], [true], [[]], [{ rules: 'all' }], [{ rules: ['numbering.gap'] }]])(
    'complains of %j and takes the defaults',
    (section) => {
      const complain = vi.fn();
      expect(readSettings(section, complain)).toEqual(DEFAULT_SETTINGS);
      expect(complain).toHaveBeenCalledOnce();
    },
  );

  it('leaves out what is wrong and keeps the rest', () => {
    const complain = vi.fn();
    const rules = {
      'numbering.gap': 'loud',
      'numbering.order': 3,
      'numbering.first': { severity: [] },
      'heading.empty': 'off',
    };
    expect(readSettings({ rules }, complain)).toEqual({ ...DEFAULT_SETTINGS, rules: { 'heading.empty': 'off' } });
    expect(complain.mock.calls.map(([problem]) => localise(problem, 'en'))).toEqual([
      expect.stringContaining('numbering.gap'),
      expect.stringContaining('numbering.order'),
      expect.stringContaining('numbering.first'),
    ]);
  });

  it('survives anything JSON can hold', () => {
    fc.assert(fc.property(fc.jsonValue(), (section) => void readSettings(section, () => {})));
    fc.assert(fc.property(fc.jsonValue(), (rules) => void readSettings({ rules }, () => {})));
  });

  it('reads switches and numbers of suggestions', () => {
    const completion = { enabled: false, maximumItems: 7.9 };
    expect(readSettings({ completion, inlineCompletion: { enabled: false } }, vi.fn())).toEqual({
      ...DEFAULT_SETTINGS,
      completion: { enabled: false, maximumItems: 7, rememberUse: true, fuzzyPinyin: false, unasked: 'likely' },
      inlineCompletion: { enabled: false },
    });
  });

  it('keeps the defaults of suggestions where the values are wrong, and says so', () => {
    for (const completion of [
      7,
      'on',
      { enabled: 1 },
      { maximumItems: 0 },
      { maximumItems: '5' },
      { maximumItems: 51 },
    ]) {
      const complain = vi.fn();
      expect(readSettings({ completion }, complain)).toEqual(DEFAULT_SETTINGS);
      expect(complain).toHaveBeenCalledOnce();
    }
    const complain = vi.fn();
    expect(readSettings({ completion: null, inlineCompletion: { enabled: null } }, complain)).toEqual(DEFAULT_SETTINGS);
    expect(complain).not.toHaveBeenCalled();
  });

  it('reads lists of texts', () => {
    const lists = { lexicon: { words: ['青禾计划'], never: [] }, corpus: { paths: ['范文', '/讲话'] } };
    const corpus = { ...DEFAULT_SETTINGS.corpus, ...lists.corpus };
    expect(readSettings(lists, vi.fn())).toEqual({ ...DEFAULT_SETTINGS, ...lists, corpus });
    const complain = vi.fn();
    expect(readSettings({ lexicon: { words: 'x', never: [7] }, corpus: { paths: {} } }, complain)).toEqual(
      DEFAULT_SETTINGS,
    );
    expect(complain).toHaveBeenCalledTimes(3);
  });
});

interface Schema {
  readonly type: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Any value that the schema of a setting does not allow; null counts as not set. */
function wrongValue({ type, enum: values, minimum = 0, maximum = 1e9 }: Schema): fc.Arbitrary<unknown> {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(Number.NaN, 1e300, -1, 0, 51, '', 'x', [[]], [null], {}));
  return anything.filter((value) => {
    if (value === null) return false;
    if (values) return !values.includes(value);
    if (type === 'array') return !(Array.isArray(value) && value.every((one) => typeof one === 'string'));
    if (type === 'object') return typeof value !== 'object' || Array.isArray(value);
    if (type === 'integer') return !(typeof value === 'number' && value >= minimum && value <= maximum);
    return typeof value !== type;
  });
}

/** `{ completion: { enabled: value } }` of completion.enabled. */
const nested = (name: string, value: unknown): object =>
  name.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

describe('a setting of package.json with a value of the wrong type', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const groups = [manifest.contributes.configuration].flat() as { properties: Record<string, Schema> }[];
  const schemas = groups.flatMap(({ properties }) => Object.entries(properties));
  const all = schemas.map(([name, schema]) => [name.replace(/^policyText\./, ''), schema] as const);
  /** Settings that only the client or the editor reads. */
  const amounts = ['speech.charactersPerMinute', 'goals.characters', 'goals.minutes'] as const;
  const clients: string[] = [
    'languages',
    'switchLanguage',
    'diagnostics.whileTyping',
    'statusBar.enabled',
    'templates.folders',
    'goals.sections',
    'agents.enabled',
    ...amounts,
  ];
  const others = ['completion.afterDeletion', 'trace.server'];
  const servers = all.filter(([name]) => ![...clients, ...others].includes(name));

  it.each(servers)('%s counts as not set, and the server says so in both languages', (name, schema) => {
    fc.assert(
      fc.property(wrongValue(schema), (value) => {
        const complaints: Message[] = [];
        expect(readSettings(nested(name, value), (problem) => complaints.push(problem))).toEqual(DEFAULT_SETTINGS);
        expect(complaints).toHaveLength(1);
        const [complaint] = complaints as [Message];
        expect(localise(complaint, 'en')).toContain(`The setting policyText.${name} should be `);
        expect(localise(complaint, 'zh-cn')).toContain(`设置项 policyText.${name} 应为`);
      }),
    );
  });

  it('is of no weight beside any others of any type', () => {
    const some = all.map(([name]) => fc.option(fc.jsonValue()).map((value) => nested(name, value)));
    fc.assert(
      fc.property(fc.tuple(...some), (parts) => {
        expect(readSettings(Object.assign({}, ...parts), () => {})).toHaveProperty('completion.maximumItems');
      }),
    );
  });

  it.each(all.filter(([name]) => clients.includes(name)))('%s counts as not set in the client too', (name, schema) => {
    fc.assert(
      fc.property(wrongValue(schema), (value) => {
        setting.value = value;
        const log: string[] = [];
        const settings = new ClientSettings({ warn: (line: string) => log.push(line) } as never);
        const read: Record<string, () => unknown> = {
          languages: () => settings.get('languages'),
          switchLanguage: () => settings.get('switchLanguage', {} as never),
          'diagnostics.whileTyping': () => settings.get('diagnostics.whileTyping'),
          'statusBar.enabled': () => settings.get('statusBar.enabled'),
          'templates.folders': () => settings.get('templates.folders'),
          'agents.enabled': () => settings.get('agents.enabled'),
          'goals.sections': () => Object.fromEntries(settings.sectionGoals(undefined)),
          ...Object.fromEntries(amounts.map((amount) => [amount, () => settings.get(amount, undefined)])),
        };
        expect(read[name]?.()).toEqual(schema.default);
        expect(read[name]?.()).toEqual(schema.default);
        expect(log).toHaveLength(1);
        expect(log[0]).toContain(`policyText.${name}`);
      }),
    );
  });
});
