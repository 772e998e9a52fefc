/** The requests of this server beyond LSP. Types and names only: the client imports this file too. */
import type { Position, Range } from 'vscode-languageserver-types';
import type { ComparedSection } from '../compare/compare';
import type { Figure, FigurePlace, Indicator } from '../features/figures';
import type { Passage } from '../features/passages';
import type { PlaceholderInfo } from '../features/placeholders';
import type { Statistics } from '../features/statistics';
import type { DrawnPage } from '../layout/drawing';
import type { Template } from '../layout/template';
import type { PlaceholderWords } from '../lexicon/prediction/placeholderWords';
import type { TargetScript } from '../text/script';

/**
 * A request by its method, with the types of its parameters and result. Not jsonrpc's class of this name: client and
 * server bundle different versions of that package, and each accepts only its own instances.
 */
export interface RequestType<Params, Result> {
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: (params: Params) => Result;
}

/** What a client may add to the context of `textDocument/completion`. */
export interface AskedContext {
  /** Whether the writer asked for the list with a key or a command: then everything likely is offered. */
  readonly asked?: boolean;
}

/** Whether a document reads as Chinese policy prose. Sent by a client that wants to set the document's language. */
export const RECOGNISE_REQUEST: RequestType<RecogniseParams, RecogniseResult> = { method: 'policyText/recognise' };

export interface RecogniseParams {
  readonly uri: string;
  /** The text, or enough of its beginning, if the client has not opened the document with the server. */
  readonly text?: string;
}

export interface RecogniseResult {
  readonly policyProse: boolean;
}

/** The section path and character counts at a place; null for an unknown document or one that is not policy prose. */
export const STATISTICS_REQUEST: RequestType<StatisticsParams, StatisticsResult> = { method: 'policyText/statistics' };

export interface StatisticsParams {
  readonly uri: string;
  readonly position: Position;
}

export type StatisticsResult = Statistics | null;

/**
 * Prefix of the server's edit commands in `workspace/executeCommand`, followed by a name of EDIT_COMMAND_NAMES. The
 * editor's own commands have other names, since a client registers those of its server by itself.
 */
export const EDIT_COMMAND_PREFIX = 'policyText.server.';

/** The one argument of an edit command. */
export interface EditCommandParams {
  readonly uri: string;
  readonly position: Position;
  /** The version of the text that the writer saw; a command meant for an older one is refused. */
  readonly version?: number;
  /** Further arguments of the command: `{ text, all }` for fillPlaceholder, MoveDetails for moveSection. */
  readonly details?: unknown;
}

/** The placeholders of a draft in order; empty for an unknown document or one that is not policy prose. */
export const PLACEHOLDERS_REQUEST: RequestType<PlaceholdersParams, PlaceholdersResult> = {
  method: 'policyText/placeholders',
};

export interface PlaceholdersParams {
  readonly uri: string;
}

export interface PlaceholdersResult {
  /** The version of the text they were found in. */
  readonly version: number;
  readonly placeholders: readonly PlaceholderInfo[];
}

/**
 * The placeholders of all open drafts and of the drafts in the workspace's folders. The parameter is an empty object.
 */
export const WORKSPACE_PLACEHOLDERS_REQUEST: RequestType<object, WorkspacePlaceholdersResult> = {
  method: 'policyText/workspacePlaceholders',
};

/** A draft with placeholders. */
export interface PlaceholderFile {
  readonly uri: string;
  /** The version of the text they were found in; absent for a file that is not open. */
  readonly version?: number;
  readonly placeholders: readonly PlaceholderInfo[];
}

export interface WorkspacePlaceholdersResult {
  /** Open drafts first. */
  readonly files: readonly PlaceholderFile[];
}

/** Words found elsewhere in the context of the placeholder at a place, which it may be filled with. */
export const PLACEHOLDER_WORDS_REQUEST: RequestType<PlaceholderWordsParams, PlaceholderWordsResult> = {
  method: 'policyText/placeholderWords',
};

export interface PlaceholderWordsParams {
  readonly uri: string;
  readonly position: Position;
}

export interface PlaceholderWordsResult {
  /** The best first; empty if there is no placeholder. */
  readonly words: readonly PlaceholderWords[];
}

/** Null if nothing was edited; the writer has been told why. */
export type EditCommandResult = {
  readonly caret?: Position;
  /** Text that was cut out, to be shown in a document of its own. */
  readonly extracted?: string;
} | null;

/** Learns slogans from the documents that the settings name and from those at `paths`. */
export const LEARN_REQUEST: RequestType<LearnParams, LearnResult> = { method: 'policyText/learn' };

export interface LearnParams {
  /** Paths of files and folders on the machine that the server runs on; URIs if it runs in a browser. */
  readonly paths: readonly string[];
}

/** Null if there is nothing to learn from, if learning was cancelled, and if the server cannot learn. */
export type LearnResult = {
  readonly documents: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** The first document that could not be read, as its path or URI, and the reason, for the writer. */
  readonly firstUnreadable?: { readonly file: string; readonly reason: string };
  readonly phrases: number;
} | null;

/** The slogans of the lexicon in use, or those that match a query, a page at a time. */
export const SLOGANS_REQUEST: RequestType<SlogansParams, SlogansResult> = { method: 'policyText/slogans' };

export interface SlogansParams {
  /** Characters it contains, or the pinyin it begins with; all if empty or absent. */
  readonly query?: string;
  /** Index of the first to list, 0 for the most useful, and their number. */
  readonly from?: number;
  readonly limit?: number;
  /** The draft in whose script and quotation marks they are returned. */
  readonly uri?: string;
}

/** Words and their number of occurrences there. */
export type CountedWords = readonly [words: string, count: number];

export interface SloganInfo {
  readonly text: string;
  readonly count: number;
  readonly documents: number;
  /** Number of the writer's own documents that contain it. */
  readonly own: number;
  /** The terms listed with it in this order, including itself. */
  readonly series: readonly string[];
  readonly before: readonly CountedWords[];
  readonly after: readonly CountedWords[];
  /** Other forms of the same words. */
  readonly variants: readonly CountedWords[];
}

export interface SlogansResult {
  /** Number of slogans that match the query. */
  readonly total: number;
  readonly slogans: readonly SloganInfo[];
  /** Number of documents that the lexicon was learned from, and how many of them are the writer's own. */
  readonly documents: number;
  readonly ownDocuments: number;
}

/** Sent when another lexicon is in use, to a client that has requested slogans. Without parameters. */
export const SLOGANS_CHANGED = 'policyText/slogansChanged';

/**
 * Requests from the server to a client that declares `files: true` in its initialization options: for files of the
 * workspace that only the client can open, because they are not on the machine that the server runs on. Null for
 * missing files.
 */
export const READ_FOLDER_REQUEST: RequestType<FileParams, ReadFolderResult> = { method: 'policyText/readFolder' };
export const STAMP_REQUEST: RequestType<FileParams, StampResult> = { method: 'policyText/stamp' };
export const READ_FILE_REQUEST: RequestType<FileParams, ReadFileResult> = { method: 'policyText/readFile' };

export interface FileParams {
  readonly uri: string;
}

/** A file or folder, by its plain name. Symbolic links are left out. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export type ReadFolderResult = readonly FolderEntry[] | null;

/** The size of a file in bytes and its modification time, in ms. */
export type StampResult = { readonly size: number; readonly changed: number } | null;

/** The text of a file. */
export type ReadFileResult = string | null;

/**
 * Request from a server that cannot write files: the client writes one into the storage folder, which it named with
 * `storage` in its initialization options, then a URI. True on success.
 */
export const STORE_FILE_REQUEST: RequestType<StoreFileParams, boolean> = { method: 'policyText/storeFile' };

export interface StoreFileParams {
  readonly uri: string;
  readonly text: string;
}

/** The changes of cleaning up a document, a part of it or a text. Nothing is edited: the client shows them first. */
export const CLEAN_UP_REQUEST: RequestType<CleanUpParams, CleanUpResult> = { method: 'policyText/cleanUp' };

export interface CleanUpParams {
  readonly uri?: string;
  /** The selection; if absent or empty, the whole document. */
  readonly range?: Range;
  /** A text outside any document: from the clipboard. */
  readonly text?: string;
  /** Kinds of repair to leave out, by their {@link CleanUpKind} ids. */
  readonly without?: readonly string[];
}

/** A kind of repair that was made, its name, and the number of places. */
export interface CleanUpKind {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** Null for an unknown document. */
export type CleanUpResult = {
  /** The version of the text that the edits are for. */
  readonly version: number;
  /**
   * Sorted and disjoint. `kind` says what is repaired and, if another reading was possible, that it should be checked.
   */
  readonly edits: readonly { readonly range: Range; readonly newText: string; readonly kind: string }[];
  /** The text after cleaning, if `text` was given. */
  readonly text?: string;
  /** The repairs made, by kind. */
  readonly kinds: readonly CleanUpKind[];
  /** One line about the repairs; empty if nothing was found. */
  readonly summary: string;
  /** The places that should be checked or were left alone. */
  readonly places: readonly CleanUpPlace[];
} | null;

export interface CleanUpPlace {
  /** Position in the document, or in the given text, after all edits. */
  readonly position: Position;
  /** The text there after the edits. */
  readonly words: string;
  /** The repair, abbreviated; other readings; the reason. */
  readonly repair: string;
  readonly others: readonly string[];
  /** The other readings in full, to replace `words`. */
  readonly candidates: readonly string[];
  readonly note: string;
}

/** The changes of converting a document, or a part of it, to another script. */
export const CONVERT_SCRIPT_REQUEST: RequestType<ConvertScriptParams, ConvertScriptResult> = {
  method: 'policyText/convertScript',
};

export interface ConvertScriptParams {
  readonly uri: string;
  readonly range?: Range;
  readonly to: TargetScript;
  /** Also convert to the region's vocabulary, not only its characters. */
  readonly vocabulary?: boolean;
}

export type ConvertScriptResult = {
  readonly version: number;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
} | null;

/** Whether a document was read in the wrong encoding. */
export const ENCODING_REQUEST: RequestType<EncodingParams, EncodingResult> = { method: 'policyText/encoding' };

export interface EncodingParams {
  readonly text: string;
  /** The first bytes of the file, in base64. */
  readonly bytes?: string;
}

/** The encodings to reopen it in, likeliest first, by VS Code's names; empty if nothing is wrong. */
export interface EncodingResult {
  readonly candidates: readonly string[];
}

/** Runs one of the tools for assistants (agents/tools.ts) on a text that the client has read. */
export const RUN_TOOL_REQUEST: RequestType<RunToolParams, RunToolResult> = { method: 'policyText/runTool' };

export interface RunToolParams {
  readonly name: string;
  /** As in the tool's schema, with `text` instead of `path`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The document of the text: its settings and its language apply. */
  readonly uri?: string;
  readonly markdown?: boolean;
}

/** The tool's answer, or a message saying why it did nothing. */
export type RunToolResult = { readonly answer: object } | { readonly refused: string };

/** The text of a draft made from a word-processor document (.docx, .doc, .wps, .rtf, .odt) or a .pdf. */
export const READ_DOCUMENT_REQUEST: RequestType<FileParams, ReadDocumentResult> = {
  method: 'policyText/readDocument',
};

/**
 * The text, with `losses` (short descriptions of the document's other content); or a message saying why it cannot be
 * read.
 */
export type ReadDocumentResult =
  | { readonly text: string; readonly losses: readonly string[] }
  | { readonly refused: string };

/** The open draft at a URI as a Word document, laid out by GB/T 9704-2012. Nothing is written: the client does that. */
export const EXPORT_WORD_REQUEST: RequestType<FileParams, ExportWordResult> = { method: 'policyText/exportWord' };

/**
 * The bytes of the .docx in base64, and remarks on where the unit's template deviates from the standard or why it was
 * not used; or a message saying why there is none.
 */
export type ExportWordResult =
  | { readonly bytes: string; readonly remarks: readonly string[] }
  | { readonly refused: string };

/**
 * The open draft at a URI as pages, drawn as {@link EXPORT_WORD_REQUEST} lays it out; null if there is no such draft.
 */
export const PAGES_REQUEST: RequestType<FileParams, PagesResult> = { method: 'policyText/pages' };

export type PagesResult = {
  /** The version of the text that they were made from. */
  readonly version: number;
  readonly pages: readonly DrawnPage[];
  readonly fonts: Template['fonts'];
  /** Width and height of a page in points. */
  readonly size: { readonly width: number; readonly height: number };
  /** Why the unit's template is not used. */
  readonly remark?: string;
} | null;

/** The figures of all drafts by indicator; the draft at `uri`, if open, first. */
export const FACTS_REQUEST: RequestType<FileParams, FactsResult> = { method: 'policyText/facts' };

export interface DraftFacts {
  readonly uri: string;
  readonly indicators: readonly Indicator[];
}

export interface FactsResult {
  readonly drafts: readonly DraftFacts[];
}

/** The figure at a place, and the places of figures of its indicator in all drafts; null if there is no figure. */
export const FIGURE_REQUEST: RequestType<StatisticsParams, FigureResult> = { method: 'policyText/figure' };

export type FigureResult = {
  readonly indicator: string;
  readonly figure: Figure;
  /** The version of the draft it was read in. */
  readonly version: number;
  readonly places: readonly (FigurePlace & { readonly uri: string })[];
} | null;

/**
 * An earlier text with its sections at the places of their counterparts in the draft at `uri`; null without an open
 * draft.
 */
export const COMPARE_REQUEST: RequestType<CompareParams, CompareResult> = { method: 'policyText/compare' };

export interface CompareParams {
  readonly uri: string;
  readonly old: string;
}

export type CompareResult = {
  readonly arranged: string;
  /** Number of sections by fate. */
  readonly fates: Readonly<Partial<Record<ComparedSection['fate'], number>>>;
} | null;

/** Passages of the other drafts on the topic of a query, the best first. */
export const PASSAGES_REQUEST: RequestType<PassagesParams, PassagesResult> = { method: 'policyText/passages' };

export interface PassagesParams {
  readonly uri: string;
  readonly query: string;
}

export interface PassagesResult {
  readonly passages: readonly Passage[];
}

/** A copy of a Word document with findings as comments and safe fixes as tracked changes. The client writes it. */
export const REVIEW_DOCUMENT_REQUEST: RequestType<FileParams, ReviewDocumentResult> = {
  method: 'policyText/reviewDocument',
};

/** The bytes in base64, with the numbers of comments and fixes; or a message saying why there is no review. */
export type ReviewDocumentResult =
  | { readonly bytes: string; readonly comments: number; readonly fixes: number }
  | { readonly refused: string };

/**
 * The open draft at `draft` updated with changes that others made in the document at `uri`. Nothing is edited: the
 * client shows the result.
 */
export const UPDATE_DRAFT_REQUEST: RequestType<UpdateDraftParams, UpdateDraftResult> = {
  method: 'policyText/updateDraft',
};

export interface UpdateDraftParams {
  readonly uri: string;
  readonly draft: string;
}

/** A comment of the document. */
export interface DocumentComment {
  readonly author: string;
  readonly text: string;
  /** The words it refers to; empty if it is attached to a position. */
  readonly words: string;
  /** The line of the draft it refers to, 0-based; -1 if the draft has none. */
  readonly line: number;
}

export type UpdateDraftResult =
  | {
      readonly text: string;
      readonly comments: readonly DocumentComment[];
      /** Short descriptions of the document's other content. */
      readonly losses: readonly string[];
    }
  | { readonly refused: string };
