/** Starts the worker thread that lints drafts in the background. */
import { Worker } from 'node:worker_threads';
import type { LintAnswer, StartLintWorker } from './backgroundLint';

/** Memory limit of the worker besides the models, in MB: a draft of three million characters takes a third of it. */
const MEMORY = 1024;

/** `bundle` is the path of dist/lint-worker.js. */
export function lintWorkerOf(bundle: string): StartLintWorker {
  return (workerData, { answered, failed }) => {
    const worker = new Worker(bundle, { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    worker.unref();
    worker.on('message', (answer: LintAnswer) => answered(answer));
    worker.on('error', failed);
    worker.on('exit', (code) => failed(new Error(`The thread ended (${code}).`)));
    return {
      post: (request) => worker.postMessage(request),
      terminate: () => void worker.terminate(),
    };
  };
}
