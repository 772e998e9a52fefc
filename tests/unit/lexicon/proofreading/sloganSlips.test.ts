import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Learner } from '../../../../server/src/lexicon/mining/learner';
import { emptyLexicon, loadLexicon } from '../../../../server/src/lexicon/model/store';
import { type SloganSlip, SloganSlips } from '../../../../server/src/lexicon/proofreading/sloganSlips';
import { runToCompletion } from '../../../../server/src/text/resumable';

const file = path.join(import.meta.dirname, '../../../../corpus/lexicon.json');
const shipped = runToCompletion(SloganSlips.of(loadLexicon(fs.readFileSync(file, 'utf8'))));

/** Rule, wrong part and replacement, for each slip in `text`. */
function slips(text: string, finder = shipped): string[] {
  const say = ({ rule, wrong, right }: SloganSlip) => {
    const words = right?.map((part) => (typeof part === 'string' ? part : text.slice(part.start, part.end))).join('');
    return `${rule}: ${text.slice(wrong.start, wrong.end)} → ${words}`;
  };
  return finder.find(text, 0, text.length).map(say);
}

describe('words in quotation marks', () => {
  it.each([
    ['推进“高效办好一件事”。', 'quote-drift: 好 → 成'],
    ['共建“一带一道”国家。', 'quote-drift: 道 → 路'],
    ['做到“两个维持”。', 'quote-drift: 持 → 护', '坚决'],
    ['坚持和发展新时代“风桥经验”。', 'quote-drift: 风 → 枫'],
    ['做好金融“五大篇文章”。', 'quote-drift: 大篇 → 篇大'],
  ])('%s', (text, slip, before = '') => {
    expect(slips(before + text)).toEqual([slip]);
  });

  it.each([
    '落实“四个最严”，打造“三个一批”。',
    '从“高效办成一件事”到“高效办成一类事”。',
    '增强“两个维护”的自觉，坚持“两个毫不动摇”。',
    '他说：“坚决做到‘两个维持’。”',
    '打造“一带一廊”，建设“双城”。',
    '推进“一网通享”改革，新增“二品一标”农产品。',
  ])('lets %s stand', (text) => {
    expect(slips(text)).toEqual([]);
  });
});

describe('titles', () => {
  const documents = Array.from({ length: 12 }, (_, index) => ({
    name: `${index}`,
    text: `第${index}次会议。青禾县严格执行《云岭省河湖管理保护条例》，第${index}项工作有序推进。\n各乡镇按照《云岭省河湖管理保护条例》开展第${index}轮巡查。\n`,
  }));
  const learn = async () => {
    const learner = new Learner((text) => text);
    for (const { name, text } of documents) await learner.prepare(name, async () => text);
    return runToCompletion(
      SloganSlips.of(
        loadLexicon(
          learner.learn(
            documents.map(({ name }) => ({ name, hash: name })),
            {},
          ).json,
        ),
      ),
    );
  };

  it('are compared with those of the corpus', async () => {
    const finder = await learn();
    expect(slips('按照《云岭省河湖管理保护例》办理。', finder)).toEqual(['quote-drift:  → 条']);
    expect(slips('按照《云岭省河湖管理保户条例》办理。', finder)).toEqual(['quote-drift: 户 → 护']);
    expect(slips('按照《云岭市河湖管理保护条例》办理。', finder)).toEqual([]);
    expect(slips('按照《云岭省河湖管理保护条例》办理。', finder)).toEqual([]);
  });
});

describe('series', () => {
  it.each([
    [
      '要坚定“四个自信”、增强“四个意识”、做到“两个维护”。',
      'order: 坚定“四个自信”、增强“四个意识”、做到“两个维护” → 增强“四个意识”、坚定“四个自信”、做到“两个维护”',
    ],
    ['增强“四个自信”、坚定“四个意识”。', 'order: 增强“四个自信”、坚定“四个意识” → 增强“四个意识”、坚定“四个自信”'],
    [
      '坚决做到“两个维护”，深刻领悟“两个确立”的决定性意义。',
      'order: 坚决做到“两个维护”，深刻领悟“两个确立”的决定性意义 → 深刻领悟“两个确立”的决定性意义，坚决做到“两个维护”',
    ],
    ['增强“四个意识”、做到“两个维护”。', 'missing-member:  → 、坚定“四个自信”'],
    ['增强“四个意识”，坚定“四个自信”。', 'missing-member:  → 、做到“两个维护”'],
    ['一体推进不能腐、不敢腐、不想腐。', 'order: 不能腐、不敢腐、不想腐 → 不敢腐、不能腐、不想腐'],
    ['不断提高政治判断力、政治执行力。', 'missing-member:  → 、政治领悟力'],
  ])('%s', (text, slip) => {
    expect(slips(text)).toEqual([slip]);
  });

  it.each([
    '增强“四个意识”、坚定“四个自信”、做到“两个维护”。',
    '坚决做到“两个维护”。增强“四个意识”。',
    '打造宜居、韧性、智慧城市。',
    '建设宜居、韧性、创新、智慧、绿色、人文的县城。',
    '他写道：“坚定‘四个自信’、增强‘四个意识’。”',
  ])('lets %s stand', (text) => {
    expect(slips(text)).toEqual([]);
  });
});

describe('verbs', () => {
  it('are those of the corpus', () => {
    expect(slips('要坚定“两个维护”。')).toEqual(['collocation: 坚定 → 做到']);
    expect(slips('要做到“四个自信”。')).toEqual(['collocation: 做到 → 坚定']);
    expect(slips('要坚定“四个意识”。')).toEqual(['collocation: 坚定 → 增强']);
    // Twelve documents of the library write it.
    expect(slips('要增强“四个自信”。')).toEqual([]);
    expect(slips('要做到“两个维护”，坚定“两个维护”的信念，围绕“两个维护”开展工作。')).toEqual([]);
  });
});

it('tells of one mistake once', () => {
  expect(slips('增强“四个意识”、坚定“四个自信”、做到“两个护”。')).toEqual(['quote-drift:  → 维']);
  expect(slips('坚定拥护“两个确立”、坚决做到“两个维持”，坚持稳中求进工作总基调。')).toHaveLength(1);
});

it('finds nothing without a lexicon', () => {
  expect(slips('增强“四个意识”、做到“两个维护”。', runToCompletion(SloganSlips.of(emptyLexicon())))).toEqual([]);
});

it('never throws; slips are in order, apart and within the text', () => {
  const piece = fc.constantFrom(
    '增强',
    '“四个意识”',
    '、',
    '“四个自信',
    '”',
    '做到',
    '《',
    '》',
    '‘',
    '政治判断力',
    '，',
    '\n',
    '一',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      let last = -1;
      for (const { wrong, whole } of shipped.find(text, 0, text.length)) {
        expect(wrong.start).toBeGreaterThanOrEqual(Math.max(last, whole.start));
        expect(wrong.end).toBeLessThanOrEqual(whole.end);
        expect(whole.end).toBeLessThanOrEqual(text.length);
        last = wrong.end;
      }
    }),
  );
});

it('is prepared in steps of some hundred phrases', () => {
  const { length } = [...SloganSlips.of(loadLexicon(fs.readFileSync(file)))];
  expect(length).toBeGreaterThan(20);
});
