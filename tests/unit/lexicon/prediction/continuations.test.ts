import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLexicon, loadLexicon } from '../../../../server/src/lexicon/model/store';
import { type Continuation, continuations } from '../../../../server/src/lexicon/prediction/continuations';
import { isWordPair } from '../../../../server/src/text/words';
import { reports, SLOGANS } from '../documents';
import { lexiconOf } from '../learned';

const lexicon = await lexiconOf(reports(12));
const texts = (found: readonly Continuation[]) => found.map(({ text }) => text);

/** The draft after the item is accepted. */
const taken = (left: string, right: string, { text, replace, over }: Continuation) =>
  left.slice(0, left.length - replace) + text + right.slice(over);

describe('continuations', () => {
  it('goes on with a slogan, replacing what was matched', () => {
    const [first] = continuations(lexicon, '会议强调，坚持稳中', '', 5);
    expect(first && taken('会议强调，坚持稳中', '', first)).toMatch(/^会议强调，坚持稳中求进工作总基调，?$/);
    expect(first?.text.startsWith('坚持稳中')).toBe(true);
    expect(first?.score).toBeGreaterThan(0.3);
  });

  it('goes on through quotation marks', () => {
    const found = continuations(lexicon, '要增强“四个', '', 5);
    expect(texts(found).some((text) => SLOGANS[1].startsWith(text.slice(text.indexOf('增强'))))).toBe(true);
  });

  it('ends with whole words, and with none that wants more', async () => {
    const places = ['甲溪', '乙川', '丙岭', '丁湖', '戊原', '己港', '庚滩', '辛坞'];
    const endings = ['建成投产', '稳步扩容', '全部并网', '开工建设', '如期完工', '有序推进', '提前达产', '安全运行'];
    const learned = await lexiconOf(
      places.map(
        (place, at) =>
          `${place}镇抓紧建设风力发电项目，风力发电${endings[at]}。${place}镇完善养老服务和${endings[(at + 3) % 8]}办法，新增就业${at + 11}3人。\n`,
      ),
    );
    const rests = (left: string) => continuations(learned, left, '', 8).map(({ text, replace }) => text.slice(replace));
    expect(rests('抓紧建设')).toContainEqual(expect.stringContaining('风力发电'));
    for (const rest of rests('抓紧建设')) expect(rest).not.toMatch(/^风力发?$/);
    for (const rest of rests('完善养老')) expect(rest).not.toMatch(/和$/);
    for (const rest of rests('新增')) expect(rest).not.toMatch(/\d$/);
  });

  it('makes up no slogan from the ends of others', () => {
    const shipped = loadLexicon(readFileSync('corpus/lexicon.json', 'utf8'));
    const offered = (left: string) => texts(continuations(shipped, left, '', 8)).join('\n');
    expect(offered('绿水青山就')).toContain('就是金山银山的理念');
    expect(offered('绿水青山就')).not.toContain('的理论');
    expect(offered('不敢腐、')).not.toContain('不能腐、不能腐');
    const learned = reports(12);
    const all = learned.join('\n');
    const draft = learned[0] as string;
    for (let caret = 30; caret < Math.min(draft.length, 1500); caret += 7) {
      const left = draft.slice(0, caret);
      for (const found of continuations(lexicon, left.slice(-30), '', 8)) {
        // Within the inserted text, a context of five characters known from many places continues as in one of them.
        const inserted = found.text.slice(found.replace);
        for (let at = 0; at + 6 <= inserted.length; at++) {
          const context = inserted.slice(at, at + 5);
          if (all.split(context).length - 1 >= 5) expect(all).toContain(inserted.slice(at, at + 6));
        }
      }
    }
  });

  it('goes on from no small letters, which are pinyin', () => {
    const shipped = loadLexicon(readFileSync('corpus/lexicon.json', 'utf8'));
    for (const left of ['tjzgtscg', '见img', '坚持s', 'http://www'])
      expect(continuations(shipped, left, '', 8)).toEqual([]);
    expect(texts(continuations(shipped, '加快5G', '', 8)).every((text) => !/[a-z]/.test(text))).toBe(true);
  });

  it('begins what it replaces where a word begins', () => {
    for (const left of ['会议强调，坚持稳中', '全面推进乡村', '要增强“四个意识”、坚定“四']) {
      for (const { replace } of continuations(lexicon, left, '', 5)) {
        const from = left.length - replace;
        if (replace > 0 && from > 0)
          expect(isWordPair(left.charCodeAt(from - 1), left.charCodeAt(from)), left).toBe(false);
      }
    }
  });

  it('does not double what stands after the caret', () => {
    const right = '”，提高';
    const found = continuations(lexicon, '做到“两个', right, 5);
    const item = found.find(({ text }) => text.endsWith('维护”'));
    expect(item?.over).toBe(1);
    expect(item && taken('做到“两个', right, item)).toBe('做到“两个维护”，提高');
    for (const one of continuations(lexicon, '坚持稳中', '求进工作总基调', 5)) {
      expect('求进工作总基调'.startsWith(one.text.slice(one.replace))).toBe(false);
    }
  });

  it('learns from the draft itself', () => {
    const draft = '“星火行动”由松溪镇牵头。各村要把“星火行动”抓实。';
    expect(continuations(lexicon, '“星火', '', 5)).toEqual([]);
    expect(texts(continuations(lexicon, `${draft}推进“星火`, '', 5))).toContainEqual(expect.stringContaining('行动”'));
    expect(texts(continuations(emptyLexicon(), `${draft}推进“星火`, '', 5))).toContainEqual(
      expect.stringContaining('行动”'),
    );
  });

  it('says nothing where it knows nothing, and less with a threshold', () => {
    expect(continuations(lexicon, '', '', 5)).toEqual(continuations(lexicon, '', '', 5));
    expect(continuations(lexicon, 'qwx', '', 5)).toEqual([]);
    expect(continuations(lexicon, '坚持', '', 0)).toEqual([]);
    for (const { score } of continuations(lexicon, '坚持', '', 5, { threshold: 0.4 }))
      expect(score).toBeGreaterThanOrEqual(0.4);
  });

  it('keeps to one line and gives each text once, in an order that the limit only cuts', () => {
    const piece = fc.constantFrom(
      '坚持',
      '稳中',
      '“四个',
      '意识”',
      '，',
      '。\n',
      '\ud800',
      'a',
      '全面推进',
      '\0',
      '\r\n',
      '”',
    );
    const any = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(any, any, (left, right) => {
        const found = continuations(lexicon, left, right, 8);
        expect(new Set(found.map(({ text, replace }) => text.slice(replace))).size).toBe(found.length);
        for (const { text, replace, over, score } of found) {
          expect(left.endsWith(text.slice(0, replace))).toBe(true);
          expect(text.length - replace).toBeGreaterThan(1);
          expect(text.slice(replace)).not.toMatch(/[\n\r\0]/);
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          if (over) expect(right[0]).toBe(text.at(-1));
        }
        expect(continuations(lexicon, left, right, 3)).toEqual(found.slice(0, 3));
      }),
    );
  });

  it('answers anywhere in a long draft', () => {
    const draft = reports(400).join('\n');
    for (let round = 0; round < 100; round++) {
      expect(continuations(lexicon, draft.slice(0, draft.length - round), '', 5).length).toBeLessThanOrEqual(5);
    }
  });
});
