import { describe, expect, it } from 'vitest';
import {
  charactersOf,
  excess,
  type Goals,
  goalOf,
  readGoal,
  readSectionGoals,
  roundedMinutes,
} from '../../../client/src/goals';
import { outlineNodes } from '../../../client/src/outlineTree';
import { documentSymbols } from '../../../server/src/features/outline';
import { analyse } from '../../../server/src/structure/analyse';

describe('goals', () => {
  it('are characters or minutes, and nothing else', () => {
    expect(readGoal(800)).toEqual({ characters: 800, minutes: 0 });
    expect(readGoal('800字')).toEqual({ characters: 800, minutes: 0 });
    expect(readGoal(' 5 分钟')).toEqual({ characters: 0, minutes: 5 });
    expect(readGoal('1.5 min')).toEqual({ characters: 0, minutes: 1.5 });
    for (const value of ['', 'long', '-3', -3, Number.NaN, '5 hours', null, true, ['5'], '1e9'])
      expect(readGoal(value)).toBeUndefined();
  });

  it('hold for the section of that title, whatever its number', () => {
    const { sections, unread } = readSectionGoals({ 重点任务: 10, '二、组织保障': '1分钟', 附则: 'short' });
    expect(unread).toEqual(['附则']);
    const goals: Goals = { rate: 200, characters: 0, minutes: 0, sections };
    expect(goalOf(goals, '三、重点任务')).toEqual({ characters: 10, minutes: 0 });
    expect(goalOf(goals, '（四）组织保障')).toEqual({ characters: 0, minutes: 1 });
    expect(goalOf(goals, '一、重点任务分工')).toBeUndefined();
    expect(readSectionGoals('nothing')).toEqual({ sections: new Map(), unread: [] });
  });

  it('tell what is over, to the character', () => {
    expect(excess(801, { characters: 800, minutes: 0 }, 200)).toEqual({ characters: 1, minutes: 0 });
    expect(excess(800, { characters: 800, minutes: 4 }, 200)).toEqual({ characters: 0, minutes: 0 });
    expect(excess(900, { characters: 0, minutes: 4 }, 200)).toEqual({ characters: 0, minutes: 0.5 });
    expect(excess(900, { characters: 0, minutes: 0 }, 200)).toEqual({ characters: 0, minutes: 0 });
    expect([roundedMinutes(0.54), roundedMinutes(12.4)]).toEqual(['0.5', '12']);
  });

  it('are held against the characters that a row of the outline tells, in both languages', () => {
    const analysis = analyse(`一、总则\n${'内'.repeat(1234)}。\n二、附则\n内容。`);
    const lengths = analysis.sections.map(({ characters }) => characters);
    expect(lengths[0]).toBeGreaterThan(1000);
    for (const locale of ['en', 'zh-cn'] as const)
      expect(outlineNodes(documentSymbols(analysis, locale), []).map(charactersOf)).toEqual(lengths);
  });
});
