import { describe, expect, it } from 'vitest';
import { linkedEditingRanges } from '../../../server/src/features/linkedEditing';
import { analyse } from '../../../server/src/structure/analyse';

const DRAFT = '加快建设现代化**大都市，投资**亿元。\n同志们，**大都市建设任务繁重，投资**亿元。';
const at = (words: string) => linkedEditingRanges(analyse(DRAFT), DRAFT.indexOf(words));

describe('linked editing', () => {
  it('joins placeholders with the same surroundings, wherever in one the caret stands', () => {
    const linked = at('**大都市');
    expect(linked?.ranges).toEqual([
      { start: { line: 0, character: 7 }, end: { line: 0, character: 9 } },
      { start: { line: 1, character: 4 }, end: { line: 1, character: 6 } },
    ]);
    expect(at('*大都市')).toEqual(linked);
    expect(at('大都市')).toEqual(linked);
  });

  it('goes on while words are typed, and ends with a blank or a mark of the sentence', () => {
    const pattern = new RegExp(at('**大都市')?.wordPattern ?? '');
    const whole = (text: string) => text.match(pattern)?.[0] === text;
    for (const text of ['**', '*临*', '临江', 'lin jiang'.replace(' ', ''), '', '2.5', '（暂定）'])
      expect(whole(text)).toBe(true);
    for (const text of ['临 江', '临江，', '临江。']) expect(whole(text)).toBe(false);
  });

  it('leaves figures and lone placeholders alone', () => {
    expect(at('**亿元')).toBeUndefined();
    expect(at('建设')).toBeUndefined();
    expect(linkedEditingRanges(analyse('由**大学承办。'), 1)).toBeUndefined();
    // Words of its own that would end it at once.
    const noted = '〔待补，城市名〕大都市建设。\n〔待补，城市名〕大都市建设。';
    expect(linkedEditingRanges(analyse(noted), 1)).toBeUndefined();
  });
});
