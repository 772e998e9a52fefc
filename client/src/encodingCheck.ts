/** Offers *Reopen with Encoding* if a file was opened in the wrong one: GBK or Big5 read as UTF-8, or the reverse. */
import * as vscode from 'vscode';
import { ENCODING_REQUEST, type EncodingParams } from '../../server/src/lsp/protocol';
import type { Server } from './server';

/** Sample size, enough for detection. */
const SAMPLE_LENGTH = 8_000;
/** Languages that a Chinese text may have been opened in. */
const LANGUAGES = new Set(['policytext', 'plaintext', 'markdown']);
/** Common names of VS Code's encodings. */
const NAMES: Readonly<Record<string, string>> = { utf8: 'UTF-8', gb18030: 'GB 18030', big5hkscs: 'Big5-HKSCS' };
const REOPEN = 'workbench.action.editor.changeEncoding';

export class EncodingCheck implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  /** Documents that were checked: the offer is made once. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.consider(editor?.document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.seen.delete(uri.toString())),
      vscode.commands.registerTextEditorCommand('policyText.reopenWithEncoding', ({ document }) => {
        this.check(document, true).catch((error) => log.error(`${document.uri}: ${String(error)}`));
      }),
    );
    this.consider(vscode.window.activeTextEditor?.document);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private consider(document: vscode.TextDocument | undefined): void {
    if (!document || !LANGUAGES.has(document.languageId) || !mayBeWrong(document)) return;
    const key = document.uri.toString();
    if (document.isUntitled || document.isDirty || this.seen.has(key)) return;
    this.seen.add(key);
    this.check(document, false).catch((error) => this.log.error(`${key}: ${String(error)}`));
  }

  private async check(document: vscode.TextDocument, asked: boolean): Promise<void> {
    await this.server.start();
    const bytes = document.isUntitled ? undefined : await beginning(document.uri);
    const params: EncodingParams = { text: document.getText().slice(0, SAMPLE_LENGTH), ...(bytes && { bytes }) };
    const { token } = new vscode.CancellationTokenSource();
    const answer = await this.server.ask(ENCODING_REQUEST, params, token);
    const candidates = answer?.candidates ?? [];
    if (candidates.length === 0) {
      if (asked) await vscode.commands.executeCommand(REOPEN);
      return;
    }
    const choices = candidates.map((encoding) => ({
      title: vscode.l10n.t('Reopen with {0}', NAMES[encoding] ?? encoding),
      encoding,
    }));
    const name = document.uri.path.split('/').at(-1) ?? '';
    const message = vscode.l10n.t('“{0}” was opened in the wrong encoding; the file itself is unharmed.', name);
    const choice = await vscode.window.showWarningMessage(message, ...choices);
    if (choice) await reopen(document, choice.encoding);
  }
}

/** Cheap: pure ASCII reads the same in every encoding. */
function mayBeWrong(document: vscode.TextDocument): boolean {
  const text = document.getText().slice(0, SAMPLE_LENGTH);
  return /[^\0-\x7f]/.test(text);
}

/** The first bytes of a file in base64; undefined if it cannot be read. */
async function beginning(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const bytes = (await vscode.workspace.fs.readFile(uri)).subarray(0, SAMPLE_LENGTH);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  } catch {
    return undefined;
  }
}

/** Reopens `document`. Code before 1.100 offers only its own list of encodings for this. */
async function reopen(document: vscode.TextDocument, encoding: string): Promise<void> {
  if (!('encoding' in document)) {
    await vscode.commands.executeCommand(REOPEN);
    return;
  }
  const open = vscode.workspace.openTextDocument as (
    uri: vscode.Uri,
    options: { encoding: string },
  ) => Thenable<vscode.TextDocument>;
  await vscode.window.showTextDocument(await open(document.uri, { encoding }));
}
