import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addIgnore, readConfigurationFile, switchOff } from '../../../server/src/rules/configurationFile';
import { isConfigurationFile } from '../../../server/src/rules/configurationFileName';
import { ignoredIn, ignoreEntry } from '../../../server/src/rules/ignoring';
import { type LintResult, lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';

const problemsOf = (text: string) =>
  readConfigurationFile(text).problems.map(({ start, end, message }) => [text.slice(start, end), message.en]);

describe('readConfigurationFile', () => {
  it('takes severities, options, groups and what is to be ignored', () => {
    const text = `{
      // what our office agreed on
      "$schema": "x",
      "rules": { "numbering.gap": "error", "punctuation": "off", "placeholder.unresolved": { "severity": "hint", "asterisk": false } },
      "ignore": [{ "rule": "numbering.gap", "file": "a.txt", "text": "四、" }],
    }`;
    expect(readConfigurationFile(text)).toEqual({
      rules: {
        'numbering.gap': 'error',
        punctuation: 'off',
        'placeholder.unresolved': { severity: 'hint', asterisk: false },
      },
      ignore: [{ rule: 'numbering.gap', file: 'a.txt', text: '四、' }],
      problems: [],
    });
    expect(readConfigurationFile('')).toEqual({ rules: {}, ignore: [], problems: [] });
  });

  it.each([
    ['{ "rules": { "numbering.gab": "off" } }', '"numbering.gab"'],
    ['{ "rules": { "numbering.gap": "loud" } }', '"loud"'],
    ['{ "rules": { "numbering.gap": 3 } }', '3'],
    ['{ "rules": { "placeholder.unresolved": { "asterisk": "no" } } }', '"no"'],
    ['{ "rules": { "placeholder.unresolved": { "stars": true } } }', '"stars"'],
    ['{ "rules": [] }', '[]'],
    ['{ "ruless": {} }', '"ruless"'],
    ['{ "ignore": {} }', '{}'],
    ['{ "ignore": [{ "rule": "nothing" }] }', '"nothing"'],
    ['{ "ignore": [{ "file": "a.txt" }] }', '{ "file": "a.txt" }'],
    ['[]', '[]'],
  ])('reports what is wrong in %s', (text, place) => {
    expect(problemsOf(text).map(([words]) => words)).toEqual([place]);
  });

  it('keeps what is right beside what is wrong', () => {
    const { rules, problems } = readConfigurationFile('{ "rules": { "numbering.gap": "off", "x": "off" ');
    expect(rules).toEqual({ 'numbering.gap': 'off' });
    expect(problems.length).toBeGreaterThan(1);
  });

  it('reads a profile, and a file with a byte order mark', () => {
    expect(readConfigurationFile('\ufeff{ "profile": "speech" }')).toEqual({
      profile: 'speech',
      rules: {},
      ignore: [],
      problems: [],
    });
    for (const wrong of ['"poem"', '3', 'null', '["speech"]', '{ "speech": true }']) {
      const { profile, problems } = readConfigurationFile(`{ "profile": ${wrong} }`);
      expect(profile).toBeUndefined();
      expect(problems).toMatchObject([{ start: 13, end: 13 + wrong.length }]);
    }
  });

  it.each([
    ['null', 1],
    ['[]', 1],
    ['"rules"', 1],
    ['{ "rules": [] }', 1],
    ['{ "rules": { "numbering.gap": 3 } }', 1],
    ['{ "rules": { "numbering.gap": "loud", "punctuation": ["off"] } }', 2],
    ['{ "rules": { "placeholder.unresolved": { "asterisk": "yes", "severity": 1, "more": true } } }', 3],
    ['{ "ignore": {} }', 1],
    ['{ "ignore": [1, "x", null, { "rule": 3 }, { "file": "a.txt" }, { "rule": "numbering.gap", "text": 5 }] }', 6],
    ['{ "colour": "red" }', 1],
  ])('reports what is wrong in %s, and takes the rest', (text, count) => {
    const { rules, ignore, problems } = readConfigurationFile(text);
    expect({ rules: Object.values(rules).filter((one) => typeof one === 'string'), ignore }).toEqual({
      rules: [],
      ignore: [],
    });
    expect(problems).toHaveLength(count);
    for (const { start, end } of problems) {
      expect(end).toBeLessThanOrEqual(text.length + 1);
      expect(start).toBeLessThan(end);
    }
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.constantFrom('{', '}', '[', '"rules":', '"ignore":', '1', ',', '"a"')).map((all) => all.join('')),
        ),
        (text) => {
          for (const { start, end } of readConfigurationFile(text).problems) expect(end).toBeGreaterThanOrEqual(start);
          for (const edits of [switchOff(text, 'numbering.gap'), addIgnore(text, { rule: 'numbering.gap' })]) {
            for (const { start, end } of edits) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(end).toBeLessThanOrEqual(text.length);
            }
          }
        },
      ),
    );
  });

  it('knows a configuration file by its name', () => {
    expect(isConfigurationFile('file:///a/.policytext.json')).toBe(true);
    expect(isConfigurationFile('.policytext.json')).toBe(true);
    expect(isConfigurationFile('file:///a/x.policytext.json')).toBe(false);
  });
});

describe('ignoring', () => {
  const text = '一、总体要求\n内容。\n二、重点任务\n内容。\n四、保障措施\n抓好落实,压实责任,加强督查。';
  const results = lint(analyse(text));
  const gap = results.find(({ rule }) => rule.id === 'numbering.gap') as LintResult;
  const comma = results.find(({ rule }) => rule.id === 'punctuation.half-width') as LintResult;

  it('leaves out one finding, also after an edit on one side of it', () => {
    const ignore = [ignoreEntry(analyse(text), comma, 'a.txt')];
    const left = (changed: string) => lint(analyse(changed), { rules: {}, ignore }).map(({ rule }) => rule.id);
    expect(left(text)).toEqual(['numbering.gap', 'punctuation.half-width']);
    expect(left(text.replace('压实责任', '压实各方责任'))).toEqual(['numbering.gap', 'punctuation.half-width']);
    expect(left(text.replace('抓好落实,压实责任', '抓实,压实'))).toHaveLength(3);
  });

  it('leaves out a rule in one file', () => {
    const entries = [{ rule: 'numbering.gap', file: 'drafts/a.txt' }];
    const left = (file: string) =>
      lint(analyse(text), { rules: {}, ignore: ignoredIn(entries, file) }).some(({ rule }) => rule.id === gap.rule.id);
    expect(left('drafts/a.txt')).toBe(false);
    expect(left('drafts/b.txt')).toBe(true);
  });

  it('is written into a new file and into one with comments', () => {
    const entry = ignoreEntry(analyse(text), gap, 'a.txt');
    expect(entry).toEqual({ rule: 'numbering.gap', file: 'a.txt', text: '四、', after: '保障措施' });
    const fresh = applyEdits('', addIgnore('', entry));
    expect(readConfigurationFile(fresh)).toEqual({ rules: {}, ignore: [entry], problems: [] });
    const kept = '{\n  // ours\n  "rules": {\n    "numbering.gap": "hint"\n  }\n}\n';
    const added = applyEdits(kept, addIgnore(kept, entry));
    expect(added).toContain('// ours');
    expect(readConfigurationFile(added)).toMatchObject({ rules: { 'numbering.gap': 'hint' }, ignore: [entry] });
    const off = applyEdits(added, switchOff(added, 'numbering.gap'));
    expect(readConfigurationFile(off)).toMatchObject({ rules: { 'numbering.gap': 'off' }, ignore: [entry] });
  });
});

describe('a configuration that nests without end', () => {
  it.each(['['.repeat(5000), `{"rules":${'{"a":'.repeat(3000)}`, `{"ignore":${'['.repeat(3000)}${']'.repeat(3000)}}`])(
    'is told as such and does nothing else',
    (text) => {
      const { rules, ignore, problems } = readConfigurationFile(text);
      expect({ rules, ignore, problems: problems.length }).toEqual({ rules: {}, ignore: [], problems: 1 });
      expect(switchOff(text, 'numbering.gap')).toEqual([]);
    },
  );

  it('is not one whose texts hold many brackets', () => {
    const text = JSON.stringify({ ignore: [{ rule: 'numbering.gap', text: '[{'.repeat(100) }] });
    expect(readConfigurationFile(`// ${'['.repeat(100)}\n${text}`).problems).toEqual([]);
  });

  it('reads which drafts ought to agree, and says what is no list of files', () => {
    const read = (text: string) => {
      const { siblings, problems } = readConfigurationFile(text);
      return { siblings, problems: problems.map(({ start, end }) => text.slice(start, end)) };
    };
    expect(read('{ "siblings": [["a.txt", "b.txt"], ["计划.txt", "预算.txt", "报告.txt"]] }')).toEqual({
      siblings: [
        ['a.txt', 'b.txt'],
        ['计划.txt', '预算.txt', '报告.txt'],
      ],
      problems: [],
    });
    expect(read('{ "siblings": [["a.txt"], ["a.txt", 5], ["a.txt", "b.txt"]] }')).toEqual({
      siblings: [['a.txt', 'b.txt']],
      problems: ['["a.txt"]', '["a.txt", 5]'],
    });
    expect(read('{ "siblings": "a.txt" }')).toEqual({ siblings: [], problems: ['"a.txt"'] });
    expect(readConfigurationFile('{}').siblings).toBeUndefined();
  });

  it('reads what holds for the pages of all drafts, and says what is wrong there', () => {
    const read = (text: string) => {
      const { layout, problems } = readConfigurationFile(text);
      return {
        head: Object.fromEntries(layout?.head ?? []),
        template: layout?.template,
        problems: problems.map(({ start, end }) => text.slice(start, end)),
      };
    };
    expect(
      read('{ "layout": { "head": { "发文机关": "青禾县人民政府", "用印": "" }, "template": "县.json" } }'),
    ).toEqual({
      head: { issuer: '青禾县人民政府' },
      template: '县.json',
      problems: [],
    });
    expect(
      read('{ "layout": { "head": { "密级": "内部", "红头": "是", "份号": 5 }, "template": 3, "x": 1 } }'),
    ).toEqual({
      head: { secrecy: '内部' },
      template: undefined,
      problems: ['"内部"', '"红头"', '5', '3', '"x"'],
    });
    expect(readConfigurationFile('{}').layout).toBeUndefined();
  });
});
