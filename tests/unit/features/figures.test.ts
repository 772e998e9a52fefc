import { describe, expect, it } from 'vitest';
import { figureAt, indicatorsOf, placesOfFigure } from '../../../server/src/features/figures';
import { analyse } from '../../../server/src/structure/analyse';

const TEXT = [
  '青禾县政府工作报告',
  '一、2025年工作回顾',
  '2025年，全县粮食产量达到31.5万吨。',
  '二、农业',
  '2025年，全县粮食产量达到31.5万吨，棉花产量达到2万吨。',
  '三、展望',
  '2026年，力争粮食产量达到33万吨。',
].join('\n');

describe('figures', () => {
  const analysis = analyse(TEXT);

  it('are found by a place within them, its end included, and not beside them', () => {
    const start = TEXT.indexOf('31.5');
    for (const offset of [start, start + 3, start + 6]) expect(figureAt(analysis, offset)?.indicator).toBe('粮食产量');
    expect(figureAt(analysis, start - 1)).toBeUndefined();
  });

  it('lead to the others of their indicator, and tell which are the same', () => {
    const asked = figureAt(analysis, TEXT.indexOf('31.5'));
    const places = asked ? placesOfFigure(analysis, asked) : [];
    expect(places.map(({ line, text, same }) => [line, text, same])).toEqual([
      [4, '31.5万吨', true],
      [6, '33万吨', false],
    ]);
  });

  it('are listed by indicator', () => {
    const indicators = indicatorsOf(analysis);
    expect(indicators.map(({ name, figures }) => [name, figures.map(({ text }) => text)])).toEqual([
      ['粮食产量', ['31.5万吨', '31.5万吨', '33万吨']],
      ['棉花产量', ['2万吨']],
    ]);
    for (const { figures } of indicators) {
      for (const { line, start, end, text } of figures) expect(TEXT.split('\n')[line]?.slice(start, end)).toBe(text);
    }
  });
});
