/** The command line as a process: its bundle with the worker's beside it, as shipped. */
import path from 'node:path';
import { build } from 'esbuild';

/** Writes cli.js and learn-worker.js into `folder`. */
export async function bundleCommandLine(folder: string): Promise<void> {
  const sources = path.join(import.meta.dirname, '../../../server/src');
  await build({
    entryPoints: {
      cli: path.join(sources, 'cli/main.ts'),
      'learn-worker': path.join(sources, 'lexicon/mining/learnWorker.node.ts'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: folder,
    logLevel: 'silent',
  });
}
