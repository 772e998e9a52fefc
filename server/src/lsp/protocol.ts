/**
 * The requests this server answers beside LSP's own. Types and names only: the client imports this file too.
 */
import type { Position, Range } from 'vscode-languageserver-types';
import type { ComparedSection } from '../compare/compare';
import type { Figure, FigurePlace, Indicator } from '../features/figures';
import type { Passage } from '../features/passages';
import type { PlaceholderInfo } from '../features/placeholders';
import type { PlaceholderWords } from '../features/placeholderWords';
import type { Statistics } from '../features/statistics';
import type { DrawnPage } from '../layout/drawing';
import type { Template } from '../layout/template';
import type { TargetScript } from '../text/script';

/**
 * A request by its method, with the types of what it takes and answers. Not jsonrpc's class of this name: client and server
 * bundle different versions of that package, and each accepts only its own instances.
 */
export interface RequestType<Params, Result> {
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: (params: Params) => Result;
}

/** What a client may add to the context of `textDocument/completion`. */
export interface AskedContext {
  /** True where the writer asked for the list with a key or a command: everything likely is offered then. */
  readonly asked?: boolean;
}

/** Does a document read as Chinese policy prose? Asked by a client that wants to set the document's language. */
export const RECOGNISE_REQUEST: RequestType<RecogniseParams, RecogniseResult> = { method: 'policyText/recognise' };

export interface RecogniseParams {
  readonly uri: string;
  /** The text, or enough of its beginning, where the client has not opened the document with the server. */
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
 * What the server's edit commands are called in `workspace/executeCommand`: this and a name of EDIT_COMMAND_NAMES.
 * The editor's own commands have other names, since a client registers those of its server by itself.
 */
export const EDIT_COMMAND_PREFIX = 'policyText.server.';

/** The one argument of an edit command. */
export interface EditCommandParams {
  readonly uri: string;
  readonly position: Position;
  /** The version of the text that the writer saw; a command meant for an older one is refused. */
  readonly version?: number;
  /** What the command needs beside a place: `{ text, all }` for fillPlaceholder, MoveDetails for moveSection. */
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

/** The placeholders of all open drafts and of the drafts in the workspace's folders. Takes an empty object. */
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

/** What stood elsewhere in the surroundings of the placeholder at a place: words it may be filled with. */
export const PLACEHOLDER_WORDS_REQUEST: RequestType<PlaceholderWordsParams, PlaceholderWordsResult> = {
  method: 'policyText/placeholderWords',
};

export interface PlaceholderWordsParams {
  readonly uri: string;
  readonly position: Position;
}

export interface PlaceholderWordsResult {
  /** The best first; empty where there is no placeholder. */
  readonly words: readonly PlaceholderWords[];
}

/** Null where nothing was edited; the writer has been told why. */
export type EditCommandResult = {
  readonly caret?: Position;
  /** Text that was taken out, to be shown in a document of its own. */
  readonly extracted?: string;
} | null;

/** Learns slogans from the documents that the settings name and from those at `paths`. */
export const LEARN_REQUEST: RequestType<LearnParams, LearnResult> = { method: 'policyText/learn' };

export interface LearnParams {
  /** Paths of files and folders on the machine that the server runs on; URIs where it runs in a browser. */
  readonly paths: readonly string[];
}

/** Null where there is nothing to learn from, where learning was cancelled, and where the server cannot learn. */
export type LearnResult = {
  readonly documents: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** The first of those that could not be read, as its path or URI, and why, for the writer. */
  readonly firstUnreadable?: { readonly file: string; readonly reason: string };
  readonly phrases: number;
} | null;

/** The slogans of the lexicon in use, or those that answer to a query, a page at a time. */
export const SLOGANS_REQUEST: RequestType<SlogansParams, SlogansResult> = { method: 'policyText/slogans' };

export interface SlogansParams {
  /** Characters in it, or the pinyin it begins with; all where it is empty or absent. */
  readonly query?: string;
  /** The first to be listed, 0 for the most useful, and how many. */
  readonly from?: number;
  readonly limit?: number;
  /** The draft in whose script and quotation marks they are to be written. */
  readonly uri?: string;
}

/** Words and how often they stand there. */
export type CountedWords = readonly [words: string, count: number];

export interface SloganInfo {
  readonly text: string;
  readonly count: number;
  readonly documents: number;
  /** In how many of the writer's own documents. */
  readonly own: number;
  /** The terms that stand with it in this order, itself among them. */
  readonly series: readonly string[];
  readonly before: readonly CountedWords[];
  readonly after: readonly CountedWords[];
  /** Other ways of writing the same words. */
  readonly variants: readonly CountedWords[];
}

export interface SlogansResult {
  /** How many answer to the query. */
  readonly total: number;
  readonly slogans: readonly SloganInfo[];
  /** Documents that the lexicon was learned from, and how many of them are the writer's own. */
  readonly documents: number;
  readonly ownDocuments: number;
}

/** Sent to a client that has asked for slogans when another lexicon is in use. Without parameters. */
export const SLOGANS_CHANGED = 'policyText/slogansChanged';

/**
 * What the server asks of a client that says `files: true` in its initialization options: files of the workspace that
 * only the client can open, for they are not on the machine that the server runs on. Null for what is not there.
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

/** The size of a file in bytes and when it was changed, in milliseconds. */
export type StampResult = { readonly size: number; readonly changed: number } | null;

/** The text of a file. */
export type ReadFileResult = string | null;

/**
 * Asked by a server that cannot write files: the client writes one into the folder for what is kept, of which it told with
 * `storage` in its initialization options, a URI then. True where it did.
 */
export const STORE_FILE_REQUEST: RequestType<StoreFileParams, boolean> = { method: 'policyText/storeFile' };

export interface StoreFileParams {
  readonly uri: string;
  readonly text: string;
}

/** What cleaning up a document, a stretch of it or a text would change. Nothing is edited: the client shows it first. */
export const CLEAN_UP_REQUEST: RequestType<CleanUpParams, CleanUpResult> = { method: 'policyText/cleanUp' };

export interface CleanUpParams {
  readonly uri?: string;
  /** The selection; without it, or where it is empty, the whole document. */
  readonly range?: Range;
  /** A text that is in no document: what was copied. */
  readonly text?: string;
  /** Kinds of repair, as {@link CleanUpKind} names them, that are not made. */
  readonly without?: readonly string[];
}

/** A kind of repair that was made, what it is called, and in how many places. */
export interface CleanUpKind {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** Null for an unknown document. */
export type CleanUpResult = {
  /** The version of the text that the edits are for. */
  readonly version: number;
  /** In order, without overlaps. `kind` says what is repaired and, where another reading was possible, that it is to be checked. */
  readonly edits: readonly { readonly range: Range; readonly newText: string; readonly kind: string }[];
  /** The text cleaned, where `text` was given. */
  readonly text?: string;
  /** What was repaired, kind by kind. */
  readonly kinds: readonly CleanUpKind[];
  /** One line on what was repaired; empty where nothing was found. */
  readonly summary: string;
  /** The places that should be checked or were left alone. */
  readonly places: readonly CleanUpPlace[];
} | null;

export interface CleanUpPlace {
  /** In the document, or in the text that was given, as it is once all edits are made. */
  readonly position: Position;
  /** What stands there then. */
  readonly words: string;
  /** What it was repaired to, in short; what it may be instead; why. */
  readonly repair: string;
  readonly others: readonly string[];
  /** The others whole, to be put in the place of `words`. */
  readonly candidates: readonly string[];
  readonly note: string;
}

/** What converting a document, or a stretch of it, into another script would change. */
export const CONVERT_SCRIPT_REQUEST: RequestType<ConvertScriptParams, ConvertScriptResult> = {
  method: 'policyText/convertScript',
};

export interface ConvertScriptParams {
  readonly uri: string;
  readonly range?: Range;
  readonly to: TargetScript;
  /** The region's words too, not only its characters. */
  readonly vocabulary?: boolean;
}

export type ConvertScriptResult = {
  readonly version: number;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
} | null;

/** Was a document read in the wrong encoding? */
export const ENCODING_REQUEST: RequestType<EncodingParams, EncodingResult> = { method: 'policyText/encoding' };

export interface EncodingParams {
  readonly text: string;
  /** The first bytes of the file, in base64. */
  readonly bytes?: string;
}

/** The encodings to open it in, likeliest first, by VS Code's names for them; empty where all is well. */
export interface EncodingResult {
  readonly candidates: readonly string[];
}

/** Runs one of the tools for assistants (agents/tools.ts) on a text that the client has read. */
export const RUN_TOOL_REQUEST: RequestType<RunToolParams, RunToolResult> = { method: 'policyText/runTool' };

export interface RunToolParams {
  readonly name: string;
  /** As the tool's schema says, with `text` in the place of `path`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The document that the text is of: its settings hold, and its language. */
  readonly uri?: string;
  readonly markdown?: boolean;
}

/** What the tool answers, or in words why it did nothing. */
export type RunToolResult = { readonly answer: object } | { readonly refused: string };

/** What a draft made from a document of a word processor (.docx, .doc, .wps, .rtf, .odt) or a .pdf would contain. */
export const READ_DOCUMENT_REQUEST: RequestType<FileParams, ReadDocumentResult> = {
  method: 'policyText/readDocument',
};

/** The text, with `losses` (what else the document holds, each in a few words); or in words why it cannot be read. */
export type ReadDocumentResult =
  | { readonly text: string; readonly losses: readonly string[] }
  | { readonly refused: string };

/** The open draft at a URI as a Word document, laid out by GB/T 9704-2012. Nothing is written: the client does that. */
export const EXPORT_WORD_REQUEST: RequestType<FileParams, ExportWordResult> = { method: 'policyText/exportWord' };

/**
 * The bytes of the .docx in base64, and where the unit's template departs from the standard or why it was not used; or in
 * words why there are none.
 */
export type ExportWordResult =
  | { readonly bytes: string; readonly remarks: readonly string[] }
  | { readonly refused: string };

/** The open draft at a URI as pages, drawn as {@link EXPORT_WORD_REQUEST} lays it out; null where there is no such draft. */
export const PAGES_REQUEST: RequestType<FileParams, PagesResult> = { method: 'policyText/pages' };

export type PagesResult = {
  /** The version of the text that they were made from. */
  readonly version: number;
  readonly pages: readonly DrawnPage[];
  readonly fonts: Template['fonts'];
  /** Width and height of a page in points. */
  readonly size: { readonly width: number; readonly height: number };
  /** Why the template of the unit is not used. */
  readonly remark?: string;
} | null;

/** The figures of all drafts by indicator; the draft at `uri`, where it is open, first. */
export const FACTS_REQUEST: RequestType<FileParams, FactsResult> = { method: 'policyText/facts' };

export interface DraftFacts {
  readonly uri: string;
  readonly indicators: readonly Indicator[];
}

export interface FactsResult {
  readonly drafts: readonly DraftFacts[];
}

/** The figure at a place, and where figures of its indicator stand in all drafts; null where there is no figure. */
export const FIGURE_REQUEST: RequestType<StatisticsParams, FigureResult> = { method: 'policyText/figure' };

export type FigureResult = {
  readonly indicator: string;
  readonly figure: Figure;
  /** The version of the draft it was read in. */
  readonly version: number;
  readonly places: readonly (FigurePlace & { readonly uri: string })[];
} | null;

/** An earlier text with its sections where their counterparts stand in the draft at `uri`; null for no open draft. */
export const COMPARE_REQUEST: RequestType<CompareParams, CompareResult> = { method: 'policyText/compare' };

export interface CompareParams {
  readonly uri: string;
  readonly old: string;
}

export type CompareResult = {
  readonly arranged: string;
  /** How many sections had each fate. */
  readonly fates: Readonly<Partial<Record<ComparedSection['fate'], number>>>;
} | null;

/** Passages of the other drafts on the topic of some words, the best first. */
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

/** The bytes in base64, with how many comments and fixes are in them; or in words why there is no review. */
export type ReviewDocumentResult =
  | { readonly bytes: string; readonly comments: number; readonly fixes: number }
  | { readonly refused: string };

/** The open draft at `draft` with what others changed in the document at `uri`. Nothing is edited: the client shows it. */
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
  /** What it is about; empty where it stands at a place. */
  readonly words: string;
  /** The line of the draft that it is about, 0-based; -1 where the draft has none. */
  readonly line: number;
}

export type UpdateDraftResult =
  | {
      readonly text: string;
      readonly comments: readonly DocumentComment[];
      /** What else the document holds, each in a few words. */
      readonly losses: readonly string[];
    }
  | { readonly refused: string };
