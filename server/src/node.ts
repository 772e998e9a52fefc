/** The server as a Node process: over --stdio from any editor, or another transport of the protocol. */
import { Console } from 'node:console';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Connection, type ConnectionOptions, createConnection } from 'vscode-languageserver/node';
import { nodeCorpus } from './lsp/corpus.node';
import { nodeFiles } from './lsp/files.node';
import { nodeFolderIndex } from './lsp/folderIndex.node';
import { FramingMonitor } from './lsp/framing';
import { lintWorkerOf } from './lsp/lintWorkerPort.node';
import { giveBackMemory } from './lsp/memory.node';
import { MessageEncoder, StreamWriter } from './lsp/messageWriter.node';
import { connectionOptions, Traffic } from './lsp/requests';
import { serve } from './lsp/server';
import { nodeUses } from './lsp/usageHistory.node';
import { nodeWord } from './lsp/word.node';

/** The build puts it beside the server. */
const LEXICON = path.join(__dirname, 'lexicon.bin');

const SPELLING = path.join(__dirname, 'spelling.bin');

const TRANSPORTS = /^--(?:stdio|node-ipc|socket(?:=.*)?|pipe(?:=.*)?)$/;

/** A connection over standard input and output, with messages encoded by `encoding`. It ends with the input. */
function overStdio(encoding: MessageEncoder, options: ConnectionOptions): Connection {
  // Whatever a library prints must not get between the messages.
  globalThis.console = new Console(process.stderr);
  const writer: unknown = new StreamWriter(process.stdout, encoding);
  // A stream may be combined with a writer, although the types only allow two of a kind.
  return createConnection(process.stdin, writer as NodeJS.WritableStream, options);
}

/** Serves the editor that started this process; `keepCompiled` as in `Platform`. */
export function start(keepCompiled: () => Promise<void>): void {
  if (process.argv.slice(2).some((argument) => TRANSPORTS.test(argument))) {
    const traffic = new Traffic();
    const options = connectionOptions(traffic);
    const encoding = new MessageEncoder();
    const isStdio = process.argv.includes('--stdio');
    const connection = isStdio ? overStdio(encoding, options) : createConnection(options);
    // One bad message or one failed timer must not take down the outline.
    process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error}`));
    process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${reason}`));
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    serve(connection, {
      traffic,
      ...(isStdio && { encoding }),
      locale: LC_ALL || LC_MESSAGES || LANG,
      files: nodeFiles,
      giveBackMemory,
      keepCompiled,
      lexicon: () => fs.readFile(LEXICON),
      spelling: () => fs.readFile(SPELLING),
      uses: nodeUses,
      startLintWorker: lintWorkerOf(path.join(__dirname, 'lint-worker.js')),
      folderIndex: nodeFolderIndex(path.join(__dirname, 'index-worker.js'), __filename),
      word: nodeWord,
      corpus: nodeCorpus(path.join(__dirname, 'learn-worker.js')),
    });
    if (isStdio) {
      const framing = new FramingMonitor();
      process.stdin.on('data', (bytes: Buffer) => {
        if (framing.push(bytes)) return;
        process.stderr.write('policy-text language server: what it is sent are no messages any more; it ends.\n');
        process.exit(1);
      });
    }
  } else {
    process.stderr.write('policy-text language server. Start it from an editor: node server.js --stdio\n');
    process.exitCode = 2;
  }
}
