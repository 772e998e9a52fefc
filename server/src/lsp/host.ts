/** What the platform lends the server. Node gives all of it; a browser's worker gives less. */
import type { CancellationToken, RelativePattern } from 'vscode-languageserver';
import type { LearningProgress, LearningResult } from '../lexicon/learningWorker.node';
import type { FileSystem } from './files';

/** A file that may be a draft, by its name. */
export interface DraftFile {
  readonly uri: string;
  /** Changes whenever the file's content does: its size and time of change. */
  readonly stamp: string;
}

/** Reads the drafts of a workspace folder. Nothing here throws: what cannot be read is left out. */
export interface FileAccess {
  /** The files below `folderUri` that may be drafts, within bounds of number, size and depth. */
  list(folderUri: string, token: CancellationToken): AsyncIterable<DraftFile>;
  /** The text of a file, or undefined where there is none. */
  read(uri: string): Promise<string | undefined>;
}

/** Learns from the writer's own documents. */
export interface CorpusAccess {
  /** Paths of the folders and files of `paths` that exist; a relative one is below `folderUri`. */
  locate(folderUri: string | undefined, paths: readonly string[]): Promise<string[]>;
  /** What is to be watched for changes of the documents at the same paths, also of those that are not there yet. */
  watched(folderUri: string | undefined, paths: readonly string[]): RelativePattern[];
  /**
   * Learns from the documents at `paths`, in the background. `known` are the inputs of a lexicon at hand, which is not
   * learned anew where the documents are still the same. Rejects where `signal` ends it.
   */
  learn(
    paths: readonly string[],
    known: string | undefined,
    progress: LearningProgress,
    signal: AbortSignal,
  ): Promise<LearningResult>;
  /** What {@link keep} stored for the same paths, or undefined. */
  kept(storage: string, paths: readonly string[]): Promise<string | undefined>;
  keep(storage: string, paths: readonly string[], lexicon: string): Promise<void>;
  dispose(): void;
}

export interface Host {
  /** Hears of the client, as URL, where the server's own files are, if the platform cannot tell by itself. */
  readonly ownFilesAt?: (folder: string) => void;
  /** The files of the machine that the server runs on. */
  readonly files?: FileSystem;
  /** The lexicon that comes with the product, in its stored form. Rejects where it cannot be read. */
  readonly lexicon?: () => Promise<string>;
  readonly corpus?: CorpusAccess;
}
