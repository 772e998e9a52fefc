/**
 * The *Slogans* view: the content of the lexicon, searched by words or pinyin; slogans can be inserted, preferred or
 * excluded.
 */
import * as vscode from 'vscode';
import { insertionOf } from '../../server/src/features/sloganInsertion';
import {
  type CountedWords,
  SLOGANS_REQUEST,
  type SloganInfo,
  type SlogansParams,
  type SlogansResult,
} from '../../server/src/lsp/protocol';
import { moveWords, removeWords, type WordList } from './lexicon';
import type { Server } from './server';
import type { ClientSettings } from './settings';

const VIEW = 'policyText.slogans';
const FILTERED = 'policyText.slogansFiltered';

/** Maximum number of slogans per answer of the server. */
const PAGE = 200;
const QUICK_PICK = 60;
/** Debounce of the filter before the server is asked, in ms. */
const DEBOUNCE_MS = 150;

type Node =
  | { readonly kind: 'learn' | 'more' }
  | { readonly kind: 'list'; readonly list: WordList; readonly words: readonly string[] }
  | { readonly kind: 'word'; readonly list: WordList; readonly text: string }
  | { readonly kind: 'slogan'; readonly slogan: SloganInfo; readonly text: string }
  /** A neighbour, a member of the series, another form; `text` is what is inserted. */
  | {
      readonly kind: 'detail';
      readonly label: string;
      readonly about: string;
      readonly icon: string;
      readonly text: string;
    };

/** Registers the view and its commands. `canLearn` says whether there are files to learn from. */
export function registerSlogans(server: Server, settings: ClientSettings, canLearn: () => boolean): vscode.Disposable {
  const slogans = new SloganTree(server, settings, canLearn);
  const view = vscode.window.createTreeView<Node>(VIEW, { treeDataProvider: slogans, showCollapseAll: true });
  slogans.onFilter((query) => {
    view.description = query;
  });
  const command = (name: string, run: (node?: Node) => unknown) =>
    vscode.commands.registerCommand(`policyText.${name}`, run);
  const withText = (run: (text: string) => unknown) => (node?: Node) => {
    const text = node && 'text' in node ? node.text : undefined;
    return text === undefined ? undefined : run(text);
  };
  return vscode.Disposable.from(
    view,
    slogans,
    server.onReady(() => slogans.refresh()),
    server.onSlogansChanged(() => slogans.refresh()),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      // The list uses the script of the draft.
      if (editor && view.visible && server.serves(editor.document)) slogans.refresh();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.affects(event, 'lexicon')) slogans.refresh();
    }),
    command('filterSlogans', () => slogans.askForFilter()),
    command('clearSloganFilter', () => slogans.filter('')),
    command('moreSlogans', () => slogans.showMore()),
    command('insertSlogan', (node) => (node && 'text' in node ? insert(node.text) : pickSlogan(server))),
    command(
      'suggestSlogan',
      withText((text) => moveWords(text, settings, 'words')),
    ),
    command(
      'neverSuggestSlogan',
      withText((text) => moveWords(text, settings, 'never')),
    ),
    command('forgetWord', (node) => (node?.kind === 'word' ? removeWords(node.text, settings, node.list) : undefined)),
  );
}

class SloganTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly filtered = new vscode.EventEmitter<string>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly onFilter = this.filtered.event;
  private query = '';
  private pages = 1;

  constructor(
    private readonly server: Server,
    private readonly settings: ClientSettings,
    private readonly canLearn: () => boolean,
  ) {}

  dispose(): void {
    this.changed.dispose();
    this.filtered.dispose();
  }

  refresh(): void {
    this.changed.fire();
  }

  filter(query: string): void {
    if (query === this.query) return;
    this.query = query;
    this.pages = 1;
    void vscode.commands.executeCommand('setContext', FILTERED, query !== '');
    this.filtered.fire(query);
    this.refresh();
  }

  showMore(): void {
    this.pages++;
    this.refresh();
  }

  /** The list is filtered while the writer types; Escape restores the previous filter. */
  askForFilter(): void {
    const box = vscode.window.createInputBox();
    const before = this.query;
    let accepted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    box.title = vscode.l10n.t('Filter Slogans');
    box.placeholder = vscode.l10n.t('Characters or pinyin: 两个, lgql, 两个ql');
    box.value = before;
    box.onDidChangeValue((value) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.filter(value.trim()), DEBOUNCE_MS);
    });
    box.onDidAccept(() => {
      accepted = true;
      box.hide();
    });
    box.onDidHide(() => {
      clearTimeout(timer);
      this.filter(accepted ? box.value.trim() : before);
      box.dispose();
    });
    box.show();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.roots();
    if (node.kind === 'list') return node.words.map((text) => ({ kind: 'word', list: node.list, text }));
    return node.kind === 'slogan' ? details(node.slogan) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case 'learn':
        return commandItem(vscode.l10n.t('Learn from Your Own Documents…'), 'policyText.learnCorpus', 'mortar-board');
      case 'more':
        return commandItem(vscode.l10n.t('Show More'), 'policyText.moreSlogans', 'ellipsis');
      case 'list': {
        const label = node.list === 'words' ? vscode.l10n.t('Your Own Words') : vscode.l10n.t('Never Suggested');
        const item = new vscode.TreeItem(label, Collapsed);
        item.id = `list:${node.list}`;
        item.description = String(node.words.length);
        item.iconPath = new vscode.ThemeIcon(node.list === 'words' ? 'account' : 'circle-slash');
        return item;
      }
      case 'word': {
        const item = new vscode.TreeItem(node.text, None);
        item.id = `word:${node.list}:${node.text}`;
        item.contextValue = node.list === 'words' ? 'word' : 'unwanted';
        return item;
      }
      case 'slogan': {
        const { slogan } = node;
        const item = new vscode.TreeItem(slogan.text, details(slogan).length > 0 ? Collapsed : None);
        item.id = `slogan:${slogan.text}`;
        item.description = counted(slogan);
        item.tooltip = `${slogan.text}\n${counted(slogan)}`;
        item.contextValue = 'slogan';
        return item;
      }
      case 'detail': {
        const item = new vscode.TreeItem(node.label, None);
        item.description = node.about;
        item.tooltip = node.text;
        item.iconPath = new vscode.ThemeIcon(node.icon);
        item.contextValue = 'detail';
        return item;
      }
    }
  }

  private async roots(): Promise<Node[]> {
    await this.server.start();
    const nodes: Node[] = [];
    let total = 0;
    let own = 0;
    for (let page = 0; page < this.pages && page * PAGE <= total; page++) {
      const result = await requestSlogans(this.server, { query: this.query, from: page * PAGE, limit: PAGE });
      if (!result) break;
      ({ total, ownDocuments: own } = result);
      for (const slogan of result.slogans) nodes.push({ kind: 'slogan', slogan, text: slogan.text });
    }
    if (nodes.length < total) nodes.push({ kind: 'more' });
    if (this.query !== '' || total === 0) return nodes;
    const heads: Node[] = own === 0 && this.canLearn() ? [{ kind: 'learn' }] : [];
    for (const list of ['words', 'never'] as const) {
      const words = this.settings.get(`lexicon.${list}`);
      if (words.length > 0) heads.push({ kind: 'list', list, words });
    }
    return [...heads, ...nodes];
  }
}

function requestSlogans(server: Server, params: SlogansParams): Promise<SlogansResult | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const uri = document && server.serves(document) ? { uri: document.uri.toString() } : {};
  return server.ask(SLOGANS_REQUEST, { ...params, ...uri }, new vscode.CancellationTokenSource().token);
}

/** Further information on a slogan. */
function details({ text, series, before, after, variants }: SloganInfo): Node[] {
  const times = (count: number) => vscode.l10n.t('{0} times', count);
  const list = (words: readonly CountedWords[], icon: string, label: (one: string) => string, whole = label): Node[] =>
    words.map(([one, count]) => ({
      kind: 'detail',
      label: label(one),
      about: times(count),
      icon,
      text: whole(one),
    }));
  return [
    ...series.map((member): Node => {
      return { kind: 'detail', label: member, about: vscode.l10n.t('series'), icon: 'list-ordered', text: member };
    }),
    ...list(
      before,
      'arrow-left',
      (one) => `${one}…`,
      (one) => one + text,
    ),
    ...list(
      after,
      'arrow-right',
      (one) => `…${one}`,
      (one) => text + one,
    ),
    ...list(variants, 'versions', String),
  ];
}

function counted({ count, documents, own }: SloganInfo): string {
  return own > 0
    ? vscode.l10n.t('{0} times in {1} documents, {2} of them yours', count, documents, own)
    : vscode.l10n.t('{0} times in {1} documents', count, documents);
}

function commandItem(label: string, command: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.command = { command, title: label };
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

/** Finds a slogan by a few characters or letters of pinyin and inserts it. */
async function pickSlogan(server: Server): Promise<void> {
  await server.start();
  const pick = vscode.window.createQuickPick();
  pick.title = vscode.l10n.t('Insert Slogan');
  pick.placeholder = vscode.l10n.t('Characters or pinyin: 两个, lgql, 两个ql');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const update = async (): Promise<void> => {
    const turn = ++asked;
    const result = await requestSlogans(server, { query: pick.value, limit: QUICK_PICK });
    // Answers to superseded queries are dropped.
    if (turn !== asked) return;
    pick.items = (result?.slogans ?? []).map((slogan) => ({
      label: slogan.text,
      description: counted(slogan),
      // The server has filtered; a pinyin query would match nothing in the label.
      alwaysShow: true,
    }));
  };
  pick.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), DEBOUNCE_MS);
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    pick.hide();
    if (chosen) void insert(chosen.label);
  });
  pick.onDidHide(() => {
    clearTimeout(timer);
    pick.dispose();
  });
  pick.show();
  await update();
}

/**
 * Inserts `text` at each caret of the active draft, replacing the selection or an already typed prefix; one undo step.
 */
async function insert(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a draft first: the slogan goes to its caret.'));
    return;
  }
  const { document, selections } = editor;
  await editor.edit((edit) => {
    for (const selection of selections) {
      const { start, end } = selection;
      const line = document.lineAt(start).text;
      const { replace, over } = selection.isEmpty
        ? insertionOf(line.slice(0, start.character), line.slice(end.character), text)
        : { replace: 0, over: 0 };
      edit.replace(new vscode.Range(start.translate(0, -replace), end.translate(0, over)), text);
    }
  });
  editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
  await vscode.window.showTextDocument(document, editor.viewColumn);
}
