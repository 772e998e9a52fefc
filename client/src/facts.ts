/**
 * Figures: the view *Facts* (indicators, their figures, their places) over the active draft and the drafts beside it,
 * and *Change This Figure Everywhere…*, which shows every place before anything is changed.
 */
import * as vscode from 'vscode';
import type { Figure, Indicator } from '../../server/src/features/figures';
import { FACTS_REQUEST, FIGURE_REQUEST, type StatisticsParams } from '../../server/src/lsp/protocol';
import { nameOf } from './documents';
import type { Server } from './server';

const VIEW = 'policyText.facts';
/** Debounce before requesting the figures of a changed draft, in ms. */
const DEBOUNCE_MS = 800;

interface IndicatorRow {
  readonly name: string;
  readonly conflicting: boolean;
  readonly places: readonly FigureRow[];
}

interface FigureRow {
  readonly figure: Figure;
  readonly uri: string;
}

type Row = IndicatorRow | FigureRow;

export class FactsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable[];
  private rows: readonly IndicatorRow[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: vscode.CancellationTokenSource | undefined;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      this.changed,
      this.view.onDidChangeVisibility(({ visible }) => visible && this.schedule(0)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.schedule(0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.schedule(DEBOUNCE_MS);
      }),
      server.onReady(() => this.schedule(0)),
      vscode.commands.registerCommand('policyText.goToFigure', (row: unknown) => show(row)),
      vscode.commands.registerCommand('policyText.changeFigure', () => changeFigure(server)),
    ];
    this.schedule(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.pending?.cancel();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.rows];
    return 'places' in row ? [...row.places] : [];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    if ('places' in row) {
      const item = new vscode.TreeItem(row.name, vscode.TreeItemCollapsibleState.Collapsed);
      const values = new Set(row.places.map(({ figure }) => figure.text));
      item.description = [...values].join('、');
      item.iconPath = new vscode.ThemeIcon(row.conflicting ? 'warning' : 'symbol-numeric');
      return item;
    }
    const { figure, uri } = row;
    const item = new vscode.TreeItem(figure.text);
    const planned = figure.planned ? vscode.l10n.t('planned') : '';
    const place = vscode.l10n.t('{0}, line {1}', nameOf(vscode.Uri.parse(uri)), figure.line + 1);
    item.description = [figure.time, planned, figure.scope, place].filter((one) => one !== '').join('  ');
    item.tooltip = `…${figure.before}${figure.text}${figure.after}…`;
    if (figure.conflicting) item.iconPath = new vscode.ThemeIcon('warning');
    item.command = { command: 'policyText.goToFigure', title: vscode.l10n.t('Go to Figure'), arguments: [row] };
    return item;
  }

  private schedule(rest: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), rest);
  }

  private async update(): Promise<void> {
    this.pending?.cancel();
    const document = vscode.window.activeTextEditor?.document;
    if (!this.view.visible || !document || !this.server.serves(document)) return;
    const pending = new vscode.CancellationTokenSource();
    this.pending = pending;
    const answer = await this.server.ask(FACTS_REQUEST, { uri: document.uri.toString() }, pending.token);
    if (pending.token.isCancellationRequested || !answer) return;
    this.rows = rowsOf(answer.drafts);
    this.changed.fire();
  }
}

/** Indicators that occur at more than one place first: only those can disagree. */
function rowsOf(
  drafts: readonly { readonly uri: string; readonly indicators: readonly Indicator[] }[],
): IndicatorRow[] {
  const groups = new Map<string, { name: string; places: FigureRow[] }>();
  for (const { uri, indicators } of drafts) {
    for (const { key, name, kind, figures } of indicators) {
      const group = groups.get(key) ?? { name: kind === 'growth' ? `${name} ±` : name, places: [] };
      group.places.push(...figures.map((figure) => ({ figure, uri })));
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ name, places }) => ({ name, places, conflicting: places.some(({ figure }) => figure.conflicting) }))
    .sort(
      (one, other) =>
        Number(other.conflicting) - Number(one.conflicting) ||
        Number(other.places.length > 1) - Number(one.places.length > 1),
    );
}

async function show(row: unknown): Promise<void> {
  if (typeof row !== 'object' || row === null || !('figure' in row)) return;
  const { figure, uri } = row as FigureRow;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document, { selection: rangeOf(figure), preview: false });
}

/** Asks for the new figure and shows all places to choose from; those that state something else are not checked. */
async function changeFigure(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !server.serves(editor.document)) return;
  await server.start();
  const { line, character } = editor.selection.active;
  const params: StatisticsParams = { uri: editor.document.uri.toString(), position: { line, character } };
  const answer = await server.ask(FIGURE_REQUEST, params, new vscode.CancellationTokenSource().token);
  if (!answer) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No figure with an indicator at the caret.'));
    return;
  }
  const { figure, indicator, places } = answer;
  const alike = places.filter(({ same }) => same);
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Change This Figure Everywhere'),
    prompt: vscode.l10n.t('“{0}” is here and in {1} other places. What should replace it?', indicator, alike.length),
    value: figure.text,
    validateInput: (words) => (words.trim() === '' ? vscode.l10n.t('Type the new figure with its unit.') : undefined),
  });
  if (value === undefined || value === figure.text) return;
  if (editor.document.version !== answer.version) return tellChanged();
  const items = [{ ...figure, uri: editor.document.uri.toString(), same: true }, ...places].map((place) => ({
    label: `…${place.before}${place.same ? value : place.text}${place.after}…`,
    description: vscode.l10n.t('{0}, line {1}', nameOf(vscode.Uri.parse(place.uri)), place.line + 1),
    ...(!place.same && {
      detail: vscode.l10n.t('The figure here is different: check it only if it should change, too.'),
    }),
    picked: place.same,
    place,
  }));
  // VS Code's own preview leaves everything unchecked that needs confirmation; here the same figures are checked.
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Figures of “{0}”', indicator),
    placeHolder: vscode.l10n.t('Uncheck what should stay, and press Enter'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!chosen || chosen.length === 0) return;
  // The version of other drafts is unknown: the text to be replaced must still be there.
  for (const { place } of chosen) if (!(await stands(place, vscode.Uri.parse(place.uri)))) return tellChanged();
  if (editor.document.version !== answer.version) return tellChanged();
  const edit = new vscode.WorkspaceEdit();
  for (const { place } of chosen) edit.replace(vscode.Uri.parse(place.uri), rangeOf(place), value);
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function tellChanged(): void {
  void vscode.window.showWarningMessage(vscode.l10n.t('Not changed: the draft was modified in the meantime.'));
}

/** Whether the figure is still at its place in the draft at `uri`. */
async function stands(figure: Figure, uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText(rangeOf(figure)) === figure.text;
  } catch {
    return false;
  }
}

function rangeOf({ line, start, end }: Figure): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
