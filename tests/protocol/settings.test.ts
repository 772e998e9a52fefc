import { describe, expect, it } from 'vitest';
import type { ConfigurationParams, ProtocolConnection } from 'vscode-languageserver-protocol';
import { EDITOR, Session } from './session';
import { BROKEN_SPEECH } from './texts';

const uri = 'file:///drafts/speech.txt';
const codes = async (session: Session) => (await session.diagnostics(uri)).map(({ code }) => code);
const ALL = ['placeholder.unresolved', 'numbering.gap'];

/** A client that answers workspace/configuration with `settings`. */
function configured(settings: (params: ConfigurationParams) => unknown) {
  const capabilities = {
    ...EDITOR,
    workspace: {
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      diagnostics: { refreshSupport: true },
    },
  };
  const prepare = (connection: ProtocolConnection) => {
    connection.onRequest('workspace/configuration', settings);
    connection.onRequest('client/registerCapability', () => null);
  };
  return { params: { capabilities }, prepare };
}

describe('without configuration', () => {
  it.each([
    ['null', () => null],
    ['[null]', () => [null]],
    ['an empty list', () => []],
    ['an object where a list belongs', () => ({ policyText: true })],
    ['words', () => ['all']],
    ['rules of the wrong type', () => [{ rules: 'none', statusBar: 3 }]],
    ['an error', () => Promise.reject(new Error('no settings here'))],
  ])('the defaults hold: the client answers %s', async (_, settings) => {
    const { params, prepare } = configured(settings as () => unknown);
    const session = await Session.start(params, prepare);
    await session.open(uri, BROKEN_SPEECH);
    expect(await codes(session)).toEqual(ALL);
    await session.stop();
  });

  it('the defaults hold: the client never answers', { timeout: 15_000 }, async () => {
    const { params, prepare } = configured(() => new Promise(() => {}));
    const session = await Session.start(params, prepare);
    await session.open(uri, BROKEN_SPEECH);
    expect(await codes(session)).toEqual(ALL);
    await session.stop();
  });
});

describe('rules', () => {
  it('are set for each document', async () => {
    const { params, prepare } = configured(({ items }) =>
      items.map(({ scopeUri }) => (scopeUri === uri ? { rules: { 'numbering.gap': 'error' } } : null)),
    );
    const session = await Session.start(params, prepare);
    await session.open(uri, BROKEN_SPEECH);
    await session.open('file:///other.txt', BROKEN_SPEECH);
    const severities = async (of: string) => (await session.diagnostics(of)).map(({ severity }) => severity);
    expect(await severities(uri)).toEqual([2, 1]);
    expect(await severities('file:///other.txt')).toEqual([2, 2]);
    await session.stop();
  });

  it('that make no sense are named in the log, the others hold', async () => {
    const { params, prepare } = configured(() => [{ rules: { 'numbering.gap': 'off', 'numbering.order': 'loud' } }]);
    const session = await Session.start(params, prepare);
    await session.open(uri, BROKEN_SPEECH);
    expect(await codes(session)).toEqual(['placeholder.unresolved']);
    expect(session.log.join('\n')).toContain('numbering.order');
    await session.stop();
  });

  it('changed while a draft is open make the client ask again', async () => {
    let rules: object = {};
    let refreshed: () => void = () => {};
    const refresh = new Promise<void>((resolve) => {
      refreshed = resolve;
    });
    const { params, prepare } = configured(() => [{ rules }]);
    const session = await Session.start(params, (connection) => {
      prepare(connection);
      connection.onRequest('workspace/diagnostic/refresh', () => {
        refreshed();
        return null;
      });
    });
    await session.open(uri, BROKEN_SPEECH);
    expect(await codes(session)).toEqual(ALL);
    rules = { placeholder: 'off' };
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refresh;
    expect(await codes(session)).toEqual(['numbering.gap']);
    await session.stop();
  });

  it('may come with the initialization options', async () => {
    const session = await Session.start({ initializationOptions: { rules: { numbering: 'off' } } });
    await session.open(uri, BROKEN_SPEECH);
    expect(await codes(session)).toEqual(['placeholder.unresolved']);
    await session.stop();
  });
});
