import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import data from '../../../server/src/repair/characterCounts.json';
import { BOUNDARY, CharacterCounts, CharacterModel, characterClass } from '../../../server/src/repair/characterModel';

const TEXT = '推进高质量发展，推进乡村全面振兴。\n推進高質量發展，推進鄉村全面振興。';
const codes = (text: string) => [...text].map((character) => characterClass(character.charCodeAt(0)));

function cost(model: CharacterModel, text: string): number {
  let first = BOUNDARY;
  let second = BOUNDARY;
  let sum = 0;
  for (const code of codes(text)) {
    sum -= model.logProbability(first, second, code);
    first = second;
    second = code;
  }
  return sum;
}

describe('character model', () => {
  it('counts both scripts, figures, letters and the two widths of marks as one', () => {
    expect(codes('發8ｂ,')).toEqual(codes('发３A，').map((code, at) => (at === 2 ? characterClass(0xff42) : code)));
    expect(characterClass(0x3000)).toBe(-1);
  });

  it('gives probabilities', () => {
    const counts = new CharacterCounts();
    counts.learn(TEXT);
    const [first, second] = codes('推进') as [number, number];
    let sum = 0;
    for (let code = 0; code < 0x10000; code++) {
      const probability = counts.probability(first, second, code);
      expect(probability).toBeGreaterThan(0);
      sum += probability;
    }
    expect(sum).toBeGreaterThan(0.9);
    expect(sum).toBeLessThan(1.1);
  });

  it('prefers what policy documents write to what bytes out of step give', () => {
    const model = new CharacterModel(CharacterCounts.fromData(data));
    expect(cost(model, '确保实现')).toBeLessThan(cost(model, '确!鞍税'));
    expect(cost(model, '推进乡村振兴。')).toBeLessThan(cost(model, '推进乡村振星。'));
  });

  it('ships counts small enough, and none of them of text', () => {
    expect(JSON.stringify(data).length).toBeLessThan(570_000);
    expect(new Set(data.classes).size).toBe(data.classes.length);
  });

  it('reads the counts it wrote', () => {
    const counts = new CharacterCounts();
    for (let copy = 0; copy < 6; copy++) counts.learn(TEXT);
    const again = CharacterCounts.fromData(counts.toData());
    const classes = codes(TEXT);
    for (let at = 2; at < classes.length; at++) {
      const [first, second, third] = classes.slice(at - 2, at + 1) as [number, number, number];
      const before = Math.log(counts.probability(first, second, third));
      expect(Math.abs(Math.log(again.probability(first, second, third)) - before)).toBeLessThan(1.5);
    }
  });

  it('learns from any text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 200 }), (units) => {
        const counts = new CharacterCounts();
        counts.learn(String.fromCharCode(...units));
        expect(counts.probability(units[0] ?? 0, units[1] ?? 0, units[2] ?? 0)).toBeGreaterThan(0);
      }),
    );
  });
});
