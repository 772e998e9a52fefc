/**
 * Earlier drafts: *Compare with Earlier Draft…* shows one beside the active draft, its sections moved to where their
 * counterparts are; *Find in Past Drafts…* finds passages on the topic of the selection.
 */
import * as vscode from 'vscode';
import {
  COMPARE_REQUEST,
  PASSAGES_REQUEST,
  type PassagesResult,
  READ_DOCUMENT_REQUEST,
} from '../../server/src/lsp/protocol';
import { DOCUMENT, nameOf, READABLE, Readings } from './documents';
import type { Server } from './server';

/** Characters around the caret that serve as the topic if nothing is selected. */
const MAX_TOPIC = 200;
const SEARCH_DEBOUNCE_MS = 250;

/** Registers both commands. */
export function registerEarlierDrafts(server: Server): vscode.Disposable {
  const readings = new Readings('policytext-earlier');
  return vscode.Disposable.from(
    readings,
    // The argument is for other extensions and tests: the earlier draft.
    vscode.commands.registerCommand('policyText.compareEarlier', async (earlier?: unknown) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor || !server.serves(editor.document)) return;
      const old = earlier instanceof vscode.Uri ? earlier : await chooseEarlier(editor.document.uri);
      if (!old) return;
      await server.start();
      const text = await textOf(server, old);
      if (text === undefined) return;
      const { uri } = editor.document;
      const { token } = new vscode.CancellationTokenSource();
      const answer = await server.ask(COMPARE_REQUEST, { uri: uri.toString(), old: text }, token);
      if (!answer) return;
      const shown = old.with({ path: old.path.replace(DOCUMENT, '.policy.txt'), query: old.path });
      const side = readings.add(shown, answer.arranged);
      const title = `${nameOf(old)} ↔ ${nameOf(uri)}`;
      await vscode.commands.executeCommand('vscode.diff', side, uri, title, { preview: false });
      const { changed: edited = 0, moved = 0, merged = 0, split = 0, new: added = 0, dropped = 0 } = answer.fates;
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Sections changed {0}, moved {1}, merged {2}, split {3}, new {4}, dropped {5}. Moved ones are shown beside their counterparts; the arrows between the two sides copy a passage, and F7 goes to the next change.',
          edited,
          moved,
          merged,
          split,
          added,
          dropped,
        ),
      );
    }),
    vscode.commands.registerCommand('policyText.findInPastDrafts', async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor && server.serves(editor.document)) await findPassages(server, editor);
    }),
  );
}

async function chooseEarlier(beside: vscode.Uri): Promise<vscode.Uri | undefined> {
  const extensions = ['txt', 'md', 'markdown', 'gongwen', 'policytext', ...READABLE];
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Compare with Earlier Draft'),
    openLabel: vscode.l10n.t('Compare'),
    filters: { [vscode.l10n.t('Drafts and documents')]: extensions },
    ...(beside.scheme === 'file' && { defaultUri: vscode.Uri.joinPath(beside, '..') }),
  });
  return chosen?.[0];
}

/** The text of a draft or a document; undefined if it cannot be read, which is reported. */
async function textOf(server: Server, uri: vscode.Uri): Promise<string | undefined> {
  const refuse = (reason: string) =>
    void vscode.window.showErrorMessage(vscode.l10n.t('“{0}” cannot be read: {1}', nameOf(uri), reason));
  if (!DOCUMENT.test(uri.path)) {
    try {
      return (await vscode.workspace.openTextDocument(uri)).getText();
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
  const { token } = new vscode.CancellationTokenSource();
  const read = await server.ask(READ_DOCUMENT_REQUEST, { uri: uri.toString() }, token);
  if (read && !('refused' in read)) return read.text;
  refuse(read?.refused ?? vscode.l10n.t('The language server does not answer.'));
  return undefined;
}

interface PassageItem extends vscode.QuickPickItem {
  readonly passage: PassagesResult['passages'][number];
}

async function findPassages(server: Server, editor: vscode.TextEditor): Promise<void> {
  await server.start();
  const { document, selection } = editor;
  const topic = selection.isEmpty ? document.lineAt(selection.active.line).text : document.getText(selection);
  const picker = vscode.window.createQuickPick<PassageItem>();
  picker.title = vscode.l10n.t('Find in Past Drafts');
  picker.placeholder = vscode.l10n.t('Words of the topic; Enter inserts the passage with its source');
  picker.matchOnDetail = false;
  picker.value = topic.trim().slice(0, MAX_TOPIC);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: vscode.CancellationTokenSource | undefined;
  const search = async (query: string) => {
    pending?.cancel();
    const own = new vscode.CancellationTokenSource();
    pending = own;
    picker.busy = true;
    const answer = await server.ask(PASSAGES_REQUEST, { uri: document.uri.toString(), query }, own.token);
    if (own.token.isCancellationRequested) return;
    picker.busy = false;
    picker.items = (answer?.passages ?? []).map((passage) => ({
      label: passage.text,
      description: vscode.l10n.t('{0}, line {1}', nameOf(vscode.Uri.parse(passage.uri)), passage.line + 1),
      // The server has filtered already.
      alwaysShow: true,
      passage,
    }));
  };
  picker.onDidChangeValue((value) => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(value), SEARCH_DEBOUNCE_MS);
  });
  picker.onDidAccept(async () => {
    const [chosen] = picker.selectedItems;
    picker.hide();
    if (!chosen) return;
    // The source is inserted as a placeholder, so that it is listed until the writer has checked and deleted it.
    const source = `〔待核实：出自“${nameOf(vscode.Uri.parse(chosen.passage.uri)).replace(/[〔〕]/g, '')}”〕`;
    await editor.edit((edit) => edit.insert(selection.end, `${chosen.passage.text}${source}`));
  });
  picker.onDidHide(() => {
    clearTimeout(timer);
    pending?.cancel();
    picker.dispose();
  });
  picker.show();
  await search(picker.value);
}
