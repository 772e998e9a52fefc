/**
 * *Add Selection to Lexicon* and *Never Suggest This*: the writer's own words, in the settings of the workspace or
 * user.
 */
import * as vscode from 'vscode';
import { FORGET_USES_COMMAND } from '../../server/src/features/usageCommandNames';
import type { ClientSettings } from './settings';

/** Longer selections are not slogans. */
const MAX_LENGTH = 80;

/** Registers both commands. */
export function registerLexiconCommands(settings: ClientSettings): vscode.Disposable {
  return vscode.Disposable.from(
    // Quick fixes on a diagnostic pass the words as an argument.
    vscode.commands.registerTextEditorCommand('policyText.addToLexicon', (editor, _edit, words?: unknown) => {
      if (typeof words === 'string') void moveWords(words, settings, 'words', editor.document.uri);
      else void moveSelection(editor, settings, 'words');
    }),
    vscode.commands.registerCommand('policyText.forgetUses', async () => {
      await vscode.commands.executeCommand(FORGET_USES_COMMAND);
      vscode.window.setStatusBarMessage(vscode.l10n.t('The history of accepted suggestions was cleared.'), 5_000);
    }),
    vscode.commands.registerTextEditorCommand('policyText.neverSuggest', (editor) => {
      void moveSelection(editor, settings, 'never');
    }),
  );
}

/** The settings for words to suggest, and for words never to suggest. */
export type WordList = 'words' | 'never';

/** Adds the selected words to one list and removes them from the other. */
async function moveSelection(
  { document, selection }: vscode.TextEditor,
  settings: ClientSettings,
  to: WordList,
): Promise<void> {
  const words = document.getText(selection).trim();
  if (words.length < 2 || words.length > MAX_LENGTH || /[\r\n]/.test(words)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the words first: at least two characters, on one line.'),
    );
    return;
  }
  await moveWords(words, settings, to, document.uri);
}

/** Adds `words` to one list and removes them from the other. */
export async function moveWords(
  words: string,
  settings: ClientSettings,
  to: WordList,
  uri?: vscode.Uri,
): Promise<void> {
  const known = settings.get(`lexicon.${to}`, uri);
  if (!known.includes(words)) await settings.setShared(`lexicon.${to}`, [...known, words]);
  await removeWords(words, settings, to === 'words' ? 'never' : 'words', uri);
  const said =
    to === 'words'
      ? vscode.l10n.t('“{0}” will be suggested.', words)
      : vscode.l10n.t('“{0}” will not be suggested again.', words);
  vscode.window.setStatusBarMessage(said, 5_000);
}

/** Removes `words` from a list. */
export async function removeWords(
  words: string,
  settings: ClientSettings,
  from: WordList,
  uri?: vscode.Uri,
): Promise<void> {
  const known = settings.get(`lexicon.${from}`, uri);
  if (!known.includes(words)) return;
  await settings.setShared(
    `lexicon.${from}`,
    known.filter((one) => one !== words),
  );
}
