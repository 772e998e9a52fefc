/** Files that are read back exactly as they were written, or not at all. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readOrdinary, removeAbandoned, replaceFile } from '../disk.node';

/**
 * What {@link writeSealed} stored in `file` under the same `name`; undefined if the file contains anything else. Throws
 * file system errors.
 */
export async function readSealed(file: string, most: number, name = ''): Promise<string | undefined> {
  const content = await readSealedBytes(file, most, name);
  return content && new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}

/** The same as bytes. */
export async function readSealedBytes(file: string, most: number, name = ''): Promise<Uint8Array | undefined> {
  const bytes = await readOrdinary(file, most);
  const end = bytes.indexOf(LINE_FEED);
  const content = bytes.subarray(end + 1);
  return Buffer.from(bytes.subarray(0, Math.max(0, end))).toString('latin1') === (await seal(content, name))
    ? content
    : undefined;
}

const LINE_FEED = 0x0a;

/** Stores `content` preceded by its hash, so that any damage to the file is detected. Throws file system errors. */
export async function writeSealed(file: string, content: string | Uint8Array, name = ''): Promise<void> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const head = `${await seal(content, name)}\n`;
  await replaceFile(file, typeof content === 'string' ? head + content : Buffer.concat([Buffer.from(head), content]));
}

/** Node's crypto is loaded when the first file is: it would delay the first outline. */
async function seal(content: string | Uint8Array, name: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(content);
  return (name ? hash.update(`\n${name}`) : hash).digest('hex');
}
