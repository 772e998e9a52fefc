/**
 * Handlers for requests that change a draft or report what is wrong with it: diagnostics, code actions, Enter,
 * commands.
 */
import type { Connection } from 'vscode-languageserver';
import { FORGET_USES_COMMAND, NOTE_USE_COMMAND } from '../../features/usageCommandNames';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  // Not wrapped like the others: a report that several requested continues while one of them still waits.
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const { reports } = await services.load();
    return reports.pull(uri, previousResultId, token);
  });
  connection.onCodeAction(
    services.handler(({ editing }, { textDocument: { uri }, range, context }, token) =>
      editing.codeActions(uri, range, context?.only, token),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    services.handler(({ editing }, { textDocument: { uri }, position, ch }) =>
      ch === '\n' ? editing.afterEnter(uri, position) : null,
    ),
  );
  connection.onExecuteCommand(
    services.handler(({ editing, suggesting }, params, token) => {
      if (params.command === NOTE_USE_COMMAND) return suggesting.recordAccepted(params.arguments ?? []);
      if (params.command === FORGET_USES_COMMAND) return suggesting.forgetUses();
      return editing.execute(params, token);
    }),
  );
}
