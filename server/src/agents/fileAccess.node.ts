/**
 * Files that an assistant may read and write: ordinary files of bounded size, below folders that its user has named.
 */
import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, readWhole, replaceFile, writeNew } from '../disk.node';
import type { Message } from '../text/message';
import { ToolError } from './tools';

/** Maximum size of a file that is read, in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/**
 * The text of the file at `file`; a relative path is resolved against the first of `roots`. Links are followed before
 * checking whether the file is below one of them. Throws {@link ToolError}.
 */
export async function readBelow(
  roots: readonly string[],
  file: string,
  textOf: (path: string, bytes: Uint8Array) => Promise<string>,
): Promise<{ text: string; path: string }> {
  const { bytes, path: found } = await readBytesBelow(roots, file);
  try {
    return { text: await textOf(found, bytes), path: found };
  } catch (error) {
    throw toolError(file, error);
  }
}

/** The bytes of the file at `file`, resolved as in {@link readBelow}, and its real path. Throws {@link ToolError}. */
export async function readBytesBelow(
  roots: readonly string[],
  file: string,
): Promise<{ bytes: Uint8Array; path: string }> {
  const found = await realPathBelow(roots, file);
  try {
    return { bytes: await readWhole(found, MAX_BYTES), path: found };
  } catch (error) {
    throw toolError(file, error);
  }
}

/**
 * Writes `bytes` to `file` and returns its real path; a relative path is resolved against the first of `roots`. Its
 * folder must exist and, with links followed, be one of the roots or below one. An existing file is replaced only with
 * `overwrite`, and never if it is `source` (a real path), a link, or has further hard links: those may be outside.
 * Throws {@link ToolError}.
 */
export async function writeBelow(
  roots: readonly string[],
  file: string,
  bytes: Uint8Array,
  { overwrite, source }: { readonly overwrite: boolean; readonly source?: string | undefined },
): Promise<string> {
  const target = await resolveNew(roots, file);
  try {
    const there = await fs.lstat(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!there) {
      await writeNew(target, bytes);
      return target;
    }
    if (!there.isFile() || there.nlink > 1) {
      throw new ToolError({
        zh: '没有写出：“{0}”是文件夹、链接或另有别名的文件，不会改写。',
        en: 'Not written: “{0}” is a folder, a link or a file with several hard links, and is never replaced.',
        values: [file],
      });
    }
    const read = source === undefined ? undefined : await fs.stat(source).catch(() => undefined);
    if (read && read.ino === there.ino && read.dev === there.dev) {
      throw new ToolError({
        zh: '没有写出：“{0}”就是原文档。请换一个输出文件名。',
        en: 'Not written: “{0}” is the document itself. Give another name.',
        values: [file],
      });
    }
    if (!overwrite) throw alreadyExists(file);
    await replaceFile(target, bytes);
    return target;
  } catch (error) {
    if (error instanceof ToolError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyExists(file);
    throw unwritable(file, error);
  }
}

/**
 * The real path at which `file` is to be written. Throws {@link ToolError} if its folder does not exist or is not
 * allowed.
 */
async function resolveNew(roots: readonly string[], file: string): Promise<string> {
  const [first] = roots;
  if (first === undefined) throw noFolder();
  const asked = path.resolve(first, file);
  const realRoots = await Promise.all(roots.map((root) => fs.realpath(root).catch(() => root)));
  let folder: string;
  try {
    folder = await fs.realpath(path.dirname(asked));
  } catch (error) {
    if (!isBelow([...roots, ...realRoots], asked)) throw outside(file);
    throw unwritable(file, error);
  }
  const target = path.join(folder, path.basename(asked));
  if (!isBelow(realRoots, target)) throw outside(file);
  return target;
}

/** The real path of the file at `file`, resolved as in {@link readBelow}. Throws {@link ToolError}. */
export async function realPathBelow(roots: readonly string[], file: string): Promise<string> {
  if (roots.length === 0) throw noFolder();
  const asked = path.resolve(roots[0] as string, file);
  let real: string;
  let status: Stats;
  try {
    real = await fs.realpath(asked);
    status = await fs.stat(real);
  } catch (error) {
    // Outside the roots the answer must not reveal whether the file exists.
    if (!isBelow(roots, asked)) throw outside(file);
    throw unreadable(file, error);
  }
  const realRoots = await Promise.all(roots.map((root) => fs.realpath(root).catch(() => root)));
  if (!isBelow(realRoots, real)) throw outside(file);
  if (!status.isFile()) {
    throw new ToolError({ zh: '“{0}”不是普通文件。', en: '“{0}” is not a regular file.', values: [file] });
  }
  return real;
}

function isBelow(roots: readonly string[], file: string): boolean {
  return roots.some((root) => {
    const relative = path.relative(root, file);
    return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  });
}

function noFolder(): ToolError {
  return new ToolError({
    zh: '没有允许读取的文件夹：请在客户端设置根目录，或改为直接给出文本。',
    en: 'No folder may be read: set a root in the client, or give the text itself.',
  });
}

function alreadyExists(file: string): ToolError {
  return new ToolError({
    zh: '没有写出：“{0}”已经存在。请换一个文件名；确要覆盖，先征得作者同意，再给出 overwrite: true。',
    en: 'Not written: “{0}” already exists. Give another name, or overwrite: true once the writer has agreed.',
    values: [file],
  });
}

function outside(file: string): ToolError {
  return new ToolError({
    zh: '“{0}”不在允许读取的文件夹里。',
    en: '“{0}” is not in a folder that may be read.',
    values: [file],
  });
}

/** The error of reading `file`, with its own explanation if it has one. */
function toolError(file: string, error: unknown): ToolError {
  const { explanation } = error as { explanation?: Message };
  return explanation ? new ToolError(explanation) : unreadable(file, error);
}

function unwritable(file: string, error: unknown): ToolError {
  const problem = fileProblem(error);
  return new ToolError({
    zh: `“{0}”写不出：${problem?.zh ?? '{1}'}`,
    en: `“{0}” cannot be written: ${problem?.en ?? '{1}'}`,
    values: [file, (error as NodeJS.ErrnoException).code ?? ''],
  });
}

function unreadable(file: string, error: unknown): ToolError {
  const problem = fileProblem(error);
  return new ToolError({
    zh: `“{0}”读不了：${problem?.zh ?? '{1}'}`,
    en: `“{0}” cannot be read: ${problem?.en ?? '{1}'}`,
    values: [file, (error as NodeJS.ErrnoException).code ?? ''],
  });
}
