/** Whatever the text and wherever in it an editor asks: every answer is inside the text, and none is an error. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyWorkspaceEditParams, Position, Range, TextEdit } from 'vscode-languageserver-protocol';
import { EDIT_COMMAND_NAMES } from '../../server/src/refactor/editCommandNames';
import { NUMBERING_SCHEME_NAMES } from '../../server/src/refactor/numberingSchemes';
import { offsetAt, positionAt, splitLines } from '../../server/src/text/lines';
import { EFFORT, insertion, text } from '../unit/endurance';
import { EDITOR, Session } from './session';

const AT_PLACE = [
  ...['hover', 'completion', 'inlineCompletion', 'definition', 'references', 'documentHighlight', 'linkedEditingRange'],
].map((name) => `textDocument/${name}`);
const OF_DOCUMENT = [
  ...['documentSymbol', 'foldingRange', 'semanticTokens/full', 'diagnostic'].map((name) => `textDocument/${name}`),
];

/** A place by its offset, taken modulo the text's length; sometimes outside of it. */
const place = fc.oneof(
  { weight: 9, arbitrary: fc.nat().map((at) => ({ at })) },
  { weight: 1, arbitrary: fc.record({ line: fc.nat(30), character: fc.nat(200) }) },
);
type Place = { at: number } | Position;
type Question = { method: string; from: Place; to: Place; words: string; number: number };
const question: fc.Arbitrary<Question> = fc.record({
  method: fc.constantFrom(
    ...AT_PLACE,
    ...OF_DOCUMENT,
    ...['textDocument/codeAction', 'textDocument/onTypeFormatting', 'textDocument/selectionRange'],
    ...['textDocument/semanticTokens/range', 'policyText/statistics', 'policyText/placeholders'],
    ...['policyText/placeholderWords', 'policyText/cleanUp', 'command'],
  ),
  from: place,
  to: place,
  words: insertion,
  number: fc.nat(100),
});
const round = fc.record({ sample: text, questions: fc.array(question, { minLength: 5, maxLength: 12 }) });
const edits = fc.array(fc.tuple(place, fc.nat(40), insertion), { minLength: 1, maxLength: 4 });

const uri = 'file:///无/稿.txt';
const textDocument = { uri };

describe('an answer about any place in any text', { timeout: 120_000 * EFFORT }, () => {
  let session: Session;
  let current = '';
  let version = 0;
  /** What is wrong with edits that the server asked the client to apply. */
  let wrongEdits: unknown[] = [];

  beforeAll(async () => {
    session = await Session.start(
      {
        capabilities: {
          textDocument: {
            ...EDITOR.textDocument,
            codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
            completion: { completionItem: { documentationFormat: ['markdown'], labelDetailsSupport: true } },
          },
          workspace: {
            ...EDITOR.workspace,
            applyEdit: true,
            workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
          },
        },
      },
      (connection) =>
        connection.onRequest('workspace/applyEdit', ({ edit }: ApplyWorkspaceEditParams) => {
          try {
            expectInside(edit);
          } catch (error) {
            wrongEdits.push(error);
          }
          return { applied: false };
        }),
    );
  });
  afterAll(() => session.stop());

  const positionOf = (of: Place): Position =>
    'at' in of ? positionAt(splitLines(current), of.at % (current.length + 1)) : of;
  const rangeOf = (from: Place, to: Place): Range => {
    const ends = [positionOf(from), positionOf(to)].sort((a, b) => a.line - b.line || a.character - b.character);
    return { start: ends[0] as Position, end: ends[1] as Position };
  };

  function ask({ method, from, to, words, number }: Question): Promise<unknown> {
    const position = positionOf(from);
    const range = rangeOf(from, to);
    if (method === 'command') {
      const name = EDIT_COMMAND_NAMES[number % EDIT_COMMAND_NAMES.length] as string;
      const scheme = NUMBERING_SCHEME_NAMES[number % NUMBERING_SCHEME_NAMES.length];
      const details = {
        scheme,
        level: number % 4,
        text: words,
        all: number % 2 === 0,
        target: positionOf(to),
        place: ['before', 'after', 'inside'][number % 3],
      };
      const params = { command: `policyText.server.${name}`, arguments: [{ uri, position, details }] };
      return session.request('workspace/executeCommand', params);
    }
    return session.request(method, {
      ...{ textDocument, uri, position, range, positions: [position, positionOf(to)], ch: '\n', options: {} },
      context: { diagnostics: [], includeDeclaration: number % 2 === 0, triggerKind: 1 },
    });
  }

  function expectPosition({ line, character }: Position): void {
    const lines = splitLines(current);
    expect(line).toBeGreaterThanOrEqual(0);
    expect(line).toBeLessThan(lines.count);
    expect(character).toBeGreaterThanOrEqual(0);
    expect(character).toBeLessThanOrEqual(lines.end(line) - lines.start(line));
  }

  /** Every range in `answer` is inside the text, and edits do not overlap. */
  function expectInside(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    if (Array.isArray(answer) && answer.length > 0 && answer.every(isEdit)) {
      const lines = splitLines(current);
      const spans = answer
        .map(({ range }) => [offsetAt(lines, range.start), offsetAt(lines, range.end)] as const)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      spans.forEach(([start], index) => {
        if (index > 0) expect(start).toBeGreaterThanOrEqual(spans[index - 1]?.[1] as number);
      });
    }
    const { start, end, startLine, endLine, data } = answer as Record<string, unknown>;
    if (isPosition(start) && isPosition(end)) {
      expectPosition(start);
      expectPosition(end);
      expect(start.line - end.line || start.character - end.character).toBeLessThanOrEqual(0);
    }
    if (typeof startLine === 'number' && typeof endLine === 'number') {
      expect(startLine).toBeLessThanOrEqual(endLine);
      expectPosition({ line: endLine, character: 0 });
    }
    if (Array.isArray(data)) expectTokens(data);
    for (const value of Object.values(answer)) expectInside(value);
  }

  /** Semantic tokens are inside their lines, in order, and do not overlap. */
  function expectTokens(data: readonly number[]): void {
    let line = 0;
    let character = 0;
    let ended = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [down, right, length] = data.slice(at, at + 3) as [number, number, number];
      line += down;
      if (down > 0) ended = 0;
      character = down > 0 ? right : character + right;
      expect(character).toBeGreaterThanOrEqual(ended);
      ended = character + length;
      expect(length).toBeGreaterThan(0);
      expectPosition({ line, character: ended });
    }
  }

  async function check(questions: readonly Question[]): Promise<void> {
    wrongEdits = [];
    const answers = await Promise.all(questions.map(ask));
    for (const answer of answers) expectInside(answer);
    expect(wrongEdits).toEqual([]);
    expect(session.log.filter((line) => line.startsWith('Unexpected'))).toEqual([]);
  }

  it('lies inside the text, before and after edits', async () => {
    await fc.assert(
      fc.asyncProperty(
        round,
        edits,
        fc.constantFrom('policytext', 'markdown', 'plaintext'),
        async (first, all, language) => {
          current = first.sample;
          version = 1;
          await session.open(uri, current, language, version);
          await check(first.questions);
          const changes = all.map(([at, length, put]) => {
            const lines = splitLines(current);
            const start = positionOf(at);
            const from = offsetAt(lines, start);
            const end = positionAt(lines, Math.min(current.length, from + length));
            current = current.slice(0, from) + put + current.slice(offsetAt(lines, end));
            return { range: { start, end }, text: put };
          });
          await session.change(uri, ++version, changes);
          await check(first.questions);
          await session.close(uri);
        },
      ),
      { numRuns: 40 * EFFORT },
    );
  });
});

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function isEdit(value: unknown): value is TextEdit {
  return typeof value === 'object' && value !== null && 'newText' in value && 'range' in value;
}
