import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexedDraft, isIndexedDraft, symbolsOf } from '../../../server/src/features/draftIndex';
import { flatSymbols } from '../../../server/src/features/outline';
import { placeholderList } from '../../../server/src/features/placeholders';
import { analyse } from '../../../server/src/structure/analyse';

const URI = 'file:///稿.txt';

describe('what is kept of a draft', () => {
  it.each(readdirSync('corpus/samples'))('gives its headings and placeholders back, from a file too (%s)', (name) => {
    const analysis = analyse(readFileSync(`corpus/samples/${name}`, 'utf8'));
    const kept: unknown = JSON.parse(JSON.stringify(indexedDraft(analysis, 'zh-cn')));
    if (!isIndexedDraft(kept)) throw new Error('not taken for what it is');
    expect([...symbolsOf(kept, URI)]).toEqual(flatSymbols(analysis, URI, 'zh-cn'));
    expect(kept.placeholders).toEqual(placeholderList(analysis));
  });

  it('is bounded for a file that holds nothing else', () => {
    const kept = indexedDraft(analyse('第一条 预算××万元。\n'.repeat(30_000)), 'zh-cn');
    expect(kept.names.length).toBeLessThanOrEqual(20_000);
    expect(kept.placeholders).toHaveLength(5_000);
    expect(isIndexedDraft(kept)).toBe(true);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['names alone', { names: ['一、总则'] }],
    ['too few places', { names: ['一、总则'], places: [1, 2], placeholders: [] }],
    ['names that are none', { names: [1], places: [0, 0, 0, 0, 0, 0], placeholders: [] }],
    ['placeholders that are none', { names: [], places: [], placeholders: [null] }],
  ])('is not taken from %s', (_, value) => expect(isIndexedDraft(value)).toBe(false));
});
