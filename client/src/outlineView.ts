/**
 * The view *Policy Outline*: the sections of the draft in the active editor with their numbers and lengths. It follows
 * the caret, navigates to sections, and moves sections by drag and drop. The server computes the edits of a move.
 */
import * as vscode from 'vscode';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { RequestType } from '../../server/src/lsp/protocol';
import type { MoveDetails } from '../../server/src/refactor/moveSection';
import { countCharacters } from '../../server/src/text/characters';
import { nameOf } from './documents';
import { type EditPosition, runAt } from './editCommands';
import { charactersOf, type Goals, goalOf, roundedMinutes } from './goals';
import { goalsFor, overGoal } from './goalWords';
import { everyNode, nodeAt, type OutlineNode, outlineNodes, rowOf, sameRows } from './outlineTree';
import type { Server } from './server';
import type { ClientSettings } from './settings';

const DOCUMENT_SYMBOLS: RequestType<object, DocumentSymbol[]> = { method: 'textDocument/documentSymbol' };

const VIEW = 'policyText.outline';
/** MIME type of a drag; VS Code requires the view's id in lower case. */
const DRAGGED = 'application/vnd.code.tree.policytext.outline';
/** Debounce before requesting the sections of a changed text, in ms. */
const DEBOUNCE_MS = 250;
/** Debounce before selecting the section at the caret, in ms. */
const CARET_DEBOUNCE_MS = 120;
/** An outline with more rows than this opens collapsed below its first level. */
const ROWS_AT_ONCE = 80;

/** Icon of a section that exceeds its goal. */
const OVER = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));

/** The document and version displayed. */
interface Shown {
  readonly document: vscode.TextDocument;
  readonly version: number;
}

export class OutlineView
  implements vscode.TreeDataProvider<OutlineNode>, vscode.TreeDragAndDropController<OutlineNode>, vscode.Disposable
{
  readonly dragMimeTypes = [DRAGGED];
  readonly dropMimeTypes = [DRAGGED];
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly view: vscode.TreeView<OutlineNode>;
  private readonly subscriptions: vscode.Disposable[];
  private readonly folded = new Set<string>();
  private nodes: readonly OutlineNode[] = [];
  private rows = 0;
  private shown: Shown | undefined;
  /** The goals for the displayed draft. */
  private goals: Goals | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private caretTimer: ReturnType<typeof setTimeout> | undefined;
  private pending: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly server: Server,
    private readonly settings: ClientSettings,
  ) {
    this.view = vscode.window.createTreeView(VIEW, {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      this.view.onDidChangeVisibility(({ visible }) => visible && this.schedule(0)),
      this.view.onDidCollapseElement(({ element }) => void this.folded.add(element.id)),
      this.view.onDidExpandElement(({ element }) => void this.folded.delete(element.id)),
      vscode.window.onDidChangeActiveTextEditor(() => this.schedule(0)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.followSoon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.schedule(DEBOUNCE_MS);
      }),
      // A change of language closes a document and opens it again.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.schedule(0);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!['speech', 'goals'].some((name) => settings.affects(event, name))) return;
        this.updateDescription();
        this.changed.fire();
      }),
      server.onReady(() => this.schedule(0)),
      vscode.commands.registerCommand('policyText.goToSection', (node: unknown) => this.goTo(node)),
    ];
    this.schedule(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.caretTimer);
    this.forgetPending();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** The place for a command invoked from the view; undefined if `value` is not one of its rows. */
  async placeOf(value: unknown): Promise<EditPosition | undefined> {
    const node = this.nodeOf(value);
    if (!node || !this.shown) return undefined;
    const { document, version } = this.shown;
    return { editor: await editorOf(document), position: start(node), version };
  }

  getTreeItem(node: OutlineNode): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = this.rows <= ROWS_AT_ONCE || !node.parent;
    const item = new vscode.TreeItem(node.name, node.children.length === 0 ? None : open ? Expanded : Collapsed);
    item.id = node.id;
    const length = this.lengthOf(node);
    item.description = [node.detail, ...length.over].join(' · ');
    item.tooltip = new vscode.MarkdownString().appendText(node.name);
    for (const words of length.messages) item.tooltip.appendMarkdown('\n\n').appendText(words);
    item.iconPath = length.over.length > 0 ? OVER : iconOf(node);
    item.contextValue = contextOf(node);
    item.command = { command: 'policyText.goToSection', title: vscode.l10n.t('Go to Section'), arguments: [node] };
    return item;
  }

  getChildren(node?: OutlineNode): OutlineNode[] {
    return [...(node ? node.children : this.nodes)];
  }

  getParent(node: OutlineNode): OutlineNode | undefined {
    return node.parent;
  }

  handleDrag([node]: readonly OutlineNode[], data: vscode.DataTransfer): void {
    if (node) data.set(DRAGGED, new vscode.DataTransferItem(node.id));
  }

  /** Dropped outside all rows, a section is moved to the end of the text. */
  async handleDrop(target: OutlineNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const id: unknown = data.get(DRAGGED)?.value;
    const node = [...everyNode(this.nodes)].find((one) => one.id === id);
    const place = node && node !== target ? await this.placeOf(node) : undefined;
    if (!place) return;
    const details: MoveDetails = target ? { target: target.head.start } : {};
    await runAt(this.server, place.editor, 'moveSection', place.position, place.version, details);
  }

  private async goTo(value: unknown): Promise<void> {
    const node = this.nodeOf(value);
    if (!node || !this.shown) return;
    const editor = await editorOf(this.shown.document);
    const place = start(node);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** The current node for one that a row was created from. */
  private nodeOf(value: unknown): OutlineNode | undefined {
    const id = (value as Partial<OutlineNode> | undefined)?.id;
    return typeof id === 'string' ? [...everyNode(this.nodes)].find((node) => node.id === id) : undefined;
  }

  private schedule(rest: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), rest);
  }

  private async update(): Promise<void> {
    this.forgetPending();
    if (!this.view.visible) return;
    const editor = vscode.window.activeTextEditor;
    // An output panel or a settings editor in front does not clear the view of the draft behind it.
    if (!editor && this.shown && !this.shown.document.isClosed) return;
    const document = editor?.document;
    if (!document || !this.server.serves(document)) {
      this.show(undefined, []);
      return;
    }
    const pending = new vscode.CancellationTokenSource();
    this.pending = pending;
    const { version } = document;
    const params = { textDocument: { uri: document.uri.toString() } };
    const symbols = await this.server.ask(DOCUMENT_SYMBOLS, params, pending.token);
    if (pending.token.isCancellationRequested) return;
    this.forgetPending();
    // A meanwhile edit has scheduled the next update.
    if (document.version !== version) return;
    const same = this.shown?.document.uri.toString() === document.uri.toString();
    this.show({ document, version }, outlineNodes(symbols ?? [], same ? this.nodes : []));
  }

  private show(shown: Shown | undefined, nodes: readonly OutlineNode[]): void {
    const before = this.nodes;
    this.nodes = nodes;
    this.shown = shown;
    this.rows = [...everyNode(nodes)].length;
    void vscode.commands.executeCommand('setContext', 'policyText.outlineOf', shown ? 'draft' : 'nothing');
    this.updateDescription();
    if (!sameRows(before, nodes)) this.changed.fire();
    this.followSoon();
  }

  /** Shows above the rows which draft they belong to, and how far it exceeds its goals. */
  private updateDescription(): void {
    const { shown, nodes } = this;
    if (!shown || nodes.length === 0) {
      this.view.description = '';
      return;
    }
    this.goals = goalsFor(this.settings, shown.document.uri);
    const { goals } = this;
    const over = overGoal(countCharacters(shown.document.getText()), goals, goals.rate);
    this.view.description = [nameOf(shown.document.uri), ...over].join(' · ');
  }

  /** The reading time of a section, and how far it exceeds its goal, as messages. */
  private lengthOf(node: OutlineNode): { readonly messages: readonly string[]; readonly over: readonly string[] } {
    if (!this.goals) return { messages: [], over: [] };
    const { rate } = this.goals;
    const characters = charactersOf(node);
    const goal = goalOf(this.goals, node.name);
    const over = goal ? overGoal(characters, goal, rate) : [];
    const minutes = vscode.l10n.t('This section, read aloud: {0} min', roundedMinutes(characters / rate));
    return { messages: [node.detail, minutes, ...over], over };
  }

  private followSoon(): void {
    clearTimeout(this.caretTimer);
    this.caretTimer = setTimeout(() => this.follow(), CARET_DEBOUNCE_MS);
  }

  /** Selects the row of the section at the caret. */
  private follow(): void {
    const editor = vscode.window.activeTextEditor;
    if (!this.view.visible || !editor || editor.document !== this.shown?.document) return;
    const node = nodeAt(this.nodes, editor.selection.active);
    const row = node && rowOf(node, ({ id }) => this.folded.has(id));
    if (!row || this.view.selection[0]?.id === row.id) return;
    // The rows may be being rebuilt.
    this.view.reveal(row, { select: true, focus: false }).then(undefined, () => {});
  }

  private forgetPending(): void {
    this.pending?.cancel();
    this.pending?.dispose();
    this.pending = undefined;
  }
}

function start({ head: { start: place } }: OutlineNode): vscode.Position {
  return new vscode.Position(place.line, place.character);
}

/** Context value for the menu of a row. */
function contextOf({ kind }: OutlineNode): 'title' | 'attachment' | 'section' {
  if (kind === SymbolKind.File) return 'title';
  return kind === SymbolKind.Package ? 'attachment' : 'section';
}

function iconOf({ kind, parent }: OutlineNode): vscode.ThemeIcon {
  switch (kind) {
    case SymbolKind.File:
      return new vscode.ThemeIcon('book');
    case SymbolKind.Package:
      return new vscode.ThemeIcon('files');
    case SymbolKind.Property:
      return new vscode.ThemeIcon('law');
    default:
      return new vscode.ThemeIcon(parent ? 'circle-small-filled' : 'bookmark');
  }
}

function editorOf(document: vscode.TextDocument): Thenable<vscode.TextEditor> {
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return vscode.window.showTextDocument(document, {
    preview: false,
    ...(visible?.viewColumn !== undefined && { viewColumn: visible.viewColumn }),
  });
}
