/** Reads workspace files for the server where only VS Code can: in a browser, or in a folder that is not on a disk. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FileParams,
  READ_FILE_REQUEST,
  READ_FOLDER_REQUEST,
  type ReadFileResult,
  type ReadFolderResult,
  type RequestType,
  STAMP_REQUEST,
  STORE_FILE_REQUEST,
  type StampResult,
  type StoreFileParams,
} from '../../server/src/lsp/protocol';
import { decode } from '../../server/src/text/encoding';

type Answer = NonNullable<ReadFolderResult | StampResult | ReadFileResult>;

/**
 * Must be called before `client` starts. Files outside the workspace's folders do not exist for the server, except in
 * `storage`, the folder where it may have files kept.
 */
export function answerFileRequests(client: BaseLanguageClient, storage: vscode.Uri): void {
  const kept = `${storage.toString().replace(/\/$/, '')}/`;
  const isKept = (uri: vscode.Uri): boolean => uri.toString().startsWith(kept) && !uri.path.includes('/../');
  const answer = <Result extends Answer>(
    { method }: RequestType<FileParams, Result | null>,
    look: (uri: vscode.Uri) => Promise<Result>,
  ): void => {
    client.onRequest<Answer | null, void>(method, async ({ uri: text }: FileParams) => {
      const uri = vscode.Uri.parse(text);
      if (!vscode.workspace.getWorkspaceFolder(uri) && !isKept(uri)) return null;
      // Not every file system accepts the path of a folder with a trailing slash.
      const path = uri.path.length > 1 ? uri.path.replace(/\/$/, '') : uri.path;
      // Deleted since it was listed, not readable, or not a text.
      return look(uri.with({ path })).catch(() => null);
    });
  };
  answer(READ_FOLDER_REQUEST, async (uri) => {
    const { File, Directory } = vscode.FileType;
    const children = await vscode.workspace.fs.readDirectory(uri);
    return children
      .filter(([, type]) => type === File || type === Directory)
      .map(([name, type]) => ({ name, isFolder: type === Directory }));
  });
  answer(STAMP_REQUEST, async (uri) => {
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    return { size, changed: mtime };
  });
  answer(READ_FILE_REQUEST, async (uri) => decode(await vscode.workspace.fs.readFile(uri)).text);
  client.onRequest<boolean, void>(STORE_FILE_REQUEST.method, async ({ uri: text, text: content }: StoreFileParams) => {
    const uri = vscode.Uri.parse(text);
    if (!isKept(uri)) return false;
    await vscode.workspace.fs.createDirectory(storage);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
    return true;
  });
}
