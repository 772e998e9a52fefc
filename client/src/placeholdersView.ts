/**
 * The view *Placeholders*: every gap of the open drafts and of the folder's drafts, by file, with the words around it.
 */
import * as vscode from 'vscode';
import type { PlaceholderInfo } from '../../server/src/features/placeholders';
import {
  PLACEHOLDERS_REQUEST,
  type PlaceholderFile,
  type PlaceholdersParams,
  WORKSPACE_PLACEHOLDERS_REQUEST,
} from '../../server/src/lsp/protocol';
import type { Server } from './server';

const VIEW = 'policyText.placeholders';
/** Debounce before requesting the gaps of a changed draft, in ms. */
const DEBOUNCE_MS = 400;
/** Debounce for the folder's files, in ms: saving, or replacing a whole folder, comes in bursts. */
const FILES_DEBOUNCE_MS = 1_000;
const DRAFT_FILES = '**/*.{txt,md,markdown,gongwen,policytext}';
const EXTENSION = /(?:\.(?:policy|gw))?\.(?:txt|md|markdown|gongwen|policytext)$/i;
/** Number of characters shown before a gap in its row, which is truncated at its end. */
const SHOWN_BEFORE = 8;
/** With more files than this all start collapsed. */
const FILES_AT_ONCE = 5;

interface FileRow {
  readonly file: PlaceholderFile;
}

interface GapRow extends FileRow {
  readonly gap: PlaceholderInfo;
}

type Row = FileRow | GapRow;

export class PlaceholdersView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable[];
  /** Files with gaps, by URI. */
  private files = new Map<string, PlaceholderFile>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The folder's files are read only when the view is first shown. */
  private seen = false;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    const watcher = vscode.workspace.createFileSystemWatcher(DRAFT_FILES);
    const filesChanged = () => this.seen && this.later('', FILES_DEBOUNCE_MS, () => this.readAll());
    this.subscriptions = [
      this.view,
      this.changed,
      watcher,
      watcher.onDidChange(filesChanged),
      watcher.onDidCreate(filesChanged),
      watcher.onDidDelete(filesChanged),
      this.view.onDidChangeVisibility(({ visible }) => visible && !this.seen && this.look()),
      vscode.workspace.onDidChangeWorkspaceFolders(filesChanged),
      vscode.workspace.onDidOpenTextDocument((document) => this.readSoon(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.readSoon(document, DEBOUNCE_MS)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.keep(document.uri.toString(), undefined);
        filesChanged();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.files.size > 0 && this.refresh()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.files.size > 0 && this.refresh()),
      server.onReady(() => this.begin()),
      vscode.commands.registerCommand('policyText.refreshPlaceholders', () => this.look()),
      vscode.commands.registerCommand('policyText.goToPlaceholder', (row: unknown) => this.show(row)),
    ];
    if (this.view.visible) this.look();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /**
   * Opens the draft of a row with its placeholder selected; undefined if `row` is not a placeholder of this view. Also
   * returns the position: the editor's own selection may be updated a moment later.
   */
  async show(row: unknown): Promise<{ editor: vscode.TextEditor; at: vscode.Position } | undefined> {
    if (typeof row !== 'object' || row === null || !('gap' in row)) return undefined;
    const { file, gap } = row as GapRow;
    const { start, end } = gap.range;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file.uri));
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const editor = await vscode.window.showTextDocument(document, { selection, preview: false });
    return { editor, at: selection.start };
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return 'gap' in row ? gapItem(row) : this.fileItem(row);
  }

  getChildren(row?: Row): Row[] {
    if (!row) return this.ordered().map((file) => ({ file }));
    return 'gap' in row ? [] : row.file.placeholders.map((gap) => ({ file: row.file, gap }));
  }

  private fileItem({ file }: FileRow): vscode.TreeItem {
    const uri = vscode.Uri.parse(file.uri);
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = this.files.size <= FILES_AT_ONCE || file.uri === activeUri();
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    // No resourceUri: the colours and counts of a file's problems would appear where the number of its gaps belongs.
    const item = new vscode.TreeItem(name.replace(EXTENSION, ''), open ? Expanded : Collapsed);
    item.id = file.uri;
    item.iconPath = new vscode.ThemeIcon('file-text');
    const folder = vscode.workspace.asRelativePath(uri).split('/').slice(0, -1).join('/');
    const inFolder = vscode.workspace.getWorkspaceFolder(uri) && folder !== '';
    item.description = inFolder ? `${file.placeholders.length} · ${folder}` : String(file.placeholders.length);
    item.tooltip = `${uri.scheme === 'untitled' ? uri.path : uri.fsPath}\n${left(file.placeholders.length)}`;
    item.contextValue = 'file';
    return item;
  }

  /** The active draft first, then other open ones, then the files by path. */
  private ordered(): PlaceholderFile[] {
    const open = openUris();
    const active = activeUri();
    const rank = ({ uri }: PlaceholderFile) => (uri === active ? 0 : open.has(uri) ? 1 : 2);
    const byName = new Intl.Collator(vscode.env.language, { numeric: true });
    return [...this.files.values()].sort((a, b) => rank(a) - rank(b) || byName.compare(decoded(a.uri), decoded(b.uri)));
  }

  /** A server has started: everything is requested again. */
  private begin(): void {
    if (this.seen) this.later('', 0, () => this.readAll());
    else for (const document of vscode.workspace.textDocuments) this.readSoon(document, 0);
  }

  private look(): void {
    this.seen = true;
    this.later('', 0, () => this.readAll());
  }

  private readSoon(document: vscode.TextDocument, rest: number): void {
    if (this.server.serves(document)) this.later(document.uri.toString(), rest, () => this.readDraft(document));
  }

  private later(key: string, rest: number, work: () => Promise<void>): void {
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      void work();
    }, rest);
    this.timers.set(key, timer);
  }

  private async readDraft(document: vscode.TextDocument): Promise<void> {
    const params: PlaceholdersParams = { uri: document.uri.toString() };
    const { token } = new vscode.CancellationTokenSource();
    const answer = await this.server.ask(PLACEHOLDERS_REQUEST, params, token);
    if (answer && !document.isClosed) this.keep(params.uri, { uri: params.uri, ...answer });
  }

  private async readAll(): Promise<void> {
    await this.server.start();
    const { token } = new vscode.CancellationTokenSource();
    const answer = await vscode.window.withProgress({ location: { viewId: VIEW } }, () =>
      this.server.ask(WORKSPACE_PLACEHOLDERS_REQUEST, {}, token),
    );
    if (!answer) return;
    const before = this.files;
    this.files = new Map(
      answer.files.map((file) => {
        // The server may spell a URI differently from VS Code.
        const uri = vscode.Uri.parse(file.uri).toString();
        return [uri, { ...file, uri }];
      }),
    );
    // Rebuilding the rows closes a menu that is open on one of them.
    if (!sameFiles(before, this.files)) this.refresh();
  }

  /** Stores the gaps of a file, or that it has none. */
  private keep(uri: string, file: PlaceholderFile | undefined): void {
    const before = this.files.get(uri);
    if (file && file.placeholders.length > 0) this.files.set(uri, file);
    else if (!this.files.delete(uri)) return;
    if (!before || !file || !sameGaps(before, file)) this.refresh();
  }

  private refresh(): void {
    const open = openUris();
    let inOpen = 0;
    let all = 0;
    for (const { uri, placeholders } of this.files.values()) {
      all += placeholders.length;
      if (open.has(uri)) inOpen += placeholders.length;
    }
    this.view.badge =
      inOpen > 0
        ? { value: inOpen, tooltip: vscode.l10n.t('{0} placeholders left in the open drafts', inOpen) }
        : undefined;
    this.view.description = all === 0 ? '' : left(all);
    this.changed.fire();
  }
}

function gapItem(row: GapRow): vscode.TreeItem {
  const { context, contextStart, text, range, alike } = row.gap;
  const from = contextStart - SHOWN_BEFORE;
  const label = from > 1 ? `…${context.slice(from)}` : context;
  const start = contextStart - (context.length - label.length);
  const item = new vscode.TreeItem({ label, highlights: [[start, start + text.length]] });
  const line = vscode.l10n.t('line {0}', range.start.line + 1);
  item.description = line;
  const more =
    alike > 1 ? vscode.l10n.t('{0} in this draft have the same context and can be filled together.', alike) : '';
  item.tooltip = new vscode.MarkdownString()
    .appendText(context)
    .appendMarkdown('\n\n')
    .appendText(line)
    .appendMarkdown('\n\n')
    .appendText(more);
  item.iconPath = new vscode.ThemeIcon(alike > 1 ? 'link' : 'circle-small');
  item.contextValue = 'placeholder';
  item.command = { command: 'policyText.goToPlaceholder', title: vscode.l10n.t('Go to Placeholder'), arguments: [row] };
  return item;
}

function sameFiles(a: ReadonlyMap<string, PlaceholderFile>, b: ReadonlyMap<string, PlaceholderFile>): boolean {
  return (
    a.size === b.size &&
    [...a].every(([uri, file]) => {
      const other = b.get(uri);
      return other !== undefined && sameGaps(file, other);
    })
  );
}

/** Whether both have the same rows at the same places. */
function sameGaps(a: PlaceholderFile, b: PlaceholderFile): boolean {
  return (
    a.placeholders.length === b.placeholders.length &&
    a.placeholders.every((gap, index) => {
      const other = b.placeholders[index] as PlaceholderInfo;
      return (
        gap.context === other.context &&
        gap.alike === other.alike &&
        gap.range.start.line === other.range.start.line &&
        gap.range.start.character === other.range.start.character
      );
    })
  );
}

function left(count: number): string {
  return count === 1 ? vscode.l10n.t('1 left') : vscode.l10n.t('{0} left', count);
}

/** Documents open in a tab; VS Code keeps other documents alive for a while. */
function openUris(): Set<string> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return new Set(inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
}

function activeUri(): string | undefined {
  return vscode.window.activeTextEditor?.document.uri.toString();
}

function decoded(uri: string): string {
  return vscode.Uri.parse(uri).path;
}
