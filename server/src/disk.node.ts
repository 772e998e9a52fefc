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

/** A pipe, a device or something else that is no file and may never give an end; `explanation` is meant for the writer. */
export class NoOrdinaryFile extends Error {
  readonly explanation: Message = { en: 'It is no ordinary file.', zh: '这不是普通文件。' };
}

/** Somebody else wrote the file between its reading and its writing; `explanation` is meant for the writer. */
export class ChangedMeanwhile extends Error {
  readonly explanation: Message = {
    en: 'Not changed: the file was changed meanwhile. Run the command again.',
    zh: '没有改写：处理期间文件被改动过。请重新运行一次。',
  };
}

/**
 * The bytes of `file`, which may be a pipe too: for what the writer named. Throws a file system error, or {@link FileTooLarge} for more than `most`
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

/**
 * The bytes of `file`, an ordinary one: for what was found in a folder, where anyone may have put anything. Never waits
 * for another process. Throws a file system error, {@link NoOrdinaryFile}, or {@link FileTooLarge} for more than `most`.
 */
export async function readOrdinary(file: string, most: number): Promise<Uint8Array> {
  // Opening a pipe waits for its other end, unless told not to; Windows has no such flag and no such pipes in folders.
  const handle = await fs.open(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new NoOrdinaryFile();
    if (status.size > most) throw new FileTooLarge(most);
    return await readHandle(handle, status.size, most);
  } finally {
    await handle.close();
  }
}

/**
 * All bytes of the file at `handle`, which is said to hold `size` of them: a stream takes several times as long for a small
 * one. Some files hold more than they say, as those of /proc, or grow. Throws {@link FileTooLarge} for more than `most`.
 */
async function readHandle(handle: fs.FileHandle, size: number, most: number): Promise<Uint8Array> {
  // One more than there are, so that the end shows in a second reading of nothing.
  let bytes = Buffer.allocUnsafe(size + 1);
  for (let filled = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    filled += bytesRead;
    if (filled > most) throw new FileTooLarge(most);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    if (filled < bytes.length) continue;
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, MIN_READ));
    bytes.copy(larger);
    bytes = larger;
  }
}

/** What is asked for in one go of a file that says that it is empty, in bytes. */
const MIN_READ = 64 * 1024;

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
/** Files of the kind last written longer ago belong to no writing that still goes on, in milliseconds. */
const ABANDONED = 60 * 1000;

/** What {@link replaceFile} knows of the file that it replaces. */
export interface Replacing {
  /** What was read from it. Where it is something else by now, {@link ChangedMeanwhile} is thrown and nothing written. */
  readonly expected?: Uint8Array;
  /** A line break in the encoding of the text: what may stand at its end for an instant where it is written over. */
  readonly filler?: Uint8Array;
}

/**
 * Puts `data` in the place of `file` so that whatever happens, a full disk or a killed process, either the old or the new
 * content is there. The file keeps its mode, owner and group, a link leads to the new content. Extended attributes go
 * where the file is replaced; Node has no call for them. Throws a file system error.
 */
export async function replaceFile(file: string, data: Uint8Array | string, knowing: Replacing = {}): Promise<void> {
  const target = await fs.realpath(file).catch(() => file);
  const before = await fs.stat(target).catch(() => undefined);
  if (!before) {
    if (knowing.expected) throw new ChangedMeanwhile();
    // A link to nothing is written through, as any program does.
    if (await fs.lstat(target).catch(() => undefined)) return fs.writeFile(target, data);
  } else {
    // What is no file (/dev/stdout, a pipe) cannot be replaced, only written to.
    if (!before.isFile()) return fs.writeFile(target, data);
    // Renaming asks nobody whether the file may be written.
    await fs.access(target, fs.constants.W_OK);
    if (before.nlink > 1) return overwrite(target, data, knowing);
  }
  const beside = path.join(path.dirname(target), `.policy-text-${randomUUID()}.tmp`);
  try {
    const asItWas = await writeThrough(beside, data, before);
    // A file of a colleague's, or of a group that this process may not give files to, stays theirs.
    if (!asItWas) {
      await fs.rm(beside, { force: true });
      return await overwrite(target, data, knowing);
    }
    await expectUnchanged(target, knowing);
    await fs.rename(beside, target);
  } catch (error) {
    await fs.rm(beside, { force: true }).catch(() => {});
    // A folder that takes no new files may hold one that can be written.
    if (before && ['EACCES', 'EPERM'].includes(codeOf(error))) return overwrite(target, data, knowing);
    throw error;
  }
}

/** Writes a file that is not there: whole, or not at all. Throws EEXIST where it is there by now, or a link is. */
export async function writeNew(file: string, data: Uint8Array | string): Promise<void> {
  const handle = await fs.open(file, 'wx');
  try {
    await handle.writeFile(data);
  } catch (error) {
    await fs.rm(file, { force: true }).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
}

/** Throws {@link ChangedMeanwhile} where `file` no longer holds what was read from it. */
async function expectUnchanged(file: string, { expected }: Replacing): Promise<void> {
  if (!expected) return;
  const now = await fs.readFile(file).catch(() => undefined);
  if (!now?.equals(expected)) throw new ChangedMeanwhile();
}

/** Writes a new file with the mode, owner and group of another. False where these cannot be given to it. */
async function writeThrough(file: string, data: Uint8Array | string, like: Stats | undefined): Promise<boolean> {
  const handle = await fs.open(file, 'wx');
  try {
    if (like) {
      const own = await handle.stat();
      if (own.uid !== like.uid || own.gid !== like.gid) {
        const given = await handle.chown(like.uid, like.gid).then(
          () => true,
          () => false,
        );
        if (!given) return false;
      }
      // After the owner, whose change takes some bits away.
      await handle.chmod(like.mode & 0o7777);
    }
    await handle.writeFile(data);
    await flush(handle);
    return true;
  } finally {
    await handle.close();
  }
}

/**
 * Writes over a file that cannot be replaced, and puts its content back where that fails half way. A shorter text is
 * first filled up with line breaks to the old length, so that a process killed before the file is cut leaves no old words.
 */
async function overwrite(file: string, data: Uint8Array | string, { expected, filler }: Replacing): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    const old = await handle.readFile();
    if (expected && !old.equals(expected)) throw new ChangedMeanwhile();
    const put = async (bytes: Uint8Array, length: number): Promise<void> => {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
      await handle.truncate(length);
      await flush(handle);
    };
    const bytes = Buffer.from(data);
    const left = Math.max(0, old.length - bytes.length);
    try {
      await put(filler && left > 0 ? Buffer.concat([bytes, Buffer.alloc(left, filler)]) : bytes, bytes.length);
    } catch (error) {
      await put(old, old.length);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** Sees to it that what was written is on the disk, where that can be said. */
async function flush(handle: fs.FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!cannotFlush(error)) throw error;
  }
}

/** True for the error of a drive that cannot say whether what was written is on the disk, as some network drives. */
export function cannotFlush(error: unknown): boolean {
  return ['EINVAL', 'ENOSYS', 'ENOTSUP'].includes(codeOf(error));
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

/**
 * Why a file that a folder lists cannot be found: its name is in another encoding than the system's, as names are that
 * were packed on an older Windows. Undefined for names that are sound.
 */
export function undecodableName(file: string): Message | undefined {
  if (!path.basename(file).includes('\ufffd')) return undefined;
  return {
    en: 'The name of the file is not in UTF-8, so it cannot be opened. Rename it first.',
    zh: '文件名不是 UTF-8 编码，打不开。请先给文件改名。',
  };
}

/** Puts an error of the file system into words; undefined for any other. */
export function fileProblem(error: unknown): Message | undefined {
  if (error instanceof FileTooLarge || error instanceof NoOrdinaryFile || error instanceof ChangedMeanwhile) {
    return error.explanation;
  }
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { en: 'No such file or folder.', zh: '找不到这个文件或文件夹。' };
    case 'EACCES':
    case 'EPERM':
      return { en: 'No permission to read or write it.', zh: '没有读写它的权限。' };
    case 'ELOOP':
      return { en: 'The link leads back to itself.', zh: '这个链接指回了自身。' };
    case 'ENXIO':
      return new NoOrdinaryFile().explanation;
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
