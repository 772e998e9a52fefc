/** What the extension sets up, on the desktop and in a browser alike. */
import * as vscode from 'vscode';
import { registerLearnCorpus } from './corpus';
import { registerEditCommands } from './editCommands';
import { LanguageSwitch } from './languageSwitch';
import { registerLexiconCommands } from './lexicon';
import { registerNewDraft } from './newDraft';
import { registerPlaceholderCommands } from './placeholders';
import { type CreateClient, Server } from './server';
import { ClientSettings } from './settings';
import { StatusBar } from './statusBar';

let server: Server | undefined;

/** Registers everything; `create` makes the platform's language client. */
export function activateWith(context: vscode.ExtensionContext, create: CreateClient): void {
  const log = vscode.window.createOutputChannel('Policy Text', { log: true });
  const settings = new ClientSettings(log);
  const storage = context.storageUri ?? context.globalStorageUri;
  const running = new Server(create, settings, log, storage.scheme === 'file' ? storage.fsPath : undefined);
  server = running;
  context.subscriptions.push(
    log,
    running,
    registerEditCommands(running),
    registerPlaceholderCommands(running),
    registerLearnCorpus(running, settings),
    registerLexiconCommands(settings),
    registerNewDraft(context),
    new StatusBar(running, settings),
    new LanguageSwitch(running, settings, log),
    vscode.commands.registerCommand('policyText.restartServer', () => running.restart()),
    vscode.commands.registerCommand('policyText.showLog', () => log.show()),
  );
}

/** Resolves when the server has ended. */
export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}
