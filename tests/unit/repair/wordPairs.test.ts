import { describe, expect, it } from 'vitest';
import { characterClass } from '../../../server/src/repair/characterModel';
import { shippedWords } from '../../../server/src/repair/shippedCounts';
import { WordPairs } from '../../../server/src/repair/wordPairs';

const codes = (word: string) => [...word].map((character) => characterClass(character.charCodeAt(0)));
const [FOLLOWED, FOLLOWS, OTHER] = codes('响亮砖') as [number, number, number];

function learned(): WordPairs {
  const words = new WordPairs();
  words.learn(codes('响亮'), 300);
  words.learn(codes('响应'), 400);
  words.learn(codes('影响'), 900);
  return words;
}

describe('WordPairs', () => {
  it('prefers what stands in words', () => {
    const words = learned();
    expect(words.probability(FOLLOWED, FOLLOWS, 0.001)).toBeGreaterThan(0.1);
    expect(words.probability(FOLLOWED, OTHER, 0.001)).toBeLessThan(0.001);
    expect(words.probability(OTHER, FOLLOWED, 0.001)).toBe(0.001);
  });

  it('reads what it wrote', () => {
    const again = WordPairs.fromData(learned().toData(1));
    const before = learned().probability(FOLLOWED, FOLLOWS, 0.001);
    expect(again.probability(FOLLOWED, FOLLOWS, 0.001)).toBeGreaterThan(before * 0.8);
    expect(again.probability(FOLLOWED, FOLLOWS, 0.001)).toBeLessThan(before * 1.25);
  });

  it('counts pairs that are left out as ends of words', () => {
    const short = WordPairs.fromData(learned().toData(350));
    expect(short.probability(FOLLOWED, FOLLOWS, 0.001)).toBeLessThan(0.002);
  });

  it('ships words of the language at large', () => {
    // Every number found its digits.
    expect(shippedWords().pairs).not.toContain('undefined');
    const words = WordPairs.fromData(shippedWords());
    const [before, after] = codes('经济') as [number, number];
    expect(words.probability(before, after, 0.001)).toBeGreaterThan(words.probability(before, OTHER, 0.001) * 10);
  });
});
