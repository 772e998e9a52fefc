/** Learning from documents on disk, in a worker thread; what was learned is kept between sessions. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RelativePattern } from 'vscode-languageserver';
import { fileProblem, readOrdinary, removeAbandoned, replaceFile } from '../disk.node';
import { LearningWorker } from '../lexicon/mining/learningWorker.node';
import type { Message } from '../text/message';
import type { CorpusAccess } from './platform';

/** `bundle` is the path of dist/learn-worker.js. */
export function nodeCorpus(bundle: string): CorpusAccess {
  const worker = new LearningWorker(bundle);
  return {
    locate,
    watched,
    learn: (paths, known, progress, signal) => worker.learn({ paths, options: {}, known }, progress, signal),
    kept: (storage, paths) => kept(fileOf(storage, paths)).catch(() => undefined),
    keep: (storage, paths, lexicon) => keep(fileOf(storage, paths), lexicon),
    dispose: () => void worker.dispose(),
  };
}

/** No stored lexicon is larger, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What was learned stands below its own hash, so that no damage to the file goes unseen. */
async function kept(file: string): Promise<string | undefined> {
  const text = new TextDecoder().decode(await readOrdinary(file, MAX_BYTES));
  const end = text.indexOf('\n');
  const lexicon = text.slice(end + 1);
  return text.slice(0, end) === hashOf(lexicon) ? lexicon : undefined;
}

async function keep(file: string, lexicon: string): Promise<Message | undefined> {
  const storage = path.dirname(file);
  try {
    await fs.mkdir(storage, { recursive: true });
    await removeAbandoned(storage);
    await replaceFile(file, `${hashOf(lexicon)}\n${lexicon}`);
    return undefined;
  } catch (error) {
    const { en, zh } = fileProblem(error) ?? { en: `${error}.`, zh: `${error}。` };
    return {
      en: `What was learned serves now, but could not be kept in {0}: ${en} It will be learned again next time.`,
      zh: `学到的表述现在可用，但没能存到 {0}：${zh}下次启动时会重新学习。`,
      values: [storage],
    };
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function locate(folderUri: string | undefined, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const full of absolute(folderUri, paths)) if (await fs.stat(full).catch(() => undefined)) found.push(full);
  return found;
}

/** All below a path that is a folder, and the path itself, which may be a file or come and go. */
function watched(folderUri: string | undefined, paths: readonly string[]): RelativePattern[] {
  return absolute(folderUri, paths).flatMap((full) => [
    { baseUri: pathToFileURL(full).href, pattern: '**/*' },
    // Glob characters in a name mean themselves only within brackets.
    { baseUri: pathToFileURL(path.dirname(full)).href, pattern: path.basename(full).replace(/[*?[\]{}!]/g, '[$&]') },
  ]);
}

/** `paths` in full; a relative one counts only where there is a folder it is relative to. */
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

function fileOf(storage: string, paths: readonly string[]): string {
  const key = createHash('sha256').update(paths.join('\n')).digest('hex').slice(0, 16);
  return path.join(storage, `lexicon-${key}.json`);
}
