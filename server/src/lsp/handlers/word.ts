/** Handlers for word-processor documents: importing them as drafts, and exporting drafts. */
import type { Connection } from 'vscode-languageserver';
import { localise, type Message } from '../../text/message';
import { EXPORT_WORD_REQUEST, READ_DOCUMENT_REQUEST, REVIEW_DOCUMENT_REQUEST, UPDATE_DRAFT_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

const NO_FILES: Message = {
  en: 'Word documents can be read and written only in VS Code on the desktop, not in a browser.',
  zh: 'Word 文档的读写要在桌面版或远程主机上进行，浏览器里做不到。',
};
const NO_DRAFT: Message = {
  en: 'This is not an open draft in Chinese.',
  zh: '这不是已打开的中文文稿。',
};

/** A loss of an import only; updating a draft from a document reports comments at their places. */
const COMMENTS: Message = { en: '{0} comments', zh: '批注 {0} 条' };

export function register(connection: Connection, context: ServerContext): void {
  const { drafts, locale, word, services, configuration } = context;
  const refuse = (message: Message) => ({ refused: localise(message, locale) });
  onRequest(connection, READ_DOCUMENT_REQUEST, async ({ uri }) => {
    const read = word ? await word.read(String(uri)) : { refused: NO_FILES };
    if ('refused' in read) return { refused: localise(read.refused, locale) };
    const comments = read.comments.length;
    const losses = comments > 0 ? [{ ...COMMENTS, values: [comments] }, ...read.losses] : read.losses;
    return { text: read.text, losses: losses.map((loss) => localise(loss, locale)) };
  });
  onRequest(connection, EXPORT_WORD_REQUEST, async ({ uri }) => {
    if (!word) return { refused: localise(NO_FILES, locale) };
    const draft = drafts.prose(String(uri));
    if (!draft) return { refused: localise(NO_DRAFT, locale) };
    const [{ configurationFiles }, { deviationsOf }] = await Promise.all([
      services.load(),
      import('../../layout/deviations'),
    ]);
    const layout = await configurationFiles.layoutOf(String(uri));
    const { template, problem } = layout;
    const remarks = problem ? [problem] : template ? deviationsOf(template) : [];
    await draft.ready();
    const bytes = Buffer.from(await word.write(draft.analysis, layout)).toString('base64');
    return { bytes, remarks: remarks.map((remark) => localise(remark, locale)) };
  });
  onRequest(connection, REVIEW_DOCUMENT_REQUEST, async ({ uri }) => {
    if (!word) return refuse(NO_FILES);
    const [{ lexicons, spelling }, settings] = await Promise.all([services.load(), configuration.for(String(uri))]);
    const result = await word.review(String(uri), settings.review, {
      configuration: settings,
      lexicon: await lexicons.get(),
      spelling: await spelling.get(),
      commentsOnly: settings.review.commentsOnly,
      isTold: ({ severity }) => severity !== 'hint',
      locale,
    });
    if ('refused' in result) return refuse(result.refused);
    const { bytes, comments, fixes } = result;
    return { bytes: Buffer.from(bytes).toString('base64'), comments, fixes };
  });
  onRequest(connection, UPDATE_DRAFT_REQUEST, async ({ uri, draft: draftUri }) => {
    if (!word) return refuse(NO_FILES);
    const [read, { updateDraft }] = await Promise.all([word.read(String(uri)), import('../../features/updateDraft')]);
    const draft = drafts.prose(String(draftUri));
    if (!draft) return refuse(NO_DRAFT);
    if ('refused' in read) return refuse(read.refused);
    const { head } = await (await services.load()).configurationFiles.layoutOf(String(draftUri));
    await draft.ready();
    const { text, lines } = updateDraft(draft.analysis, read.text.replace(/\n$/, ''), head);
    const lineOf = (offset: number) => lines[read.text.slice(0, Math.max(0, offset)).split('\n').length - 1] ?? -1;
    const comments = read.comments.map(({ author, text: words, start, end }) => ({
      author,
      text: words,
      words: start < 0 ? '' : read.text.slice(start, Math.max(start, end)),
      line: start < 0 ? -1 : lineOf(start),
    }));
    return { text, comments, losses: read.losses.map((loss) => localise(loss, locale)) };
  });
}
