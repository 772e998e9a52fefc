/** The index of a folder: what is known of each file, how it is computed from a text, and its stored form. */
import { draftKind } from '../drafts/discovery';
import { type IndexedDraft, indexedDraft, isIndexedDraft } from '../features/draftIndex';
import { policyProse } from '../structure/recognise';
import { contentHash } from '../text/contentHash';
import type { Locale } from '../text/message';
import type { Resumable } from '../text/resumable';

/** An index entry of a file. */
export interface IndexedFile {
  /** Its size and modification time when it was read. */
  readonly stamp: string;
  readonly content: IndexedContent;
}

/** The indexed content of a text, independent of the file. */
export interface IndexedContent {
  /** Empty for a file that could not be read. */
  readonly hash: string;
  /** Undefined if it is not a draft. */
  readonly draft: IndexedDraft | undefined;
}

/** By URI. */
export type FolderIndex = Map<string, IndexedFile>;

export const UNREADABLE: IndexedContent = { hash: '', draft: undefined };

/** A file to read, and its hash from the last time it was read. */
export interface IndexRequest {
  readonly uri: string;
  readonly hash: string | undefined;
}

/**
 * The indexed content of `text`, the content of the file at `uri`; only its hash if that is still `hash`. A file that
 * was only touched, as by switching branches, is not analysed again.
 */
export function indexText(text: string, { uri, hash }: IndexRequest, locale: Locale): IndexedContent | string {
  const kind = draftKind(uri);
  const own = `${kind}-${contentHash(text)}`;
  if (own === hash) return own;
  const analysis = policyProse(text, kind);
  return { hash: own, draft: analysis && indexedDraft(analysis, locale) };
}

/** Reads many files in the background. */
export interface DraftIndexer {
  /** The content of each of `files`, or its hash if unchanged; undefined if it cannot be read. Never rejects. */
  index(files: readonly IndexRequest[], locale: Locale): Promise<readonly (IndexedContent | string | undefined)[]>;
  /** Stops all workers. */
  dispose(): void;
}

/** Stores the index between sessions, and builds it. */
export interface FolderIndexAccess extends DraftIndexer {
  /** Exactly what the same build last passed to {@link write} under the same name. Never rejects. */
  read(storage: string, name: string): Promise<string | undefined>;
  /** Whole or not at all. Never rejects. */
  write(storage: string, name: string, text: string): Promise<void>;
}

/** To be incremented with every change of the file's content. */
const FORMAT = 1;

/** Name of a stored index: one made in another language or format is useless. */
export function indexName(locale: Locale): string {
  return `${FORMAT}-${locale}`;
}

/** The text that {@link restoredIndex} reads, one line per file. */
export function* storedIndex(index: ReadonlyMap<string, IndexedFile>): Resumable<string> {
  const lines: string[] = [];
  for (const [uri, { stamp, content }] of index) {
    lines.push(JSON.stringify([uri, stamp, content.hash, content.draft ?? null]));
    yield;
  }
  return lines.join('\n');
}

/** The index stored in `text`; invalid entries are left out. */
export function* restoredIndex(text: string): Resumable<FolderIndex> {
  const index: FolderIndex = new Map();
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at += line.length + 1;
    const [uri, stamp, hash, draft] = parsed(line);
    if ([uri, stamp, hash].every((one) => typeof one === 'string') && (draft === null || isIndexedDraft(draft))) {
      index.set(uri as string, {
        stamp: stamp as string,
        content: { hash: hash as string, draft: draft ?? undefined },
      });
    }
    yield;
  }
  return index;
}

function parsed(line: string): unknown[] {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
