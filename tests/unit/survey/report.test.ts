/** The survey's arithmetic: figures, comparison and samples do not depend on order or position. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
// @ts-expect-error -- a script without types
import { difference, sample, scores } from '../../survey/report.mjs';

interface Found {
  rule: string;
  severity: string;
  message: string;
  line: number;
  before: string;
  text: string;
  after: string;
}

const finding = (text: string, rule = 'text.repeated', line = 0): Found => ({
  rule,
  severity: 'information',
  message: '',
  line,
  before: '县',
  text,
  after: '。',
});
const record = (document: string, ...findings: Found[]) => ({ document, characters: 1000, findings, headings: [] });
const every = () => true;
const names = (list: { finding: Found }[]) => list.map((each) => each.finding.text);

describe('survey', () => {
  it('counts findings per rule, collection and 100,000 characters', () => {
    const figures = scores([
      record('laws/甲.txt', finding('一'), finding('二')),
      record('md/party/乙.md', finding('三')),
    ]);
    expect(figures.rules['text.repeated']).toEqual({ information: 3, documents: 2, per100000: 150 });
    expect(Object.keys(figures.collections)).toEqual(['laws', 'markdown/party']);
    expect(figures.characters).toBe(2000);
  });

  it('knows a finding again on another line, and tells what is gone and what is new', () => {
    const before = [record('laws/甲.txt', finding('一'), finding('二'))];
    const after = [record('laws/甲.txt', finding('二', 'text.repeated', 9), finding('三'))];
    const { gone, fresh } = difference(after, before, every);
    expect(names(gone)).toEqual(['一']);
    expect(names(fresh)).toEqual(['三']);
  });

  it('compares only documents that both have read', () => {
    const { gone, fresh } = difference([record('a.txt', finding('一'))], [record('b.txt', finding('二'))], every);
    expect([gone, fresh]).toEqual([[], []]);
  });

  it('draws the same sample whatever the order, and keeps what stays', () => {
    const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.nat(29), fc.integer({ min: 1, max: 10 }), (words, left, size) => {
        const draw = (list: string[]): string[] =>
          names(
            sample([record('a.txt', ...list.map((text) => finding(text)))], size, 'x', every).get('text.repeated')
              ?.shown ?? [],
          );
        const whole = draw(words);
        expect(draw([...words].reverse())).toEqual(whole);
        const gone = words[left % words.length] as string;
        const rest = draw(words.filter((word) => word !== gone));
        expect(rest).toEqual(expect.arrayContaining(whole.filter((word) => word !== gone)));
      }),
    );
  });
});
