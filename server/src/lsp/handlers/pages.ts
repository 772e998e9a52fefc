/** Handlers for a draft as pages, for the preview. */
import type { Connection } from 'vscode-languageserver';
import type { PageCache } from '../../layout/drawing';
import { localise } from '../../text/message';
import type { Draft } from '../documents';
import { PAGES_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { drafts, services, locale }: ServerContext): void {
  /** Page cache of each draft from its last layout. */
  const broken = new WeakMap<Draft, PageCache>();
  onRequest(connection, PAGES_REQUEST, async ({ uri }) => {
    const [{ compose }, { MM, PAGE, setParagraphs }, { drawPages, PageCache }] = await Promise.all([
      import('../../layout/elements'),
      import('../../layout/paragraphs'),
      import('../../layout/drawing'),
    ]);
    if (!drafts.prose(String(uri))) return null;
    const { head, template, problem } = await (await services.load()).configurationFiles.layoutOf(String(uri));
    const draft = drafts.prose(String(uri));
    if (!draft) return null;
    const cache = broken.get(draft) ?? new PageCache();
    broken.set(draft, cache);
    const { analysis, version } = draft;
    const { lines, text } = analysis;
    const document = setParagraphs(compose(analysis, undefined, head), template);
    const pages = drawPages(document, (line) => text.slice(lines.start(line), lines.end(line)), cache);
    const size = { width: PAGE.width * MM, height: PAGE.height * MM };
    const remark = problem && localise(problem, locale);
    return { version, pages, fonts: document.template.fonts, size, ...(remark && { remark }) };
  });
}
