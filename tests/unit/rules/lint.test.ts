import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { fixAll } from '../../../server/src/rules/fixes';
import { rules } from '../../../server/src/rules/index';
import { type LintConfiguration, lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { resume, runToCompletion } from '../../../server/src/text/resumable';

/** Text composed of what the rules look for, so that odd combinations are frequent. */
const troubled = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'“”‘’（）()《》〈〉「」『』〔〕[]【】"\'',
        ...'，。、；：？！,.;:?!…—-～~%％',
        ...['\n', '\r\n', '\r', '\t', ' ', '　', '\ud800', '\udc00', '\0', '\ufeff'],
        ...['2026年01月32日', '二零二六年', '5-10%', '2～5万', '青政发[2026]03号', '附件：1、清单。', '一、总体要求'],
        ...[
          '的的',
          '进一步进一步',
          '全面落实',
          '青禾县',
          'https://a.b/c',
          '`x`',
          '<!--',
          '-->',
          '```',
          '---',
          '**',
          '##',
        ],
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const kinds = fc.constantFrom('policytext' as const, 'markdown' as const);

describe('lint', () => {
  it('has fixes and related places at their offsets in the text, in whatever line they are', () => {
    const text =
      '一、总体要求\n全县投资××亿元。\n各镇要压实责任,抓好落实。\n二、工作任务\n见《办法》（以下简称《办法）。\n';
    const results = lint(analyse(text));
    expect(results.some(({ base }) => base > 0)).toBe(true);
    const fixed = results.flatMap(({ rule, start, end, fixes = [] }) =>
      fixes.flatMap(({ edits }) =>
        edits.map((edit) => ({ id: rule.id, near: edit.start >= start - 20 && edit.end <= end + 20 })),
      ),
    );
    expect(fixed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['placeholder.unresolved', 'punctuation.half-width']),
    );
    expect(fixed.filter(({ near }) => !near)).toEqual([]);
    const [gap] = results.filter(({ rule }) => rule.id === 'placeholder.unresolved');
    const at = text.indexOf('××');
    expect(gap?.fixes).toEqual([
      expect.objectContaining({ edits: [{ start: at, end: at + 2, newText: '' }], safe: false }),
    ]);
    expect(
      results
        .flatMap(({ phrase, related = [] }) => [phrase, ...related])
        .filter((place) => place && place.end > text.length),
    ).toEqual([]);
  });

  it('tells one slip once, by the rule that makes more of it', () => {
    const text = '坚决维护以习近平同志为核心的的党中央权威。';
    const lexicon = loadLexicon(
      fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/lexicon.json'), 'utf8'),
    );
    const rulesOf = (settings: LintConfiguration['rules']): string[] =>
      lint(analyse(text, 'policytext'), { rules: settings }, lexicon).map(({ rule }) => rule.id);
    expect(rulesOf({})).toEqual(['slogan.near-miss']);
    expect(rulesOf({ slogan: 'off' })).toEqual(['text.repeated']);
    expect(rulesOf({ 'slogan.near-miss': 'hint' })).toEqual(['text.repeated']);
  });

  it('widens no marks in a line while something garbled in it is to be read by them', () => {
    const safeIn = (text: string): string[] =>
      lint(analyse(text)).flatMap(({ rule, fixes }) => (fixes?.some(({ safe }) => safe) ? [rule.id] : []));
    const sound = '加强知识产权保护,优化营商环境。';
    expect(safeIn(sound)).toEqual(['punctuation.half-width']);
    const garbled = '加强知识产权;,优化营商环境。';
    expect(safeIn(garbled)).toEqual(['text.mojibake']);
    expect(lint(analyse(garbled)).map(({ rule }) => rule.id)).toEqual(['text.mojibake']);
    expect(safeIn(`加强知识产权;,优化营商环境。\n${sound}`)).toEqual(['text.mojibake', 'punctuation.half-width']);
    expect(fixAll('加强知识产权;,优化营商环境。', 'policytext').text).toBe('加强知识产权保护，优化营商环境。');
  });

  it('does not tell of what a safe fix writes anew', () => {
    const text =
      '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n二零二六年五月二十日';
    const rulesOf = (settings: LintConfiguration['rules']): string[] =>
      lint(analyse(text, 'policytext'), { rules: settings }).map(({ rule }) => rule.id);
    expect(rulesOf({})).toEqual(['document.date']);
    expect(rulesOf({ 'document.date': 'off' })).toEqual(['numeral.year-zero']);
  });

  it('does not tell of what stands in words that stand twice', () => {
    const text = '一是修渠引水，惠及万亩良田。二是植树造林,绿化荒山荒坡。二是植树造林,绿化荒山荒坡。三是修路架桥。';
    const found = lint(analyse(text, 'policytext')).map(({ rule, start }) => `${rule.id} ${start}`);
    expect(found).toEqual([`punctuation.half-width ${text.indexOf(',')}`, `text.repeated ${text.lastIndexOf('二是')}`]);
  });

  it('takes any text, gives ranges inside it in order, and the same ones every time', () => {
    fc.assert(
      fc.property(troubled, kinds, (text, kind) => {
        const results = lint(analyse(text, kind));
        let last = 0;
        for (const { start, end, fixes } of results) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const edit of fixes?.flatMap((fix) => fix.edits) ?? []) {
            expect(edit.start).toBeGreaterThanOrEqual(0);
            expect(edit.end).toBeGreaterThanOrEqual(edit.start);
            expect(edit.end).toBeLessThanOrEqual(text.length);
          }
          last = start;
        }
        expect(lint(analyse(text, kind))).toEqual(results);
      }),
      { numRuns: 400 },
    );
  });

  it('finds the same in the first line it ever reads', async () => {
    for (const text of ['的', '了', '的的', '青禾县']) {
      vi.resetModules();
      const fresh = await import('../../../server/src/rules/lint');
      const places = (found: readonly { start: number; end: number }[]) => found.map(({ start, end }) => [start, end]);
      expect(places(fresh.lint(analyse(text)))).toEqual(places(lint(analyse(text))));
    }
  });

  it('finds the same whether it has seen the lines before or not', () => {
    const text = '坚持问题导向,压实责任。\n青禾县“一网通办改革。';
    const alone = lint(analyse(text));
    const shifted = lint(analyse(`第一行。\n${text}`));
    expect(shifted.map(({ start, end, rule }) => [start - 5, end - 5, rule.id])).toEqual(
      alone.map(({ start, end, rule }) => [start, end, rule.id]),
    );
  });

  it('does not look into front matter, fences and comments of Markdown', () => {
    const text = '---\ntitle: 报告,草稿\n---\n```\n你好,世界\n```\n<!--\n你好,世界\n-->\n你好,世界\n';
    const results = lint(analyse(text, 'markdown')).filter(({ rule }) => rule.id === 'punctuation.half-width');
    expect(results.map(({ start }) => start)).toEqual([text.lastIndexOf(',')]);
  });

  describe('configuration', () => {
    const text = '坚持问题导向,压实责任。';
    const severityUnder = (settings: Record<string, unknown>) =>
      lint(analyse(text), { rules: settings } as Parameters<typeof lint>[1])[0]?.severity;

    it('leaves the default where nothing is set', () => {
      expect(severityUnder({})).toBe('information');
      expect(lint(analyse(text))[0]?.severity).toBe('information');
    });

    it('takes a severity, by id, by group, the closest first', () => {
      expect(severityUnder({ 'punctuation.half-width': 'error' })).toBe('error');
      expect(severityUnder({ punctuation: 'hint' })).toBe('hint');
      expect(severityUnder({ punctuation: 'off' })).toBeUndefined();
      expect(severityUnder({ punctuation: 'off', 'punctuation.half-width': 'warning' })).toBe('warning');
      expect(severityUnder({ punctuation: 'hint', 'punctuation.half-width': { severity: 'error' } })).toBe('error');
      expect(severityUnder({ punctuation: { severity: 'hint' }, 'punctuation.half-width': {} })).toBe('hint');
    });

    it('ignores what it does not understand', () => {
      for (const setting of [null, 3, true, 'loud', [], { severity: 'loud' }, { severity: null }, undefined]) {
        expect(severityUnder({ 'punctuation.half-width': setting, nonsense: 'error' })).toBe('information');
      }
      for (const settings of [null, 5, 'off', []]) {
        expect(lint(analyse(text), { rules: settings } as never)[0]?.severity).toBe('information');
      }
      expect(lint(analyse(text), {} as never)).toHaveLength(1);
      expect(severityUnder(JSON.parse('{"__proto__": "off", "constructor": "off"}'))).toBe('information');
    });
  });

  describe('on a very long line', () => {
    const units = [
      '“',
      '”',
      '“‘',
      '（',
      ')',
      '(',
      '《〈',
      '"',
      '"青',
      "'青",
      ',',
      '青,',
      '.',
      '…',
      '。',
      '-',
      '—',
      '的',
      '进一步',
      '，青禾县的工作',
      '5-',
      '5-10%',
      '2026年',
      '〔2026',
      '附件',
      'a@',
      'a.',
      '<!--',
      '](',
      '`',
      '{{',
      'http://',
      'A:\\',
      '报告.doc',
      '\t',
      '(0,',
      '(1]',
      '“青\n',
      '青”\n',
      '1、',
    ];

    it.each(units)('gets through a long line of %s', (unit) => {
      const text = unit.repeat(200_000 / unit.length);
      const analysis = analyse(text);
      for (const rule of rules) {
        if (!/^(?:punctuation|numeral|document|text)\./.test(rule.id)) continue;
        if (rule.scope === 'document') runToCompletion(resume(rule.check(analysis, { options: {} })));
        else {
          const found = text
            .split('\n')
            .flatMap((line, index) =>
              rule.check(line, { kind: 'policytext' }).map((finding) => ({ base: index * unit.length, finding })),
            );
          expect(runToCompletion(resume(rule.finalize?.(found, analysis) ?? found))).toBeInstanceOf(Array);
        }
      }
    });
  });
});
