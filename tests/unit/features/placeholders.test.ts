import { describe, expect, it } from 'vitest';
import { placeholderList } from '../../../server/src/features/placeholders';
import { fillPlaceholder } from '../../../server/src/refactor/fillPlaceholder';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';

const DRAFT =
  '会议要求，加快建设现代化××大都市，完成投资××亿元。\n同志们，××大都市建设任务繁重，完成农业投资××亿元。\n由××大学和××大剧院承办。';
const analysis = analyse(DRAFT);

function filled(words: string, text: string, all: boolean): string {
  const outcome = fillPlaceholder(analysis, DRAFT.indexOf(words), text, all);
  if ('message' in outcome) return outcome.message.zh;
  const result = applyEdits(DRAFT, outcome.edits);
  const caret = outcome.caret as number;
  return `${result.slice(0, caret)}|${result.slice(caret)}`;
}

describe('placeholders', () => {
  it('are listed with their surroundings, and with how many are alike', () => {
    const list = placeholderList(analysis);
    expect(list).toHaveLength(6);
    expect(list[0]).toMatchObject({
      range: { start: { line: 0, character: 12 }, end: { line: 0, character: 14 } },
      text: '××',
      alike: 2,
    });
    expect(list[0]?.context).toContain('现代化××大都市');
    for (const { context, contextStart, text } of list)
      expect(context.slice(contextStart)).toMatch(new RegExp(`^${text}`));
    expect(list.map(({ alike }) => alike)).toEqual([2, 1, 2, 1, 1, 1]);
  });

  it('are filled one by one', () => {
    expect(filled('××大都市建设任务', '临江', false)).toBe(DRAFT.replace('，××大都市建设', '，临江|大都市建设'));
  });

  it('are filled together where they stand for the same words', () => {
    const expected = DRAFT.replace('化××大都市', '化临江大都市').replace('，××大都市建设', '，临江|大都市建设');
    expect(filled('××大都市建设任务', '临江', true)).toBe(expected);
    expect(filled('××亿元。\n由', '三', true)).toBe(DRAFT.replace('农业投资××', '农业投资三|'));
  });

  it('are none elsewhere', () => {
    expect(filled('会议', '临江', true)).toBe('光标处没有占位符。');
  });
});
