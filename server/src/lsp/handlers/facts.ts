/** Handlers for figures by indicator, comparison with an earlier draft, and passages of other drafts. */
import type { Connection } from 'vscode-languageserver';
import { COMPARE_REQUEST, FACTS_REQUEST, FIGURE_REQUEST, PASSAGES_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  onRequest(connection, FACTS_REQUEST, async ({ uri }, token) =>
    (await services.load()).facts.facts(String(uri), token),
  );
  onRequest(connection, FIGURE_REQUEST, async ({ uri, position }, token) =>
    (await services.load()).facts.figure(String(uri), position, token),
  );
  onRequest(connection, COMPARE_REQUEST, async ({ uri, old }) =>
    (await services.load()).facts.compare({ uri: String(uri), old: String(old) }),
  );
  onRequest(connection, PASSAGES_REQUEST, async ({ uri, query }, token) =>
    (await services.load()).facts.passages({ uri: String(uri), query: String(query) }, token),
  );
}
