/** Going from placeholder to placeholder, and filling one or all that stand for the same words. */
import * as vscode from 'vscode';
import type { PlaceholderInfo } from '../../server/src/features/placeholders';
import { PLACEHOLDERS_REQUEST, type PlaceholdersParams, type PlaceholdersResult } from '../../server/src/lsp/protocol';
import { runAt } from './editCommands';
import type { Server } from './server';

/** Registers the commands, and the quick fix that leads to the first of them. */
export function registerPlaceholderCommands(server: Server): vscode.Disposable {
  const command = (name: string, run: (server: Server, editor: vscode.TextEditor) => Promise<void>) =>
    vscode.commands.registerTextEditorCommand(`policyText.${name}`, (editor) => void run(server, editor));
  return vscode.Disposable.from(
    command('fillPlaceholder', fill),
    command('nextPlaceholder', (one, editor) => go(one, editor, 1)),
    command('previousPlaceholder', (one, editor) => go(one, editor, -1)),
    vscode.languages.registerCodeActionsProvider(
      ['policytext', 'plaintext', 'markdown'],
      { provideCodeActions },
      {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      },
    ),
  );
}

function provideCodeActions(
  _document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const own = diagnostics.filter(({ code, source }) => source === 'policy-text' && code === 'placeholder.unresolved');
  if (own.length === 0) return [];
  const action = new vscode.CodeAction(vscode.l10n.t('Fill Placeholder…'), vscode.CodeActionKind.QuickFix);
  action.command = { command: 'policyText.fillPlaceholder', title: action.title };
  action.diagnostics = own;
  action.isPreferred = true;
  return [action];
}

async function placeholdersOf(server: Server, editor: vscode.TextEditor): Promise<PlaceholdersResult | undefined> {
  if (!server.serves(editor.document)) return undefined;
  await server.start();
  const params: PlaceholdersParams = { uri: editor.document.uri.toString() };
  const { token } = new vscode.CancellationTokenSource();
  const answer = await server.ask<PlaceholdersResult>(PLACEHOLDERS_REQUEST, params, token);
  if (answer && answer.placeholders.length > 0) return answer;
  void vscode.window.showInformationMessage(vscode.l10n.t('This draft has no placeholders left.'));
  return undefined;
}

async function go(server: Server, editor: vscode.TextEditor, step: 1 | -1): Promise<void> {
  const found = await placeholdersOf(server, editor);
  if (!found) return;
  const ranges = found.placeholders.map(rangeOf);
  const { start } = editor.selection;
  const next =
    step > 0
      ? ranges.find((range) => range.start.isAfter(start))
      : ranges.findLast((range) => range.start.isBefore(start));
  const range = next ?? (step > 0 ? ranges[0] : ranges.at(-1));
  if (range) select(editor, range);
}

async function fill(server: Server, editor: vscode.TextEditor): Promise<void> {
  const found = await placeholdersOf(server, editor);
  if (!found) return;
  const { active } = editor.selection;
  const { placeholders, version } = found;
  const chosen =
    placeholders.find((one) => rangeOf(one).contains(active)) ??
    placeholders.find((one) => rangeOf(one).start.isAfter(active)) ??
    (placeholders[0] as PlaceholderInfo);
  const range = rangeOf(chosen);
  select(editor, range);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Fill Placeholder'),
    prompt: chosen.context,
    placeHolder: vscode.l10n.t('Words in place of {0}', chosen.text),
  });
  if (!text) return;
  const all = chosen.alike > 1 ? await askForAll(chosen) : false;
  if (all === undefined) return;
  await runAt(server, editor, 'fillPlaceholder', range.start, version, { text, all });
}

/** Undefined where the writer thought better of it. */
async function askForAll({ alike, text, context }: PlaceholderInfo): Promise<boolean | undefined> {
  const one = { label: vscode.l10n.t('Only this one'), description: context, all: false };
  const every = { label: vscode.l10n.t('All {0} with the same surroundings', alike), description: text, all: true };
  return (await vscode.window.showQuickPick([every, one]))?.all;
}

function rangeOf({ range: { start, end } }: PlaceholderInfo): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function select(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
