/** Files on disk: read within bounds, replaced whole or not at all, and what went wrong put into words. */
import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Message } from './text/message';

/** A file that is larger than any document; `explanation` is meant for the writer. */
export class FileTooLarge extends Error {
  readonly explanation: Message;

  constructor(most: number) {
    const values = [Math.floor(most / 1024 / 1024)];
    super(`larger than ${values} MB`);
    this.explanation = { en: 'The file is larger than {0} MB.', zh: '文件超过 {0} MB。', values };
  }
}

/**
 * The bytes of `file`, which may be a pipe too. Throws a file system error, or {@link FileTooLarge} for more than `most`
 * bytes, however large the file says it is: /dev/zero says nothing and never ends.
 */
export async function readWhole(file: string, most: number): Promise<Uint8Array> {
  const handle = await fs.open(file);
  try {
    if ((await handle.stat()).size > most) throw new FileTooLarge(most);
    return await readStream(handle.createReadStream({ autoClose: false }), most);
  } finally {
    await handle.close();
  }
}

/** All bytes of `stream`. Throws {@link FileTooLarge} for more than `most`. */
export async function readStream(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw new FileTooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** What {@link replaceFile} writes until it is whole; a process that is killed leaves it behind. */
const BESIDE = /^\.policy-text-[\da-f-]{36}\.tmp$/;
/** Files of the kind that are older belong to no writing that still goes on, in milliseconds. */
const ABANDONED = 10 * 60 * 1000;

/**
 * Puts `data` in the place of `file` so that whatever happens, a full disk or a killed process, either the old or the new
 * content is there. The file keeps its mode and owner, a link leads to the new content. Throws a file system error.
 */
export async function replaceFile(file: string, data: Uint8Array | string): Promise<void> {
  const target = await fs.realpath(file).catch(() => file);
  const before = await fs.stat(target).catch(() => undefined);
  if (!before) {
    // A link to nothing is written through, as any program does.
    if (await fs.lstat(target).catch(() => undefined)) return fs.writeFile(target, data);
  } else {
    // What is no file (/dev/stdout, a pipe) cannot be replaced, only written to.
    if (!before.isFile()) return fs.writeFile(target, data);
    // Renaming asks nobody whether the file may be written.
    await fs.access(target, fs.constants.W_OK);
    if (before.nlink > 1) return overwrite(target, data);
  }
  const beside = path.join(path.dirname(target), `.policy-text-${randomUUID()}.tmp`);
  try {
    await writeThrough(beside, data, before);
    await fs.rename(beside, target);
  } catch (error) {
    await fs.rm(beside, { force: true }).catch(() => {});
    // A folder that takes no new files may hold one that can be written.
    if (before && ['EACCES', 'EPERM'].includes(codeOf(error))) return overwrite(target, data);
    throw error;
  }
}

async function writeThrough(file: string, data: Uint8Array | string, like: Stats | undefined): Promise<void> {
  const handle = await fs.open(file, 'wx');
  try {
    if (like) {
      await handle.chmod(like.mode & 0o7777);
      // Only root may give files away; one's own stay one's own.
      await handle.chown(like.uid, like.gid).catch(() => {});
    }
    await handle.writeFile(data);
    await flush(handle);
  } finally {
    await handle.close();
  }
}

/** Writes over a file that cannot be replaced, and puts its content back where that fails half way. */
async function overwrite(file: string, data: Uint8Array | string): Promise<void> {
  const old = await fs.readFile(file);
  const handle = await fs.open(file, 'r+');
  const put = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.truncate(bytes.length);
    await flush(handle);
  };
  try {
    await put(Buffer.from(data));
  } catch (error) {
    await put(old);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Sees to it that what was written is on the disk; not every network drive can say. */
async function flush(handle: fs.FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOSYS', 'ENOTSUP'].includes(codeOf(error))) throw error;
  }
}

/** Removes from `folder` what writers that were killed left behind. Never throws. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((one) => BESIDE.test(one))) {
    const file = path.join(folder, name);
    const status = await fs.stat(file).catch(() => undefined);
    if (status && Date.now() - status.mtimeMs > ABANDONED) await fs.rm(file, { force: true }).catch(() => {});
  }
}

/** Puts an error of the file system into words; undefined for any other. */
export function fileProblem(error: unknown): Message | undefined {
  if (error instanceof FileTooLarge) return error.explanation;
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { en: 'No such file or folder.', zh: '找不到这个文件或文件夹。' };
    case 'EACCES':
    case 'EPERM':
      return { en: 'No permission to read or write it.', zh: '没有读写它的权限。' };
    case 'ELOOP':
      return { en: 'The link leads back to itself.', zh: '这个链接指回了自身。' };
    case 'EISDIR':
      return { en: 'This is a folder, not a file.', zh: '这是文件夹，不是文件。' };
    case 'EEXIST':
      return { en: 'A file of that name is in the way.', zh: '有同名文件占了位置。' };
    case 'ENAMETOOLONG':
      return { en: 'The name is too long.', zh: '文件名太长。' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { en: 'The disk is full; nothing was changed.', zh: '磁盘空间已满，没有写入，原有内容未动。' };
    case 'EROFS':
      return { en: 'It is on a disk that cannot be written to.', zh: '所在的磁盘是只读的，写不进去。' };
    case 'EBUSY':
    case 'ETXTBSY':
      return { en: 'Another program is using it.', zh: '另一个程序正在使用它。' };
    case 'EMFILE':
    case 'ENFILE':
      return { en: 'Too many files are open on this machine.', zh: '系统打开的文件太多。' };
    case 'EIO':
      return { en: 'The disk does not answer as it should.', zh: '磁盘读写出错。' };
    default:
      return undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}
