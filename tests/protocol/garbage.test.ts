/** Messages of any shape about documents of any kind; the server answers or rejects each, and stays alive. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EDIT_COMMAND_NAMES } from '../../server/src/refactor/editCommandNames';
import { EFFORT, insertion, text } from '../unit/endurance';
import { Session } from './session';
import { SPEECH } from './texts';

const URIS = ['untitled:一', 'untitled:二', 'file:///nowhere/稿.txt', 'file:///%E0%A4%A', 'http://[', '', 'a b'];
const REQUESTS = [
  ...['documentSymbol', 'foldingRange', 'selectionRange', 'documentHighlight', 'definition', 'references', 'hover'],
  ...['completion', 'inlineCompletion', 'codeAction', 'onTypeFormatting', 'diagnostic', 'linkedEditingRange'],
  ...['semanticTokens/full', 'semanticTokens/range', 'rename', 'formatting'],
].map((name) => `textDocument/${name}`);
const OTHERS = [
  ...['workspace/symbol', 'workspace/executeCommand', 'completionItem/resolve', 'workspace/diagnostic'],
  ...['statistics', 'recognise', 'placeholders', 'workspacePlaceholders', 'placeholderWords', 'learn', 'slogans'].map(
    (name) => `policyText/${name}`,
  ),
  ...['policyText/cleanUp', 'policyText/convertScript', 'policyText/encoding'],
  ...['policyText/readDocument', 'policyText/exportWord', 'policyText/pages'],
  ...['policyText/reviewDocument', 'policyText/updateDraft'],
  ...['policyText/facts', 'policyText/figure', 'policyText/compare', 'policyText/passages'],
];
const NOTIFICATIONS = [
  ...['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'textDocument/didSave'],
  ...['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders'],
  ...['$/cancelRequest', '$/progress', '$/setTrace', 'policyText/nothing'],
];

const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constantFrom(-1, 2 ** 31, 2 ** 53, 1e300, 0.5, -0.1));
const anything = fc.oneof(number, fc.constantFrom(null, true, '', 'x'), fc.constant([]), fc.constant({}));
/** Mostly valid values. */
const mostly = <Value>(right: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything });
const position = mostly(fc.record({ line: mostly(number), character: mostly(number) }));
const range = mostly(fc.record({ start: position, end: position }));
const uri = mostly(fc.constantFrom(...URIS));
const document = mostly(fc.record({ uri }));
const params = fc.record(
  {
    textDocument: mostly(
      fc.record({
        uri,
        languageId: mostly(fc.constantFrom('policytext', 'markdown', 'plaintext', 'klingon')),
        version: mostly(number),
        text: mostly(text),
      }),
    ),
    position,
    positions: mostly(fc.array(position, { maxLength: 3 })),
    range,
    ch: mostly(fc.constantFrom('\n', 'x')),
    context: mostly(fc.record({ diagnostics: anything, only: anything, includeDeclaration: anything })),
    options: anything,
    contentChanges: mostly(fc.array(mostly(fc.record({ range, text: mostly(insertion) })), { maxLength: 3 })),
    uri,
    query: mostly(insertion),
    paths: anything,
    text: mostly(text),
    command: mostly(
      fc.constantFrom(...EDIT_COMMAND_NAMES.map((name) => `policyText.server.${name}`), 'policyText.nothing'),
    ),
    arguments: mostly(fc.array(fc.oneof(anything, document), { maxLength: 3 })),
    settings: mostly(fc.record({ policyText: anything })),
    changes: mostly(fc.array(fc.record({ uri, type: anything }), { maxLength: 2 })),
    event: mostly(fc.record({ added: anything, removed: anything })),
    previousResultId: anything,
    id: anything,
    newName: anything,
  },
  { requiredKeys: ['textDocument', 'position', 'range', 'uri'] },
);
const message = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...REQUESTS) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
    { weight: 3, arbitrary: fc.constantFrom(...NOTIFICATIONS) },
  ),
  fc.oneof({ weight: 20, arbitrary: params }, { weight: 1, arbitrary: fc.constantFrom({}, [], [null]) }),
);

describe('messages of any shape', () => {
  let session: Session;
  beforeAll(async () => {
    session = await Session.start();
  });
  afterAll(() => session.stop());

  it('are answered or refused, and the next sound question is answered as ever', {
    timeout: 60_000 * EFFORT,
  }, async () => {
    await session.open('untitled:right', SPEECH);
    const right = await session.symbols('untitled:right');
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
        const pending: Promise<unknown>[] = [];
        for (const [method, content] of messages) {
          if (NOTIFICATIONS.includes(method)) await session.connection.sendNotification(method, content);
          else
            pending.push(
              session.request(method, content as object).catch((error) => expect(error).toHaveProperty('code')),
            );
        }
        await Promise.all(pending);
        await session.open('untitled:sound', SPEECH);
        expect(await session.symbols('untitled:sound')).toEqual(right);
        expect(await session.diagnostics('untitled:sound')).toBeInstanceOf(Array);
        await session.close('untitled:sound');
      }),
      { numRuns: 25 * EFFORT },
    );
  });
});
