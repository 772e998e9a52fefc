/** Finds and reads the documents to learn from. What cannot be read is reported by name, and the rest is read. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, readWhole } from '../../disk.node';
import { DecodeError } from '../../text/encoding';
import type { Message } from '../../text/message';
import { DocumentError, documentText, formatOf } from './documentText.node';

export interface IntakeProblem {
  readonly file: string;
  readonly reason: Message;
}

/** Bounds against folders and files that are no documents. */
const MAX_BYTES = 100 * 1024 * 1024;
const MAX_FILES = 100_000;
const DEEPEST = 24;
/** About the folder, not one of its documents. */
const README = /^readme\b/i;
/** Folders that hold programs and their data, not drafts. */
const SKIPPED = new Set(['node_modules', 'dist', 'out']);

/**
 * The documents among `paths`: the files named and those in the folders named, each once, by name. Hidden files and
 * folders are left out; links are followed but not in circles. Files of other kinds are skipped in folders, and problems
 * where named.
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
        if (depth > DEEPEST) throw new DocumentError({ en: 'Too many nested folders.', zh: '文件夹嵌套太深。' });
        const names = (await fs.readdir(entry)).sort();
        for (const name of names) {
          if (name.startsWith('.') || SKIPPED.has(name)) continue;
          if (files.length >= MAX_FILES) throw new DocumentError({ en: 'Too many files.', zh: '文件太多。' });
          await take(path.join(entry, name), depth + 1, false);
        }
      } else if (status.isFile()) {
        if (formatOf(entry) && (named || !README.test(path.basename(entry)))) {
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
      problems.push({ file: entry, reason: reasonFor(error) });
    }
  };
  for (const entry of paths) await take(entry, 0, true);
  return { files, problems };
}

/** The bytes of a document and their hash. Throws what {@link fileProblem} knows. */
export async function readDocument(file: string): Promise<{ bytes: Uint8Array; hash: string }> {
  const bytes = await readWhole(file, MAX_BYTES);
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** The text of a document of a kind that {@link findDocuments} finds. Throws what {@link documentText} throws. */
export function textOf(file: string, bytes: Uint8Array): Promise<string> {
  return documentText(bytes, formatOf(file) ?? 'text');
}

/** Puts what went wrong with a document into words. */
export function reasonFor(error: unknown): Message {
  if (error instanceof DocumentError || error instanceof DecodeError) return error.explanation;
  return fileProblem(error) ?? { en: 'The file is damaged or protected.', zh: '文件已损坏或者加了密。' };
}
