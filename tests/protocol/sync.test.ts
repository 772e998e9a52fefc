import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import { Session } from './session';
import { BROKEN_SPEECH, SPEECH } from './texts';

/** All answers of the server about a text. */
async function answers(session: Session, uri: string): Promise<unknown> {
  const textDocument = { uri };
  return {
    symbols: await session.symbols(uri),
    folding: await session.request('textDocument/foldingRange', { textDocument }),
    diagnostics: (await session.diagnostics(uri)).map(({ relatedInformation, ...diagnostic }) => ({
      ...diagnostic,
      related: relatedInformation?.map(({ location, message }) => [location.range, message]),
    })),
    statistics: await session.request('policyText/statistics', { uri, position: { line: 6, character: 2 } }),
  };
}

/** The position of `offset`, computed naively. */
function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('incremental edits give the same answers as opening the result', () => {
  let session: Session;
  let count = 0;
  beforeAll(async () => {
    session = await Session.start();
  });
  afterAll(() => session.stop());

  /**
   * Applies `edits` ([start, end, text] in offsets of the text they apply to) in one notification each, or all in one.
   */
  async function check(initial: string, edits: readonly (readonly [number, number, string])[], together: boolean) {
    const edited = `untitled:edited-${++count}`;
    const fresh = `untitled:fresh-${count}`;
    await session.open(edited, initial);
    await session.symbols(edited);
    let text = initial;
    let version = 1;
    const pending: TextDocumentContentChangeEvent[] = [];
    for (const [a, b, inserted] of edits) {
      const [start, end] = [snap(text, Math.min(a, b)), snap(text, Math.max(a, b))];
      pending.push({ range: { start: positionOf(text, start), end: positionOf(text, end) }, text: inserted });
      text = text.slice(0, start) + inserted + text.slice(end);
      if (together) continue;
      await session.change(edited, ++version, pending.splice(0));
      await session.symbols(edited);
    }
    if (pending.length > 0) await session.change(edited, ++version, pending);
    await session.open(fresh, text);
    expect(await answers(session, edited)).toEqual(await answers(session, fresh));
    await session.close(edited);
    await session.close(fresh);
  }

  /** Not inside CRLF, which no position can name. */
  const snap = (text: string, wanted: number) => {
    const offset = Math.min(wanted, text.length);
    return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
  };

  it('several changes in one notification', async () => {
    const at = SPEECH.indexOf('（二）灌区');
    await check(
      SPEECH,
      [
        [at, at + 3, '（三）'],
        [0, 0, '青禾县委文件\n'],
        [at + 50, at + 60, ''],
        [10, 10, '𠮷\r\n'],
      ],
      true,
    );
  });

  it('a heading typed character by character', async () => {
    const at = SPEECH.length;
    const typed = Array.from('三、加强组织领导\n', (character, index) => [at + index, at + index, character] as const);
    await check(SPEECH, typed, false);
  });

  it('the text as a whole', async () => {
    await session.open('untitled:whole', SPEECH);
    await session.change('untitled:whole', 2, [{ text: BROKEN_SPEECH }]);
    await session.open('untitled:other', BROKEN_SPEECH);
    expect(await answers(session, 'untitled:whole')).toEqual(await answers(session, 'untitled:other'));
  });

  it('any edits: line breaks of all kinds, surrogates, markers', { timeout: 120_000 }, async () => {
    const piece = fc.constantFrom(
      '一、',
      '（二）',
      '第三，',
      '水利',
      '。',
      '\n',
      '\r\n',
      '\r',
      '𠮷',
      '\ud842',
      '××',
      '　',
      '2. ',
    );
    const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
    const place = fc.nat(SPEECH.length);
    const edits = fc.array(fc.tuple(place, place, text), { minLength: 1, maxLength: 6 });
    const initial = fc.constantFrom(
      SPEECH,
      SPEECH.replaceAll('\n', '\r\n'),
      SPEECH.replaceAll('\n', '\r'),
      '\ufeff二、水利\n',
    );
    await fc.assert(
      fc.asyncProperty(initial, edits, fc.boolean(), (from, changes, together) => check(from, changes, together)),
      { numRuns: 60 },
    );
  });
});
