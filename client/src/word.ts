/**
 * Word import and export: *Open as Policy Draft* makes a draft beside a document, or shows the differences from an
 * existing draft; *Export to Word…* writes the active draft as a .docx; *Review Word Document…* writes findings into a
 * copy of a document; *Update Draft from Word…* shows changes made by others beside the draft. The server reads and
 * lays out; files on disk only.
 */
import * as vscode from 'vscode';
import {
  type DocumentComment,
  EXPORT_WORD_REQUEST,
  READ_DOCUMENT_REQUEST,
  REVIEW_DOCUMENT_REQUEST,
  type RequestType,
  UPDATE_DRAFT_REQUEST,
} from '../../server/src/lsp/protocol';
import { DOCUMENT, nameOf, READABLE, Readings } from './documents';
import type { Server } from './server';

const DRAFT = /(?:\.(?:policy|gw))?\.(?:txt|md|markdown)$|\.(?:gongwen|policytext)$/i;
const SUFFIX = '.policy.txt';

/** Registers the commands. Sets a context for the menus: whether the server runs on a machine with files. */
export function registerWord(server: Server, context: vscode.ExtensionContext): vscode.Disposable {
  const onMachine = context.extensionUri.scheme === 'file';
  void vscode.commands.executeCommand('setContext', 'policyText.onMachine', onMachine);
  const readings = new Readings('policytext-document');
  const comments = vscode.languages.createDiagnosticCollection('policyText.wordComments');
  return vscode.Disposable.from(
    readings,
    comments,
    vscode.workspace.onDidCloseTextDocument(({ uri }) => comments.delete(uri)),
    vscode.commands.registerCommand('policyText.clearWordComments', () => comments.clear()),
    vscode.commands.registerCommand('policyText.reviewWord', async (document?: unknown, target?: unknown) => {
      const named = document instanceof vscode.Uri ? document : documentInFront();
      const uri = named ?? (await chooseDocument(vscode.l10n.t('Review Word Document'), ['docx']));
      if (uri) await reviewWord(server, uri, target instanceof vscode.Uri ? target : undefined);
    }),
    vscode.commands.registerCommand('policyText.updateFromWord', async (document?: unknown, draft?: unknown) => {
      const given = document instanceof vscode.Uri && DOCUMENT.test(document.path) ? document : documentInFront();
      const into = draft instanceof vscode.Uri ? draft : await draftFor(server, given);
      if (!into) return;
      const uri = given ?? (await chooseDocument(vscode.l10n.t('Update Draft from Word'), READABLE));
      if (uri) await updateFromWord(server, readings, comments, uri, into);
    }),
    vscode.commands.registerCommand('policyText.openAsDraft', async (document?: unknown) => {
      const uri =
        document instanceof vscode.Uri
          ? document
          : (documentInFront() ?? (await chooseDocument(vscode.l10n.t('Open as Policy Draft'), READABLE)));
      if (uri) await openAsDraft(server, readings, uri);
    }),
    // An editor's title menu passes the document in it; the second argument is for other extensions and tests: where to
    // write.
    vscode.commands.registerCommand('policyText.exportWord', async (draft?: unknown, target?: unknown) => {
      const { activeTextEditor } = vscode.window;
      const uri = draft instanceof vscode.Uri ? draft : activeTextEditor?.document.uri;
      if (uri) await exportWord(server, uri, target instanceof vscode.Uri ? target : undefined);
    }),
  );
}

/** The Word document in the active tab: VS Code shows a page saying that it is binary. */
function documentInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input as { uri?: unknown } | undefined;
  return input?.uri instanceof vscode.Uri && DOCUMENT.test(input.uri.path) ? input.uri : undefined;
}

async function chooseDocument(title: string, endings: readonly string[]): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    filters: { [vscode.l10n.t('Documents')]: [...endings] },
  });
  return chosen?.[0];
}

async function openAsDraft(server: Server, readings: Readings, uri: vscode.Uri): Promise<void> {
  const name = nameOf(uri);
  if (!DOCUMENT.test(name)) {
    const message = vscode.l10n.t('“{0}” is not a .docx, .docm, .doc, .wps, .rtf, .odt or .pdf file.', name);
    void vscode.window.showWarningMessage(message);
    return;
  }
  const read = await ask(server, READ_DOCUMENT_REQUEST, { uri: uri.toString() }, vscode.l10n.t('Reading “{0}”…', name));
  if (!read) return;
  if ('refused' in read) {
    void vscode.window.showErrorMessage(vscode.l10n.t('“{0}” cannot be opened as a draft. {1}', name, read.refused));
    return;
  }
  const losses = listed(read.losses);
  const draft = uri.with({ path: uri.path.replace(DOCUMENT, SUFFIX) });
  if (!(await isThere(draft))) {
    try {
      await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(read.text));
    } catch (error) {
      void vscode.window.showErrorMessage(vscode.l10n.t('“{0}” cannot be written: {1}', nameOf(draft), reason(error)));
      return;
    }
    await vscode.window.showTextDocument(draft, { preview: false });
    const message = losses
      ? vscode.l10n.t('“{0}” was made from “{1}”. Not carried over: {2}.', nameOf(draft), name, losses)
      : vscode.l10n.t('“{0}” was made from “{1}”. Formatting was not carried over.', nameOf(draft), name);
    void vscode.window.showInformationMessage(message);
    return;
  }
  const document = await vscode.workspace.openTextDocument(draft);
  if (document.getText().replaceAll('\r\n', '\n') === read.text) {
    await vscode.window.showTextDocument(document, { preview: false });
    void vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” already has the text of “{1}”.', nameOf(draft), name),
    );
    return;
  }
  const title = vscode.l10n.t('{0} ↔ the draft', name);
  await vscode.commands.executeCommand('vscode.diff', readings.add(draft, read.text), draft, title, { preview: false });
  const message = losses
    ? vscode.l10n.t(
        'The draft already exists; nothing was overwritten. The arrows between the two sides copy from the document. Not carried over: {0}.',
        losses,
      )
    : vscode.l10n.t(
        'The draft already exists; nothing was overwritten. The arrows between the two sides copy from the document.',
      );
  void vscode.window.showInformationMessage(message);
}

/** The draft to update from a document: the one beside it, the active one, or one that the writer chooses. */
async function draftFor(server: Server, document: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const beside = document?.with({ path: document.path.replace(DOCUMENT, SUFFIX) });
  if (beside && (await isThere(beside))) return beside;
  const front = vscode.window.activeTextEditor?.document;
  if (front && server.serves(front)) return front.uri;
  const open = vscode.workspace.textDocuments.filter((one) => one.languageId === 'policytext' && server.serves(one));
  if (open.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('First open the draft that should be updated.'));
    return undefined;
  }
  const rows = open.map(({ uri }) => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri), uri }));
  if (rows.length === 1) return rows[0]?.uri;
  const placeHolder = vscode.l10n.t('Which draft should be updated?');
  return (await vscode.window.showQuickPick(rows, { placeHolder }))?.uri;
}

async function reviewWord(server: Server, uri: vscode.Uri, target: vscode.Uri | undefined): Promise<void> {
  const name = nameOf(uri).replace(DOCUMENT, '');
  const beside = vscode.Uri.joinPath(uri, '..', `${name}${vscode.l10n.t('-reviewed')}.docx`);
  const chosen = target ?? (await askTarget(vscode.l10n.t('Review Word Document'), beside));
  const written = chosen && (await withEnding(chosen));
  if (!written) return;
  if (written.toString() === uri.toString()) {
    const message = vscode.l10n.t('This is the document itself. Give the review another name.');
    void vscode.window.showErrorMessage(message);
    return;
  }
  const result = await ask(
    server,
    REVIEW_DOCUMENT_REQUEST,
    { uri: uri.toString() },
    vscode.l10n.t('Reviewing “{0}”…', nameOf(uri)),
  );
  if (!result) return;
  if ('refused' in result) {
    void vscode.window.showErrorMessage(vscode.l10n.t('“{0}” was not reviewed. {1}', nameOf(uri), result.refused));
    return;
  }
  const { comments, fixes } = result;
  await writeAndOffer(
    written,
    result.bytes,
    vscode.l10n.t('Reviewed in “{0}”: {1} comments, {2} fixes as tracked changes.', nameOf(written), comments, fixes),
  );
}

async function updateFromWord(
  server: Server,
  readings: Readings,
  comments: vscode.DiagnosticCollection,
  uri: vscode.Uri,
  draft: vscode.Uri,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(draft);
  const result = await ask(
    server,
    UPDATE_DRAFT_REQUEST,
    { uri: uri.toString(), draft: draft.toString() },
    vscode.l10n.t('Reading “{0}”…', nameOf(uri)),
  );
  if (!result) return;
  if ('refused' in result) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The draft was not updated. {0}', result.refused));
    return;
  }
  comments.set(draft, diagnosticsOf(document, nameOf(uri), result.comments));
  const notes = [
    result.comments.length > 0 ? vscode.l10n.t('{0} comments are in the Problems view.', result.comments.length) : '',
    result.losses.length > 0 ? vscode.l10n.t('Not carried over: {0}.', listed(result.losses)) : '',
  ].join(' ');
  if (document.getText().replaceAll('\r\n', '\n') === result.text.replaceAll('\r\n', '\n')) {
    await vscode.window.showTextDocument(document, { preview: false });
    const same = vscode.l10n.t('“{0}” already has the text of “{1}”.', nameOf(draft), nameOf(uri));
    void vscode.window.showInformationMessage(`${same} ${notes}`.trim());
    return;
  }
  const title = vscode.l10n.t('{0} ↔ the draft', nameOf(uri));
  await vscode.commands.executeCommand('vscode.diff', readings.add(draft, result.text), draft, title, {
    preview: false,
  });
  const message = vscode.l10n.t(
    'Nothing has been changed yet. The arrow at each difference accepts the version in “{0}”; leave the others as they are.',
    nameOf(uri),
  );
  void vscode.window.showInformationMessage(`${message} ${notes}`.trim());
}

function listed(losses: readonly string[]): string {
  return losses.join(vscode.env.language.startsWith('zh') ? '；' : '; ');
}

/** Comments of a document as diagnostics on their words in the draft, or on their line, or at the draft's beginning. */
function diagnosticsOf(
  document: vscode.TextDocument,
  name: string,
  comments: readonly DocumentComment[],
): vscode.Diagnostic[] {
  return comments.map(({ author, text, words, line }) => {
    const found = line >= 0 && line < document.lineCount ? document.lineAt(line) : undefined;
    const [first = ''] = words.split('\n');
    const at = first === '' ? -1 : (found?.text.indexOf(first) ?? -1);
    const range = !found
      ? new vscode.Range(0, 0, 0, 0)
      : at < 0
        ? found.range
        : new vscode.Range(found.lineNumber, at, found.lineNumber, at + first.length);
    const diagnostic = new vscode.Diagnostic(
      range,
      author ? vscode.l10n.t('{0}: {1}', author, text) : text,
      vscode.DiagnosticSeverity.Information,
    );
    diagnostic.source = name;
    return diagnostic;
  });
}

/**
 * `chosen` with the extension of a Word document; undefined if the writer does not want to replace an existing file.
 */
async function withEnding(chosen: vscode.Uri): Promise<vscode.Uri | undefined> {
  const written = /\.docx$/i.test(chosen.path) ? chosen : chosen.with({ path: `${chosen.path}.docx` });
  // The dialog has asked about the name that was typed, not about the one with the extension.
  if (written !== chosen && (await isThere(written))) {
    const replace = vscode.l10n.t('Replace');
    const question = vscode.l10n.t('“{0}” already exists. Replace it?', nameOf(written));
    if ((await vscode.window.showWarningMessage(question, { modal: true }, replace)) !== replace) return undefined;
  }
  return written;
}

async function exportWord(server: Server, uri: vscode.Uri, target: vscode.Uri | undefined): Promise<void> {
  const chosen = target ?? (await chooseTarget(uri));
  const written = chosen && (await withEnding(chosen));
  if (!written) return;
  const result = await ask(
    server,
    EXPORT_WORD_REQUEST,
    { uri: uri.toString() },
    vscode.l10n.t('Exporting “{0}”…', nameOf(written)),
  );
  if (!result) return;
  if ('refused' in result) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The draft was not exported. {0}', result.refused));
    return;
  }
  const { remarks } = result;
  const message =
    remarks.length > 0
      ? vscode.l10n.t(
          'Exported to “{0}”. Deviations of your organisation’s template: {1}.',
          nameOf(written),
          listed(remarks),
        )
      : vscode.l10n.t('Exported to “{0}”, laid out by GB/T 9704-2012.', nameOf(written));
  await writeAndOffer(written, result.bytes, message);
}

/** Writes a document (`bytes` in base64), shows `message`, and opens the document if the writer wants that. */
async function writeAndOffer(written: vscode.Uri, bytes: string, message: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(written, Buffer.from(bytes, 'base64'));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('“{0}” cannot be written: {1}', nameOf(written), reason(error)));
    return;
  }
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.env.openExternal(written);
}

function chooseTarget(uri: vscode.Uri): Thenable<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `${nameOf(uri).replace(DRAFT, '')}.docx`;
  const beside = uri.scheme === 'file' ? vscode.Uri.joinPath(uri, '..', name) : undefined;
  const defaultUri = beside ?? (folder && vscode.Uri.joinPath(folder.uri, name));
  return askTarget(vscode.l10n.t('Export to Word'), defaultUri);
}

function askTarget(title: string, defaultUri: vscode.Uri | undefined): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({ title, filters: { Word: ['docx'] }, ...(defaultUri && { defaultUri }) });
}

/** Sends a request, starting the server if necessary; undefined if it does not answer, which is reported. */
async function ask<Params, Result>(
  server: Server,
  request: RequestType<Params, Result>,
  params: Params,
  title: string,
): Promise<Result | undefined> {
  const { Window } = vscode.ProgressLocation;
  const answer = await vscode.window.withProgress({ location: Window, title }, async () => {
    await server.start();
    return server.ask(request, params, new vscode.CancellationTokenSource().token);
  });
  if (!answer) void vscode.window.showErrorMessage(vscode.l10n.t('The language server does not answer.'));
  return answer;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
