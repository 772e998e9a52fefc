/** Finds and reads the documents to learn from. Unreadable ones are reported by name, and the rest is read. */

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, readOrdinary, undecodableName } from '../../disk.node';
import { isReadme, isSkippedName } from '../../drafts/discovery';
import { DecodeError } from '../../text/encoding';
import type { Message } from '../../text/message';
import { DocumentError, documentText, formatOf } from './documentText.node';

export interface IntakeProblem {
  readonly file: string;
  readonly reason: Message;
}

/** Limits against folders and files that are not documents. */
const MAX_BYTES = 100 * 1024 * 1024;
const MAX_FILES = 100_000;
const MAX_DEPTH = 24;

/**
 * The documents among `paths`: the files named and those in the folders named, each once, by name. Hidden files and
 * folders are left out; links are followed but not in cycles. Files of other kinds are skipped in folders, and reported
 * as problems if named.
 */
export async function findDocuments(paths: readonly string[]): Promise<{ files: string[]; problems: IntakeProblem[] }> {
  const files: string[] = [];
  const problems: IntakeProblem[] = [];
  const visited = new Set<string>();

  const take = async (entry: string, depth: number, named: boolean): Promise<void> => {
    try {
      const real = await fs.realpath(entry);
      if (visited.has(real)) return;
      const status = await fs.stat(entry);
      if (status.isDirectory()) {
        visited.add(real);
        if (depth > MAX_DEPTH) throw new DocumentError({ en: 'Too many nested folders.', zh: '文件夹嵌套太深。' });
        const names = (await fs.readdir(entry)).sort();
        for (const name of names) {
          if (isSkippedName(name)) continue;
          if (files.length >= MAX_FILES) throw new DocumentError({ en: 'Too many files.', zh: '文件太多。' });
          await take(path.join(entry, name), depth + 1, false);
        }
      } else if (status.isFile()) {
        if (formatOf(entry) && (named || !isReadme(path.basename(entry)))) {
          visited.add(real);
          files.push(entry);
        } else if (named) {
          throw new DocumentError({
            en: 'Files of this kind cannot be read; save it as .docx or .txt.',
            zh: '读不了这种文件，请另存为 .docx 或 .txt。',
          });
        }
      }
    } catch (error) {
      problems.push({ file: entry, reason: undecodableName(entry) ?? reasonFor(error) });
    }
  };
  for (const entry of paths) await take(entry, 0, true);
  return { files, problems };
}

/** The bytes of a document and their hash. Throws what {@link fileProblem} knows. */
export async function readDocument(file: string): Promise<{ bytes: Uint8Array; hash: string }> {
  const bytes = await readOrdinary(file, MAX_BYTES);
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** The text of a document of a kind that {@link findDocuments} finds. Throws what {@link documentText} throws. */
export function textOf(file: string, bytes: Uint8Array): Promise<string> {
  return documentText(bytes, formatOf(file) ?? 'text');
}

/**
 * The message for an error with a document. Only what a library reports about the document itself is called damage: an
 * error of the program is reported as such.
 */
export function reasonFor(error: unknown): Message {
  if (error instanceof DocumentError || error instanceof DecodeError) return error.explanation;
  const known = fileProblem(error);
  if (known) return known;
  if (isPasswordProblem(error)) {
    return {
      en: 'The file is protected by a password; save it without one.',
      zh: '文件设有密码，请先去掉密码另存一份。',
    };
  }
  if (!(error instanceof Error) || !isOwnFault(error)) return { en: 'The file is damaged.', zh: '文件已损坏。' };
  return {
    en: 'It could not be read because of an error in this extension ({0}). Save it as .docx or .txt, and please report this.',
    zh: '读取时程序自身出错（{0}），不一定是文件的问题。请另存为 .docx 或 .txt 再试，并反馈给我们。',
    values: [error.message],
  };
}

function isPasswordProblem(error: unknown): boolean {
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === 'PasswordException' || /\b(?:encrypted|password)\b/i.test(message ?? '');
}

/**
 * Whether the error is in the code and not in the file: a name, a module or a function that does not exist. Errors
 * caused by a value from a damaged file have another type or another text.
 */
function isOwnFault(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^(?:MODULE_NOT_FOUND|ERR_(?:MODULE|REQUIRE|PACKAGE|UNSUPPORTED|UNKNOWN)_)/.test(code)) {
    return true;
  }
  if (error.name === 'ReferenceError') return true;
  return error.name === 'TypeError' && /is not a (?:constructor|function)\b/.test(error.message);
}
