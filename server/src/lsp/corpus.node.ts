/** Learning from documents on disk, in a worker thread; the result is kept between sessions. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RelativePattern } from 'vscode-languageserver';
import { fileProblem } from '../disk.node';
import { LearningWorker } from '../lexicon/mining/learningWorker.node';
import type { Message } from '../text/message';
import type { CorpusAccess } from './platform';
import { readSealedBytes, writeSealed } from './sealedFile.node';

/** `bundle` is the path of dist/learn-worker.js. */
export function nodeCorpus(bundle: string): CorpusAccess {
  const worker = new LearningWorker(bundle);
  return {
    locate,
    watched,
    learn: (paths, options, known, progress, signal) =>
      worker.learn({ paths, options, known, packed: true }, progress, signal),
    kept: async (storage, paths) => {
      const read = (file: string) => readSealedBytes(file, MAX_BYTES).catch(() => undefined);
      const file = await fileOf(storage, paths);
      return (await read(file)) ?? (await read(formerly(file)));
    },
    keep: async (storage, paths, lexicon) => keep(await fileOf(storage, paths), lexicon),
    dispose: () => void worker.dispose(),
  };
}

/** Maximum size of a stored lexicon, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024;

async function keep(file: string, lexicon: string | Uint8Array): Promise<Message | undefined> {
  const storage = path.dirname(file);
  try {
    await writeSealed(file, lexicon);
    await fs.rm(formerly(file), { force: true }).catch(() => {});
    return undefined;
  } catch (error) {
    const { en, zh } = fileProblem(error) ?? { en: `${error}.`, zh: `${error}。` };
    return {
      en: `The learned phrases are in use, but could not be stored in {0}: ${en} They will be learned again next time.`,
      zh: `学到的表述现在可用，但没能存到 {0}：${zh}下次启动时会重新学习。`,
      values: [storage],
    };
  }
}

async function locate(folderUri: string | undefined, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const full of absolute(folderUri, paths)) if (await fs.stat(full).catch(() => undefined)) found.push(full);
  return found;
}

/**
 * Watch patterns for everything below a path that is a folder, and for the path itself, which may be a file or come and
 * go.
 */
function watched(folderUri: string | undefined, paths: readonly string[]): RelativePattern[] {
  return absolute(folderUri, paths).flatMap((full) => [
    { baseUri: pathToFileURL(full).href, pattern: '**/*' },
    // Glob characters in a name are literal only within brackets.
    { baseUri: pathToFileURL(path.dirname(full)).href, pattern: path.basename(full).replace(/[*?[\]{}!]/g, '[$&]') },
  ]);
}

/** Absolute `paths`; a relative one is dropped without a folder to resolve it against. */
function absolute(folderUri: string | undefined, paths: readonly string[]): string[] {
  const folder = folderUri === undefined ? undefined : toPath(folderUri);
  return paths
    .filter((one) => path.isAbsolute(one) || folder !== undefined)
    .map((one) => path.resolve(folder ?? '/', one));
}

function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

async function fileOf(storage: string, paths: readonly string[]): Promise<string> {
  const { createHash } = await import('node:crypto');
  const key = createHash('sha256').update(paths.join('\n')).digest('hex').slice(0, 16);
  return path.join(storage, `lexicon-${key}.bin`);
}

/** Where the lexicon of `file` was kept as JSON until November 2026. */
function formerly(file: string): string {
  return file.replace(/\.bin$/, '.json');
}
