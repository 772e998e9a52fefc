/**
 * *Page Preview*: the active draft as the pages that *Export to Word…* would make, live. The webview can load nothing
 * but the extension's own script, and receives text as data only.
 */
import * as vscode from 'vscode';
import { PAGES_REQUEST, type PagesResult } from '../../server/src/lsp/protocol';
import { nameOf } from './documents';
import type { FromPreview, PreviewState, ToPreview } from './previewMessages';
import type { Server } from './server';

const VIEW = 'policyText.pagePreview';
/** Retry interval while the server starts, in ms. */
const AGAIN_MS = 300;
const TRIES = 100;
/** Debounce before a changed draft is laid out again, in ms: too short to notice. */
const DEBOUNCE_MS = 80;

/** Registers the command, and the serializer that restores previews when a window is reopened. */
export function registerPagePreview(server: Server, { extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  let shown: PagePreview | undefined;
  const add = (panel: vscode.WebviewPanel, draft: vscode.Uri | undefined): PagePreview => {
    const preview = new PagePreview(server, panel, extensionUri, draft);
    shown = preview;
    panel.onDidDispose(() => {
      preview.dispose();
      if (shown === preview) shown = undefined;
    });
    return preview;
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('policyText.pagePreview', async (draft?: unknown) => {
      const uri = draft instanceof vscode.Uri ? draft : vscode.window.activeTextEditor?.document.uri;
      if (!uri) return;
      const document = await vscode.workspace.openTextDocument(uri);
      if (shown) {
        shown.turnTo(document);
        shown.panel.reveal(undefined, true);
        return;
      }
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      add(vscode.window.createWebviewPanel(VIEW, '', place), uri).turnTo(document);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW, {
      async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PreviewState | undefined) {
        if (shown) {
          panel.dispose();
          return;
        }
        const uri = typeof state?.uri === 'string' ? vscode.Uri.parse(state.uri) : undefined;
        const preview = add(panel, uri);
        try {
          if (uri) preview.turnTo(await vscode.workspace.openTextDocument(uri));
        } catch {
          // The draft no longer exists; the preview follows the active editor.
        }
      },
    }),
    { dispose: () => shown?.panel.dispose() },
  );
}

class PagePreview implements vscode.Disposable {
  private draft: vscode.TextDocument | undefined;
  /** The pages that the webview has, each serialised. */
  private sent: string[] = [];
  /** The draft that the webview shows, including its caret. */
  private shown: string | undefined;
  private asking = false;
  private stale = false;
  private loaded = false;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly server: Server,
    readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    uri: vscode.Uri | undefined,
  ) {
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(extensionUri, 'dist');
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [folder] };
    panel.title = titleOf(uri);
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, `docs/images/file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.subscriptions = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: FromPreview) => void this.onMessage(message)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.draft) this.updateAfter(DEBOUNCE_MS);
      }),
      // The unit's page settings, or its template, may have changed.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (/\.json$/.test(uri.path)) this.updateAfter(DEBOUNCE_MS);
      }),
      // A change of language closes a document and opens it again.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.toString() === this.draft?.uri.toString()) this.turnTo(document);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && editor.document !== this.draft && editor.document.languageId === 'policytext') {
          this.turnTo(editor.document);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (textEditor.document === this.draft) this.postCaret(textEditor, kind !== undefined);
      }),
      server.onReady(() => void this.update()),
    );
    webview.html = pageOf(webview, vscode.Uri.joinPath(folder, 'preview.js'), extensionUri.scheme === 'file');
  }

  /** Switches to `document`. */
  turnTo(document: vscode.TextDocument): void {
    this.draft = document;
    this.panel.title = titleOf(document.uri);
    void this.update();
  }

  dispose(): void {
    this.loaded = false;
    clearTimeout(this.again);
    this.subscriptions.dispose();
  }

  private async onMessage(message: FromPreview): Promise<void> {
    if (message.type === 'ready') {
      // The webview is reloaded whenever it becomes visible again.
      this.loaded = true;
      this.sent = [];
      this.shown = undefined;
      await this.update();
    } else if (message.type === 'goTo') await this.goTo(Number(message.line), Number(message.column));
    else if (message.type === 'export' && this.draft) {
      await vscode.commands.executeCommand('policyText.exportWord', this.draft.uri);
    }
  }

  private updateAfter(rest: number, tries = 0): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.update(tries), rest);
  }

  /** Requests the current pages; repeats if the draft changes meanwhile. */
  private async update(tries = 0): Promise<void> {
    clearTimeout(this.again);
    // A hidden webview is reloaded, and asks again, when it becomes visible.
    if (!this.loaded || !this.draft || !this.panel.visible) return;
    if (this.asking) {
      this.stale = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.stale = false;
        const { uri } = this.draft;
        const { token } = new vscode.CancellationTokenSource();
        const result = await this.server.ask(PAGES_REQUEST, { uri: uri.toString() }, token);
        if (!this.loaded) return;
        if (uri !== this.draft.uri) this.stale = true;
        else if (result) this.show(uri, result);
        else if (result === undefined || tries < TRIES / 10) {
          // The server is starting, or has not received the draft yet.
          if (tries === 0) await this.server.start();
          if (!this.loaded) return;
          if (tries < TRIES) this.updateAfter(AGAIN_MS, tries + 1);
        } else {
          this.sent = [];
          this.shown = undefined;
          this.post({ type: 'nothing' });
        }
      } while (this.stale);
    } finally {
      this.asking = false;
    }
  }

  private show(uri: vscode.Uri, { pages, fonts, size, remark }: NonNullable<PagesResult>): void {
    const texts = pages.map(({ lines, rules }) => JSON.stringify([lines, rules]));
    const changed = pages.flatMap((page, index) => (texts[index] === this.sent[index] ? [] : [[index, page] as const]));
    this.sent = texts;
    const firstLines = pages.map(({ firstLine }) => firstLine);
    const remarks = remark === undefined ? {} : { remark };
    this.post({
      type: 'pages',
      uri: uri.toString(),
      size,
      fonts,
      count: pages.length,
      firstLines,
      changed,
      ...remarks,
    });
    if (this.shown === uri.toString()) return;
    this.shown = uri.toString();
    const editor = this.editor();
    if (editor) this.postCaret(editor, true);
  }

  private postCaret(editor: vscode.TextEditor, reveal: boolean): void {
    const { line, character } = editor.selection.active;
    this.post({ type: 'caret', line, column: character, reveal });
  }

  private post(message: ToPreview): void {
    void this.panel.webview.postMessage(message);
  }

  private editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document === this.draft);
  }

  private async goTo(line: number, column: number): Promise<void> {
    const { draft } = this;
    if (!draft || !Number.isInteger(line) || !Number.isInteger(column)) return;
    const place = draft.validatePosition(new vscode.Position(Math.max(0, line), Math.max(0, column)));
    const viewColumn = this.editor()?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(draft, { viewColumn });
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function titleOf(uri: vscode.Uri | undefined): string {
  return vscode.l10n.t('Pages: {0}', uri ? nameOf(uri) : '');
}

/** The webview's document. Only the script and the style with this nonce are allowed, and no requests go out. */
function pageOf(webview: vscode.Webview, script: vscode.Uri, exports: boolean): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const texts = {
    page: vscode.l10n.t('Page {0}', '{0}'),
    position: vscode.l10n.t('Page {0} of {1}', '{0}', '{1}'),
    smaller: vscode.l10n.t('Zoom Out'),
    larger: vscode.l10n.t('Zoom In'),
    fit: vscode.l10n.t('Fit Width'),
    print: vscode.l10n.t('Print through Word…'),
    nothing: vscode.l10n.t('This is not a draft in Chinese: there are no pages to show.'),
    printHelp: vscode.l10n.t('Writes a Word document with these pages, to be printed from there'),
  };
  const t = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, escaped(text)])) as typeof texts;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.page}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body data-page="${t.page}" data-position="${t.position}" data-export="${exports}">
<div id="bar" role="toolbar">
<span id="position" aria-live="polite"></span>
<span id="remark" aria-live="polite"></span>
<span class="room"></span>
<button id="smaller" title="${t.smaller}" aria-label="${t.smaller}">−</button>
<span id="zoom"></span>
<button id="larger" title="${t.larger}" aria-label="${t.larger}">+</button>
<button id="fit">${t.fit}</button>
<button id="export" title="${t.printHelp}">${t.print}</button>
</div>
<div id="view" tabindex="0"></div>
<p id="nothing" hidden>${t.nothing}</p>
<script nonce="${nonce}" src="${escaped(webview.asWebviewUri(script).toString())}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Paper is white in every theme; the surroundings have the editor's colours. */
const STYLE = `
html, body { height: 100%; margin: 0; padding: 0; }
body { display: flex; flex-direction: column; color: var(--vscode-foreground); background: var(--vscode-editor-background); }
#bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; padding: 4px 12px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)); font-size: var(--vscode-font-size); }
#remark { color: var(--vscode-editorWarning-foreground, inherit); }
#bar .room { flex: 1; }
#zoom { min-width: 3.5em; text-align: center; }
button { font: inherit; color: var(--vscode-button-secondaryForeground, var(--vscode-foreground)); background: var(--vscode-button-secondaryBackground, transparent); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 2px; padding: 2px 8px; cursor: pointer; }
button:hover { background: var(--vscode-button-secondaryHoverBackground, var(--vscode-toolbar-hoverBackground)); }
button:focus-visible, #view:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
#view { flex: 1; overflow: auto; padding: 16px 0; min-height: 0; }
[hidden] { display: none !important; }
#nothing { padding: 16px; }
.page { margin: 0 auto 16px; background: #fff; box-shadow: 0 1px 6px var(--vscode-widget-shadow, rgba(0, 0, 0, 0.36)); }
.page svg { display: block; width: 100%; height: 100%; }
text { white-space: pre; }
.black { fill: #000; }
.red { fill: #f00; }
.place { fill: transparent; }
.line { cursor: pointer; }
.line:hover .place { fill: rgba(0, 96, 192, 0.08); }
.line.current .place { fill: rgba(255, 196, 0, 0.22); }
.vscode-high-contrast .page, .vscode-high-contrast-light .page { box-shadow: none; outline: 1px solid var(--vscode-contrastBorder); }
.vscode-high-contrast .line.current .place, .vscode-high-contrast-light .line.current .place { stroke: #000; stroke-width: 1; }
`;
