/** The preview of *Clean Up Text*: the result beside the text, with the kinds of repair to choose from. */
import * as vscode from 'vscode';
import type { CleanUpKind, CleanUpResult } from '../../server/src/lsp/protocol';
import { nameOf } from './documents';

type Found = NonNullable<CleanUpResult>;

interface Row extends vscode.QuickPickItem {
  readonly id: string;
}

export class CleanUpPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'policytext-cleaned';
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(CleanUpPreview.scheme, this);
  private shown = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /**
   * Shows the result `found` for `document` in a diff editor. `again` requests the result without some kinds. Returns
   * what the writer accepted, or undefined if the text stays unchanged.
   */
  async review(
    document: vscode.TextDocument,
    found: Found,
    again: (without: readonly string[]) => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const uri = vscode.Uri.from({
      scheme: CleanUpPreview.scheme,
      path: document.uri.path,
      query: String(this.shown++),
    });
    this.texts.set(uri.toString(), cleanedText(document, found));
    const title = vscode.l10n.t('{0}: as it is ↔ cleaned up', nameOf(document.uri));
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
    try {
      return await this.choose(found.kinds, async (without) => {
        const now = without.length === 0 ? found : await again(without);
        if (now) {
          this.texts.set(uri.toString(), cleanedText(document, now));
          this.changed.fire(uri);
        }
        return now;
      });
    } finally {
      await closeDiff(uri);
      this.texts.delete(uri.toString());
    }
  }

  /** A list of the kinds, all checked, which stays open while the writer reads the text behind it. */
  private choose(
    kinds: readonly CleanUpKind[],
    without: (ids: readonly string[]) => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const list = vscode.window.createQuickPick<Row>();
    list.title = vscode.l10n.t('Clean Up Text');
    list.placeholder = vscode.l10n.t('Uncheck what should stay as it is; Enter applies the changes, Escape cancels');
    list.canSelectMany = true;
    list.ignoreFocusOut = true;
    list.items = kinds.map(({ id, name, count }): Row => ({ label: name, description: String(count), id }));
    list.selectedItems = list.items;
    let latest: Promise<Found | undefined> = without([]);
    list.onDidChangeSelection((selected) => {
      const ids = kinds.map(({ id }) => id).filter((id) => !selected.some((row) => row.id === id));
      // Sequentially, so that the last choice is the one shown.
      latest = latest.catch(() => undefined).then(() => without(ids));
    });
    return new Promise((resolve, reject) => {
      let accepted = false;
      list.onDidAccept(() => {
        accepted = true;
        latest.then(resolve, reject);
        list.hide();
      });
      list.onDidHide(() => {
        if (!accepted) resolve(undefined);
        list.dispose();
      });
      list.show();
    });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function cleanedText(document: vscode.TextDocument, { edits }: Found): string {
  const text = document.getText();
  const pieces: string[] = [];
  let done = 0;
  for (const { range, newText } of edits) {
    pieces.push(
      text.slice(done, document.offsetAt(new vscode.Position(range.start.line, range.start.character))),
      newText,
    );
    done = document.offsetAt(new vscode.Position(range.end.line, range.end.character));
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

async function closeDiff(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString());
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}
