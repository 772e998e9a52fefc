/** The writer's usage history, as a file in the editor's storage folder. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readOrdinary, replaceFile } from '../disk.node';
import type { UsesAccess } from './usageHistory';

/** Maximum size in bytes; several hundred slogans with their counts need no more. */
const MAX_BYTES = 1024 * 1024;

const fileIn = (storage: string): string => path.join(storage, 'used-slogans.json');

export const nodeUses: UsesAccess = {
  async read(storage) {
    return readOrdinary(fileIn(storage), MAX_BYTES).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
  },
  async write(storage, text) {
    await fs
      .mkdir(storage, { recursive: true })
      .then(() => replaceFile(fileIn(storage), text))
      .catch(() => undefined);
  },
  async remove(storage) {
    await fs.rm(fileIn(storage), { force: true }).catch(() => undefined);
  },
};
