/** The files that an assistant may have read: ordinary ones, of bounded size, below folders that its user has named. */
import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, readWhole } from '../disk.node';
import type { Message } from '../text/message';
import { ToolError } from './tools';

/** No file that is read is larger, in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/**
 * The text of the file at `file`, which a relative path names below the first of `roots`. Links are followed before it is
 * decided whether the file is below one of them. Throws {@link ToolError}.
 */
export async function readBelow(
  roots: readonly string[],
  file: string,
  textOf: (path: string, bytes: Uint8Array) => Promise<string>,
): Promise<{ text: string; path: string }> {
  const found = await resolveBelow(roots, file);
  try {
    return { text: await textOf(found, await readWhole(found, MAX_BYTES)), path: found };
  } catch (error) {
    const { explanation } = error as { explanation?: Message };
    if (explanation) throw new ToolError(explanation);
    throw unreadable(file, error);
  }
}

async function resolveBelow(roots: readonly string[], file: string): Promise<string> {
  if (roots.length === 0) {
    throw new ToolError({
      zh: '没有允许读取的文件夹：请在客户端设置根目录，或改为直接给出文本。',
      en: 'No folder may be read: set a root in the client, or give the text itself.',
    });
  }
  const asked = path.resolve(roots[0] as string, file);
  let real: string;
  let status: Stats;
  try {
    real = await fs.realpath(asked);
    status = await fs.stat(real);
  } catch (error) {
    // Not told whether it exists: outside the roots that is nobody's business.
    if (!isBelow(roots, asked)) throw outside(file);
    throw unreadable(file, error);
  }
  const realRoots = await Promise.all(roots.map((root) => fs.realpath(root).catch(() => root)));
  if (!isBelow(realRoots, real)) throw outside(file);
  if (!status.isFile()) {
    throw new ToolError({ zh: '“{0}”不是普通文件。', en: '“{0}” is not an ordinary file.', values: [file] });
  }
  return real;
}

function isBelow(roots: readonly string[], file: string): boolean {
  return roots.some((root) => {
    const relative = path.relative(root, file);
    return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  });
}

function outside(file: string): ToolError {
  return new ToolError({
    zh: '“{0}”不在允许读取的文件夹里。',
    en: '“{0}” is not below a folder that may be read.',
    values: [file],
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
