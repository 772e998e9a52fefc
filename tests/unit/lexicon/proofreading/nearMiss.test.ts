import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../../server/src/lexicon/model/lexicon';
import { emptyLexicon, loadLexicon } from '../../../../server/src/lexicon/model/store';
import { NearMissFinder } from '../../../../server/src/lexicon/proofreading/nearMiss';
import { runToCompletion } from '../../../../server/src/text/resumable';
import { reports } from '../documents';
import { lexiconOf } from '../learned';

const shipped = loadLexicon(fs.readFileSync(path.join(import.meta.dirname, '../../../../corpus/lexicon.json'), 'utf8'));
const finder = runToCompletion(NearMissFinder.of(shipped));
const SLOGAN = '以习近平新时代中国特色社会主义思想为指导';

/** `text` with each finding fixed. */
function mended(text: string): string {
  let result = text;
  for (const { wrong, right } of finder.find(text, 0, text.length).reverse()) {
    result = result.slice(0, wrong.start) + right + result.slice(wrong.end);
  }
  return result;
}

it('leaves what the corpus has itself, unless the slogan is two hundred times as common', async () => {
  expect(finder.find('确保一张蓝图干到底。', 0, 10)).toEqual([]);
  expect(finder.find('确保一张蓝图会到底。', 0, 10)).toHaveLength(1);
  const { phrases, nearForms } = await learned(12, '坚持稳中求实工作总基调');
  expect(phrases.some(({ text }) => text.includes('坚持稳中求进工作总基调'))).toBe(true);
  expect([...nearForms]).toEqual([['坚持稳中求实工作总基调', 1]]);
  expect([...(await learned(240, '坚持稳中求实工作总基调')).nearForms]).toEqual([]);
});

/** The lexicon of `count` reports, one of which contains `form`. */
function learned(count: number, form: string): Promise<Lexicon> {
  const [first, ...others] = reports(count);
  return lexiconOf([`${first}\n各级各部门要${form}，抓好落实。\n`, ...others]);
}

describe('finds and mends', () => {
  it.each([
    ['missing', '要坚持以习近平新时代中国特色社会义思想为指导。'],
    ['missing', '要坚持以习近平新时代特色社会主义思想为指导。'],
    ['extra', '要坚持以习近平新时代中国特色社会会主义思想为指导。'],
    ['wrong', '要坚持以习近平新时代中国特社社会主义思想为指导。'],
    ['swapped', '要坚持以习近平新时代中国特色社主会义思想为指导。'],
  ])('%s: %s', (kind, text) => {
    expect(finder.find(text, 0, text.length).map((one) => one.kind)).toEqual([kind]);
    expect(mended(text)).toBe(`要坚持${SLOGAN}。`);
  });

  it('what stands in several slogans and in none by itself', () => {
    expect(mended('把思想统一到以习近平同志为核心的党中中央的部署上来。')).toBe(
      '把思想统一到以习近平同志为核心的党中央的部署上来。',
    );
  });

  it('words with marks in other places', () => {
    expect(mended('深刻领悟两个确立的决性意义。')).toBe('深刻领悟两个确立的决定性意义。');
    expect(mended('完整准确、全面贯彻新发理念。')).toBe('完整准确、全面贯彻新发展理念。');
  });

  it('a last or a first character that stands twice', () => {
    expect(mended('要着力推动高质量发展展，办好实事。')).toBe('要着力推动高质量发展，办好实事。');
    expect(mended('以习近平新时代中国特色社会主义思想为指导导，')).toBe(`${SLOGAN}，`);
  });

  it('two characters lost across words, and a clause that breaks off', () => {
    expect(mended('青禾县着力推质量发展，办好实事。')).toBe('青禾县着力推动高质量发展，办好实事。');
    expect(mended('要完整、准确、全面贯彻新发展理。')).toBe('要完整、准确、全面贯彻新发展理念。');
  });

  it('two of three characters turned round and the third lost', () => {
    expect(mended('坚持以习近平新时代中国特色会社义思想为指导。')).toBe(`坚持${SLOGAN}。`);
  });

  it('traditional script, leaving what is right as it is', () => {
    expect(mended('堅持以習近平新時代特色社會主義思想為指導。')).toBe('堅持以習近平新時代中国特色社會主義思想為指導。');
  });
});

describe('leaves alone', () => {
  it.each([
    '全面建成社会主义现代化强国，全面建设社会主义现代化国家。',
    '青禾县不断曾强群众的安全感。',
    '我代表市人民政府，向大会报告工作，请予审议。',
    '从“高效办成一件事”拓展到“高效办成一类事”。',
    '打好蓝天、碧水、碧海、净土保卫战。',
    '新建高标准农田三万亩。',
    '要推动高质量发展展现新气象，着力推动发展。',
    '全面完成清欠企业账款任务，推进科技创新。',
    '持續防範化解重點領域風險，著力穩就業、穩企業、穩市場、穩預期。',
    '深入打好藍天、碧水、淨土保衞戰。',
    '深入贯彻党的十九大和十九届历次全会精神。',
    '按照《关于推动经济实现质的有效提高和量的合理增长的意见》办理。',
    '青禾县发展农民专业合作和股份合作。',
    '青禾县会见全国双拥模范代表。',
    '最根本的是靠以习近平同志为核心的党中央坚强领导。',
    '始终如一向以习近平同志为核心的党中央看齐。',
    SLOGAN,
  ])('%s', (text) => {
    expect(finder.find(text, 0, text.length)).toEqual([]);
  });

  it('what stands beside a gap', () => {
    const text = '坚持以习近平新时代××特色社会主义思想为指导';
    const gap = { start: text.indexOf('×'), end: text.indexOf('×') + 2 };
    expect(finder.find(text, 0, text.length, [gap])).toEqual([]);
  });

  it('everything, without a lexicon', () => {
    expect(
      runToCompletion(NearMissFinder.of(emptyLexicon())).find('以习近平新时代特色社会主义思想为指导', 0, 18),
    ).toEqual([]);
  });
});

it('a dropped character of a long slogan is found and given back, wherever it was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: SLOGAN.length - 3 }),
      fc.constantFrom('各级要', '', '青禾县委'),
      (at, before) => {
        const text = `${before}坚持${SLOGAN.slice(0, at)}${SLOGAN.slice(at + 1)}，推动工作。`;
        expect(mended(text)).toBe(`${before}坚持${SLOGAN}，推动工作。`);
      },
    ),
  );
});

it('never throws, and findings are ordered, apart and within the text', () => {
  const parts = fc.constantFrom(
    '以习近平',
    '新时代',
    '特色',
    '社会主义',
    '思想为指导',
    '\n',
    '“',
    '，',
    '\ud800',
    '\0',
    '高质量',
    '发展',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const { whole, wrong } of finder.find(text, 0, text.length)) {
        expect(whole.start).toBeGreaterThanOrEqual(last);
        expect(wrong.start).toBeGreaterThanOrEqual(whole.start);
        expect(wrong.end).toBeGreaterThanOrEqual(wrong.start);
        expect(whole.end).toBeGreaterThanOrEqual(wrong.end);
        last = whole.end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
  );
});
