/** The index of a folder: what is known of each file, how it is read from a text, and how it is kept in a file. */
import { draftKind } from '../drafts/discovery';
import { type IndexedDraft, indexedDraft, isIndexedDraft } from '../features/draftIndex';
import { policyProse } from '../structure/recognise';
import { contentHash } from '../text/contentHash';
import type { Locale } from '../text/message';
import type { Resumable } from '../text/resumable';

/** What is known of a file. */
export interface IndexedFile {
  /** As its size and time of change were when it was read. */
  readonly stamp: string;
  readonly content: IndexedContent;
}

/** What a text holds, whatever file it stands in. */
export interface IndexedContent {
  /** Empty for a file that could not be read. */
  readonly hash: string;
  /** Undefined where it is no draft. */
  readonly draft: IndexedDraft | undefined;
}

/** By URI. */
export type FolderIndex = Map<string, IndexedFile>;

export const UNREADABLE: IndexedContent = { hash: '', draft: undefined };

/** A file that is to be read, and what it held when it was read the last time. */
export interface IndexRequest {
  readonly uri: string;
  readonly hash: string | undefined;
}

/**
 * What `text`, the content of the file at `uri`, holds; its hash alone where that is still `hash`. A file that was only
 * touched, as by a change of branches, is not analysed again.
 */
export function indexText(text: string, { uri, hash }: IndexRequest, locale: Locale): IndexedContent | string {
  const kind = draftKind(uri);
  const own = `${kind}-${contentHash(text)}`;
  if (own === hash) return own;
  const analysis = policyProse(text, kind);
  return { hash: own, draft: analysis && indexedDraft(analysis, locale) };
}

/** Reads many files where nothing else waits for it. */
export interface DraftIndexer {
  /** What each of `files` holds, or its hash where it holds what it did; undefined where it cannot be read. Never rejects. */
  index(files: readonly IndexRequest[], locale: Locale): Promise<readonly (IndexedContent | string | undefined)[]>;
  /** Ends what runs. */
  dispose(): void;
}

/** Where the index is kept between sessions, and who makes it. */
export interface FolderIndexAccess extends DraftIndexer {
  /** What {@link write} was given last by the same build under the same name: not a bit else. Never rejects. */
  read(storage: string, name: string): Promise<string | undefined>;
  /** Whole or not at all. Never rejects. */
  write(storage: string, name: string, text: string): Promise<void>;
}

/** To be counted up with every change of what stands in the file. */
const FORMAT = 1;

/** What an index is kept under: one that was made in another language or form is of no use. */
export function indexName(locale: Locale): string {
  return `${FORMAT}-${locale}`;
}

/** The text that {@link restoredIndex} reads, a line a file. */
export function* storedIndex(index: ReadonlyMap<string, IndexedFile>): Resumable<string> {
  const lines: string[] = [];
  for (const [uri, { stamp, content }] of index) {
    lines.push(JSON.stringify([uri, stamp, content.hash, content.draft ?? null]));
    yield;
  }
  return lines.join('\n');
}

/** The index that `text` was made of; what is not as it should be is left out. */
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
