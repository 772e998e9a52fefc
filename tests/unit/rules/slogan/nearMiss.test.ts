import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadLexicon } from '../../../../server/src/lexicon/model/store';
import { fixAll } from '../../../../server/src/rules/fixes';
import { lint } from '../../../../server/src/rules/lint';
import { readSlogans, sloganSlips } from '../../../../server/src/rules/slogan/proofreader';
import { decodeSpellingModel } from '../../../../server/src/spelling/spellingModel';
import { analyse } from '../../../../server/src/structure/analyse';
import { localise } from '../../../../server/src/text/message';
import { runToCompletion } from '../../../../server/src/text/resumable';
import { applyEdits } from '../../../../server/src/text/textEdit';

const file = path.join(import.meta.dirname, '../../../../corpus/lexicon.json');
const lexicon = loadLexicon(fs.readFileSync(file, 'utf8'));
const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../../corpus/spelling.bin'))),
);
const TEXT = '云岭省政府工作报告\n\n要坚持以习近平新时代特色社会主义思想为指导，扎实推进各项工作。\n要办好民生实事。\n';
const slogans = (text: string, previous?: ReturnType<typeof analyse>) => {
  const analysis = analyse(text, 'policytext', previous);
  return { analysis, found: lint(analysis, undefined, lexicon).filter(({ rule }) => rule.id === 'slogan.near-miss') };
};

/** The text after the writer applied the first fix of the first finding. */
const corrected = (text: string): string => applyEdits(text, slogans(text).found[0]?.fixes?.[0]?.edits ?? []);

it('says what is wrong, by what odds, and what to do', () => {
  const [one] = slogans(TEXT).found;
  const zh = localise(one!.message, 'zh-cn');
  expect(zh).toMatch(/漏了“中国”。语料中\d+篇都写作“坚持以习近平新时代中国特色社会主义思想为指导”，请改正。$/);
  expect(localise(one!.message, 'en')).toMatch(/lacks “中国”\. \d+ documents of the corpus write/);
  expect(one).toMatchObject({ severity: 'warning', fixes: [{ safe: false, preferred: true }] });
});

it('takes one character for a slip of another only if they sound or look alike, or the phrase is long', () => {
  const severitiesOf = (text: string) =>
    lint(analyse(text, 'policytext'), undefined, lexicon, spelling)
      .filter(({ rule }) => rule.id.startsWith('slogan.'))
      .map(({ severity }) => severity);
  for (const wrong of [
    '青禾县层层落实社合治安综合治理目标责任制。',
    '青禾县要坚持以习近平新时代中国特色社会主义思草为指导。',
    '青禾县同步全面建设社会义现代化。',
    '青禾县委深入学习新时代中国特色社会主义思想，抓好春耕。',
  ]) {
    expect.soft(severitiesOf(wrong), wrong).toEqual(['warning']);
  }
  for (const meant of [
    '延长产业链，沿河三镇形成新的经济增长带。',
    '青禾县单位地区生产总值水耗下降3%。',
    '青禾县大力发展现代草业，让牧民增收。',
    '青禾县抓住重点领域或关键环节，逐项突破。',
    '青禾县以河长制助推生态文明建设。',
    '青禾县提升“四好农村路”建管养护水平。',
  ]) {
    expect.soft(severitiesOf(meant), meant).not.toContain('warning');
    expect.soft(severitiesOf(meant), meant).not.toContain('information');
  }
});

it('is silent without a lexicon', () => {
  expect(lint(analyse(TEXT, 'policytext')).filter(({ rule }) => rule.id.startsWith('slogan.'))).toEqual([]);
});

it('moves with its line after an edit', () => {
  const before = slogans(TEXT);
  const after = slogans(`临江市\n${TEXT}`, before.analysis);
  expect(after.found.map(({ start }) => start)).toEqual(before.found.map(({ start }) => start + 4));
  expect(slogans(TEXT.replace('特色', '中国特色'), after.analysis).found).toEqual([]);
});

it('reads across a break that is no end of a sentence, and not across others', () => {
  const across = '各级各部门要认真学习领会，坚持以习近平新时代中国特\n社会主义思想为指导。';
  expect(corrected(across)).toContain('中国特色\n社会主义');
  expect(slogans(across.replace('\n', '\n\n')).found).toEqual([]);
  expect(slogans(across.replace('\n', '。\n')).found).toEqual([]);
});

it('gives back characters in the script of the document', () => {
  const text = '青禾縣要堅持以習近平新時代特色社會主義思想為指導，辦好民生實事。';
  expect(corrected(text)).toBe(text.replace('特色', '中國特色'));
  // Corrected on request, but never unasked.
  expect(fixAll(text, 'policytext', { lexicon }).text).toBe(text);
});

it('takes the writer’s own words for right', () => {
  const analysis = analyse(TEXT, 'policytext');
  const configuration = { rules: {}, lexicon: { words: ['习近平新时代特色社会主义思想'] } };
  expect(lint(analysis, configuration, lexicon).filter(({ rule }) => rule.id.startsWith('slogan.'))).toEqual([]);
  const others = { rules: {}, lexicon: { words: ['特色社会主义', '', '民生实事'] } };
  expect(lint(analysis, others, lexicon).filter(({ rule }) => rule.id === 'slogan.near-miss')).toHaveLength(1);
});

it('warns of what makes no words, and asks about words that may be meant', () => {
  const severities = (text: string) => slogans(text).found.map(({ severity }) => severity);
  expect(severities('青禾县要坚持以习近平新时代特色社会主义思想为指导。')).toEqual(['warning']);
  expect(severities('青禾县层层落实社合治安综合治理目标责任制。')).toEqual(['warning']);
  expect(severities('青禾县要推动高质量发展展，办好民生实事。')).toEqual(['warning']);
  for (const meant of [
    '青禾县要坚持学前教育抓普及普惠，义务教育抓优质均衡。',
    '青禾县的农产品的深加工还比较滞后。',
    '青禾县既尽力而为、又量力而行，一件事情接着一件事情办。',
  ]) {
    expect(severities(meant).filter((severity) => severity === 'warning')).toEqual([]);
  }
});

it('reads a text in one line in pieces, and finds what is wrong in each', () => {
  const sentence = '青禾县各级各部门要办好民生实事，让群众得到实惠。';
  const wrong = '青禾县委以习近平新时代特色社会主义思想为指导，谋划全年工作。';
  const text = `${wrong}${sentence.repeat(2_000)}${wrong}${sentence.repeat(2_000)}${wrong}`;
  const analysis = analyse(text, 'policytext');
  let steps = 0;
  for (const reading = readSlogans(analysis, { lexicon, options: {} }); !reading.next().done; ) steps++;
  expect(steps).toBeGreaterThan(text.length / 40_000);
  const starts = sloganSlips(analysis, { lexicon, options: {} }).map(({ whole }) => whole.start);
  const at = starts[0] as number;
  expect(starts).toEqual([at, text.indexOf(wrong, 100) + at, text.lastIndexOf(wrong) + at]);
});
