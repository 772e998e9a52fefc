import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../../server/src/lsp/settings';

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
    expect(complain.mock.calls.map(([problem]) => problem)).toEqual([
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
      completion: { enabled: false, maximumItems: 7 },
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
    expect(readSettings(lists, vi.fn())).toEqual({ ...DEFAULT_SETTINGS, ...lists });
    const complain = vi.fn();
    expect(readSettings({ lexicon: { words: 'x', never: [7] }, corpus: { paths: {} } }, complain)).toEqual(
      DEFAULT_SETTINGS,
    );
    expect(complain).toHaveBeenCalledTimes(3);
  });
});
