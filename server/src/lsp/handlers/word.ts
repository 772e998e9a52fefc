/** Documents of word processors: read for a draft, and written from one. */
import type { Connection } from 'vscode-languageserver';
import { localise, type Message } from '../../text/message';
import { EXPORT_WORD_REQUEST, READ_DOCUMENT_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

const NO_FILES: Message = {
  en: 'Word documents are read and written only where the extension runs on a machine, not in a browser.',
  zh: 'Word 文档的读写要在桌面版或远程主机上进行，浏览器里做不到。',
};
const NO_DRAFT: Message = {
  en: 'This is no open draft in Chinese.',
  zh: '这不是已打开的中文文稿。',
};

export function register(connection: Connection, { drafts, locale, word }: ServerContext): void {
  onRequest(connection, READ_DOCUMENT_REQUEST, async ({ uri }) => {
    const read = word ? await word.read(String(uri)) : { refused: NO_FILES };
    if ('refused' in read) return { refused: localise(read.refused, locale) };
    return { text: read.text, losses: read.losses.map((loss) => localise(loss, locale)) };
  });
  onRequest(connection, EXPORT_WORD_REQUEST, async ({ uri }) => {
    if (!word) return { refused: localise(NO_FILES, locale) };
    const draft = drafts.prose(String(uri));
    if (!draft) return { refused: localise(NO_DRAFT, locale) };
    return { bytes: Buffer.from(await word.write(draft.analysis)).toString('base64') };
  });
}
