/** Files are replaced whole or not at all, whatever the disk does. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileTooLarge, fileProblem, readWhole, removeAbandoned, replaceFile } from '../../server/src/disk.node';

const OLD = '一、总体要求\n';
const NEW = '一、总体要求\n坚持稳中求进。\n';

let folder: string;
const at = (name: string) => path.join(folder, name);
const text = (name: string) => fs.readFileSync(at(name), 'utf8');
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 磁盘 '));
  fs.writeFileSync(at('稿.txt'), OLD);
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The error of a failing system call. */
const failure = (code: string) => Object.assign(new Error(code), { code });

describe('a file that is replaced', () => {
  it('is written whole, leaving nothing beside', async () => {
    await replaceFile(at('稿.txt'), NEW);
    await replaceFile(at('新.txt'), Buffer.from(NEW));
    expect([text('稿.txt'), text('新.txt')]).toEqual([NEW, NEW]);
    expect(fs.readdirSync(folder).sort()).toEqual(['新.txt', '稿.txt']);
  });

  it('may have the longest name there is', async () => {
    const name = `${'稿'.repeat(83)}.txt`;
    await replaceFile(at(name), NEW);
    expect(text(name)).toBe(NEW);
  });

  it.skipIf(process.platform === 'win32')('keeps its mode and its links', async () => {
    fs.chmodSync(at('稿.txt'), 0o640);
    fs.symlinkSync('稿.txt', at('链接.txt'));
    await replaceFile(at('链接.txt'), NEW);
    expect(fs.lstatSync(at('链接.txt')).isSymbolicLink()).toBe(true);
    expect(text('稿.txt')).toBe(NEW);
    expect(fs.statSync(at('稿.txt')).mode & 0o777).toBe(0o640);

    fs.linkSync(at('稿.txt'), at('别名.txt'));
    await replaceFile(at('稿.txt'), OLD);
    expect(text('别名.txt')).toBe(OLD);

    fs.symlinkSync('还没有.txt', at('空链接.txt'));
    await replaceFile(at('空链接.txt'), NEW);
    expect(text('还没有.txt')).toBe(NEW);
    expect(fs.lstatSync(at('空链接.txt')).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('is only written to where it is no file', async () => {
    spawnSync('mkfifo', [at('管道')]);
    const reading = fs.promises.readFile(at('管道'), 'utf8');
    await replaceFile(at('管道'), NEW);
    expect(await reading).toBe(NEW);
    expect(fs.statSync(at('管道')).isFIFO()).toBe(true);
  });

  it.each([['write'], ['rename']])('is what it was where the disk is full at the %s', async (step) => {
    if (step === 'rename') vi.spyOn(fs.promises, 'rename').mockRejectedValue(failure('ENOSPC'));
    else {
      const { open } = fs.promises;
      vi.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
        const handle = await open(...args);
        handle.writeFile = async () => {
          await handle.write('一、总');
          throw failure('ENOSPC');
        };
        return handle;
      });
    }
    await expect(replaceFile(at('稿.txt'), NEW)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(text('稿.txt')).toBe(OLD);
    expect(fs.readdirSync(folder)).toEqual(['稿.txt']);
  });

  it.each([
    ['EINVAL', NEW],
    ['EIO', OLD],
  ])('may lie where %s answers the question whether it is on the disk', async (code, left) => {
    const { open } = fs.promises;
    vi.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      handle.sync = async () => {
        throw failure(code);
      };
      return handle;
    });
    await replaceFile(at('稿.txt'), NEW).catch((error) => expect(error).toMatchObject({ code: 'EIO' }));
    expect(text('稿.txt')).toBe(left);
    expect(fs.readdirSync(folder)).toEqual(['稿.txt']);
  });

  it('is written over in a folder that takes no new files, and put back where that fails', async () => {
    const { open } = fs.promises;
    let broken = false;
    vi.spyOn(fs.promises, 'open').mockImplementation(async (file, flags, mode) => {
      if (flags === 'wx') throw failure('EACCES');
      const handle = await open(file, flags, mode);
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<never>;
      handle.write = ((bytes: Uint8Array, ...rest: unknown[]) => {
        if (broken && bytes.length > OLD.length * 3) throw failure('ENOSPC');
        return write(bytes, ...rest);
      }) as never;
      return handle;
    });
    await replaceFile(at('稿.txt'), NEW);
    expect(text('稿.txt')).toBe(NEW);
    await replaceFile(at('稿.txt'), OLD);
    expect(text('稿.txt')).toBe(OLD);
    broken = true;
    await expect(replaceFile(at('稿.txt'), NEW)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(text('稿.txt')).toBe(OLD);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is left alone where it is read-only',
    async () => {
      fs.chmodSync(at('稿.txt'), 0o444);
      await expect(replaceFile(at('稿.txt'), NEW)).rejects.toMatchObject({ code: 'EACCES' });
      expect(text('稿.txt')).toBe(OLD);
    },
  );

  it('is no part of a file or folder that stands in the way', async () => {
    await expect(replaceFile(at('稿.txt/新.txt'), NEW)).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(replaceFile(at('没有/新.txt'), NEW)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(replaceFile(folder, NEW)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(fs.readdirSync(folder)).toEqual(['稿.txt']);
  });
});

/** A disk of a few pages; undefined if it cannot be mounted. */
function smallDisk(): string | undefined {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-small-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]);
  if (status === 0) return place;
  fs.rmdirSync(place);
  return undefined;
}

const disk = process.platform === 'linux' && process.getuid?.() === 0 ? smallDisk() : undefined;
describe.skipIf(!disk)('on a real disk that is full or read-only', () => {
  const draft = path.join(disk ?? '', '稿.txt');
  beforeAll(() => fs.writeFileSync(draft, OLD.repeat(1000)));
  afterAll(() => {
    spawnSync('umount', [disk as string]);
    fs.rmdirSync(disk as string);
  });

  it('nothing is lost', async () => {
    const old = fs.readFileSync(draft, 'utf8');
    const tooMuch = NEW.repeat(2000);
    const problem = await replaceFile(draft, tooMuch).catch((error) => fileProblem(error));
    expect(problem).toMatchObject({ en: expect.stringContaining('disk is full') });
    expect(fs.readFileSync(draft, 'utf8')).toBe(old);
    expect(fs.readdirSync(disk as string)).toEqual(['稿.txt']);

    expect(spawnSync('mount', ['-o', 'remount,ro', disk as string]).status).toBe(0);
    expect(await replaceFile(draft, NEW).catch((error) => error.code)).toBe('EROFS');
    expect(fs.readFileSync(draft, 'utf8')).toBe(old);
  });
});

describe('what killed writers left behind', () => {
  it('is removed once it is old; other files never are', async () => {
    const left = (seed: string) => `.policy-text-${seed.repeat(8)}-0000-4000-8000-000000000000.tmp`;
    for (const name of [left('a'), left('b'), '.policy-text-.tmp', 'a.tmp']) fs.writeFileSync(at(name), '');
    const old = new Date(Date.now() - 3_600_000);
    for (const name of [left('a'), '.policy-text-.tmp', 'a.tmp', '稿.txt']) fs.utimesSync(at(name), old, old);
    await removeAbandoned(folder);
    expect(fs.readdirSync(folder).sort()).toEqual(['.policy-text-.tmp', left('b'), 'a.tmp', '稿.txt'].sort());
    await removeAbandoned(at('没有'));
  });
});

describe('a file that is read', () => {
  it('is read whole, up to a bound', async () => {
    expect(Buffer.from(await readWhole(at('稿.txt'), 1000)).toString()).toBe(OLD);
    await expect(readWhole(at('稿.txt'), 10)).rejects.toThrow(FileTooLarge);
    await expect(readWhole(folder, 10_000)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it.skipIf(!fs.existsSync('/dev/zero'))('may have no end', async () => {
    const problem = await readWhole('/dev/zero', 3 * 1024 * 1024).catch((error) => fileProblem(error));
    expect(problem).toMatchObject({ values: [3] });
  });
});
