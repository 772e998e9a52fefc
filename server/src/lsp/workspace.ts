/** The drafts of the workspace: those open in the editor and those in its folders. */
import { CancellationToken, type SymbolInformation } from 'vscode-languageserver';
import { symbolsOf } from '../features/draftIndex';
import { flatSymbols } from '../features/outline';
import { placeholderList } from '../features/placeholders';
import { matchingSymbols } from '../features/workspaceSymbols';
import type { Locale } from '../text/message';
import type { Drafts } from './documents';
import type { DraftFile, FileAccess } from './files';
import {
  type FolderIndex,
  type FolderIndexAccess,
  type IndexedContent,
  type IndexedFile,
  indexName,
  indexText,
  restoredIndex,
  storedIndex,
  UNREADABLE,
} from './folderIndex';
import type { PlaceholderFile } from './protocol';
import { runCooperatively } from './requests';

/** Headings kept in memory; a folder that holds more is searched up to here. */
const MAX_SYMBOLS = 250_000;
/** Placeholders likewise. */
const MAX_PLACEHOLDERS = 100_000;
/** Of the texts of all files so many UTF-16 units are kept in memory. */
const MAX_TEXT = 4_000_000;
/** How long the folders are not looked at again for the texts in them, in milliseconds: they are asked for while typing. */
const RECENT = 10_000;
/** Files whose texts are read at a time. */
const AT_ONCE = 16;
/** What a worker is given at a time, in files and in bytes, and how often it is given more before it has answered. */
const BATCH = { files: 50, bytes: 1_000_000, ahead: 4 };
/** So many bytes are read here: a thread takes longer to begin. */
const LITTLE = 150_000;
/** An index that changed is written so much later, in milliseconds: a writer saves again and again. */
const SAVE_DELAY_MS = 5_000;

export class WorkspaceDrafts {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  private known: FolderIndex = new Map();
  /** Texts of files that are drafts, with their stamps. */
  private kept = new Map<string, { readonly stamp: string; readonly text: string }>();
  private keptAt = Number.NEGATIVE_INFINITY;
  /** Searches take turns: what one has read the next need not read. */
  private turn: Promise<unknown> = Promise.resolve();
  private restoring: Promise<void> | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly drafts: Drafts,
    private readonly files: FileAccess | undefined,
    private readonly locale: Locale,
    /** Reads files in other threads, and keeps the index in the folder `storage` where there is one. */
    private readonly access?: FolderIndexAccess,
    private readonly storage?: string,
  ) {}

  /** The headings that answer `query`, those of the open drafts first. */
  async symbols(query: string, token: CancellationToken): Promise<SymbolInformation[]> {
    const matching = matchingSymbols(await this.headings(token), query);
    return (await runCooperatively(matching, () => !token.isCancellationRequested)) ?? [];
  }

  /** The headings of the open drafts first, then those of the files. */
  async headings(token: CancellationToken): Promise<Iterable<SymbolInformation>> {
    return this.headingsOf(await this.look(token));
  }

  private *headingsOf(index: FolderIndex): Generator<SymbolInformation> {
    const open = this.openUris();
    for (const draft of this.drafts.all()) {
      if (draft.isChineseProse) yield* flatSymbols(draft.analysis, draft.uri, this.locale);
    }
    for (const [uri, { content }] of index) {
      if (content.draft && !open.has(comparable(uri))) yield* symbolsOf(content.draft, uri);
    }
  }

  /** The drafts that have placeholders, open ones first. */
  async placeholders(token: CancellationToken): Promise<PlaceholderFile[]> {
    const found: PlaceholderFile[] = [];
    const files = await this.look(token);
    const open = this.openUris();
    for (const draft of this.drafts.all()) {
      if (!draft.isChineseProse) continue;
      const placeholders = placeholderList(draft.analysis);
      if (placeholders.length > 0) found.push({ uri: draft.uri, version: draft.version, placeholders });
    }
    for (const [uri, { content }] of files) {
      const placeholders = content.draft?.placeholders ?? [];
      if (placeholders.length > 0 && !open.has(comparable(uri))) found.push({ uri, placeholders });
    }
    return found;
  }

  /** The texts of all drafts but the one at `uri`, as far as they are kept in memory; those of files may be of late. */
  async otherTexts(uri: string): Promise<string[]> {
    if (Date.now() - this.keptAt > RECENT) {
      await this.look(CancellationToken.None);
      await this.keepTexts();
    }
    const open = this.openUris();
    const texts = this.drafts.all().filter((draft) => draft.uri !== uri && draft.isChineseProse);
    return [
      ...texts.map(({ text }) => text),
      ...[...this.kept].filter(([file]) => !open.has(comparable(file))).map(([, { text }]) => text),
    ];
  }

  /** The text of every draft, open ones first. */
  async *texts(token: CancellationToken): AsyncGenerator<{ uri: string; text: string }> {
    const open = this.openUris();
    for (const { uri, text, isChineseProse } of this.drafts.all()) if (isChineseProse) yield { uri, text };
    const files = [...(await this.look(token))].filter(
      ([uri, { content }]) => content.draft && !open.has(comparable(uri)),
    );
    for (let from = 0; from < files.length && !token.isCancellationRequested; from += AT_ONCE) {
      const some = files.slice(from, from + AT_ONCE);
      const texts = await Promise.all(some.map((file) => this.textOf(...file)));
      for (const [at, [uri]] of some.entries()) {
        if (token.isCancellationRequested) return;
        yield { uri, text: texts[at] as string };
      }
    }
  }

  /** Writes what is still to be written, and ends what runs. */
  async dispose(): Promise<void> {
    this.access?.dispose();
    await this.save();
  }

  /** Reads the index of the session before. */
  restore(): Promise<void> {
    this.restoring ??= this.readStored();
    return this.restoring;
  }

  private async readStored(): Promise<void> {
    if (this.storage === undefined || !this.access || this.folders.length === 0) return;
    const text = await this.access.read(this.storage, indexName(this.locale));
    const index = text && (await runCooperatively(restoredIndex(text), () => true));
    if (index) this.known = index;
  }

  private saveSoon(): void {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => void this.save(), SAVE_DELAY_MS);
  }

  private async save(): Promise<void> {
    if (this.saving === undefined) return;
    clearTimeout(this.saving);
    this.saving = undefined;
    if (this.storage === undefined || !this.access) return;
    const text = await runCooperatively(storedIndex(this.known), () => true);
    await this.access.write(this.storage, indexName(this.locale), text ?? '');
  }

  private openUris(): Set<string> {
    return new Set(this.drafts.all().map(({ uri }) => comparable(uri)));
  }

  private async textOf(uri: string, { stamp }: IndexedFile): Promise<string> {
    const kept = this.kept.get(uri);
    return kept?.stamp === stamp ? kept.text : ((await this.files?.read(uri)) ?? '');
  }

  /** Keeps the texts of the first drafts, as many as there is room for. */
  private async keepTexts(): Promise<void> {
    const files = [...this.known].filter(([, { content }]) => content.draft);
    const texts: typeof this.kept = new Map();
    let room = MAX_TEXT;
    for (let from = 0; from < files.length && room > 0; from += AT_ONCE) {
      const some = files.slice(from, from + AT_ONCE);
      const read = await Promise.all(some.map((file) => this.textOf(...file)));
      for (const [at, [uri, { stamp }]] of some.entries()) {
        const text = read[at] as string;
        if (text.length > room) continue;
        texts.set(uri, { stamp, text });
        room -= text.length;
      }
    }
    this.kept = texts;
    this.keptAt = Date.now();
  }

  /** What is known of each file, read again only after it changed. Where it is broken off, as much as was found. */
  private look(token: CancellationToken): Promise<FolderIndex> {
    const search = this.turn.then(() => this.search(token));
    this.turn = search.catch(() => {});
    return search;
  }

  private async search(token: CancellationToken): Promise<FolderIndex> {
    const index: FolderIndex = new Map();
    if (!this.files || token.isCancellationRequested) return index;
    await this.restore();
    const reading = new Reading(this.files, this.access, this.locale, token, (uri, file) => {
      index.set(uri, file);
      this.known.set(uri, file);
    });
    const isFull = (): boolean => reading.headings >= MAX_SYMBOLS || reading.placeholders >= MAX_PLACEHOLDERS;
    for (const folder of this.folders) {
      for await (const file of this.files.list(folder, token)) {
        if (token.isCancellationRequested || isFull()) break;
        const { uri, stamp } = file;
        if (index.has(uri)) continue;
        const known = this.known.get(uri);
        // In its place, before those found after it that are read sooner.
        index.set(uri, known ?? { stamp: '', content: UNREADABLE });
        if (known?.stamp === stamp) reading.count(known.content);
        else await reading.add(file, known?.content);
      }
    }
    await reading.finish();
    // Files that are gone are forgotten, but only by a search that was not broken off.
    if (!token.isCancellationRequested) {
      if (reading.hasRead || index.size < this.known.size) this.saveSoon();
      this.known = index;
    }
    return index;
  }
}

/** The files that one search of the folders has to read: here where they are few, in other threads where they are many. */
class Reading {
  headings = 0;
  placeholders = 0;
  hasRead = false;
  private batch: (DraftFile & { readonly before: IndexedContent | undefined })[] = [];
  private bytes = 0;
  private hasSent = false;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly files: FileAccess,
    private readonly threads: FolderIndexAccess | undefined,
    private readonly locale: Locale,
    private readonly token: CancellationToken,
    private readonly found: (uri: string, file: IndexedFile) => void,
  ) {}

  /** Has `file` read, which held `before`. */
  async add(file: DraftFile, before: IndexedContent | undefined): Promise<void> {
    this.batch.push({ ...file, before });
    this.bytes += file.size;
    if (this.batch.length < BATCH.files && this.bytes < BATCH.bytes) return;
    await this.send(false);
    while (this.running.size >= BATCH.ahead) await Promise.race(this.running);
  }

  async finish(): Promise<void> {
    await this.send(this.bytes <= LITTLE && !this.hasSent);
    await Promise.all(this.running);
  }

  /** To be told what is found of files that need not be read. */
  count({ draft }: IndexedContent): void {
    this.headings += draft?.names.length ?? 0;
    this.placeholders += draft?.placeholders.length ?? 0;
  }

  /** Has what has gathered read, `here` or in the threads, which see no files but those of this machine. */
  private async send(here: boolean): Promise<void> {
    const { batch } = this;
    const threads = here ? undefined : this.threads;
    this.batch = [];
    this.bytes = 0;
    const forThreads = ({ uri }: DraftFile): boolean => threads !== undefined && /^file:/i.test(uri);
    const ours = batch.filter((file) => !forThreads(file));
    const theirs = batch.filter(forThreads);
    if (threads && theirs.length > 0) {
      this.hasSent = true;
      const job = threads
        .index(
          theirs.map(({ uri, before }) => ({ uri, hash: before?.hash })),
          this.locale,
        )
        .then((contents) => {
          for (const [at, file] of theirs.entries()) this.note(file, contents[at]);
        })
        .finally(() => this.running.delete(job));
      this.running.add(job);
    }
    for (const file of ours) {
      if (this.token.isCancellationRequested) return;
      const { uri, before } = file;
      const text = await this.files.read(uri);
      this.note(file, text === undefined ? undefined : indexText(text, { uri, hash: before?.hash }, this.locale));
    }
  }

  /** A hash alone says that the file holds what it did. */
  private note({ uri, stamp, before }: Reading['batch'][number], read: IndexedContent | string | undefined): void {
    const content = (typeof read === 'string' ? before : read) ?? UNREADABLE;
    this.hasRead = true;
    this.count(content);
    this.found(uri, { stamp, content });
  }
}

/** Editors escape URIs in different ways (file:///c%3A/, file:///C:/); the same file compares equal. */
function comparable(uri: string): string {
  try {
    return decodeURIComponent(uri).replace(/^file:\/\/\/[A-Za-z]:/, (drive) => drive.toLowerCase());
  } catch {
    return uri;
  }
}
