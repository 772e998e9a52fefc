import { describe, expect, it } from 'vitest';
import { cleanUp, convertScript } from '../../../server/src/features/cleanUp';
import { applyEdits, mapOffset } from '../../../server/src/text/textEdit';

const DAMAGED = '全县推進(jìn)產(chǎn)業(yè)建設(shè),推進(jìn)企業(yè)改革,擴大產(chǎn)能,加快進(jìn)度。';
const SOUND = '全县推進產業建設，推進企業改革，擴大產能，加快進度。';

describe('cleaning up', () => {
  it('mends the whole text', () => {
    const { edits } = cleanUp(DAMAGED);
    expect(applyEdits(DAMAGED, edits)).toBe(SOUND);
  });

  it('says of each edit what it repairs, and where a place comes to stand', () => {
    const { edits } = cleanUp(DAMAGED);
    expect([...new Set(edits.map(({ step }) => step))]).toEqual(['pinyin-annotation', 'half-width']);
    expect(edits.some(({ toCheck }) => toCheck)).toBe(false);
    for (const words of ['全县', '企業', '擴大', '進度', '。']) {
      const from = DAMAGED.indexOf(words === '進度' ? '進(jìn)度' : words);
      expect(mapOffset(edits, from)).toBe(SOUND.indexOf(words));
    }
    expect(mapOffset(edits, DAMAGED.length)).toBe(SOUND.length);
  });

  it('leaves sound text and says nothing', () => {
    expect(cleanUp(SOUND)).toEqual({ edits: [], report: [] });
    expect(cleanUp('')).toEqual({ edits: [], report: [] });
  });

  it('changes nothing outside the selection', () => {
    const text = `${DAMAGED}\n${DAMAGED}`;
    const span = { start: DAMAGED.length + 1, end: text.length };
    const { edits, report } = cleanUp(text, span);
    expect(applyEdits(text, edits)).toBe(`${DAMAGED}\n${SOUND}`);
    expect(report.every(({ offset }) => offset >= span.start)).toBe(true);
  });
});

describe('conversion of script', () => {
  it('changes only the characters that differ', async () => {
    const text = '发展软件产业。\n头发';
    const edits = await convertScript(text, 'traditional', false);
    expect(applyEdits(text, edits)).toBe('發展軟件產業。\n頭髮');
    expect(edits.every(({ start, end }) => end - start <= 2)).toBe(true);
  });

  it('takes the words of Taiwan only when asked', async () => {
    const text = '软件';
    expect(applyEdits(text, await convertScript(text, 'taiwan', false))).toBe('軟件');
    expect(applyEdits(text, await convertScript(text, 'taiwan', true))).toBe('軟體');
  });

  it('keeps to the selection and to what is written so already', async () => {
    const text = '发展\n发展';
    expect(applyEdits(text, await convertScript(text, 'traditional', false, { start: 3, end: 5 }))).toBe('发展\n發展');
    expect(await convertScript('發展', 'traditional', false)).toEqual([]);
  });
});
