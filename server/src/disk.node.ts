/** Files on disk: bounded reads, atomic replacement, and messages for what went wrong. */
import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Message } from './text/message';

/** The file exceeds the size limit; `explanation` is meant for the writer. */
export class FileTooLarge extends Error {
  readonly explanation: Message;

  constructor(most: number) {
    const values = [Math.floor(most / 1024 / 1024)];
    super(`larger than ${values} MB`);
    this.explanation = { en: 'The file is larger than {0} MB.', zh: '文件超过 {0} MB。', values };
  }
}

/** A pipe, a device or another special file, which may be endless; `explanation` is meant for the writer. */
export class NoOrdinaryFile extends Error {
  readonly explanation: Message = { en: 'It is not a regular file.', zh: '这不是普通文件。' };
}

/** Somebody else wrote the file after it was read; `explanation` is meant for the writer. */
export class ChangedMeanwhile extends Error {
  readonly explanation: Message = {
    en: 'Not changed: the file was modified in the meantime. Run the command again.',
    zh: '没有改写：处理期间文件被改动过。请重新运行一次。',
  };
}

/**
 * The bytes of `file`, which may also be a pipe: for files that the writer named. Throws a file system error, or {@link
 * FileTooLarge} for more than `most` bytes, whatever size the file reports: /dev/zero reports none and never ends.
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
 * The bytes of `file`, an ordinary file: for files found in a folder, where anyone may have put anything. Never waits
 * for another process. Throws a file system error, {@link NoOrdinaryFile}, or {@link FileTooLarge} for more than `most`
 * bytes.
 */
export async function readOrdinary(file: string, most: number): Promise<Uint8Array> {
  // Opening a pipe blocks until its other end is opened, unless this flag is set; Windows has neither the flag nor such
  // pipes in folders.
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
 * All bytes of the file at `handle`, whose reported size is `size`: a stream takes several times as long for a small
 * file. Some files are longer than reported, such as those of /proc, or grow. Throws {@link FileTooLarge} for more than
 * `most` bytes.
 */
async function readHandle(handle: fs.FileHandle, size: number, most: number): Promise<Uint8Array> {
  // One byte more than the size: if no more than the size is read, the file ends there, and no second read has to show it.
  let bytes = Buffer.allocUnsafe(size + 1);
  for (let filled = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    filled += bytesRead;
    if (filled > most) throw new FileTooLarge(most);
    if (bytesRead === 0 || (filled === size && size > 0)) return bytes.subarray(0, filled);
    if (filled < bytes.length) continue;
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, MIN_READ));
    bytes.copy(larger);
    bytes = larger;
  }
}

/** Number of bytes requested at once if the reported size is zero. */
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

/** Name of the temporary file of {@link replaceFile}; a process that is killed leaves it behind. */
const BESIDE = /^\.policy-text-[\da-f-]{36}\.tmp$/;
/** Age in ms from which such a temporary file cannot belong to a write in progress. */
const ABANDONED_MS = 60 * 1000;

/** What the caller of {@link replaceFile} knows about the file being replaced. */
export interface Replacing {
  /**
   * The content that was read from it. If it has changed since, {@link ChangedMeanwhile} is thrown and nothing is
   * written.
   */
  readonly expected?: Uint8Array;
  /**
   * A line break in the encoding of the text: padding that may be at its end for a moment while it is overwritten in
   * place.
   */
  readonly filler?: Uint8Array;
}

/**
 * Replaces the content of `file` by `data` so that whatever happens, a full disk or a killed process, either the old or
 * the new content is there. The file keeps its mode, owner and group; a link is followed. Extended attributes are lost
 * if the file is replaced; Node has no API for them. Throws a file system error.
 */
export async function replaceFile(file: string, data: Uint8Array | string, knowing: Replacing = {}): Promise<void> {
  const target = await fs.realpath(file).catch(() => file);
  const before = await fs.stat(target).catch(() => undefined);
  if (!before) {
    if (knowing.expected) throw new ChangedMeanwhile();
    // A dangling link is written through, as any program does.
    if (await fs.lstat(target).catch(() => undefined)) return fs.writeFile(target, data);
  } else {
    // A special file (/dev/stdout, a pipe) cannot be replaced, only written to.
    if (!before.isFile()) return fs.writeFile(target, data);
    // Renaming does not check whether the file itself is writable.
    await fs.access(target, fs.constants.W_OK);
    if (before.nlink > 1) return overwrite(target, data, knowing);
  }
  const beside = path.join(path.dirname(target), `.policy-text-${crypto.randomUUID()}.tmp`);
  try {
    const asItWas = await writeThrough(beside, data, before);
    // A file owned by somebody else, or by a group that this process may not assign, keeps its owner: it is overwritten
    // in place.
    if (!asItWas) {
      await fs.rm(beside, { force: true });
      return await overwrite(target, data, knowing);
    }
    await expectUnchanged(target, knowing);
    await fs.rename(beside, target);
  } catch (error) {
    await fs.rm(beside, { force: true }).catch(() => {});
    // A folder in which no file can be created may contain one that is writable.
    if (before && ['EACCES', 'EPERM'].includes(codeOf(error))) return overwrite(target, data, knowing);
    throw error;
  }
}

/** Writes a new file: whole, or not at all. Throws EEXIST if the file or a link exists by now. */
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

/** Throws {@link ChangedMeanwhile} if `file` no longer has the content that was read. */
async function expectUnchanged(file: string, { expected }: Replacing): Promise<void> {
  if (!expected) return;
  const now = await fs.readFile(file).catch(() => undefined);
  if (!now?.equals(expected)) throw new ChangedMeanwhile();
}

/** Writes a new file with the mode, owner and group of another. Returns false if these cannot be set. */
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
      // After chown, which clears some mode bits.
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
 * Overwrites a file that cannot be replaced, and restores its content if that fails half way. A shorter text is first
 * padded with line breaks to the old length, so that a process killed before truncation leaves no old text.
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

/** Flushes what was written to the disk, if the file system supports it. */
async function flush(handle: fs.FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!cannotFlush(error)) throw error;
  }
}

/** Whether `error` means that the drive cannot flush, as some network drives. */
export function cannotFlush(error: unknown): boolean {
  return ['EINVAL', 'ENOSYS', 'ENOTSUP'].includes(codeOf(error));
}

/** Removes from `folder` the temporary files of killed processes. Never throws. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((one) => BESIDE.test(one))) {
    const file = path.join(folder, name);
    const status = await fs.stat(file).catch(() => undefined);
    if (status && Date.now() - status.mtimeMs > ABANDONED_MS) await fs.rm(file, { force: true }).catch(() => {});
  }
}

/**
 * Why a file that a folder lists cannot be opened: its name is in another encoding than the system's, as in archives
 * packed on an older Windows. Undefined for valid names.
 */
export function undecodableName(file: string): Message | undefined {
  if (!path.basename(file).includes('\ufffd')) return undefined;
  return {
    en: 'The name of the file is not in UTF-8, so it cannot be opened. Rename it first.',
    zh: '文件名不是 UTF-8 编码，打不开。请先给文件改名。',
  };
}

/** The message for a file system error; undefined for any other error. */
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
      return { en: 'Permission to read or write it is denied.', zh: '没有读写它的权限。' };
    case 'ELOOP':
      return { en: 'The link leads back to itself.', zh: '这个链接指回了自身。' };
    case 'ENXIO':
      return new NoOrdinaryFile().explanation;
    case 'EISDIR':
      return { en: 'This is a folder, not a file.', zh: '这是文件夹，不是文件。' };
    case 'EEXIST':
      return { en: 'A file of that name already exists.', zh: '有同名文件占了位置。' };
    case 'ENAMETOOLONG':
      return { en: 'The name is too long.', zh: '文件名太长。' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { en: 'The disk is full; nothing was changed.', zh: '磁盘空间已满，没有写入，原有内容未动。' };
    case 'EROFS':
      return { en: 'It is on a read-only disk.', zh: '所在的磁盘是只读的，写不进去。' };
    case 'EBUSY':
    case 'ETXTBSY':
      return { en: 'Another program is using it.', zh: '另一个程序正在使用它。' };
    case 'EMFILE':
    case 'ENFILE':
      return { en: 'Too many files are open on this machine.', zh: '系统打开的文件太多。' };
    case 'EIO':
      return { en: 'The disk reports an error.', zh: '磁盘读写出错。' };
    default:
      return undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}
