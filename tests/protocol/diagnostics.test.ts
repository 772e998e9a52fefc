import { describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  type Diagnostic,
  DiagnosticSeverity,
  LSPErrorCodes,
} from 'vscode-languageserver-protocol';
import { EDITOR, Session } from './session';
import { BROKEN_SPEECH, SPEECH } from './texts';

const uri = 'file:///drafts/speech.txt';
const codes = (items: readonly Diagnostic[]) => items.map(({ code }) => code);

describe('pulled diagnostics', () => {
  it('are announced in the initialize result', async () => {
    const session = Session.spawn();
    const { capabilities } = await session.initialize();
    expect(capabilities.diagnosticProvider).toEqual({
      identifier: 'policy-text',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    });
    await session.stop();
  });

  it('name rule, place, reason and the sibling before', async () => {
    const session = await Session.start();
    await session.open(uri, BROKEN_SPEECH);
    const items = await session.diagnostics(uri);
    expect(codes(items)).toEqual(['placeholder.unresolved', 'numbering.gap']);
    const [, gap] = items;
    expect(gap).toMatchObject({
      range: { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } },
      severity: DiagnosticSeverity.Warning,
      source: 'policy-text',
    });
    expect(gap?.message).toMatch(/[\u4e00-\u9fff].*\n.*（.*）$/);
    expect(gap?.relatedInformation?.[0]?.location).toMatchObject({ uri, range: { start: { line: 8, character: 0 } } });
    await session.stop();
  });

  it('of a sound text are none', async () => {
    const session = await Session.start();
    await session.open(uri, SPEECH);
    expect(await session.diagnostics(uri)).toEqual([]);
    await session.stop();
  });

  it('tell slogans written wrong by the lexicon that comes along, and mend them', async () => {
    const session = await Session.start();
    const text = '青禾县工作报告\n\n要坚持以习近平新时代特色社会主义思想为指导，办好民生实事。\n';
    await session.open(uri, text);
    const report = await session.pull(uri);
    expect(report.kind === 'full' && codes(report.items)).toEqual(['slogan.near-miss']);
    await session.stop();
  });

  it('are unchanged until the findings or the settings change', async () => {
    const session = await Session.start();
    await session.open(uri, BROKEN_SPEECH);
    const first = await session.pull(uri);
    expect(await session.pull(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    expect(await session.pull(uri, 'another server’s')).toMatchObject({ kind: 'full', resultId: first.resultId });

    const end = { line: 15, character: 0 };
    await session.change(uri, 2, [{ range: { start: end, end }, text: '　' }]);
    // No finding was added, removed or moved: nothing needs to be redrawn.
    expect(await session.pull(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    const top = { line: 0, character: 0 };
    await session.change(uri, 3, [{ range: { start: top, end: top }, text: '\n' }]);
    const second = await session.pull(uri, first.resultId);
    expect(second.kind).toBe('full');
    await session.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { policyText: { rules: { numbering: 'off' } } },
    });
    const third = await session.pull(uri, second.resultId);
    expect(third.kind === 'full' && codes(third.items)).toEqual(['placeholder.unresolved']);

    await session.close(uri);
    await session.open(uri, BROKEN_SPEECH);
    expect((await session.pull(uri, third.resultId)).kind).toBe('full');
    await session.stop();
  });

  it('come as an answer even where the client publishes nothing about them', async () => {
    const session = await Session.start({ capabilities: { textDocument: { diagnostic: {} } } });
    await session.open(uri, BROKEN_SPEECH);
    const items = await session.diagnostics(uri);
    expect(codes(items)).toContain('numbering.gap');
    expect(items.every((item) => item.relatedInformation === undefined)).toBe(true);
    expect(session.published).toEqual([]);
    await session.stop();
  });

  it('answer a request taken back with RequestCancelled', async () => {
    const session = await Session.start();
    await session.open(uri, BROKEN_SPEECH.repeat(400));
    const source = new CancellationTokenSource();
    const pulled = session.request('textDocument/diagnostic', { textDocument: { uri } }, source.token);
    source.cancel();
    await expect(pulled).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    // The server is unaffected.
    expect(await session.symbols(uri)).not.toEqual([]);
    await session.stop();
  });

  it('of the newest text come first when many edits and requests pile up', async () => {
    const session = await Session.start();
    await session.open(uri, BROKEN_SPEECH);
    const pulls: Promise<unknown>[] = [];
    for (let version = 2; version < 40; version++) {
      const start = { line: 3, character: 2 };
      void session.change(uri, version, [{ range: { start, end: start }, text: '水' }]);
      const source = new CancellationTokenSource();
      pulls.push(
        session.request('textDocument/diagnostic', { textDocument: { uri } }, source.token).catch(() => 'gone'),
      );
      source.cancel();
    }
    // The repeatedly typed character is a finding of its own by now.
    expect(codes(await session.diagnostics(uri))).toContain('numbering.gap');
    expect(await Promise.all(pulls)).toHaveLength(38);
    await session.stop();
  });
});

describe('diagnostics of a damaged text', () => {
  /** Every sixth line is garbled; the possible originals depend on every word of the text. */
  const lines = Array.from({ length: 24 }, (_, number) =>
    number % 6 === 5
      ? `全县确!鞍税藨战略”全链条、全要素、全方位体现到工作中,第${number}项`
      : `第${number}批：各镇要细化措施,压实责任;青禾茭白、望海鲻鱼列入名录,抽查蓿麦、荞麦良种.`,
  );
  const typed = { line: 9, character: 4 };

  it('are those of the text read anew, at the latest when the server asks to pull again', async () => {
    const session = await Session.start({
      capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, diagnostics: { refreshSupport: true } } },
    });
    let refreshed: () => void = () => {};
    session.connection.onRequest('workspace/diagnostic/refresh', () => refreshed());
    await session.open(uri, lines.join('\n'));
    expect(codes(await session.diagnostics(uri))).toContain('text.mojibake');
    await session.change(uri, 2, [{ range: { start: typed, end: typed }, text: '水' }]);
    let found = await session.diagnostics(uri);

    const anew = 'file:///drafts/anew.txt';
    const edited = lines.map((line, at) => (at === typed.line ? `${line.slice(0, 4)}水${line.slice(4)}` : line));
    await session.open(anew, edited.join('\n'));
    const wanted = await session.diagnostics(anew);
    while (JSON.stringify(found) !== JSON.stringify(wanted)) {
      await new Promise<void>((resolve) => {
        refreshed = resolve;
      });
      found = await session.diagnostics(uri);
    }
    await session.stop();
  });
});

describe('pushed diagnostics, for clients that cannot pull', () => {
  const { diagnostic: _, ...withoutPull } = EDITOR.textDocument ?? {};
  const capabilities = { ...EDITOR, textDocument: withoutPull };

  it('follow an opened text and its edits, and are taken away when it is closed', async () => {
    const session = await Session.start({ capabilities });
    await session.open(uri, BROKEN_SPEECH);
    const first = await session.nextPublished(uri);
    expect(first.version).toBe(1);
    expect(codes(first.diagnostics)).toEqual(['placeholder.unresolved', 'numbering.gap']);

    const range = { start: { line: 9, character: 1 }, end: { line: 9, character: 2 } };
    await session.change(uri, 2, [{ range, text: '三' }]);
    const second = await session.nextPublished(uri, session.published.length);
    expect(second.version).toBe(2);
    expect(codes(second.diagnostics)).toEqual(['placeholder.unresolved']);

    await session.close(uri);
    const third = await session.nextPublished(uri, session.published.length);
    expect(third.diagnostics).toEqual([]);
    await session.stop();
  });

  it('are not cleared in between and wait until typing rests', async () => {
    const session = await Session.start({ capabilities });
    await session.open(uri, BROKEN_SPEECH);
    await session.nextPublished(uri);
    const before = session.published.length;
    for (let version = 2; version <= 12; version++) {
      const start = { line: 3, character: 2 };
      await session.change(uri, version, [{ range: { start, end: start }, text: '水' }]);
    }
    const next = await session.nextPublished(uri, before);
    expect(next.version).toBe(12);
    expect(session.published).toHaveLength(before + 1);
    expect(session.published.every(({ diagnostics }) => diagnostics.length > 0)).toBe(true);
    await session.stop();
  });

  it('are the same as those that would be pulled', async () => {
    const session = await Session.start({ capabilities });
    await session.open(uri, BROKEN_SPEECH);
    const { diagnostics } = await session.nextPublished(uri);
    expect(await session.diagnostics(uri)).toEqual(diagnostics);
    await session.stop();
  });
});
