/** Reads Word documents from bytes. */
import type { Message } from '../text/message';
import { ArchiveError } from './archive.node';
import { TooManyPieces } from './documentParts';
import { WordPackage, wordPrefix } from './package.node';
import { readWordText } from './reader';
import type { Loss, WordSources, WordText, WordView } from './wordText';
import { XmlError } from './xml';

/** Why a Word document cannot be read: its archive or markup, or more text than a draft may hold. */
export type WordProblem = 'damaged' | 'too-large' | 'encrypted';

export class WordError extends Error {
  constructor(readonly problem: WordProblem) {
    super(problem);
    this.name = 'WordError';
  }
}

/** The sources of `document` that its text is read from. */
export function sourcesOf(document: WordPackage): WordSources {
  const source = document.text(document.main);
  const of = (kind: string) => document.part(kind)?.source ?? '';
  return {
    document: source,
    prefix: wordPrefix(source),
    styles: of('styles'),
    numbering: of('numbering'),
    footnotes: of('footnotes'),
    endnotes: of('endnotes'),
    comments: of('comments'),
    settings: of('settings'),
  };
}

/** Reads the bytes of a .docx or .docm. Throws {@link WordError}. */
export function readWord(bytes: Uint8Array, view: WordView = 'final', keepSources = false): WordText {
  return guarded(() => readWordText(sourcesOf(WordPackage.open(bytes)), view, keepSources));
}

/** Runs `work` and converts errors of a document to {@link WordError}. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArchiveError) throw new WordError(error.problem);
    if (error instanceof TooManyPieces) throw new WordError('too-large');
    if (error instanceof XmlError || (error instanceof TypeError && error.message.includes('encoded data'))) {
      throw new WordError('damaged');
    }
    throw error;
  }
}

/** The message for a document that cannot be read. */
export function wordProblem({ problem }: WordError): Message {
  switch (problem) {
    case 'encrypted':
      return {
        en: 'The document is protected by a password. Open it in Word and save a copy without one.',
        zh: '文档加了打开密码，请在 Word 里另存一份不带密码的。',
      };
    case 'too-large':
      return {
        en: 'The file unpacks to far more data than a document has; it was not opened.',
        zh: '文件解压后大得不像文稿，没有打开。',
      };
    default:
      return { en: 'The file is damaged.', zh: '文件已损坏。' };
  }
}

/** Whether `bytes` are a document that Word has encrypted: a compound file with the encrypted package in it. */
export function isEncrypted(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xd0 || bytes[1] !== 0xcf) return false;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

const LOSSES: Readonly<Record<Loss, Message>> = {
  pictures: { en: '{0} pictures', zh: '图片 {0} 张' },
  formulas: { en: '{0} formulas, of which only the characters are left', zh: '公式 {0} 处（只留下其中的字符）' },
  charts: { en: '{0} charts', zh: '图表 {0} 个' },
  objects: { en: '{0} embedded objects', zh: '嵌入对象 {0} 个' },
  hiddenText: { en: 'hidden text in {0} places', zh: '隐藏文字 {0} 处' },
  headers: { en: 'headers and footers', zh: '页眉页脚' },
  embeddedDocuments: { en: '{0} documents within the document', zh: '内嵌的文档 {0} 份' },
};

/** Messages for what a draft made from `word` does not contain, in the order of {@link Loss}. */
export function lossesOf(word: WordText): Message[] {
  return (Object.keys(LOSSES) as Loss[]).flatMap((loss) => {
    const count = word.losses.get(loss);
    return count === undefined ? [] : [{ ...LOSSES[loss], values: [count] }];
  });
}
