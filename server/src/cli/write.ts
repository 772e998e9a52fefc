/** Writes a changed draft back with the same encoding, byte order mark, mode and owner. */
import iconv from 'iconv-lite';
import { replaceFile } from '../disk.node';
import { decode, type Encoding } from '../text/encoding';
import type { Message } from '../text/message';
import { type LoadedDraft, reasonFor, STANDARD_INPUT } from './drafts';

/**
 * Replaces the content of the file that `draft` was read from by `text`. Returns why not if that would lose anything,
 * including changes made by somebody else meanwhile, and undefined on success.
 */
export async function writeDraft(draft: LoadedDraft, text: string): Promise<Message | undefined> {
  if (draft.name === STANDARD_INPUT) {
    return { en: 'Standard input cannot be written to; omit --write.', zh: '标准输入不能改写，请去掉 --write。' };
  }
  if (draft.extracted) {
    return {
      en: 'Not changed: it is not plain text. For a Word document use “policy-text review”.',
      zh: '没有改写：这不是纯文本文件。Word 文档请用 policy-text review。',
    };
  }
  if (draft.replaced > 0) {
    return {
      en: 'Not changed: it contains undecodable bytes that would be lost.',
      zh: '没有改写：文件里有读不出来的字节，改写会丢失它们。',
    };
  }
  const bytes = encode(text, draft.encoding, draft.bom);
  if (!comesBack(bytes, text, draft.encoding)) {
    return {
      en: 'Not changed: the fixed text has characters that {0} cannot encode. Save the file as UTF-8 first.',
      zh: '没有改写：改好的文本里有 {0} 编码没有的字。请先把文件另存为 UTF-8。',
      values: [draft.encoding],
    };
  }
  try {
    await replaceFile(draft.name, bytes, {
      ...(draft.bytes && { expected: draft.bytes }),
      filler: encode('\n', draft.encoding, false),
    });
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}

function comesBack(bytes: Uint8Array, text: string, encoding: Encoding): boolean {
  try {
    return decode(bytes, encoding).text === text;
  } catch {
    return false;
  }
}

function encode(text: string, encoding: Encoding, bom: boolean): Uint8Array {
  // A byte order mark is U+FEFF in any encoding.
  return iconv.encode(bom ? `\ufeff${text}` : text, encoding, { addBOM: false });
}
