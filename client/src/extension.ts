/** Activation, shared by desktop and browser. */
import * as vscode from 'vscode';
import { registerCleaning } from './cleaning';
import { registerConvertNumbering } from './convertNumbering';
import { registerLearnCorpus } from './corpus';
import { registerEarlierDrafts } from './earlierDrafts';
import { registerEditCommands } from './editCommands';
import { EncodingCheck } from './encodingCheck';
import { FactsView } from './facts';
import { registerLanguageModelTools } from './languageModelTools';
import { LanguageSwitch } from './languageSwitch';
import { registerLexiconCommands } from './lexicon';
import { registerNewDraft } from './newDraft';
import { OutlineView } from './outlineView';
import { registerPagePreview } from './pagePreview';
import { registerPlaceholderCommands } from './placeholders';
import { PlaceholdersView } from './placeholdersView';
import { registerRules } from './rules';
import { type CreateClient, Server } from './server';
import { ClientSettings } from './settings';
import { SkeletonGaps } from './skeletonGaps';
import { registerSlogans } from './slogans';
import { StatusBar } from './statusBar';
import { Suggestions } from './suggestions';
import { TypedNumbers } from './typedNumbers';
import { registerWord } from './word';

let server: Server | undefined;

/** Registers everything; `create` makes the platform's language client. */
export function activateWith(context: vscode.ExtensionContext, create: CreateClient): void {
  const log = vscode.window.createOutputChannel('Policy Text', { log: true });
  const settings = new ClientSettings(log);
  const storage = context.storageUri ?? context.globalStorageUri;
  const numbers = new TypedNumbers();
  const gaps = new SkeletonGaps();
  const suggestions = new Suggestions(() => running, gaps);
  const running: Server = new Server(create, settings, log, storage, {
    ...numbers.middleware,
    ...suggestions.middleware,
  });
  server = running;
  // In a browser the server can only learn from files of the workspace; elsewhere the extension itself is a file.
  const canLearn = (): boolean =>
    context.extensionUri.scheme === 'file' || (vscode.workspace.workspaceFolders ?? []).length > 0;
  const tellCanLearn = () => void vscode.commands.executeCommand('setContext', 'policyText.canLearn', canLearn());
  tellCanLearn();
  const outline = new OutlineView(running, settings);
  const placeholders = new PlaceholdersView(running);
  context.subscriptions.push(
    log,
    numbers,
    gaps,
    suggestions,
    running,
    outline,
    placeholders,
    registerEditCommands(running, outline),
    registerConvertNumbering(running),
    registerCleaning(running, log),
    new EncodingCheck(running, log),
    registerPlaceholderCommands(running, placeholders),
    registerLearnCorpus(running, settings),
    registerLexiconCommands(settings),
    registerSlogans(running, settings, canLearn),
    registerNewDraft(context, gaps, settings),
    new FactsView(running),
    registerEarlierDrafts(running),
    registerRules(context, settings),
    registerWord(running, context),
    registerPagePreview(running, context),
    vscode.workspace.onDidChangeWorkspaceFolders(tellCanLearn),
    new StatusBar(running, settings),
    new LanguageSwitch(running, settings, log),
    vscode.commands.registerCommand('policyText.restartServer', () => running.restart()),
    vscode.commands.registerCommand('policyText.showLog', () => log.show()),
  );
  // Last and on its own: an editor that lacks part of this API, or restricts it to proposals, throws, and everything
  // else must work there.
  try {
    context.subscriptions.push(registerLanguageModelTools(running, context, settings));
  } catch (error) {
    log.warn(`Tools for assistants are not available here: ${String(error)}`);
  }
}

/** Resolves when the server has stopped. */
export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}
