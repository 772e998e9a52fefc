/**
 * *Clean Up Text*, *Clean Up and Paste* and the script conversions. The server computes the changes, the writer
 * confirms.
 */
import * as vscode from 'vscode';
import {
  CLEAN_UP_REQUEST,
  type CleanUpParams,
  type CleanUpPlace,
  type CleanUpResult,
  CONVERT_SCRIPT_REQUEST,
  type ConvertScriptParams,
  type RequestType,
} from '../../server/src/lsp/protocol';
import { showPlaces } from './cleanUpPlaces';
import { CleanUpPreview } from './cleanUpPreview';
import type { Server } from './server';

/** Arguments that replace the questions to the writer. */
interface Target {
  readonly to: ConvertScriptParams['to'];
  readonly vocabulary: boolean;
}

type Range = NonNullable<CleanUpParams['range']>;

interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** Registers the commands. */
export function registerCleaning(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  return new Cleaning(server, log);
}

class Cleaning implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private readonly preview = new CleanUpPreview();

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const command = (name: string, run: (editor: vscode.TextEditor, given: unknown) => Promise<void>) =>
      vscode.commands.registerTextEditorCommand(`policyText.${name}`, (editor, _edit, given) => {
        run(editor, given).catch((error) => log.error(`${name}: ${String(error)}`));
      });
    this.subscription = vscode.Disposable.from(
      this.preview,
      command('cleanUp', (editor, given) => this.cleanUp(editor, given)),
      command('cleanUpAndPaste', (editor) => this.cleanUpAndPaste(editor)),
      command('convertToSimplified', (editor, given) => this.convert(editor, given, simplified())),
      command('convertToTraditional', (editor, given) => this.convert(editor, given, traditional())),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** `given`: `{ preview: false }` applies the changes without a preview. */
  private async cleanUp(editor: vscode.TextEditor, given: unknown): Promise<void> {
    const { document } = editor;
    const params: CleanUpParams = { uri: document.uri.toString(), ...selected(editor) };
    let found = await this.ask(document, CLEAN_UP_REQUEST, params);
    if (!found) return;
    if (found.edits.length === 0 && found.places.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'No garbled text, inserted readings or other damage was found. For punctuation and the like see the Problems panel.',
        ),
      );
      return;
    }
    const preview = (given as { preview?: unknown } | undefined)?.preview !== false;
    if (preview && found.edits.length > 0) {
      found = await this.preview.review(document, found, (without) =>
        this.ask(document, CLEAN_UP_REQUEST, { ...params, without }),
      );
      if (!found) return;
      await vscode.window.showTextDocument(document, { preview: false });
    }
    const { version, edits } = found;
    if (edits.length > 0 && !(await apply(document, version, edits))) return;
    this.showSummary(document, found);
  }

  private async cleanUpAndPaste(editor: vscode.TextEditor): Promise<void> {
    const text = await vscode.env.clipboard.readText();
    if (text === '') {
      void vscode.window.showInformationMessage(vscode.l10n.t('The clipboard contains no text.'));
      return;
    }
    const params: CleanUpParams = { text };
    const found = await this.ask(editor.document, CLEAN_UP_REQUEST, params);
    // On failure paste the copied text unchanged.
    const cleaned = found?.text ?? text;
    const { start } = editor.selection;
    const pasted = await editor.edit((builder) => {
      for (const selection of editor.selections) builder.replace(selection, cleaned);
    });
    if (!pasted) return;
    editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
    if (!found || (found.summary === '' && found.places.length === 0)) return;
    const places = found.places.map((place) => ({ ...place, position: pastedAt(start, place.position) }));
    this.showSummary(editor.document, { ...found, places });
  }

  private async convert(editor: vscode.TextEditor, given: unknown, choices: readonly Choice[]): Promise<void> {
    const { document } = editor;
    const range = selected(editor);
    const target = isTarget(given) ? given : await choose(choices);
    if (!target) return;
    const params: ConvertScriptParams = { uri: document.uri.toString(), ...range, ...target };
    const found = await this.ask(document, CONVERT_SCRIPT_REQUEST, params);
    if (!found) return;
    if (found.edits.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing to convert: the text is already in this script.'),
      );
      return;
    }
    await apply(document, found.version, found.edits);
  }

  /** Sends a request, starting the server if necessary, and shows progress. */
  private async ask<Params extends object, Result>(
    document: vscode.TextDocument,
    request: RequestType<Params, Result>,
    params: Params,
  ): Promise<NonNullable<Result> | undefined> {
    if (!('text' in params) && !this.server.serves(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This works in policy texts, plain text and Markdown. Set the document’s language first.'),
      );
      return undefined;
    }
    await this.server.start();
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading the text…') };
    const answer = await vscode.window.withProgress(options, () => {
      const { token } = new vscode.CancellationTokenSource();
      return this.server.ask(request, params, token);
    });
    return answer ?? undefined;
  }

  /** Reports what was done, and offers the places to check or left alone. */
  private showSummary(document: vscode.TextDocument, { summary, places }: NonNullable<CleanUpResult>): void {
    const done = summary === '' ? vscode.l10n.t('Nothing was changed.') : vscode.l10n.t('Cleaned up: {0}.', summary);
    if (places.length === 0) {
      void vscode.window.showInformationMessage(done);
      return;
    }
    const lines = places.map(({ position: { line }, repair, others, note }) =>
      [`${line + 1}: ${repair}`, others.join(' | '), note].filter(Boolean).join('  '),
    );
    this.log.info(`${done}\n${lines.join('\n')}`);
    const show = vscode.l10n.t('Show Places');
    const open =
      places.length === 1
        ? vscode.l10n.t('One place should be checked or was left alone.')
        : vscode.l10n.t('{0} places should be checked or were left alone.', places.length);
    void vscode.window.showWarningMessage(`${done} ${open}`, show).then((choice) => {
      if (choice === show) void showPlaces(document, places);
    });
  }
}

/** Position of `place` after its text is pasted at `start`. */
function pastedAt(start: vscode.Position, { line, character }: CleanUpPlace['position']): CleanUpPlace['position'] {
  return { line: start.line + line, character: line === 0 ? start.character + character : character };
}

function selected({ selection }: vscode.TextEditor): { range?: Range } {
  if (selection.isEmpty) return {};
  const { start, end } = selection;
  return {
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
  };
}

/** Applies `edits` in one undo step, unless the text has changed since. Returns whether they were applied. */
async function apply(document: vscode.TextDocument, version: number, edits: readonly Edit[]): Promise<boolean> {
  if (document.version !== version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Not changed: the text was modified in the meantime. Please run the command again.'),
    );
    return false;
  }
  const workspaceEdit = new vscode.WorkspaceEdit();
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  for (const { range, newText } of edits) {
    const { start, end } = range;
    const where = new vscode.Range(start.line, start.character, end.line, end.character);
    const text = newText.replace(/\r?\n/g, eol);
    workspaceEdit.replace(document.uri, where, text);
  }
  return (await vscode.workspace.applyEdit(workspaceEdit)) && document.version !== version;
}

type Choice = vscode.QuickPickItem & { readonly target: Target };

function simplified(): Choice[] {
  return [
    { label: vscode.l10n.t('Characters only'), target: { to: 'simplified', vocabulary: false } },
    {
      label: vscode.l10n.t('Words of Taiwan too'),
      description: '軟體 → 软件',
      target: { to: 'simplified', vocabulary: true },
    },
  ];
}

function traditional(): Choice[] {
  return [
    {
      label: vscode.l10n.t('OpenCC standard'),
      description: '裏 衆 爲',
      target: { to: 'traditional', vocabulary: false },
    },
    { label: vscode.l10n.t('Taiwan'), description: '裡 眾 為', target: { to: 'taiwan', vocabulary: false } },
    { label: vscode.l10n.t('Hong Kong'), description: '裏 眾 為', target: { to: 'hongkong', vocabulary: false } },
    {
      label: vscode.l10n.t('Taiwan, with its words'),
      description: '软件 → 軟體',
      target: { to: 'taiwan', vocabulary: true },
    },
  ];
}

async function choose(choices: readonly Choice[]): Promise<Target | undefined> {
  const placeHolder = vscode.l10n.t('How should the text be written?');
  return (await vscode.window.showQuickPick([...choices], { placeHolder }))?.target;
}

function isTarget(given: unknown): given is Target {
  return typeof given === 'object' && given !== null && 'to' in given;
}
