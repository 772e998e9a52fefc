/** The worker thread that indexes the drafts of a folder. Bundled as dist/index-worker.js. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Locale } from '../text/message';
import { nodeFiles } from './files.node';
import { indexText } from './folderIndex';
import type { IndexingAnswer, IndexingRequest } from './folderIndex.node';

/** Number of files in flight: while one is analysed others are read from disk. */
const AT_ONCE = 8;

if (parentPort) answerInTurn(parentPort);

function answerInTurn(port: MessagePort): void {
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (request: IndexingRequest) => {
    turn = turn.then(async () => port.postMessage(await answer(request)));
  });
}

async function answer({ files, locale }: IndexingRequest): Promise<IndexingAnswer> {
  const found: IndexingAnswer[number][] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const texts = await Promise.all(some.map(({ uri }) => nodeFiles.readFile(uri)));
    for (const [at, file] of some.entries()) {
      const text = texts[at];
      found.push(text === undefined ? undefined : indexText(text, file, locale as Locale));
    }
  }
  return found;
}
