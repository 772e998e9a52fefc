/** The extension on the desktop and on a remote machine: the server is a process. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { compileCache, removeOldCaches } from './compileCache';
import { activateWith } from './extension';

export { deactivate } from './extension';

export function activate(context: vscode.ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.js');
  // Over stdio the server encodes what it sends repeatedly only once; over IPC Node encodes every message.
  const transport = TransportKind.stdio;
  const storage = context.globalStorageUri.fsPath;
  const { version } = context.extension.packageJSON;
  const env = compileCache(storage, version);
  const server = {
    // The server gives memory back by itself after much text was closed (`lsp/memory.node.ts`).
    run: { module, transport, options: { env, execArgv: ['--expose-gc'] } },
    debug: { module, transport, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  void removeOldCaches(storage, version);
  activateWith(context, (options) => new LanguageClient('policyText', 'Policy Text', server, options));
}
