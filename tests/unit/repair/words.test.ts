import { describe, expect, it } from 'vitest';
import { characterClass } from '../../../server/src/repair/characterModel';
import { shippedWords } from '../../../server/src/repair/shippedCounts';
import { Words } from '../../../server/src/repair/words';

const codes = (word: string) => [...word].map((character) => characterClass(character.charCodeAt(0)));
const [FOLLOWED, FOLLOWS, OTHER] = codes('响亮砖') as [number, number, number];

function learned(): Words {
  const words = new Words();
  words.learn(codes('响亮'), 300);
  words.learn(codes('响应'), 400);
  words.learn(codes('影响'), 900);
  words.learn(codes('影响力'), 90);
  return words;
}

describe('Words', () => {
  it('prefer what stands in words, pair by pair', () => {
    const words = learned();
    expect(words.probability(FOLLOWED, FOLLOWS, 0.001)).toBeGreaterThan(0.1);
    expect(words.probability(FOLLOWED, OTHER, 0.001)).toBeLessThan(0.001);
    expect(words.probability(OTHER, FOLLOWED, 0.001)).toBe(0.001);
  });

  it('cut a text as is likeliest', () => {
    const words = learned();
    // 影响力 is one word, though 影响 is more common.
    expect(words.logProbability(codes('影响力'))).toBeCloseTo(Math.log(90 / 1690));
    expect(words.logProbability(codes('影响响亮'))).toBeCloseTo(Math.log(900 / 1690) + Math.log(300 / 1690));
    expect(words.logProbability([])).toBe(0);
  });

  it('take what is no word for unlikely, and marks for what they are', () => {
    const words = learned();
    expect(words.logProbability(codes('影力'))).toBeLessThan(words.logProbability(codes('影响力')) - 5);
    expect(words.logProbability(codes('，'))).toBeGreaterThan(words.logProbability(codes('影')));
    // A blank has no class.
    expect(words.logProbability([-1])).toBeLessThan(words.logProbability(codes('，')));
  });

  it('read what they wrote', () => {
    const data = learned().toData();
    const again = Words.fromData(data);
    // Rounded to a level, each three times the one before.
    for (const text of ['影响', '影响力', '响应', '响亮', '影力']) {
      const before = learned().logProbability(codes(text));
      expect(Math.abs(again.logProbability(codes(text)) - before), text).toBeLessThan(0.6);
    }
    const before = learned().probability(FOLLOWED, FOLLOWS, 0.001);
    expect(again.probability(FOLLOWED, FOLLOWS, 0.001)).toBeGreaterThan(before * 0.5);
    expect(again.probability(FOLLOWED, FOLLOWS, 0.001)).toBeLessThan(before * 2);
  });

  it('hold no more characters than can be numbered', () => {
    const words = new Words();
    for (let code = 0x4e00; code < 0x4e00 + 7000; code++) words.learn([code], 1);
    expect(() => words.toData()).toThrow(RangeError);
  });

  it('ship words of the language at large', () => {
    const data = shippedWords();
    expect(data.tree).not.toContain('undefined');
    expect(new Set(data.characters).size).toBe(data.characters.length);
    const words = Words.fromData(data);
    const [before, after] = codes('经济') as [number, number];
    expect(words.probability(before, after, 0.001)).toBeGreaterThan(words.probability(before, OTHER, 0.001) * 10);
    expect(words.logProbability(codes('更加响亮'))).toBeGreaterThan(words.logProbability(codes('更加响力')) + 3);
  });
});
