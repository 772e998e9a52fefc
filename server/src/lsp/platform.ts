/** Platform services for the server. Node provides all of them; a web worker fewer. */
import type { RelativePattern } from 'vscode-languageserver';
import type { WordReview, WordReviewOptions } from '../features/wordReview.node';
import type { LearningProgress, LearningResult } from '../lexicon/mining/learningWorker.node';
import type { MineOptions } from '../lexicon/mining/mine';
import type { Analysis } from '../structure/analysis';
import type { Message } from '../text/message';
import type { WordComment } from '../word/wordText';
import type { StartLintWorker } from './backgroundLint';
import type { DraftLayout } from './draftLayout';
import type { FolderIndexAccess } from './folderIndex';
import type { FolderEntry, StampResult } from './protocol';
import type { Traffic } from './requests';
import type { UsesAccess } from './usageHistory';

/**
 * The required part of a file system. Everything is named by its URI; what does not exist, or is not accessible, is
 * undefined.
 */
export interface FileSystem {
  /** Files and folders; symbolic links count as neither, so that a link to a parent folder cannot cause a cycle. */
  readFolder(uri: string): Promise<readonly FolderEntry[] | undefined>;
  /** The size in bytes and the modification time. */
  stamp(uri: string): Promise<NonNullable<StampResult> | undefined>;
  /** The text, in whatever encoding it is stored. */
  readFile(uri: string): Promise<string | undefined>;
}

/** Learns from the writer's own documents. */
export interface CorpusAccess {
  /** Paths of the folders and files of `paths` that exist; a relative one is below `folderUri`. */
  locate(folderUri: string | undefined, paths: readonly string[]): Promise<string[]>;
  /** Watch patterns for changes of the documents at these paths, including those that do not exist yet. */
  watched(folderUri: string | undefined, paths: readonly string[]): RelativePattern[];
  /**
   * Learns from the documents at `paths` with `options`, in the background. `known` are the inputs of an existing lexicon, which is
   * not learned again if the documents are unchanged. Rejects if `signal` aborts it.
   */
  learn(
    paths: readonly string[],
    options: MineOptions,
    known: string | undefined,
    progress: LearningProgress,
    signal: AbortSignal,
  ): Promise<LearningResult>;
  /** What {@link keep} stored for the same paths, or undefined: also if it is not exactly what was stored. */
  kept(storage: string, paths: readonly string[]): Promise<string | Uint8Array | undefined>;
  /** Stores a lexicon, whole or not at all. Returns why not if it could not, and never rejects. */
  keep(storage: string, paths: readonly string[], lexicon: string | Uint8Array): Promise<Message | undefined>;
  dispose(): void;
}

/** Reads word-processor documents, and writes drafts as Word documents. */
export interface WordAccess {
  /** The text of a draft made from the document at `uri`, or why it cannot be read. */
  read(uri: string): Promise<ReadDocument | { readonly refused: Message }>;
  /** The bytes of a .docx with `analysis` laid out by GB/T 9704 or the unit's template. */
  write(analysis: Analysis, layout: DraftLayout): Promise<Uint8Array>;
  /** Reviews the .docx at `uri`, or says why not; an empty author means 笔杆, an empty date now. */
  review(
    uri: string,
    who: { readonly author: string; readonly date: string },
    options: Omit<WordReviewOptions, 'reviewer'>,
  ): Promise<WordReview | { readonly refused: Message }>;
}

export interface ReadDocument {
  /** Comments, in offsets of `text`; those that do not refer to words there have -1. */
  readonly comments: readonly Pick<WordComment, 'author' | 'text' | 'start' | 'end'>[];
  /** UTF-16, lines end with \n. */
  readonly text: string;
  /** What the document contains besides the text, for the writer. */
  readonly losses: readonly Message[];
}

/** Encodes answers; is told of what is sent repeatedly, so that it need not be encoded each time. */
export interface AnswerEncoding {
  /** `value` is sent unchanged with several answers. */
  keep(value: object): void;
  /** So are most items of `list`, and of their `children`. */
  keepItems(list: readonly object[]): void;
}

export interface Platform {
  /** Starts a thread that lints drafts; without one they are linted in turns. */
  readonly startLintWorker?: StartLintWorker;
  /** Absent if messages are not encoded here, but by the platform. */
  readonly encoding?: AnswerEncoding;
  /** The language of messages, for clients that specify none: Neovim's and Emacs's. */
  readonly locale?: string | undefined;
  /** Receives the URL of the server's own files from the client, if the platform cannot determine it. */
  readonly ownFilesAt?: (folder: string) => void;
  /** The files of the machine that the server runs on. */
  readonly files?: FileSystem;
  /** Returns free memory to the system; called some time after large drafts were closed. */
  readonly giveBackMemory?: () => void;
  /**
   * Stores the compiled code of the scripts loaded so far, unless it is stored, so that the next start is faster. Called when
   * nothing is typed, and at the end. Never rejects.
   */
  readonly keepCompiled?: () => Promise<void>;
  /** The shipped lexicon, in its stored form. Rejects if it cannot be read. */
  readonly lexicon?: () => Promise<Uint8Array>;
  /**
   * Tells when all messages that have arrived are processed; without it, work continues after one turn of the event
   * loop.
   */
  readonly traffic?: Traffic;
  /** The spelling model, in its stored form. Rejects if it cannot be read. */
  readonly spelling?: () => Promise<Uint8Array>;
  readonly corpus?: CorpusAccess;
  readonly word?: WordAccess;
  /** Reads the drafts of a folder and stores their index. */
  readonly folderIndex?: FolderIndexAccess;
  /** Stores which suggestions the writer accepted. */
  readonly uses?: UsesAccess;
}
