#!/usr/bin/env node
/** Entry point of the command line: connects the commands to the process. */
import { fileProblem, readStream } from '../disk.node';
import { MAX_BYTES } from '../drafts/extraction.node';
import { localise } from '../text/message';
import { localeOf, run } from './run';
import type { Terminal } from './terminal';

/** Streams whose reader has gone; output to them is dropped. */
const gone = new Set<NodeJS.WriteStream>();
const write = (stream: NodeJS.WriteStream, text: string): void => {
  if (!gone.has(stream)) stream.write(text);
};
const terminal: Terminal = {
  out: (text) => write(process.stdout, text),
  error: (text) => write(process.stderr, text),
  readStandardInput: () => readStream(process.stdin, MAX_BYTES),
  environment: process.env,
  outputIsScreen: process.stdout.isTTY === true,
  errorIsScreen: process.stderr.isTTY === true,
  columns: process.stdout.columns,
};
const args = process.argv.slice(2);

/** Ends the process after an error that no command handled. */
function giveUp(error: unknown): never {
  const known = fileProblem(error);
  const explanation = known
    ? { en: 'Cannot write the output. {0}', zh: '输出写不出去。{0}' }
    : { en: 'The program failed: {0}', zh: '程序出错：{0}' };
  const locale = localeOf(args, terminal);
  const reason = known ? localise(known, locale) : error instanceof Error ? (error.stack ?? error.message) : error;
  try {
    terminal.error(`policy-text: ${localise({ ...explanation, values: [String(reason)] }, locale)}\n`);
  } finally {
    process.exit(2);
  }
}

/**
 * A reader that has seen enough (`| head`) closes the pipe; that is not an error and not reported. Commands that write
 * files still finish, because their work counts without the report; others stop.
 */
function readerWent(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') giveUp(error);
  gone.add(stream);
  if (stream === process.stdout && !args.includes('--write')) process.exit(process.exitCode ?? 0);
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', (error) => readerWent(stream, error));

void run(args, terminal).then((code) => {
  // Not process.exit(): output to a pipe must still be flushed.
  process.exitCode = code;
}, giveUp);
