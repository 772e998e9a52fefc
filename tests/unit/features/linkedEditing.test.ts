import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Linked, linkedAt, linkedRanges } from '../../../server/src/features/linkedEditing';
import { analyse } from '../../../server/src/structure/analyse';

const DRAFT = '加快建设现代化**大都市，投资**亿元。\n同志们，**大都市建设任务繁重，投资**亿元。';
const at = (words: string, text = DRAFT, before?: Linked) => linkedAt(analyse(text), text.indexOf(words), before);
const CITY = at('**大都市') as Linked;

describe('linked editing', () => {
  it('joins placeholders with the same surroundings, wherever in one the caret stands', () => {
    expect(linkedRanges(analyse(DRAFT), CITY).ranges).toEqual([
      { start: { line: 0, character: 7 }, end: { line: 0, character: 9 } },
      { start: { line: 1, character: 4 }, end: { line: 1, character: 6 } },
    ]);
    expect(at('*大都市')?.spans).toEqual(CITY.spans);
    expect(at('大都市')?.spans).toEqual(CITY.spans);
  });

  it('goes on while words are typed in them', () => {
    let before = CITY;
    for (const words of ['*临*', '临', 'lin', '临江', '', '新']) {
      const text = DRAFT.replaceAll('**大都市', `${words}大都市`);
      const offset = text.indexOf('大都市');
      const linked = linkedAt(analyse(text), offset, before);
      expect(linked?.spans.map(({ start, end }) => text.slice(start, end))).toEqual([words, words]);
      before = linked as Linked;
    }
  });

  it('ends when something else changes, the caret leaves, or a blank or a mark is typed', () => {
    const filled = DRAFT.replaceAll('**大都市', '临江大都市');
    expect(at('江大都市', filled, CITY)).toBeDefined();
    expect(at('同志们', filled, CITY)).toBeUndefined();
    expect(at('江大都市', filled)).toBeUndefined();
    expect(at('江大都市', DRAFT.replace('**大都市', '临江大都市'), CITY)).toBeUndefined();
    expect(at('江大都市', filled.replace('任务', '的任务'), CITY)).toBeUndefined();
    expect(at('江，大都市', filled.replaceAll('临江', '临江，'), CITY)).toBeUndefined();
    const pattern = new RegExp(linkedRanges(analyse(DRAFT), CITY).wordPattern);
    const whole = (text: string) => text.match(pattern)?.[0] === text;
    for (const text of ['**', '*临*', '临江', 'linjiang', '', '2.5', '（暂定）']) expect(whole(text)).toBe(true);
    for (const text of ['临 江', '临江，', '临江。']) expect(whole(text)).toBe(false);
  });

  it('leaves figures and lone placeholders alone', () => {
    expect(at('**亿元')).toBeUndefined();
    expect(at('建设')).toBeUndefined();
    expect(at('**', '由**大学承办。')).toBeUndefined();
    // Content of its own that would end it at once.
    const noted = '〔待补，城市名〕大都市建设。\n〔待补，城市名〕大都市建设。';
    expect(at('〔', noted)).toBeUndefined();
  });

  it('joins only what reads the same, whatever the text', () => {
    const piece = fc.constantFrom('**', '大都市建设', '临江', '，', '。', '\n', '亿元', '\ud800');
    const draft = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(draft, draft, fc.nat(60), (one, other, offset) => {
        const before = linkedAt(analyse(one), offset);
        const linked = linkedAt(analyse(other), offset, before);
        const words = linked?.spans.map(({ start, end }) => other.slice(start, end)) ?? [];
        expect(new Set(words).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});
