/** Extracts the text of files other than plain text, for the command line and the server. */
import { type Decoded, decode } from '../text/encoding';
import type { Message } from '../text/message';
import type { WordText, WordView } from '../word/wordText';

/** Maximum size of a draft, in bytes; anything larger is endless or not a draft. */
export const MAX_BYTES = 100 * 1024 * 1024;

/** A text, and the document that it was extracted from. */
export interface Extracted extends Decoded {
  /** The Word document's other content; absent for other files. */
  readonly word?: WordText;
  /** Whether the text was extracted from a document of another kind, which cannot be written back. */
  readonly extracted?: boolean;
}

/** A document whose text cannot be extracted. */
export class Unreadable extends Error {
  constructor(readonly explanation: Message) {
    super(explanation.en);
  }
}

/** Kinds of documents whose text has to be extracted. */
const DOCUMENT_NAME = /\.(?:doc[xm]?|wps|odt|rtf|pdf|html?|xhtml)$/i;

/**
 * The text of a document other than plain text, detected by name or, on standard input, by content; undefined for plain
 * text. Throws {@link Unreadable}.
 */
export async function extracted(
  name: string,
  bytes: Uint8Array,
  view: WordView | undefined,
): Promise<Extracted | undefined> {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (!isArchive && !DOCUMENT_NAME.test(name)) return undefined;
  const { documentText, formatOf } = await import('../lexicon/intake/documentText.node');
  const { reasonFor: documentProblem } = await import('../lexicon/intake/intake.node');
  const { readWord, WordError, wordProblem } = await import('../word/word.node');
  const whole = { encoding: 'utf-8', bom: false, replaced: 0, extracted: true } as const;
  try {
    if (isArchive && !/\.odt$/i.test(name)) {
      const word = readWord(bytes, view);
      return { ...whole, text: word.text, word };
    }
    return { ...whole, text: await documentText(bytes, formatOf(name) ?? 'docx') };
  } catch (error) {
    throw new Unreadable(error instanceof WordError ? wordProblem(error) : documentProblem(error));
  }
}

/** The text of the file `name` of any kind, as every command reads it. Throws {@link Unreadable}, DecodeError. */
export async function fileText(name: string, bytes: Uint8Array): Promise<string> {
  return ((await extracted(name, bytes, undefined)) ?? decode(bytes, undefined)).text;
}
