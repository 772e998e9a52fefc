/** The drafts of a folder on disk. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver';
import { decode } from '../text/encoding';
import type { DraftFile, FileAccess } from './host';

/** A folder of drafts is smaller than this in every respect; a home directory or a disk is not. */
const MOST_FILES = 2_000;
const MOST_ENTRIES = 50_000;
const DEEPEST = 16;
const LARGEST = 8 * 1024 * 1024;

const DRAFT_NAME = /\.(?:txt|md|markdown|gongwen|policytext)$/i;
const SKIPPED = new Set(['node_modules', 'bower_components', '__pycache__']);

export const nodeFiles: FileAccess = { list, read };

async function* list(folderUri: string, token: CancellationToken): AsyncIterable<DraftFile> {
  const root = toPath(folderUri);
  if (root === undefined) return;
  const folders = [{ folder: root, depth: 0 }];
  let entries = 0;
  let files = 0;
  for (let next = folders.shift(); next; next = folders.shift()) {
    const { folder, depth } = next;
    const children = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const child of children) {
      if (token.isCancellationRequested || files >= MOST_FILES || ++entries > MOST_ENTRIES) return;
      if (child.name.startsWith('.') || SKIPPED.has(child.name)) continue;
      const full = path.join(folder, child.name);
      // Symbolic links are neither, so that a link to a folder above cannot lead round and round.
      if (child.isDirectory() && depth < DEEPEST) folders.push({ folder: full, depth: depth + 1 });
      if (!child.isFile() || !DRAFT_NAME.test(child.name)) continue;
      const stats = await fs.stat(full).catch(() => undefined);
      if (!stats || stats.size > LARGEST) continue;
      files++;
      yield { uri: pathToFileURL(full).href, stamp: `${stats.size}-${stats.mtimeMs}` };
    }
  }
}

async function read(uri: string): Promise<string | undefined> {
  const file = toPath(uri);
  if (file === undefined) return undefined;
  try {
    return decode(await fs.readFile(file)).text;
  } catch {
    // Gone since it was listed, not ours to read, or no text at all.
    return undefined;
  }
}

function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
