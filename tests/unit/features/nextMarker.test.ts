import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeMarker, nextMarkers } from '../../../server/src/features/nextMarker';
import { analyse } from '../../../server/src/structure/analyse';

/** The markers offered at `|`. */
function at(marked: string, kind: 'policytext' | 'markdown' = 'policytext') {
  const offset = marked.indexOf('|');
  return nextMarkers(analyse(marked.slice(0, offset) + marked.slice(offset + 1), kind), offset);
}
const texts = (marked: string) => at(marked).map(({ text }) => text);

const PLAN = [
  '青禾县农田水利方案',
  '一、总体要求',
  '　　坚持蓄引并重，先急后缓。',
  '（一）指导思想。以节水为先。',
  '（二）基本原则。量水而行。',
  '二、主要任务',
  '',
].join('\n');

describe('the next marker', () => {
  it('is looked for only where a marker may have been begun, and missed nowhere', () => {
    for (const line of ['', '　　', '（', '第', '三', '2', '## ', '**', '其', '—', '①', 'I']) {
      const found = at(`${PLAN}${line}|`);
      if (found.length > 0) expect(mayBeMarker(line), line).toBe(true);
    }
    for (const line of ['', '　　', '（二', '第', '三', '2', '## 第', '**一'])
      expect(mayBeMarker(line), line).toBe(true);
    for (const line of ['坚持', '　　蓄', '，', '“两']) expect(mayBeMarker(line), line).toBe(false);
  });

  it('counts on from the innermost list outwards', () => {
    expect(texts('一、总体要求\n（一）指导思想。以节水为先。\n（二）基本原则。量水而行。\n|')).toEqual([
      '（三）',
      '二、',
      '1.',
    ]);
  });

  it('opens a list right under a heading as the sections before do', () => {
    expect(texts(`${PLAN}|`)).toEqual(['（一）', '三、']);
    expect(at(`${PLAN}|`)[0]?.under?.title).toBe('主要任务');
  });

  it('says what it counts on from', () => {
    expect(at(`${PLAN}　　先修干渠。\n|`)[0]?.after?.title).toBe('主要任务');
  });

  it('keeps the style of the list', () => {
    expect(texts('1、修渠\n2、筑坝\n|')[0]).toBe('3、');
    expect(texts('第一条　为了节约用水，制定本办法。\n第二条　本办法适用于青禾县。\n|')[0]).toBe('第三条');
    expect(texts('1　总则\n1.1　目的\n节约用水。\n1.2　范围\n青禾县。\n|')[0]).toBe('1.3');
  });

  it('goes on from what was begun to be typed, and over the bracket that closed itself', () => {
    const draft = '一、总体要求\n（一）指导思想。以节水为先。\n（二）基本原则。量水而行。\n';
    expect(at(`${draft}（|）`)).toMatchObject([{ text: '（三）', replace: 1, over: 1 }]);
    expect(at(`${draft}二|`)).toMatchObject([{ text: '二、', replace: 1, over: 0 }]);
    expect(at(`${draft}第|`)).toEqual([]);
  });

  it('offers the words that its siblings begin with', () => {
    const draft = '一、基本原则\n（一）坚持量水而行。以水定地。\n（二）坚持先急后缓。先干后支。\n';
    expect(texts(`${draft}|`).slice(0, 2)).toEqual(['（三）', '（三）坚持']);
    expect(texts(`${draft}（三）|`)).toEqual(['（三）坚持']);
  });

  it('is not offered inside a sentence, or where nothing is numbered', () => {
    expect(texts(`${PLAN}先修干渠，|`)).toEqual([]);
    expect(texts('青禾县今年修渠四十公里。\n|')).toEqual([]);
    expect(texts('|')).toEqual([]);
  });

  it('never fails and always begins with what stands there', () => {
    const piece = fc.constantFrom(
      '一、',
      '（一）',
      '1.',
      '第一条　',
      '①',
      '首先，',
      '\n',
      '　　',
      '水利',
      '（',
      '# ',
      '**',
      '3',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.nat(), (pieces, seed) => {
        const text = pieces.join('');
        const offset = seed % (text.length + 1);
        for (const { text: marker, replace, over } of nextMarkers(analyse(text, 'policytext'), offset)) {
          expect(marker.startsWith(text.slice(offset - replace, offset))).toBe(true);
          expect(marker.length).toBeGreaterThan(replace);
          if (over === 1) expect(marker.endsWith(text.charAt(offset))).toBe(true);
        }
      }),
    );
  });
});
