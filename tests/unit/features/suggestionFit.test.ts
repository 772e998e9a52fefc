import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suggestions } from '../../../server/src/features/sloganSuggestions';
import type { Suggestion } from '../../../server/src/features/suggestion';
import { isWorthOpening, oddsOf } from '../../../server/src/features/suggestionFit';
import { loadLexicon } from '../../../server/src/lexicon/model/store';

/** Continuations after 稳中, each with its likelihood. */
function list(...rests: readonly (readonly [rest: string, likelihood: number])[]): Suggestion[] {
  return rests.map(([rest, likelihood]) => {
    const text = `稳中${rest}`;
    return { text, replace: 2, over: 0, filter: text, likelihood };
  });
}

describe('the odds of a list', () => {
  it('are summed over items that differ, for only one of them can be right', () => {
    const { right, saved } = oddsOf(list(['求进工作总基调', 0.35], ['求进、以进促稳', 0.33]));
    expect(right).toBeCloseTo(0.68);
    expect(saved).toBeCloseTo(0.35 * 6 + 0.33 * 6);
  });

  it('count once what one item has of another, whatever their order', () => {
    const nested = list(['求进', 0.9], ['求进工作总基调', 0.6], ['求进工作', 0.7]);
    for (const items of [nested, [...nested].reverse()]) {
      const { right, saved } = oddsOf(items);
      expect(right).toBeCloseTo(0.9);
      expect(saved).toBeCloseTo(0.9 * 1 + 0.7 * 2 + 0.6 * 3);
    }
  });

  it('leave out what nobody can tell, and what is not seen at a glance', () => {
    const { likelihood: _, ...begun } = list(['求进', 1])[0] as Suggestion;
    expect(oddsOf([begun])).toEqual({ right: 0, saved: 0 });
    expect(oddsOf([...Array.from({ length: 5 }, () => begun), ...list(['求进', 1])])).toEqual({ right: 0, saved: 0 });
  });
});

describe('by the shipped lexicon a list', () => {
  const lexicon = loadLexicon(readFileSync('corpus/lexicon.json', 'utf8'));
  const opens = (left: string): boolean => {
    const place = { left, right: '' };
    return isWorthOpening(suggestions(lexicon, undefined, place, 12), place);
  };

  it.each(['我们要坚持稳中', '我们要坚持稳中求', '我们要坚持稳中求进', '全县上下要坚持稳中求进', '要坚决做到“两个'])(
    'opens behind %s',
    (left) => expect(opens(left)).toBe(true),
  );

  it.each(['我们要', '全县要推动', '实现', '青禾县今年新建'])('stays shut behind %s', (left) =>
    expect(opens(left)).toBe(false),
  );
});
