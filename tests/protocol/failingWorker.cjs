// Loaded into a server by --require: its thread that lints drafts dies when it has begun.
const threads = require('node:worker_threads');
const { Worker } = threads;

threads.Worker = class extends Worker {
  constructor(file, options) {
    if (String(file).endsWith('lint-worker.js'))
      super('setTimeout(() => { throw new Error("out of order"); }, 100)', { eval: true });
    else super(file, options);
  }
};
