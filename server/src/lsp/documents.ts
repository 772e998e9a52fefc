/** The open documents and, for each, the analysis of its latest text. */
import { type Connection, type Event, TextDocuments } from 'vscode-languageserver';
import {
  type Position,
  type Range,
  TextDocument,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-textdocument';
import { isConfigurationFile } from '../rules/configurationFileName';
import { analyse, analyseIncremental, readSections } from '../structure/analyse';
import type { Analysis, DocumentKind } from '../structure/analysis';
import { readsAsChineseProse } from '../structure/recognise';
import type { Resumable } from '../text/resumable';
import { runCooperatively } from './requests';

/** A shorter text is read in some ten milliseconds once the code is warm. */
const LONG_TEXT = 100_000;

let revisions = 0;

/** One open document. Data derived from its text is computed on first use and kept until the next edit. */
export class Draft {
  /** Unique among all texts of all drafts ever opened in this server. Clients' version numbers may repeat. */
  revision = ++revisions;
  private readonly document: TextDocument;
  private latest: Analysis | undefined;
  private latestRevision = 0;
  private reading: Promise<unknown> | undefined;
  private prose: boolean | undefined;
  private proseRevision = 0;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    version: number,
    text: string,
  ) {
    this.document = TextDocument.create(uri, languageId, version, text);
  }

  get version(): number {
    return this.document.version;
  }

  get text(): string {
    return this.document.getText();
  }

  /** Offset of a client's position; positions outside the text are clamped. */
  offsetAt(position: Position): number {
    return this.document.offsetAt(this.place(position));
  }

  positionAt(offset: number): Position {
    return this.document.positionAt(offset);
  }

  get kind(): DocumentKind {
    return this.languageId === 'markdown' ? 'markdown' : 'policytext';
  }

  /** Applies the edits of one notification, each to the text left by the one before. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    // Even edits that fail half-way may have changed the text.
    this.revision = ++revisions;
    for (const change of changes) {
      const safe = 'range' in change ? { ...change, range: this.inside(change.range) } : change;
      TextDocument.update(this.document, [safe], version);
    }
  }

  /** Whether its analysis has been requested. */
  get isRead(): boolean {
    return this.latest !== undefined;
  }

  /** The analysis of the current text. Lines that did not change since the last analysis are not scanned again. */
  get analysis(): Analysis {
    if (!this.latest || this.latestRevision !== this.revision) {
      this.latest = analyse(this.text, this.kind, this.latest);
      this.latestRevision = this.revision;
    }
    return this.latest;
  }

  /** Like {@link analysis}, incrementally, for background work. */
  *read(): Resumable<Analysis> {
    const { revision } = this;
    // After an edit only the changed lines are read; and another request may have read the text in the meantime.
    if (!this.latest) {
      const read = yield* analyseIncremental(this.text, this.kind);
      yield* readSections(read);
      if (!this.latest) {
        this.latest = read;
        this.latestRevision = revision;
      }
    }
    return this.analysis;
  }

  /**
   * Waits until a long text has been read for the first time, while other messages are answered; undefined if nothing is to be
   * waited for. All who need the text wait for the same reading.
   */
  ready(): Promise<unknown> | undefined {
    if (this.latest || this.text.length < LONG_TEXT) return undefined;
    this.reading ??= runCooperatively(this.read(), () => !this.latest);
    return this.reading;
  }

  /**
   * False for a configuration file, and for a plain text document that is not Chinese prose: a log, a list of packages,
   * an English note.
   */
  get isChineseProse(): boolean {
    if (isConfigurationFile(this.uri)) return false;
    if (this.languageId !== 'plaintext') return true;
    if (this.prose === undefined || this.proseRevision !== this.revision) {
      this.prose = readsAsChineseProse(this.text);
      this.proseRevision = this.revision;
    }
    return this.prose;
  }

  /** TextDocument keeps its table of line starts correct only for ranges inside the text. */
  private inside({ start, end }: Range): Range {
    return { start: this.place(start), end: this.place(end) };
  }

  /** The nearest valid position to `position`; anything but a number counts as 0. */
  private place(position: Position | null | undefined): Position {
    const line = whole(position?.line);
    const lastLine = this.document.lineCount - 1;
    if (line > lastLine) return { line: lastLine, character: Number.MAX_SAFE_INTEGER };
    return line < 0 ? { line: 0, character: 0 } : { line, character: Math.max(0, whole(position?.character)) };
  }
}

function whole(value: unknown): number {
  return typeof value === 'number' && !Number.isNaN(value) ? Math.trunc(value) : 0;
}

/** All drafts that the client has open. */
export class Drafts {
  private readonly documents = new TextDocuments<Draft>({
    // A client that omits the text has opened an empty document.
    create: (uri, languageId, version, text) =>
      new Draft(uri, languageId, version, typeof text === 'string' ? text : ''),
    update: (draft, changes, version) => {
      draft.update(changes as TextDocumentContentChangeEvent[], version);
      return draft;
    },
  });

  /** Subscribes to the connection's open, change and close notifications. */
  listen(connection: Connection): void {
    this.documents.listen(connection);
  }

  get(uri: string): Draft | undefined {
    return this.documents.get(uri);
  }

  /** The draft at `uri`, unless it is unknown or a plain text that is not Chinese prose. */
  prose(uri: string): Draft | undefined {
    const draft = this.get(uri);
    return draft?.isChineseProse ? draft : undefined;
  }

  all(): Draft[] {
    return this.documents.all();
  }

  get onDidChange(): Event<{ document: Draft }> {
    return this.documents.onDidChangeContent;
  }

  get onDidClose(): Event<{ document: Draft }> {
    return this.documents.onDidClose;
  }
}
