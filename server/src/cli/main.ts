/** Entry point of the command line: joins the commands to the process. */
import { run } from './run';
import type { Terminal } from './terminal';

// A reader that has seen enough (`| head`) closes the pipe; that is no fault of ours and no reason to complain.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  readStandardInput: async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  },
  environment: process.env,
  outputIsScreen: process.stdout.isTTY === true,
  errorIsScreen: process.stderr.isTTY === true,
  columns: process.stdout.columns,
};

void run(process.argv.slice(2), terminal).then((code) => {
  // Not process.exit(): what was written to a pipe must still get out.
  process.exitCode = code;
});
