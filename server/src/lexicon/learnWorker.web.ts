/** The worker of learning in a browser: it opens no files, but is handed texts. Bundled as dist/learn-worker.web.js. */
import type { LearnAnswer, LearnRequest } from '../lsp/corpus.web';
import { setFolder } from '../webFiles';
import { soundText } from './clean';
import { Learner } from './learner';
import { resultOf } from './learningResult';
import { htmlText } from './markupText';

/** The worker's global scope, which Node's types do not know. */
declare const self: {
  onmessage: ((event: { readonly data: LearnRequest }) => void) | null;
  postMessage(answer: LearnAnswer): void;
};

const learner = new Learner(soundText);

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(await answer(data));
  } catch (error) {
    self.postMessage({ kind: 'failure', error: error instanceof Error ? error.message : String(error) });
  }
};

async function answer(request: LearnRequest): Promise<LearnAnswer> {
  if (request.kind === 'text') {
    const { folder, hash, text, markup } = request;
    setFolder(folder);
    const prepared = await learner.prepare(hash, async () => (markup ? htmlText(text) : text));
    return { kind: 'prepared', empty: prepared === '' };
  }
  const { documents, inputs, problems } = request;
  const progress = (part: number): void => self.postMessage({ kind: 'progress', part });
  return { kind: 'result', result: resultOf(learner.learn(documents, {}, progress, inputs), problems) };
}
