/** Files that are read back exactly as they were written, or not at all. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readOrdinary, removeAbandoned, replaceFile } from '../disk.node';

/**
 * What {@link writeSealed} stored in `file` under the same `name`; undefined if the file contains anything else. Throws
 * file system errors.
 */
export async function readSealed(file: string, most: number, name = ''): Promise<string | undefined> {
  const text = new TextDecoder().decode(await readOrdinary(file, most));
  const end = text.indexOf('\n');
  const content = text.slice(end + 1);
  return text.slice(0, end) === (await seal(content, name)) ? content : undefined;
}

/** Stores `content` preceded by its hash, so that any damage to the file is detected. Throws file system errors. */
export async function writeSealed(file: string, content: string, name = ''): Promise<void> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  await replaceFile(file, `${await seal(content, name)}\n${content}`);
}

/** Node's crypto is loaded when the first file is: it would delay the first outline. */
async function seal(content: string, name: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(content);
  return (name ? hash.update(`\n${name}`) : hash).digest('hex');
}
