/** What the platform lends the server. Node gives all of it; a browser's worker gives less. */
import type { CancellationToken } from 'vscode-languageserver';

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

export interface Host {
  readonly files?: FileAccess;
  /** The lexicon that comes with the product, in its stored form. Rejects where it cannot be read. */
  readonly lexicon?: () => Promise<string>;
}
