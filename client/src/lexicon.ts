/** *Add Selection to Lexicon* and *Never Suggest This*: the writer's own words, in the settings of the workspace or user. */
import * as vscode from 'vscode';
import type { ClientSettings } from './settings';

/** Longer selections are no slogan. */
const LONGEST = 80;

/** Registers both commands. */
export function registerLexiconCommands(settings: ClientSettings): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerTextEditorCommand('policyText.addToLexicon', (editor) => {
      void move(editor, settings, 'words', 'never');
    }),
    vscode.commands.registerTextEditorCommand('policyText.neverSuggest', (editor) => {
      void move(editor, settings, 'never', 'words');
    }),
  );
}

/** Adds the selected words to one list and takes them off the other. */
async function move(
  { document, selection }: vscode.TextEditor,
  settings: ClientSettings,
  to: 'words' | 'never',
  from: 'words' | 'never',
): Promise<void> {
  const words = document.getText(selection).trim();
  if (words.length < 2 || words.length > LONGEST || /[\r\n]/.test(words)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the words first: two characters at least, on one line.'),
    );
    return;
  }
  const added = settings.texts(`lexicon.${to}`, document.uri);
  if (!added.includes(words)) await settings.setShared(`lexicon.${to}`, [...added, words]);
  const left = settings.texts(`lexicon.${from}`, document.uri);
  if (left.includes(words)) {
    await settings.setShared(
      `lexicon.${from}`,
      left.filter((one) => one !== words),
    );
  }
  const said =
    to === 'words'
      ? vscode.l10n.t('“{0}” will be suggested.', words)
      : vscode.l10n.t('“{0}” will not be suggested again.', words);
  vscode.window.setStatusBarMessage(said, 5_000);
}
