/**
 * The scripts of the server, loaded with the code that V8 compiled in an earlier session. Node's own compile cache
 * (`NODE_COMPILE_CACHE`) exists from 22.1 on and is written only when the process exits; this one works in every version,
 * and contains the functions that had been called when it was written: those that a start needs.
 *
 * V8 trusts what it is given: it checks its version, its flags and the length of the script, and crashes on damaged code.
 * Each file therefore names the script with its size and time and the Node binary, and contains everything twice: halves that are
 * equal are not damaged. Comparing them takes a tenth of a millisecond; a hash takes five, most of them for loading Node's crypto.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { removeAbandoned, replaceFile } from '../disk.node';
import { contentHash } from '../text/contentHash';

/** Scripts with fewer bytes are compiled faster than a second file is read. */
const MIN_BYTES = 2048;
/** V8 copies code that does not begin at such an address. */
const ALIGNMENT = 8;
/** Folders of other versions that have not been written for this long are removed, in ms. */
const OUTDATED_MS = 60 * 24 * 60 * 60 * 1000;
const PREFIX = 'compiled-';
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {\n', '\n})'] as const;
/** Of scripts beside the first one, in the same folder or in lib. */
const OWN = /^\.\/((?:lib\/)?[\w.-]+\.js)$/;

interface LoadedScript {
  readonly name: string;
  readonly script: vm.Script;
  /** Identifies the script's content. */
  readonly stamp: Buffer;
}

type Evaluate = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

export class CompiledScripts {
  private readonly modules = new Map<string, { exports: unknown }>();
  /** Loaded scripts whose compiled code is not stored yet. */
  private unkept: LoadedScript[] = [];
  private keeping: Promise<void> = Promise.resolve();
  private readonly identity: string;
  /** Of this binary and these scripts. */
  private readonly folder: string | undefined;
  private readonly isFilled: boolean;
  /** Number of scripts that were loaded with compiled code. */
  compiled = 0;

  /**
   * `scripts` is the folder of the scripts and `cache` that of compiled code, or undefined for none; everything that is not one of
   * the scripts is loaded by `other`.
   */
  constructor(
    private readonly scripts: string,
    cache: string | undefined,
    private readonly other: (id: string) => unknown,
  ) {
    this.identity = cache ? identity(scripts) : '';
    this.folder = cache && path.join(cache, folderName(this.identity));
    this.isFilled = this.folder !== undefined && isOwnFolder(this.folder);
  }

  /** What the script `name` exports, as by `require`. Throws what the script throws, and file system errors. */
  load(name: string): unknown {
    const known = this.modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(name, module);
    try {
      const filename = path.join(this.scripts, name);
      const run = this.compile(name, filename).runInThisContext() as Evaluate;
      const dirname = path.dirname(filename);
      run.call(module.exports, module.exports, (id) => this.find(id), module, filename, dirname);
    } catch (error) {
      this.modules.delete(name);
      throw error;
    }
    return module.exports;
  }

  /**
   * Stores the compiled code of the scripts that have been loaded, with the functions that have been called so far. Never
   * rejects: without it the next start takes longer, and nothing else.
   */
  keep(): Promise<void> {
    this.keeping = this.keeping.then(() => this.keepLoaded());
    return this.keeping;
  }

  private async keepLoaded(): Promise<void> {
    const { folder } = this;
    const scripts = this.unkept;
    this.unkept = [];
    if (!folder || scripts.length === 0) return;
    try {
      await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
      if (!isOwnFolder(folder)) return;
      await removeAbandoned(folder);
      for (const { name, script, stamp } of scripts) {
        await replaceFile(path.join(folder, fileName(name)), sealed(script.createCachedData(), stamp));
      }
      await removeOutdated(path.dirname(folder), path.basename(folder));
    } catch {
      // A full disk, or one that is read-only.
    }
  }

  /** Scripts are loaded by name from the folder of the first one, never from a path. */
  private find(id: string): unknown {
    const name = OWN.exec(id)?.[1];
    return name ? this.load(name) : this.other(id);
  }

  /** Identifies the script's content and the binary that it is compiled by. */
  private stampOf(file: string, size: number): Buffer {
    const stamp = Buffer.from(JSON.stringify([file, size, fs.statSync(file).mtimeMs, this.identity]));
    return Buffer.concat([stamp], ALIGNMENT * Math.ceil((stamp.length + 1) / ALIGNMENT));
  }

  private compile(name: string, filename: string): vm.Script {
    const source = fs.readFileSync(filename);
    const stamp = source.length < MIN_BYTES ? undefined : this.stampOf(filename, source.length);
    const cachedData =
      stamp && this.folder && this.isFilled ? readSealed(path.join(this.folder, fileName(name)), stamp) : undefined;
    const script = new vm.Script(WRAPPER.join(source.toString()), {
      filename,
      lineOffset: -1,
      ...(cachedData && { cachedData }),
      ...DYNAMIC_IMPORT,
    });
    if (cachedData && !script.cachedDataRejected) this.compiled++;
    else if (stamp) this.unkept.push({ name, script, stamp });
    return script;
  }
}

/**
 * The folder for compiled code: the one in `NODE_COMPILE_CACHE`, which the extension sets, else one in the user's cache
 * folder. Undefined if caching is turned off by `NODE_DISABLE_COMPILE_CACHE`, or the home folder is another user's, as
 * for some programs that run as root.
 */
export function compiledFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  if (env.NODE_COMPILE_CACHE) return path.resolve(env.NODE_COMPILE_CACHE);
  try {
    const home = os.homedir();
    if (!isOwn(fs.statSync(home))) return undefined;
    return path.join(userCache(home, env), 'policy-text');
  } catch {
    return undefined;
  }
}

/** The folder in which programs of this user cache files, by the convention of the system. */
function userCache(home: string, env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env.LOCALAPPDATA || path.join(home, 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches');
  const given = env.XDG_CACHE_HOME;
  return given && path.isAbsolute(given) ? given : path.join(home, '.cache');
}

/** `import()` in a script works as in any other; Node before 20.12 cannot be told. */
const DYNAMIC_IMPORT = vm.constants && {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
};

/** Names the Node binary with its options, and the folder of scripts: compiled code is valid for these alone. */
function identity(scripts: string): string {
  const { execPath, execArgv, versions, arch, env } = process;
  const binary = statusOf(execPath);
  return JSON.stringify([versions, arch, execPath, binary?.size, binary?.mtimeMs, execArgv, env.NODE_OPTIONS, scripts]);
}

/** A name for the folder of one {@link identity}, which the files in it contain in full. */
function folderName(whose: string): string {
  return `${PREFIX}${process.version}-${contentHash(whose)}`;
}

function statusOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file);
  } catch {
    return undefined;
  }
}

function fileName(script: string): string {
  return `${script.replace('/', '-')}.bin`;
}

/** The bytes of a file with the code of the script that `stamp` identifies. */
function sealed(code: Buffer, stamp: Buffer): Buffer {
  return Buffer.concat([stamp, code, stamp, code]);
}

/** The code that {@link sealed} wrote for the same script; undefined if the file contains anything else. */
function readSealed(file: string, stamp: Buffer): Buffer | undefined {
  try {
    const bytes = fs.readFileSync(file);
    const [first, second] = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
    const isWhole = first.subarray(0, stamp.length).equals(stamp) && first.equals(second);
    return isWhole ? first.subarray(stamp.length) : undefined;
  } catch {
    return undefined;
  }
}

/** Removes folders of other versions that nobody has written for long. Throws file system errors. */
async function removeOutdated(cache: string, current: string): Promise<void> {
  for (const name of await fs.promises.readdir(cache)) {
    if (!name.startsWith(PREFIX) || name === current) continue;
    const folder = path.join(cache, name);
    const { mtimeMs } = await fs.promises.stat(folder);
    if (Date.now() - mtimeMs > OUTDATED_MS) await fs.promises.rm(folder, { recursive: true, force: true });
  }
}

/** Whether it is a folder in which nobody else can write: code in it is run. */
function isOwnFolder(folder: string): boolean {
  try {
    const status = fs.lstatSync(folder);
    return status.isDirectory() && isOwn(status) && (process.platform === 'win32' || (status.mode & 0o022) === 0);
  } catch {
    return false;
  }
}

function isOwn({ uid }: fs.Stats): boolean {
  return process.geteuid === undefined || uid === process.geteuid();
}
