/**
 * The drafts of a workspace folder, wherever it is: on a disk, in a repository on a web site, in a folder opened in a
 * browser. The server itself reads those on this machine; for others it asks the client, whose editor has the file
 * system.
 */

import type { CancellationToken, Connection } from 'vscode-languageserver';
import { isDraftName, isSkippedName } from '../drafts/discovery';
import { type Locale, localise, type Message } from '../text/message';
import type { FileSystem } from './platform';
import { type FileParams, READ_FILE_REQUEST, READ_FOLDER_REQUEST, type RequestType, STAMP_REQUEST } from './protocol';

/** A folder of drafts is smaller than this in every respect; a home directory or a disk is not. */
const MAX_FILES = 10_000;
const MAX_ENTRIES = 50_000;
const MAX_DEPTH = 16;
/** Maximum size of a file, in bytes. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;
/** Number of files of a folder examined concurrently. */
const AT_ONCE = 64;

/** A file that may be a draft, judging by its name. */
export interface DraftFile {
  readonly uri: string;
  /** Changes whenever the file's content does: its size and modification time. */
  readonly stamp: string;
  /** In bytes. */
  readonly size: number;
}

/** Reads the drafts of a workspace folder. Nothing here throws: whatever cannot be read is left out. */
export interface FileAccess {
  /** The files below `folderUri` that may be drafts, with limits on number, size and depth. */
  list(folderUri: string, token: CancellationToken): AsyncIterable<DraftFile>;
  /** The text of a file, or undefined if there is none. */
  read(uri: string): Promise<string | undefined>;
}

/** `system` restricted to the limits for a folder of drafts; `cut` is called for folders that exceed them. */
export function draftsIn(system: FileSystem, cut: (folderUri: string) => void = () => {}): FileAccess {
  return {
    list: (folder, token) => listFiles(system, folder, token, isDraftName, cut),
    read: (uri) => system.readFile(uri),
  };
}

/**
 * `own` for the files of this machine, if available, and the client for the others, if it `reads` them for the server.
 * A folder that exceeds the limits is logged, once.
 */
export function allFiles(
  connection: Connection,
  localFs: FileSystem | undefined,
  reads: boolean,
  locale: Locale,
): FileAccess | undefined {
  const reported = new Set<string>();
  const cut = (folder: string): void => {
    if (reported.has(folder)) return;
    reported.add(folder);
    connection.console.warn(localise({ ...TOO_MANY, values: [folder, MAX_FILES, MAX_ENTRIES] }, locale));
  };
  const clientFs = reads ? clientFiles(connection) : undefined;
  if (!localFs || !clientFs)
    return localFs || clientFs ? draftsIn((localFs ?? clientFs) as FileSystem, cut) : undefined;
  const holder = (uri: string) => (/^file:/i.test(uri) ? localFs : clientFs);
  return draftsIn(
    {
      readFolder: (uri) => holder(uri).readFolder(uri),
      stamp: (uri) => holder(uri).stamp(uri),
      readFile: (uri) => holder(uri).readFile(uri),
    },
    cut,
  );
}

const TOO_MANY: Message = {
  en: '{0} contains more than {1} drafts or {2} files; only the first ones are searched for headings, placeholders and slogans.',
  zh: '{0} 里的文稿超过 {1} 篇或文件超过 {2} 个，只在前面这些文稿里查找标题、待补内容和表述。',
};

/** The files that the client exposes to the server. */
export function clientFiles(connection: Connection): FileSystem {
  const ask = <Result>({ method }: RequestType<FileParams, Result>, uri: string) =>
    connection.sendRequest<Result>(method, { uri }).then(
      (result) => result ?? undefined,
      () => undefined,
    );
  return {
    readFolder: (uri) => ask(READ_FOLDER_REQUEST, uri),
    stamp: (uri) => ask(STAMP_REQUEST, uri),
    readFile: (uri) => ask(READ_FILE_REQUEST, uri),
  };
}

/** The files below `root` whose names match `wanted`, within the limits. */
export async function* listFiles(
  system: FileSystem,
  root: string,
  token: Pick<CancellationToken, 'isCancellationRequested'>,
  wanted: (name: string) => boolean,
  cut: (folderUri: string) => void = () => {},
): AsyncIterable<DraftFile> {
  const folders = [{ folder: root.replace(/\/?$/, '/'), depth: 0 }];
  let entries = 0;
  let files = 0;
  for (let next = folders.shift(); next; next = folders.shift()) {
    const { folder, depth } = next;
    if (token.isCancellationRequested) return;
    const drafts: string[] = [];
    for (const { name, isFolder } of (await system.readFolder(folder)) ?? []) {
      if (++entries > MAX_ENTRIES) break;
      if (isSkippedName(name)) continue;
      const uri = folder + encodeURIComponent(name);
      if (!isFolder) {
        if (wanted(name)) drafts.push(uri);
      } else if (depth < MAX_DEPTH) folders.push({ folder: `${uri}/`, depth: depth + 1 });
    }
    for (let from = 0; from < drafts.length; from += AT_ONCE) {
      const some = drafts.slice(from, from + AT_ONCE);
      const stamps = await Promise.all(some.map((uri) => system.stamp(uri)));
      for (const [index, stamp] of stamps.entries()) {
        if (token.isCancellationRequested) return;
        if (!stamp || stamp.size > MAX_FILE_BYTES) continue;
        if (files >= MAX_FILES) return cut(root);
        files++;
        yield { uri: some[index] as string, stamp: `${stamp.size}-${stamp.changed}`, size: stamp.size };
      }
    }
    if (entries > MAX_ENTRIES) return cut(root);
  }
}
