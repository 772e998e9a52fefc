import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ApplyWorkspaceEditParams,
  CodeAction,
  CompletionList,
  ProtocolConnection,
  ShowMessageParams,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { EDITOR, Session } from './session';
import { BROKEN_SPEECH, SPEECH } from './texts';

const uri = 'file:///drafts/speech.txt';

const capabilities = {
  ...EDITOR,
  textDocument: {
    ...EDITOR.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
  },
  workspace: {
    ...EDITOR.workspace,
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
  },
};

/** A session whose client records the edits it is asked for, and applies them or not. */
async function start(applied = true) {
  const asked: ApplyWorkspaceEditParams[] = [];
  const messages: string[] = [];
  const session = await Session.start({ capabilities }, (connection: ProtocolConnection) => {
    connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      asked.push(params);
      return { applied };
    });
    connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => {
      messages.push(message);
    });
  });
  const execute = (name: string, params: object) =>
    session.request('workspace/executeCommand', { command: `policyText.server.${name}`, arguments: [params] });
  const change = (index: number) => asked[index]?.edit.documentChanges?.[0] as TextDocumentEdit;
  return { session, asked, messages, execute, change };
}

const actionsAt = (session: Session, line: number, only?: string[]): Promise<CodeAction[]> =>
  session.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line, character: 1 }, end: { line, character: 1 } },
    context: { diagnostics: [], ...(only && { only }) },
  });

describe('code actions', () => {
  it('are announced', async () => {
    const session = Session.spawn();
    const { capabilities: server } = await session.initialize({ capabilities });
    expect(server.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', 'source.fixAll.policyText', 'source.fixMisspellings.policyText'],
    });
    await session.stop();
  });

  it('carry the version of the text they were made for', async () => {
    const { session } = await start();
    await session.open(uri, BROKEN_SPEECH, 'policytext', 3);
    const [fix] = await actionsAt(session, 9);
    expect(fix?.title).toBe('改为“（三）”');
    expect(fix?.edit?.documentChanges).toEqual([
      {
        textDocument: { uri, version: 3 },
        edits: [{ range: { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } }, newText: '（三）' }],
      },
    ]);
    await session.stop();
  });

  it('fix everything by kind', async () => {
    const { session } = await start();
    await session.open(uri, SPEECH.replace('三座，', '三座,').replace('落到实处。', '落到实处。。'));
    const actions = await actionsAt(session, 0, ['source.fixAll.policyText']);
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.policyText']);
    await session.stop();
  });

  it('correct misspellings only by their own kind', async () => {
    const { session } = await start();
    const text = '截止2025年底,全县己经建成示范村20个。\n';
    await session.open(uri, text);
    const newTexts = async (kind: string) => {
      const actions = await actionsAt(session, 0, [kind]);
      return actions.map(({ kind, edit }) => [
        kind,
        edit?.documentChanges?.flatMap((change) =>
          'edits' in change ? change.edits.map((edit) => (edit as TextEdit).newText) : [],
        ),
      ]);
    };
    expect(await newTexts('source.fixAll')).toEqual([['source.fixAll.policyText', ['，']]]);
    const kind = 'source.fixMisspellings.policyText';
    expect(await newTexts(kind)).toEqual([[kind, ['截至', '已经']]]);
    await session.stop();
  });

  it('are none for a client that takes no edits in them, and for an unknown document', async () => {
    const plain = await Session.start();
    await plain.open(uri, BROKEN_SPEECH);
    expect(await actionsAt(plain, 9)).toEqual([]);
    await plain.stop();
    const { session } = await start();
    expect(await actionsAt(session, 9)).toEqual([]);
    await session.stop();
  });
});

describe('edit commands', () => {
  const position = { line: 9, character: 2 };

  it('make one versioned edit', async () => {
    const { session, asked, change, execute } = await start();
    await session.open(uri, BROKEN_SPEECH, 'policytext', 5);
    expect(await execute('renumberDocument', { uri, position, version: 5 })).toEqual({});
    expect(asked).toHaveLength(1);
    expect(change(0).textDocument).toEqual({ uri, version: 5 });
    expect(change(0).edits).toMatchObject([{ newText: '（三）' }]);
    await session.stop();
  });

  it('convert the numbers to another scheme', async () => {
    const { session, change, messages, execute } = await start();
    await session.open(uri, '一、修渠\n内容。\n二、植树\n内容见第一部分。\n');
    expect(await execute('convertNumbering', { uri, position, details: { scheme: 'parts' } })).toEqual({});
    expect(change(0).edits).toMatchObject([{ newText: '第一部分　' }, { newText: '第二部分　' }]);
    expect(await execute('convertNumbering', { uri, position, details: { scheme: 'none' } })).toBeNull();
    expect(messages).toHaveLength(1);
    await session.stop();
  });

  it('do nothing to a text that has changed, and say so', async () => {
    const { session, asked, messages, execute } = await start();
    await session.open(uri, BROKEN_SPEECH, 'policytext', 5);
    expect(await execute('renumberList', { uri, position, version: 4 })).toBeNull();
    expect(asked).toEqual([]);
    expect(messages[0]).toContain('改动');
    await session.stop();
  });

  it('say so where the client refused the edit', async () => {
    const { session, messages, execute } = await start(false);
    await session.open(uri, BROKEN_SPEECH);
    expect(await execute('renumberSection', { uri, position: { line: 5, character: 0 } })).toBeNull();
    expect(messages).toHaveLength(1);
    await session.stop();
  });

  it('move a section to where it is dropped', async () => {
    const { session, change, execute } = await start();
    await session.open(uri, SPEECH, 'policytext', 2);
    const details = { target: { line: 7, character: 0 } };
    const moved = await execute('moveSection', { uri, position: { line: 9, character: 0 }, version: 2, details });
    expect(moved).toEqual({ caret: { line: 7, character: 0 } });
    expect(change(0).textDocument).toEqual({ uri, version: 2 });
    expect(JSON.stringify(change(0).edits)).toContain('（一）防汛保障');
    await session.stop();
  });

  it('say where there is nothing to do, and refuse what is no command', async () => {
    const { session, messages, execute } = await start();
    await session.open(uri, SPEECH);
    expect(await execute('renumberDocument', { uri, position })).toBeNull();
    expect(messages).toEqual(['序号都是对的，没有要改的。']);
    await expect(execute('toString', { uri, position })).rejects.toThrow();
    await expect(execute('renumberDocument', {})).rejects.toThrow();
    await session.stop();
  });
});

describe('a configuration file', () => {
  let folder: string;
  let config: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-'));
    config = pathToFileURL(path.join(folder, '.policytext.json')).href;
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const draftUri = () => pathToFileURL(path.join(folder, '讲话.txt')).href;
  const codes = async (session: Session) => (await session.diagnostics(draftUri())).map(({ code }) => code);

  it('sets the rules, from disk and as it is typed', async () => {
    fs.writeFileSync(path.join(folder, '.policytext.json'), '{ "rules": { "placeholder": "off" } }');
    const { session } = await start();
    await session.open(draftUri(), BROKEN_SPEECH);
    expect(await codes(session)).toEqual(['numbering.gap']);
    await session.open(config, '{ "rules": { "numbering": "off" } }', 'jsonc');
    expect(await codes(session)).toEqual(['placeholder.unresolved']);
    await session.change(config, 2, [{ text: '{}' }]);
    expect(await codes(session)).toEqual(['placeholder.unresolved', 'numbering.gap']);
    await session.close(config);
    expect(await codes(session)).toEqual(['numbering.gap']);
    await session.stop();
  });

  it('has the words that the unit wants, as they are typed, and tells what is wrong in them', async () => {
    const { session } = await start();
    await session.open(draftUri(), '各村社区要抓好春耕。\n各村社区、城中村社区要培育发展大数局产业。\n');
    const misspelt = async () => {
      const found = (await session.diagnostics(draftUri())).filter(({ code }) => code === 'text.misspelling');
      return found.map(({ range, severity }) => [range.start.line, range.start.character, severity]);
    };
    expect(await misspelt()).toEqual([[1, 16, 1 + 1]]);
    await session.open(
      config,
      '{ "spelling": { "replace": [{ "wrong": "村社区", "right": "村（社区）", "level": "information", "notBefore": "城中" }], "allow": ["大数局"] } }',
      'jsonc',
    );
    expect(await misspelt()).toEqual([
      [0, 1, 3],
      [1, 1, 3],
    ]);
    await session.change(config, 2, [{ text: '{ "spelling": { "replace": [{ "wrong": "村社区" }] } }' }]);
    expect(await session.diagnostics(config)).toMatchObject([{ code: 'configuration', range: { start: { line: 0 } } }]);
    await session.stop();
  });

  it('has its errors reported in it, and nothing else is read in it', async () => {
    const { session } = await start();
    await session.open(config, '{ "rules": { "numbering.gab": "off" } }\n', 'jsonc');
    expect(await session.diagnostics(config)).toMatchObject([
      { code: 'configuration', range: { start: { line: 0, character: 13 }, end: { line: 0, character: 28 } } },
    ]);
    expect(await session.symbols(config)).toEqual([]);
    await session.change(config, 2, [{ text: '{ "rules": ' }]);
    expect(await session.diagnostics(config)).not.toEqual([]);
    await session.stop();
  });

  it('is where findings are ignored: one, all in a file, or the rule altogether', async () => {
    const { session } = await start();
    await session.open(draftUri(), BROKEN_SPEECH);
    const actions = await session.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: draftUri() },
      range: { start: { line: 9, character: 1 }, end: { line: 9, character: 1 } },
      context: { diagnostics: [] },
    });
    const ignoring = actions.slice(-3);
    expect(ignoring.map(({ title }) => title)).toEqual([
      '忽略这一处',
      '在本文件中忽略“序号缺号”',
      '关闭规则“序号缺号”',
    ]);
    for (const { edit } of ignoring) {
      const [create, change] = edit?.documentChanges ?? [];
      expect(create).toMatchObject({ kind: 'create', uri: config });
      const [{ newText = '' } = {}] = (change as TextDocumentEdit).edits as { newText?: string }[];
      await session.open(config, newText, 'jsonc');
      expect(await codes(session)).toEqual(['placeholder.unresolved']);
      expect(await session.diagnostics(config)).toEqual([]);
      await session.close(config);
    }
    await session.stop();
  });
});

describe('Enter', () => {
  const enter = (session: Session, line: number) =>
    session.request('textDocument/onTypeFormatting', {
      textDocument: { uri },
      position: { line, character: 0 },
      ch: '\n',
      options: { tabSize: 4, insertSpaces: true },
    });

  it('inserts the next number, unless it is switched off', async () => {
    const { session } = await start();
    await session.open(uri, '一、修渠\n内容。\n二、植树\n');
    const place = { line: 3, character: 0 };
    expect(await enter(session, 3)).toEqual([{ range: { start: place, end: place }, newText: '三、' }]);
    await session.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { policyText: { continueNumbering: false } },
    });
    expect(await enter(session, 3)).toEqual([]);
    await session.stop();
  });
});

describe('cross-references', () => {
  const LAW =
    '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　违反本办法第三条的，责令改正。\n第三条　各镇编制细则。\n';
  const textDocument = { uri };
  const position = { line: 2, character: 11 };

  it('lead to their section, are found from it and show it', async () => {
    const { session } = await start();
    await session.open(uri, LAW);
    expect(await session.request('textDocument/definition', { textDocument, position })).toMatchObject({
      uri,
      range: { start: { line: 3, character: 0 } },
    });
    const references = await session.request('textDocument/references', {
      textDocument,
      position: { line: 3, character: 1 },
      context: { includeDeclaration: false },
    });
    expect(references).toMatchObject([{ range: { start: { line: 2, character: 9 } } }]);
    const hover = await session.request('textDocument/hover', { textDocument, position });
    expect(JSON.stringify(hover)).toContain('第三条');
    await session.stop();
  });

  it('are completed with their titles', async () => {
    const { session } = await start();
    await session.open(uri, LAW.replace('本办法第三条', '本办法第'));
    const { items } = await session.request<CompletionList>('textDocument/completion', {
      textDocument,
      position: { line: 2, character: 10 },
      context: { triggerKind: 1 },
    });
    expect(items.slice(0, 2)).toMatchObject([
      { label: '第三条', detail: '各镇编制细则', textEdit: { newText: '第三条' } },
      { label: '第一条', filterText: '第一条' },
    ]);
    await session.stop();
  });

  it('are none elsewhere', async () => {
    const { session } = await start();
    await session.open(uri, LAW);
    const away = { line: 1, character: 12 };
    expect(await session.request('textDocument/definition', { textDocument, position: away })).toBeNull();
    await session.stop();
  });
});

describe('placeholders', () => {
  it('are listed, and filled by a command', async () => {
    const { session, change, execute } = await start();
    await session.open(uri, BROKEN_SPEECH, 'policytext', 4);
    const list = await session.request<{ version: number; placeholders: unknown[] }>('policyText/placeholders', {
      uri,
    });
    expect(list).toMatchObject({ version: 4, placeholders: [{ text: '××', alike: 1 }] });
    const position = { line: 8, character: 16 };
    const [{ range }] = list.placeholders as [{ range: { start: typeof position } }];
    await execute('fillPlaceholder', { uri, position: range.start, version: 4, details: { text: '四十', all: false } });
    expect(change(0).edits).toMatchObject([{ newText: '四十' }]);
    expect(await execute('fillPlaceholder', { uri, position: range.start })).toBeNull();
    expect(
      (await session.request<{ placeholders: unknown[] }>('policyText/placeholders', { uri: 'x:y' })).placeholders,
    ).toEqual([]);
    await session.stop();
  });
});
