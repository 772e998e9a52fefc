/**
 * Where the server keeps its scripts compiled: Node from 22.1 on then starts it without compiling them again (a sixth of the
 * time to the first outline of a draft). Older versions do not look at the variable.
 */
import fs from 'node:fs/promises';
import path from 'node:path';

const FOLDER = 'compiled';

/** What is added to the environment of the server of this `version`; `storage` is the extension's own folder. */
export function compileCache(storage: string, version: string): { readonly NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: path.join(storage, FOLDER, version) };
}

/** Removes what other versions than `version` have left in `storage`. Never rejects. */
export async function removeOldCaches(storage: string, version: string): Promise<void> {
  const folder = path.join(storage, FOLDER);
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) {
    if (name === version) continue;
    await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
