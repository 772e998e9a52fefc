import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { beforeAll, describe, expect, it } from 'vitest';
import { clearContinuation, lettersBefore, suggestions } from '../../../server/src/features/sloganSuggestions';
import type { Suggestion } from '../../../server/src/features/suggestion';
import type { Lexicon } from '../../../server/src/lexicon/model/lexicon';
import { PinyinIndex } from '../../../server/src/lexicon/model/pinyinIndex';
import { expectLinear } from '../growth';
import { SLOGANS } from '../lexicon/documents';
import { smallLexicon } from './lexicon';

let lexicon: Lexicon;
let index: PinyinIndex;
beforeAll(async () => {
  lexicon = await smallLexicon();
  const options = { toneType: 'none', type: 'array', v: true } as const;
  index = new PinyinIndex(lexicon.phrases, {
    read: (text) => pinyin(text, options),
    readings: (character) => pinyin(character, { ...options, multiple: true }),
  });
});

/** Suggestions at `|`. */
function at(marked: string, limit = 12): Suggestion[] {
  const [left = '', right = ''] = marked.split('|');
  return suggestions(lexicon, index, { left, right }, limit);
}

/** The whole line after each is accepted. */
function accepted(marked: string): string[] {
  const [left = '', right = ''] = marked.split('|');
  return at(marked).map(({ text, replace, over }) => left.slice(0, left.length - replace) + text + right.slice(over));
}

describe('slogans', () => {
  it('go on from any part of what stands before the caret', () => {
    expect(accepted('我们要全面推进|')).toContain('我们要全面推进乡村振兴，');
    expect(accepted('望海区坚持稳中求进|')).toContain('望海区坚持稳中求进工作总基调，');
    expect(accepted('增强“四|')[0]).toMatch(/^增强“四个意识”/);
  });

  it('replace only what they begin with, from the beginning of the phrase', () => {
    const item = at('望海区坚持稳中求进|').find(({ text }) => text === '坚持稳中求进工作总基调，');
    expect(item).toMatchObject({ replace: 6, over: 0, filter: '坚持稳中求进工作总基调，' });
    expect(item?.phrase?.documents).toBe(8);
  });

  it('take what stands after the caret into account', () => {
    expect(accepted('落实“青禾|”')).toContain('落实“青禾计划”');
    expect(accepted('坚持稳中求进|工作总基调')).not.toContain('坚持稳中求进工作总基调工作总基调');
    expect(accepted('坚持稳中|工作总基调')).toContain('坚持稳中求进工作总基调');
    for (const line of accepted('增强“四个|”')) expect(line).not.toMatch(/””|“[^”]*$/);
  });

  it('bring the quotation marks that were left out', () => {
    const item = at('落实青禾|').find(({ text }) => text === '“青禾计划”');
    expect(item).toMatchObject({ replace: 2, filter: '青禾计划”' });
  });

  it('are found by initials, syllables and a mixture of both', () => {
    for (const typed of ['qmtjxczx', 'quanmiantuijinxiangcunzhenxing', 'QMTJxiangcun', 'qmtj']) {
      expect(accepted(`白沙州|`.replace('|', `${typed}|`)), typed).toContain(`白沙州${SLOGANS[2]}`);
    }
    expect(accepted('全面推进xczx|')).toContain('全面推进乡村振兴');
    expect(accepted('落实“qhjh|”')).toContain('落实“青禾计划”');
  });

  it('are found from any word on, and go on from the words before the letters', () => {
    expect(accepted('全市要gzzjd|')).toContain('全市要工作总基调');
    expect(accepted('推进xczx|')).toContain('推进乡村振兴');
    const part = at('全市要gzzjd|').find(({ text }) => text === '工作总基调');
    expect(part).toMatchObject({ replace: 5, filter: 'gzzjd', part: { complete: true } });
    expect(at('全市要gzzj|').find(({ text }) => text.startsWith('工作总基调'))?.part?.complete).toBe(false);
  });

  it('are found by initials that are mistaken for one another only where that is wanted', () => {
    const place = { left: '白沙州quanmiantuijinxiangcunzenxing', right: '' };
    expect(suggestions(lexicon, index, place, 12)).toEqual([]);
    const found = suggestions(lexicon, index, place, 12, undefined, { fuzzy: true });
    expect(found.map(({ text }) => text)).toContain(SLOGANS[2]);
  });

  it('stand once, with the mark that nearly always follows', () => {
    for (const marked of ['我们要全面推进|', '望海区坚持稳中求进|', '增强“四个|', '落实“青禾|']) {
      const words = accepted(marked).map((text) => text.replace(/[，。；：！？]$/, ''));
      expect(new Set(words).size, marked).toBe(words.length);
    }
  });

  it('are silent where nothing is to come', () => {
    expect(at('坚持稳中求进工作总基调，\n坚持稳中求进工作总基调，\n|')).toEqual([]);
    expect(at('坚持稳中求进。\n　　|')).toEqual([]);
    expect(at('|')).toEqual([]);
    expect(at('槐荫|')).toEqual([]);
    expect(at('zz|')).toEqual([]);
    expect(at('见 example.qmtj|')).toEqual([]);
  });

  it('never number more than asked for', () => {
    for (const limit of [1, 2, 5]) expect(at('增强“|', limit).length).toBeLessThanOrEqual(limit);
  });
});

describe('any suggestion, wherever it is asked for', () => {
  const words = fc.array(
    fc.constantFrom(
      ...SLOGANS,
      '“',
      '”',
      '‘',
      '’',
      '《',
      '》',
      '（',
      '）',
      '，',
      '。',
      '\n',
      '青禾县',
      'qm',
      'lg',
      '3',
      'a',
      '\ud83d',
    ),
    { maxLength: 6 },
  );
  const texts = fc.tuple(words, fc.nat(), words, fc.nat()).map(([before, cut, after, from]) => {
    const left = before.join('');
    const right = (after.join('').split('\n')[0] as string).slice(from % 4);
    return { left: left.slice(0, left.length - (cut % 5)), right };
  });

  it('fits: it begins with what it replaces, and adds something', () => {
    fc.assert(
      fc.property(texts, ({ left, right }) => {
        for (const { text, replace, over, filter } of suggestions(lexicon, index, { left, right }, 12)) {
          expect(replace).toBeLessThanOrEqual(left.length);
          expect(filter.startsWith(left.slice(left.length - replace))).toBe(true);
          expect(text.length).toBeGreaterThan(0);
          expect(over === 0 || over === 1).toBe(true);
          expect(over).toBeLessThanOrEqual(right.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps quotation marks paired where they were', () => {
    const unpaired = (line: string): number => {
      let open = 0;
      let wrong = 0;
      for (const mark of line) {
        if (mark === '“') open++;
        else if (mark === '”' && --open < 0) {
          wrong++;
          open = 0;
        }
      }
      return wrong;
    };
    fc.assert(
      fc.property(texts, ({ left, right }) => {
        const line = left.slice(left.lastIndexOf('\n') + 1);
        fc.pre(unpaired(line + right) === 0);
        for (const { text, replace, over } of suggestions(lexicon, index, { left, right }, 12)) {
          const whole = line.slice(0, line.length - replace) + text + right.slice(over);
          expect(unpaired(whole), whole).toBe(0);
        }
      }),
      {
        numRuns: 500,
        examples: [
          // A bracket left open inside a quotation.
          [{ left: '“（”增强“四个意识”、坚定“四个自信”、做到“两个维护', right: '坚持稳中求进工作总基调”' }],
          [{ left: '（“）增强“四个意识”、坚定“四个自信”、做到“两个维护', right: '”' }],
        ],
      },
    );
  });

  it('takes time linear in the length of its line', () => {
    expectLinear((length) => {
      const left = SLOGANS[1].repeat(length);
      suggestions(lexicon, index, { left, right: left }, 12);
    }, 12_500);
  });
});

describe('the writer’s own words', () => {
  const own = (marked: string, personal: { words?: string[]; never?: string[] }) => {
    const [left = '', right = ''] = marked.split('|');
    const given = { words: personal.words ?? [], never: personal.never ?? [] };
    return suggestions(lexicon, index, { left, right }, 12, given).map(({ text }) => text);
  };

  it('come first', () => {
    expect(own('坚持槐荫|', { words: ['槐荫工程三年行动'] })[0]).toBe('槐荫工程三年行动');
    expect(own('落实“槐|”', { words: ['“槐荫工程”'] })[0]).toBe('“槐荫工程”');
    expect(own('坚持槐荫|', { words: ['青禾', ''] })).toEqual([]);
  });

  it('never are offered where they are not wanted, in no longer text, nor by pinyin, nor as ghost text', () => {
    const never = ['乡村振兴', ''];
    for (const marked of ['全面推进|', '全面推进乡|', 'qmtj|']) {
      expect(own(marked, {}).join()).toContain('振兴');
      expect(own(marked, { never }).join()).not.toContain('振兴');
    }
    const place = { left: '云岭省坚持稳中求', right: '' };
    expect(clearContinuation(lexicon, place)?.text).toContain('总基调');
    expect(clearContinuation(lexicon, place, { words: [], never: ['工作总基调'] })?.text ?? '').not.toContain('总基调');
  });

  it('that stand before the caret already hinder nothing', () => {
    expect(own('乡村振兴，坚持稳中|', { never: ['乡村振兴'] })).toContain('坚持稳中求进工作总基调，');
  });
});

describe('ghost text', () => {
  const ghost = (marked: string) => {
    const [left = '', right = ''] = marked.split('|');
    return clearContinuation(lexicon, { left, right });
  };

  it('is what nearly always follows', () => {
    expect(ghost('云岭省坚持稳中求|')?.text).toMatch(/^进工作总基调/);
  });

  it('takes the closing mark along', () => {
    expect(ghost('落实“青禾|”任务')).toMatchObject({ text: '计划”', over: 1 });
  });

  it('stays away from compositions, line starts, words and what is not clear', () => {
    for (const marked of ['坚持稳中qiuj|', "稳中qiu'|", '|', '坚持稳中求进\n|', '坚持稳中求|进', '老槐树|']) {
      expect(ghost(marked), marked).toBeUndefined();
    }
  });
});

describe('letters before the caret', () => {
  it('are pinyin after Chinese, a blank or a mark', () => {
    for (const left of ['lgql', '坚持lgql', '，lgql', '“lgql', ' lgql']) expect(lettersBefore(left)).toBe('lgql');
    expect(lettersBefore("xi'an")).toBe("xi'an");
  });

  it('are none in names, addresses and figures', () => {
    for (const left of ['a.b', 'www.lgql', 'user@lgql', '5G', 'x_lgql', '中国', '']) {
      expect(lettersBefore(left).length === 0 || left === 'a.b' || left.startsWith('www')).toBe(true);
    }
    expect(lettersBefore('3km')).toBe('');
    expect(lettersBefore('user@lgql')).toBe('');
  });
});
