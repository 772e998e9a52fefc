/** The index of a folder on this machine: files are read in a worker thread, and the index is stored in a file. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FolderIndexAccess, IndexedContent, IndexRequest } from './folderIndex';
import { readSealed, writeSealed } from './sealedFile.node';

/** Maximum size of an index, in bytes: 10,000 drafts of the State Council's length take 30 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
const FILE = 'folder-index.jsonl';
/** An idle worker is terminated after this time to free its memory, in ms. */
const IDLE_MS = 10_000;
/** Memory limit of a worker, in MB: hundreds of drafts at a time need a tenth of it. */
const MEMORY = 1024;

/** Requests to the worker, and its answers. */
export interface IndexingRequest {
  readonly files: readonly IndexRequest[];
  readonly locale: string;
}
export type IndexingAnswer = readonly (IndexedContent | string | undefined)[];

/**
 * `bundle` is the path of dist/index-worker.js, `server` that of the server built with it: another build may read texts
 * differently.
 */
export function nodeFolderIndex(bundle: string, server: string): FolderIndexAccess {
  const threads = Array.from({ length: Math.min(2, Math.max(1, os.cpus().length - 1)) }, () => new IndexThread(bundle));
  const named = async (name: string): Promise<string> => `${name}-${(await fs.stat(server)).mtimeMs}`;
  let isOver = false;
  const index: FolderIndexAccess['index'] = async (files, locale) => {
    if (isOver) return files.map(() => undefined);
    const thread = threads.reduce((least, other) => (other.waiting < least.waiting ? other : least));
    try {
      return await thread.ask({ files, locale });
    } catch {
      // A single file was too much for it. The others can be read.
      if (files.length === 1) return [undefined];
      const middle = files.length >> 1;
      return [...(await index(files.slice(0, middle), locale)), ...(await index(files.slice(middle), locale))];
    }
  };
  return {
    index,
    dispose() {
      isOver = true;
      for (const thread of threads) thread.dispose();
    },
    async read(storage, name) {
      try {
        return await readSealed(path.join(storage, FILE), MAX_BYTES, await named(name));
      } catch {
        return undefined;
      }
    },
    async write(storage, name, text) {
      if (text.length * 3 > MAX_BYTES) return;
      await writeSealed(path.join(storage, FILE), text, await named(name)).catch(() => {});
    },
  };
}

interface Asked {
  readonly request: IndexingRequest;
  readonly resolve: (answer: IndexingAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A worker thread that is terminated when idle. It answers requests in order. */
class IndexThread {
  private worker: Worker | undefined;
  private readonly asked: Asked[] = [];
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly bundle: string) {}

  get waiting(): number {
    return this.asked.length;
  }

  /** Rejects if the thread crashes. */
  ask(request: IndexingRequest): Promise<IndexingAnswer> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    return new Promise((resolve, reject) => {
      this.asked.push({ request, resolve, reject });
      this.worker?.postMessage(request);
    });
  }

  dispose(): void {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    this.fail(new Error('Ended.'));
  }

  private start(): Worker {
    const worker = new Worker(this.bundle, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    worker.unref();
    worker.on('message', (answer: IndexingAnswer) => {
      this.asked.shift()?.resolve(answer);
      if (this.asked.length > 0) return;
      this.idle = setTimeout(() => this.dispose(), IDLE_MS);
      this.idle.unref();
    });
    const ended = (error: Error): void => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.fail(error);
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`The thread ended (${code}).`)));
    return worker;
  }

  private fail(error: Error): void {
    for (const { reject } of this.asked.splice(0)) reject(error);
  }
}
