/** Handlers for damaged text, script conversion and wrong encodings. */
import type { Connection } from 'vscode-languageserver';
import { CLEAN_UP_REQUEST, CONVERT_SCRIPT_REQUEST, ENCODING_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  onRequest(connection, CLEAN_UP_REQUEST, async (params, token) =>
    (await services.load()).cleaning.cleanUp(params, token),
  );
  onRequest(connection, CONVERT_SCRIPT_REQUEST, async (params, token) =>
    (await services.load()).cleaning.convert(params, token),
  );
  onRequest(connection, ENCODING_REQUEST, async (params) => (await services.load()).cleaning.encoding(params));
}
