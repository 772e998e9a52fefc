/** Finds and reads the documents to learn from, in one go or in parts. */
import type { Message } from '../../text/message';
import { DocumentError } from '../intake/documentText.node';
import { findDocuments, type IntakeProblem, readDocument, reasonFor } from '../intake/intake.node';
import type { LearnedDocument, Learner } from './learner';
import type { LearningProgress } from './learningWorker.node';

/** Returns the text of one document. */
export type TextReader = (file: string, bytes: Uint8Array) => Promise<string>;

/** The sources to learn from: files and folders, and those of history. */
export interface LearningPaths {
  readonly paths: readonly string[];
  readonly history?: readonly string[];
}

/** Progress message once everything is read. */
export const FINDING: Message = { en: 'Finding phrases', zh: '正在提取常用表述' };

/** Files to learn from: the first `fresh` ones, then those of history. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly fresh: number;
  readonly problems: readonly IntakeProblem[];
}

/** The documents among `paths` and `history`. */
export async function findFiles({ paths, history = [] }: LearningPaths): Promise<FoundFiles> {
  const fresh = await findDocuments(paths);
  const older = await findDocuments(history);
  const known = new Set(fresh.files);
  return {
    files: [...fresh.files, ...older.files.filter((file) => !known.has(file))],
    fresh: fresh.files.length,
    problems: [...fresh.problems, ...older.problems],
  };
}

/** The documents read from files. */
export interface ReadFiles {
  readonly documents: LearnedDocument[];
  /** Of all readable files, including those without text. */
  readonly hashes: string[];
  readonly problems: IntakeProblem[];
}

/** Reads files and has `learner` prepare them. Never throws because of a document. */
export async function readDocuments(
  learner: Learner,
  { files, fresh, problems: known }: FoundFiles,
  read: TextReader,
  progress: LearningProgress,
): Promise<ReadFiles> {
  const problems = [...known];
  const hashes: string[] = [];
  const documents: LearnedDocument[] = [];
  for (const [index, file] of files.entries()) {
    progress(index / files.length, {
      en: 'Reading document {0} of {1}',
      zh: '正在读取第 {0} 篇，共 {1} 篇',
      values: [index + 1, files.length],
    });
    try {
      const { bytes, hash } = await readDocument(file);
      hashes.push(hash);
      const prepared = await learner.prepare(hash, () => read(file, bytes), file);
      if (prepared === '') {
        throw new DocumentError({ en: 'It contains no Chinese text.', zh: '里面没有中文正文。' });
      }
      documents.push({ name: file, hash, ...learner.dating(hash, file), ...(index >= fresh && { history: true }) });
    } catch (error) {
      problems.push({ file, reason: reasonFor(error) });
    }
  }
  return { documents, hashes, problems };
}
