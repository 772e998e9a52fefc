/**
 * Directory of the server's compiled code (`server/src/lsp/compiledScripts.node.ts`): a start runs what an earlier one
 * compiled. Node from 22.1 on keeps its own compile cache in the same directory.
 */
import fs from 'node:fs/promises';
import path from 'node:path';

const FOLDER = 'compiled';

/** Environment variables for the server of this `version`; `storage` is the extension's storage folder. */
export function compileCache(storage: string, version: string): { readonly NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: path.join(storage, FOLDER, version) };
}

/** Removes the caches of other versions than `version` from `storage`. Never rejects. */
export async function removeOldCaches(storage: string, version: string): Promise<void> {
  const folder = path.join(storage, FOLDER);
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) {
    if (name === version) continue;
    await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
