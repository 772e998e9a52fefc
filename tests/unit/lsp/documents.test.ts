import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Draft } from '../../../server/src/lsp/documents';

const at = (line: number, character: number) => ({ line, character });

describe('Draft', () => {
  it('analyses the latest text, once', () => {
    const draft = new Draft('file:///稿.txt', 'policytext', 1, '一、水利\n');
    const before = draft.analysis;
    expect(draft.analysis).toBe(before);
    draft.update([{ range: { start: at(0, 2), end: at(0, 4) }, text: '农业' }], 2);
    expect(draft.analysis.text).toBe('一、农业\n');
    expect(draft.analysis).not.toBe(before);
    expect(draft.version).toBe(2);
  });

  it('sees a new text under a version number that was there before', () => {
    const draft = new Draft('file:///稿.txt', 'policytext', 3, '旧');
    expect(draft.analysis.text).toBe('旧');
    draft.update([{ text: '新' }], 3);
    expect(draft.analysis.text).toBe('新');
  });

  it('keeps counting lines right after edits far outside the text', () => {
    const draft = new Draft('file:///稿.txt', 'policytext', 1, '一\n二');
    draft.update([{ range: { start: at(5e8, 0), end: at(5e8 + 1, 0) }, text: '\n三\n' }], 2);
    draft.update([{ range: { start: at(-1, -1), end: at(-1, 5) }, text: '零\n' }], 3);
    draft.update([{ range: { start: at(Number.NaN, 0), end: at(0, Number.NaN) }, text: '·' }], 4);
    draft.update([{ range: { start: at(3, 0.5), end: at(3, 1.5) }, text: '叁' }], 5);
    expect(draft.text).toBe('·零\n一\n二\n叁\n');
  });

  it('is Chinese prose without asking unless it is plain text', () => {
    expect(new Draft('a', 'policytext', 1, '').isChineseProse).toBe(true);
    expect(new Draft('a', 'markdown', 1, '').isChineseProse).toBe(true);
    const plain = new Draft('a', 'plaintext', 1, '');
    expect(plain.isChineseProse).toBe(false);
  });

  it('reads Markdown as Markdown', () => {
    expect(new Draft('a', 'markdown', 1, '').analysis.kind).toBe('markdown');
    expect(new Draft('a', 'klingon', 1, '').analysis.kind).toBe('policytext');
  });

  it('ends with the text that the same edits make of a string', () => {
    const piece = fc.constantFrom('水', '\n', '\r\n', '\r', '𠮷', '\ud842', '一、', '');
    const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    const place = fc.nat(14);
    fc.assert(
      fc.property(text, fc.array(fc.tuple(place, place, text), { maxLength: 6 }), (initial, edits) => {
        const draft = new Draft('a', 'policytext', 1, initial);
        let expected = initial;
        const changes = edits.map(([a, b, inserted]) => {
          const start = placeOf(expected, Math.min(a, b));
          const end = placeOf(expected, Math.max(a, b));
          expected = expected.slice(0, start.offset) + inserted + expected.slice(end.offset);
          return { range: { start: start.position, end: end.position }, text: inserted };
        });
        draft.update(changes, 2);
        expect(draft.text).toBe(expected);
        expect(draft.analysis.text).toBe(expected);
      }),
    );
  });
});

describe('a long text that is read for the first time', () => {
  const text = '一、水利\n各镇要抓好落实，按时完成任务。\n'.repeat(25_000);
  const opened = () => new Draft('file:///稿.txt', 'policytext', 1, text);

  it('is read once for all who wait, and other work is done meanwhile', async () => {
    // Every step of the work takes five milliseconds.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 5;
      return now;
    });
    const draft = opened();
    const reading = draft.ready();
    expect(draft.ready()).toBe(reading);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await reading;
    isDone = true;
    vi.restoreAllMocks();
    expect(turns).toBeGreaterThan(20);
    expect(draft.isRead).toBe(true);
    expect(draft.ready()).toBeUndefined();
    expect(draft.analysis.headings).toHaveLength(25_000);
  });

  it('is the text after the edits that came meanwhile', async () => {
    const draft = opened();
    const reading = draft.ready();
    await new Promise(setImmediate);
    draft.update([{ range: { start: at(0, 2), end: at(0, 4) }, text: '农业' }], 2);
    await reading;
    expect(draft.analysis.text).toBe(draft.text);
    expect(draft.analysis.headings[0]?.title).toBe('农业');
  });

  it('is not waited for if it is short', () => {
    expect(new Draft('file:///稿.txt', 'policytext', 1, '一、水利\n').ready()).toBeUndefined();
  });
});

/** An offset that LSP can express (not inside CRLF) near `wanted`, and its position, computed naively. */
function placeOf(text: string, wanted: number) {
  let offset = Math.min(wanted, text.length);
  if (text[offset - 1] === '\r' && text[offset] === '\n') offset--;
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { offset, position: at(before.length - 1, (before.at(-1) as string).length) };
}
