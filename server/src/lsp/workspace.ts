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

/** Maximum number of headings in memory; a folder with more is searched up to here. */
const MAX_SYMBOLS = 250_000;
/** The same for placeholders. */
const MAX_PLACEHOLDERS = 100_000;
/** Maximum total length of file texts in memory, in UTF-16 units. */
const MAX_TEXT = 4_000_000;
/** How long the cached texts of the folders are used without checking, in ms: they are requested while typing. */
const CACHE_LIFETIME_MS = 10_000;
/** Number of files read concurrently. */
const AT_ONCE = 16;
/** Size of a worker's batches, in files and in bytes, and number of batches sent ahead of its answers. */
const BATCH = { files: 50, bytes: 1_000_000, ahead: 4 };
/** Up to this many bytes are read in this thread: starting another takes longer. */
const LITTLE = 150_000;
/** Delay before a changed index is written, in ms: a writer saves again and again. */
const SAVE_DELAY_MS = 5_000;

export class WorkspaceDrafts {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  private known: FolderIndex = new Map();
  /** Texts of files that are drafts, with their stamps. */
  private kept = new Map<string, { readonly stamp: string; readonly text: string }>();
  private keptAt = Number.NEGATIVE_INFINITY;
  /** Searches are serialised: what one has read the next need not read. */
  private turn: Promise<unknown> = Promise.resolve();
  private restoring: Promise<void> | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly drafts: Drafts,
    private readonly files: FileAccess | undefined,
    private readonly locale: Locale,
    /** Reads files in other threads, and stores the index in the folder `storage` if given. */
    private readonly access?: FolderIndexAccess,
    private readonly storage?: string,
  ) {}

  /** The headings that match `query`, those of the open drafts first. */
  async symbols(query: string, token: CancellationToken): Promise<SymbolInformation[]> {
    const matching = matchingSymbols(await this.headings(token), query);
    return (await runCooperatively(matching, () => !token.isCancellationRequested)) ?? [];
  }

  /** The headings of the open drafts first, then those of the files. */
  async headings(token: CancellationToken): Promise<Iterable<SymbolInformation>> {
    const index = await this.look(token);
    await this.openRead();
    return this.headingsOf(index);
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
    await this.openRead();
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

  /**
   * The texts of all drafts but the one at `uri`, as far as they are in memory; those of files may be slightly
   * outdated.
   */
  async otherTexts(uri: string): Promise<string[]> {
    if (Date.now() - this.keptAt > CACHE_LIFETIME_MS) {
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

  /** Writes pending changes, and stops all workers. */
  async dispose(): Promise<void> {
    this.access?.dispose();
    await this.save();
  }

  /** Reads the index stored in the previous session. */
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

  /** Waits until the open drafts have been read for the first time. */
  private async openRead(): Promise<void> {
    for (const draft of this.drafts.all()) if (draft.isChineseProse) await draft.ready();
  }

  private openUris(): Set<string> {
    return new Set(this.drafts.all().map(({ uri }) => comparable(uri)));
  }

  private async textOf(uri: string, { stamp }: IndexedFile): Promise<string> {
    const kept = this.kept.get(uri);
    return kept?.stamp === stamp ? kept.text : ((await this.files?.read(uri)) ?? '');
  }

  /** Caches the texts of the first drafts, as many as there is room for. */
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

  /** The index of all files, reading only those that changed. If cancelled, as much as was found. */
  private look(token: CancellationToken): Promise<FolderIndex> {
    const search = this.turn.then(() => this.search(token));
    this.turn = search.catch(() => {});
    return search;
  }

  private async search(token: CancellationToken): Promise<FolderIndex> {
    const index: FolderIndex = new Map();
    if (!this.files || token.isCancellationRequested) return index;
    await this.restore();
    const reading = new FolderReading(this.files, this.access, this.locale, token, (uri, file) => {
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
        // Inserted in order, before files found later that are read sooner.
        index.set(uri, known ?? { stamp: '', content: UNREADABLE });
        if (known?.stamp === stamp) reading.count(known.content);
        else await reading.add(file, known?.content);
      }
    }
    await reading.finish();
    // Deleted files are forgotten, but only by a search that was not cancelled.
    if (!token.isCancellationRequested) {
      if (reading.hasRead || index.size < this.known.size) this.saveSoon();
      this.known = index;
    }
    return index;
  }
}

/**
 * The files that one search of the folders has to read: in this thread if they are few, in other threads if they are
 * many.
 */
class FolderReading {
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

  /** Adds `file`, last indexed as `before`, to the files to read. */
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

  /** Counts the content of files that need not be read. */
  count({ draft }: IndexedContent): void {
    this.headings += draft?.names.length ?? 0;
    this.placeholders += draft?.placeholders.length ?? 0;
  }

  /**
   * Reads the collected batch, in this thread (`here`) or in the others, which can only access files of this machine.
   */
  private async send(here: boolean): Promise<void> {
    const { batch } = this;
    const threads = here ? undefined : this.threads;
    this.batch = [];
    this.bytes = 0;
    const forThreads = ({ uri }: DraftFile): boolean => threads !== undefined && /^file:/i.test(uri);
    const mainFiles = batch.filter((file) => !forThreads(file));
    const threadFiles = batch.filter(forThreads);
    if (threads && threadFiles.length > 0) {
      this.hasSent = true;
      const job = threads
        .index(
          threadFiles.map(({ uri, before }) => ({ uri, hash: before?.hash })),
          this.locale,
        )
        .then((contents) => {
          for (const [at, file] of threadFiles.entries()) this.note(file, contents[at]);
        })
        .finally(() => this.running.delete(job));
      this.running.add(job);
    }
    for (const file of mainFiles) {
      if (this.token.isCancellationRequested) return;
      const { uri, before } = file;
      const text = await this.files.read(uri);
      this.note(file, text === undefined ? undefined : indexText(text, { uri, hash: before?.hash }, this.locale));
    }
  }

  /** A hash alone means that the content is unchanged. */
  private note(
    { uri, stamp, before }: FolderReading['batch'][number],
    read: IndexedContent | string | undefined,
  ): void {
    const content = (typeof read === 'string' ? before : read) ?? UNREADABLE;
    this.hasRead = true;
    this.count(content);
    this.found(uri, { stamp, content });
  }
}

/** Editors escape URIs differently (file:///c%3A/, file:///C:/); returns equal strings for the same file. */
function comparable(uri: string): string {
  try {
    return decodeURIComponent(uri).replace(/^file:\/\/\/[A-Za-z]:/, (drive) => drive.toLowerCase());
  } catch {
    return uri;
  }
}
