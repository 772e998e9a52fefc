/** The open documents and, for each, the analysis of its latest text. */
import { type Connection, type Event, TextDocuments } from 'vscode-languageserver';
import {
  type Position,
  type Range,
  TextDocument,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-textdocument';
import { isConfigurationFile } from '../rules/configurationFileName';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind } from '../structure/analysis';
import { readsAsChineseProse } from '../structure/recognise';

let revisions = 0;

/** One open document. What is derived from its text is made when first asked for and kept until the next edit. */
export class Draft {
  /** Different for every text of every draft ever opened in this server. Clients' version numbers may repeat. */
  revision = ++revisions;
  private readonly document: TextDocument;
  private latest: Analysis | undefined;
  private latestRevision = 0;
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

  /** Offset of a place as the client has it; places outside the text are moved to the nearest inside. */
  offsetAt(position: Position): number {
    return this.document.offsetAt(this.place(position));
  }

  positionAt(offset: number): Position {
    return this.document.positionAt(offset);
  }

  get kind(): DocumentKind {
    return this.languageId === 'markdown' ? 'markdown' : 'policytext';
  }

  /** Applies the edits of one notification, each to the text the one before left. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    // Even edits that fail half-way may have changed the text.
    this.revision = ++revisions;
    for (const change of changes) {
      const safe = 'range' in change ? { ...change, range: this.inside(change.range) } : change;
      TextDocument.update(this.document, [safe], version);
    }
  }

  /** True once its analysis was asked for. */
  get isRead(): boolean {
    return this.latest !== undefined;
  }

  /** The analysis of the text as it is now. Lines that did not change since the last one are not read again. */
  get analysis(): Analysis {
    if (!this.latest || this.latestRevision !== this.revision) {
      this.latest = analyse(this.text, this.kind, this.latest);
      this.latestRevision = this.revision;
    }
    return this.latest;
  }

  /** False for a configuration file, and for a plain text document that is not Chinese prose: a log, a list of packages, an English note. */
  get isChineseProse(): boolean {
    if (isConfigurationFile(this.uri)) return false;
    if (this.languageId !== 'plaintext') return true;
    if (this.prose === undefined || this.proseRevision !== this.revision) {
      this.prose = readsAsChineseProse(this.text);
      this.proseRevision = this.revision;
    }
    return this.prose;
  }

  /** TextDocument keeps its table of line starts right only for ranges inside the text. */
  private inside({ start, end }: Range): Range {
    return { start: this.place(start), end: this.place(end) };
  }

  /** The place nearest to `position` that the text has; what is no number counts as 0. */
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

/** All drafts the client has open. */
export class Drafts {
  private readonly documents = new TextDocuments<Draft>({
    // A client that forgets the text has opened an empty document.
    create: (uri, languageId, version, text) =>
      new Draft(uri, languageId, version, typeof text === 'string' ? text : ''),
    update: (draft, changes, version) => {
      draft.update(changes as TextDocumentContentChangeEvent[], version);
      return draft;
    },
  });

  /** Takes over the connection's open, change and close notifications. */
  listen(connection: Connection): void {
    this.documents.listen(connection);
  }

  get(uri: string): Draft | undefined {
    return this.documents.get(uri);
  }

  /** The draft at `uri`, unless it is unknown or a plain text that is no Chinese prose. */
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
