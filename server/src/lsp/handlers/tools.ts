/** Handlers for the assistants' tools, as called by the editor's language model tools. */
import type { Connection } from 'vscode-languageserver';
import { RUN_TOOL_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services, configuration, locale }: ServerContext): void {
  onRequest(connection, RUN_TOOL_REQUEST, async ({ name, input, uri, markdown }) => {
    const [{ lexicons, spelling }, { runTool }] = await Promise.all([services.load(), import('../../agents/runTool')]);
    const settings = await configuration.for(typeof uri === 'string' ? uri : '');
    return runTool(String(name), input, {
      locale,
      kind: markdown === true ? 'markdown' : 'policytext',
      configuration: settings,
      lexicon: () => lexicons.get(),
      spelling: () => spelling.get(),
    });
  });
}
