/**
 * Navigates between placeholders, and fills one or all that stand for the same words, here or in the whole workspace.
 */
import * as vscode from 'vscode';
import type { PlaceholderInfo } from '../../server/src/features/placeholders';
import {
  PLACEHOLDER_WORDS_REQUEST,
  PLACEHOLDERS_REQUEST,
  type PlaceholderFile,
  type PlaceholdersParams,
  type PlaceholdersResult,
  type PlaceholderWordsParams,
  WORKSPACE_PLACEHOLDERS_REQUEST,
} from '../../server/src/lsp/protocol';
import { runAt } from './editCommands';
import { fillAlikeEverywhere } from './fillWorkspace';
import type { PlaceholdersView } from './placeholdersView';
import type { Server } from './server';

/** Registers the commands, and the quick fix that navigates to the first placeholder. */
export function registerPlaceholderCommands(server: Server, view: PlaceholdersView): vscode.Disposable {
  const command = (name: string, run: (editor: vscode.TextEditor) => Promise<void>) =>
    vscode.commands.registerTextEditorCommand(`policyText.${name}`, (editor) => void run(editor));
  return vscode.Disposable.from(
    vscode.commands.registerCommand('policyText.fillPlaceholder', async (row: unknown) => {
      const shown = await view.show(row);
      const editor = shown?.editor ?? vscode.window.activeTextEditor;
      if (editor) await fill(server, editor, shown?.at ?? editor.selection.active);
    }),
    command('nextPlaceholder', (editor) => go(server, editor, 1)),
    command('previousPlaceholder', (editor) => go(server, editor, -1)),
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
  const answer = await server.ask(PLACEHOLDERS_REQUEST, params, token);
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

/** Maximum wait for placeholders of other drafts after the writer has entered the words, in ms. */
const MAX_WAIT_MS = 2_000;

const nothingAfter = (time: number): Promise<[]> => new Promise((resolve) => setTimeout(() => resolve([]), time));

/** Asks for the words of the placeholder at `at`, or of the next one after it, and inserts them. */
async function fill(server: Server, editor: vscode.TextEditor, at: vscode.Position): Promise<void> {
  const found = await placeholdersOf(server, editor);
  if (!found) return;
  const { placeholders, version } = found;
  const chosen =
    placeholders.find((one) => rangeOf(one).contains(at)) ??
    placeholders.find((one) => rangeOf(one).start.isAfter(at)) ??
    (placeholders[0] as PlaceholderInfo);
  const range = rangeOf(chosen);
  select(editor, range);
  const alike = alikeIn(server, editor.document.uri, chosen);
  const text = await askForWords(server, editor.document.uri, chosen);
  if (!text) return;
  const files = await Promise.race([alike, nothingAfter(MAX_WAIT_MS)]);
  const scope = await askForScope(editor.document.uri, chosen, files);
  if (scope === 'workspace') await fillAlikeEverywhere(files, text);
  else if (scope) {
    await runAt(server, editor, 'fillPlaceholder', range.start, version, { text, all: scope === 'draft' });
  }
}

/** Asks for the words, and offers the words found in the same context elsewhere. */
async function askForWords(
  server: Server,
  uri: vscode.Uri,
  { text, context, range: { start: position } }: PlaceholderInfo,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  picker.title = vscode.l10n.t('Fill Placeholder: {0}', context);
  picker.placeholder = vscode.l10n.t('Words in place of {0}', text);
  let offers: vscode.QuickPickItem[] = [];
  const show = () => {
    const typed = picker.value;
    const own = { label: typed, description: vscode.l10n.t('fill in these words'), alwaysShow: true };
    picker.items = typed === '' ? offers : [own, ...offers.filter(({ label }) => label !== typed)];
  };
  const params: PlaceholderWordsParams = { uri: uri.toString(), position };
  const { token } = new vscode.CancellationTokenSource();
  void server.ask(PLACEHOLDER_WORDS_REQUEST, params, token).then((answer) => {
    offers = (answer?.words ?? []).map(({ text: label, count, source }) => ({
      label,
      description: `${SOURCES[source]()} ×${count}`,
    }));
    show();
  });
  const chosen = await new Promise<string | undefined>((resolve) => {
    picker.onDidChangeValue(show);
    picker.onDidAccept(() => {
      // The active item may be left over from before the last key.
      const active = picker.activeItems.find((item) => picker.items.includes(item));
      resolve(active?.label ?? (picker.value || undefined));
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  return chosen;
}

const SOURCES = {
  draft: () => vscode.l10n.t('same context in this draft'),
  drafts: () => vscode.l10n.t('same context in another draft'),
  lexicon: () => vscode.l10n.t('same context in the lexicon'),
};

/** The placeholders of the workspace that stand for the same words as `chosen`, by file. */
async function alikeIn(server: Server, uri: vscode.Uri, { key }: PlaceholderInfo): Promise<PlaceholderFile[]> {
  if (key === undefined) return [];
  const { token } = new vscode.CancellationTokenSource();
  const answer = await server.ask(WORKSPACE_PLACEHOLDERS_REQUEST, {}, token);
  const files = (answer?.files ?? []).map((file) => ({
    ...file,
    placeholders: file.placeholders.filter((one) => one.key === key),
  }));
  const own = uri.toString();
  return files.filter(({ placeholders }) => placeholders.length > 0).sort((a, b) => rank(a, own) - rank(b, own));
}

const rank = ({ uri }: PlaceholderFile, first: string): number => (uri === first ? 0 : 1);

type Scope = 'one' | 'draft' | 'workspace';

/** Undefined if the writer cancelled. */
async function askForScope(
  uri: vscode.Uri,
  { alike, text, context }: PlaceholderInfo,
  files: readonly PlaceholderFile[],
): Promise<Scope | undefined> {
  const elsewhere = files.filter((file) => file.uri !== uri.toString());
  const everywhere = alike + elsewhere.reduce((sum, { placeholders }) => sum + placeholders.length, 0);
  const choices: (vscode.QuickPickItem & { scope: Scope })[] = [];
  if (alike > 1) {
    const label = vscode.l10n.t('All {0} in the same context', alike);
    choices.push({ label, description: text, scope: 'draft' });
  }
  choices.push({ label: vscode.l10n.t('Only this one'), description: context, scope: 'one' });
  if (elsewhere.length > 0) {
    const label = vscode.l10n.t('All {0} in {1} drafts of the workspace…', everywhere, elsewhere.length + 1);
    choices.push({ label, description: vscode.l10n.t('shown before anything is changed'), scope: 'workspace' });
  }
  if (choices.length === 1) return 'one';
  return (await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Which placeholders?') }))?.scope;
}

/** The range of a placeholder as a VS Code range. */
export function rangeOf({ range: { start, end } }: PlaceholderInfo): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Selects `range`, so that typing replaces it. */
export function select(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
