import { describe, expect, it } from 'vitest';
import { fixAll } from '../../../server/src/rules/fixes';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';

/** Findings of rules of the group `punctuation` in `text`. */
const remarks = (text: string) =>
  lint(analyse(text))
    .filter(({ rule }) => rule.id.startsWith('punctuation.'))
    .map(({ rule, start }) => [rule.id, start]);

describe('a habit of the whole text gets one remark, and one fix mends it', () => {
  it('half-width commas', () => {
    const text = '坚持问题导向,压实责任。\n'.repeat(30);
    expect(remarks(text)).toEqual([['punctuation.half-width', 6]]);
    expect(fixAll(text, 'policytext').text).toBe(text.replaceAll(',', '，'));
  });

  it('half-width commas among as many right ones are told one by one', () => {
    const text = '坚持问题导向,压实责任，加强领导，抓好落实。\n'.repeat(25);
    expect(remarks(text)).toHaveLength(25);
  });

  it('brackets apart from commas', () => {
    const text = '青禾县(含园区)增长，望海区(含新区)增长。\n'.repeat(15);
    expect(remarks(text)).toEqual([['punctuation.half-width', 3]]);
    expect(fixAll(text, 'policytext').text).toBe(text.replaceAll('(', '（').replaceAll(')', '）'));
  });

  it('straight quotes', () => {
    const text = '推进"一网通办"改革。\n'.repeat(25);
    expect(remarks(text)).toEqual([['punctuation.straight-quotes', 2]]);
    expect(fixAll(text, 'policytext').text).toBe('推进“一网通办”改革。\n'.repeat(25));
  });

  it('doubled commas', () => {
    const text = '坚持问题导向，，压实责任。\n'.repeat(25);
    expect(remarks(text)).toEqual([['punctuation.repeated', 6]]);
  });

  it('、 between quotations', () => {
    const text = '推进“清河”、“绿满”行动。\n'.repeat(6);
    expect(remarks(text)).toEqual([['punctuation.enumeration-comma', 6]]);
    expect(remarks(`${text}推进“清河”“绿满”行动。`)).toHaveLength(6);
  });
});
