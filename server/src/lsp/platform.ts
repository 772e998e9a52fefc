/** What the platform lends the server. Node gives all of it; a browser's worker gives less. */
import type { RelativePattern } from 'vscode-languageserver';
import type { WordReview, WordReviewOptions } from '../features/wordReview.node';
import type { LearningProgress, LearningResult } from '../lexicon/mining/learningWorker.node';
import type { Analysis } from '../structure/analysis';
import type { Message } from '../text/message';
import type { WordComment } from '../word/reader';
import type { DraftLayout } from './configurationFiles';
import type { FolderIndexAccess } from './folderIndex';
import type { FolderEntry, StampResult } from './protocol';
import type { Traffic } from './requests';
import type { UsesAccess } from './usageHistory';

/** What is needed of a file system. Everything is named by its URI; what is not there, or not ours to see, is undefined. */
export interface FileSystem {
  /** Files and folders; symbolic links are neither, so that a link to a folder above cannot lead round and round. */
  readFolder(uri: string): Promise<readonly FolderEntry[] | undefined>;
  /** The size in bytes and the time of change. */
  stamp(uri: string): Promise<NonNullable<StampResult> | undefined>;
  /** The text, in whatever encoding it is kept. */
  readFile(uri: string): Promise<string | undefined>;
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
  /** What {@link keep} stored for the same paths, or undefined: also where it is not quite what was stored. */
  kept(storage: string, paths: readonly string[]): Promise<string | undefined>;
  /** Stores what was learned, whole or not at all. Returns why not where it could not, and never rejects. */
  keep(storage: string, paths: readonly string[], lexicon: string): Promise<Message | undefined>;
  dispose(): void;
}

/** Reads the documents of word processors, and writes drafts as such. */
export interface WordAccess {
  /** What a draft made from the document at `uri` would contain. Where it cannot be read, why. */
  read(uri: string): Promise<ReadDocument | { readonly refused: Message }>;
  /** The bytes of a .docx that `analysis` is laid out in, by GB/T 9704 or the unit's template. */
  write(analysis: Analysis, layout: DraftLayout): Promise<Uint8Array>;
  /** Reviews the .docx at `uri`; an empty author is 笔杆, an empty date now. Where it is not reviewed, why. */
  review(
    uri: string,
    who: { readonly author: string; readonly date: string },
    options: Omit<WordReviewOptions, 'reviewer'>,
  ): Promise<WordReview | { readonly refused: Message }>;
}

export interface ReadDocument {
  /** Comments, in offsets of `text`; those that are about no words there have -1. */
  readonly comments: readonly Pick<WordComment, 'author' | 'text' | 'start' | 'end'>[];
  /** UTF-16, lines end with \n. */
  readonly text: string;
  /** What the document holds beside it, for the writer. */
  readonly losses: readonly Message[];
}

export interface Platform {
  /** The language of messages, for clients that name none: Neovim's and Emacs's. */
  readonly locale?: string | undefined;
  /** Hears of the client, as URL, where the server's own files are, if the platform cannot tell by itself. */
  readonly ownFilesAt?: (folder: string) => void;
  /** The files of the machine that the server runs on. */
  readonly files?: FileSystem;
  /** Gives memory back that is free; called when large drafts have been closed for a while. */
  readonly giveBackMemory?: () => void;
  /** The lexicon that comes with the product, in its stored form. Rejects where it cannot be read. */
  readonly lexicon?: () => Promise<string>;
  /** Tells when all messages that have arrived are read; where it is missing, work goes on after a turn of the event loop. */
  readonly traffic?: Traffic;
  /** What misspellings are found with, in its stored form. Rejects where it cannot be read. */
  readonly spelling?: () => Promise<Uint8Array>;
  readonly corpus?: CorpusAccess;
  readonly word?: WordAccess;
  /** Reads the drafts of a folder and keeps what was found in them. */
  readonly folderIndex?: FolderIndexAccess;
  /** Keeps what the writer took from the list of suggestions. */
  readonly uses?: UsesAccess;
}
