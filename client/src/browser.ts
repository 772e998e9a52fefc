/** The extension in a browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient, type ServerOptions } from 'vscode-languageclient/browser';
import { activateWith } from './extension';

export { deactivate } from './extension';

/** The browser's Worker, which is missing from Node's types. */
declare const Worker: new (url: string) => Extract<ServerOptions, object>;

export function activate(context: vscode.ExtensionContext): void {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist').toString(true);
  activateWith(context, (options) => {
    const initializationOptions = { ...options.initializationOptions, ownFiles: folder };
    const worker = new Worker(`${folder}/server.web.js`);
    return new LanguageClient('policyText', 'Policy Text', worker, { ...options, initializationOptions });
  });
}
