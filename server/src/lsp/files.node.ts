/** The file system of this machine. */
import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readOrdinary } from '../disk.node';
import { decode } from '../text/encoding';
import { MAX_FILE_BYTES } from './files';
import type { FileSystem } from './platform';

export const nodeFiles: FileSystem = {
  readFolder: (uri) =>
    at(uri, async (folder) => {
      const children = await fs.readdir(folder, { withFileTypes: true });
      return children
        .filter((child) => child.isFile() || child.isDirectory())
        .map((child) => ({ name: child.name, isFolder: child.isDirectory() }));
    }),
  stamp: (uri) =>
    at(uri, async (file) => {
      const { size, mtimeMs } = await fs.stat(file);
      return { size, changed: mtimeMs };
    }),
  readFile: (uri) => at(uri, async (file) => decode(await readOrdinary(file, MAX_FILE_BYTES)).text),
};

/** Undefined for anything but a file, and for a file deleted since it was listed, not readable, or not a text. */
async function at<Result>(uri: string, look: (path: string) => Promise<Result>): Promise<Result | undefined> {
  try {
    return await look(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}
