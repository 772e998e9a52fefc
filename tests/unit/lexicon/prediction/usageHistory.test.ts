import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Usage } from '../../../../server/src/lexicon/prediction/usageHistory';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 20_000 * DAY;

describe('the writer’s own use', () => {
  it('speaks for what was taken, wherever it was begun', () => {
    const usage = new Usage();
    usage.note('坚持以人民为中心的发展思想，', NOW);
    expect(usage.weight('会议强调，坚持以', '人民为中心的发展思想', NOW)).toBe(1);
    expect(usage.weight('会议强调，坚持以人民为中', '心的发展思想。', NOW)).toBe(1);
    expect(usage.weight('会议强调，坚持以', '人民为中心', NOW)).toBe(0);
    expect(usage.weight('会议强调，', '人民为中心的发展思想', NOW)).toBe(0);
    expect(usage.weight('', '', NOW)).toBe(0);
  });

  it('counts the more the oftener and the fresher it is', () => {
    const usage = new Usage();
    usage.note('推动高质量发展', NOW);
    const weight = (days: number) => usage.weight('推动', '高质量发展', NOW + days * DAY);
    expect([weight(0), weight(31), weight(181)]).toEqual([1, 0.5, 0.25]);
    usage.note('推动高质量发展', NOW);
    usage.note('推动高质量发展。', NOW);
    expect(weight(0)).toBe(2);
  });

  it('comes back from its stored form, and forgets the oldest past a bound', () => {
    const usage = new Usage();
    for (let index = 0; index < 700; index++) usage.note(`第${index}项规定动作`, NOW);
    expect(usage.size).toBe(500);
    const again = Usage.read(usage.stored());
    expect(again.stored()).toBe(usage.stored());
    expect(again.weight('', '第0项规定动作', NOW)).toBe(0);
    expect(again.weight('', '第699项规定动作', NOW)).toBe(1);
  });

  it('is none where the stored form is damaged', () => {
    for (const text of [
      undefined,
      '',
      '{',
      'null',
      '[]',
      '{"version":2,"uses":[["推动发展",1,1]]}',
      '{"version":1,"uses":{}}',
    ]) {
      expect(Usage.read(text).size).toBe(0);
    }
    const mixed = JSON.stringify({
      version: 1,
      uses: [['推动发展', 1, 1], ['坏', 1, 1], ['推动', -1, 1], [1, 2, 3], null],
    });
    expect(Usage.read(mixed).size).toBe(1);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Usage.read(text).size >= 0));
  });
});
