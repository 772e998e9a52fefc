/** Learning from documents on disk, in a worker thread; what was learned is kept between sessions. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLexicon } from '../lexicon/file.node';
import { LearningWorker } from '../lexicon/learningWorker.node';
import type { CorpusAccess } from './host';

/** `bundle` is the path of dist/learn-worker.js. */
export function nodeCorpus(bundle: string): CorpusAccess {
  const worker = new LearningWorker(bundle);
  return {
    locate,
    learn: (paths, known, progress, signal) => worker.learn(paths, {}, progress, signal, known),
    kept: (storage, paths) => fs.readFile(fileOf(storage, paths), 'utf8').catch(() => undefined),
    async keep(storage, paths, lexicon) {
      await fs.mkdir(storage, { recursive: true });
      await writeLexicon(fileOf(storage, paths), lexicon);
    },
    dispose: () => worker.dispose(),
  };
}

async function locate(folderUri: string | undefined, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const folder = folderUri === undefined ? undefined : toPath(folderUri);
  for (const one of paths) {
    if (!path.isAbsolute(one) && folder === undefined) continue;
    const full = path.resolve(folder ?? '/', one);
    if (await fs.stat(full).catch(() => undefined)) found.push(full);
  }
  return found;
}

function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function fileOf(storage: string, paths: readonly string[]): string {
  const key = createHash('sha256').update(paths.join('\n')).digest('hex').slice(0, 16);
  return path.join(storage, `lexicon-${key}.json`);
}
