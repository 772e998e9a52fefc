/** Handlers for the gaps of drafts: listing, filling together, and words to fill them with. */
import type { Connection } from 'vscode-languageserver';
import { type Linked, linkedAt, linkedRanges } from '../../features/linkedEditing';
import { placeholderList } from '../../features/placeholders';
import { offsetOf } from '../../structure/offsetOf';
import type { Draft } from '../documents';
import { PLACEHOLDER_WORDS_REQUEST, PLACEHOLDERS_REQUEST, WORKSPACE_PLACEHOLDERS_REQUEST } from '../protocol';
import { cancellable, onRequest } from '../requests';
import { type ServerContext, withDraft } from '../serverContext';

export function register(connection: Connection, context: ServerContext): void {
  const { services } = context;
  onRequest(connection, PLACEHOLDERS_REQUEST, ({ uri }) =>
    withDraft(context, uri, { version: 0, placeholders: [] }, ({ analysis, version }) => ({
      version,
      placeholders: placeholderList(analysis),
    })),
  );
  onRequest(connection, WORKSPACE_PLACEHOLDERS_REQUEST, async (_, token) => ({
    files: await (await services.load()).workspace.placeholders(token),
  }));
  onRequest(connection, PLACEHOLDER_WORDS_REQUEST, async ({ uri, position }) => {
    const { suggesting } = await services.load();
    return { words: await suggesting.placeholderWords(uri, position) };
  });
  /** The last answer for each draft: placeholders being filled are no longer recognised as such. */
  const lastLinked = new WeakMap<Draft, Linked>();
  connection.languages.onLinkedEditingRange(
    cancellable(({ textDocument: { uri }, position }) =>
      withDraft(context, uri, null, (draft) => {
        const { analysis } = draft;
        const linked = linkedAt(analysis, offsetOf(analysis, position), lastLinked.get(draft));
        if (linked) lastLinked.set(draft, linked);
        else lastLinked.delete(draft);
        return linked ? linkedRanges(analysis, linked) : null;
      }),
    ),
  );
}
