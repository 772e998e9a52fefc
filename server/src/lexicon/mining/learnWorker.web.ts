/** The learning worker in a browser: it cannot open files, but receives texts. */

import { setFolder } from '../../webFiles';
import { htmlText } from '../intake/markupText';
import { soundText } from './clean';
import { Learner } from './learner';
import { resultOf } from './learningResult';
import type { LearnAnswer, LearnRequest } from './learnMessages';

/** A worker's global scope. */
export interface LearnScope {
  onmessage: ((event: { readonly data: LearnRequest }) => void) | null;
  postMessage(answer: LearnAnswer): void;
}

/** Answers the server's requests in the worker with the global scope `scope`. */
export function answerLearning(scope: LearnScope): void {
  const learner = new Learner(soundText);
  scope.onmessage = async ({ data }) => {
    try {
      const progress = (part: number): void => scope.postMessage({ kind: 'progress', part });
      scope.postMessage(await answer(learner, data, progress));
    } catch (error) {
      scope.postMessage({ kind: 'failure', error: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function answer(learner: Learner, request: LearnRequest, progress: (part: number) => void): Promise<LearnAnswer> {
  if (request.kind === 'text') {
    const { folder, hash, text, markup } = request;
    setFolder(folder);
    const prepared = await learner.prepare(hash, async () => (markup ? htmlText(text) : text));
    return { kind: 'prepared', empty: prepared === '' };
  }
  const { documents, options, inputs, problems } = request;
  return { kind: 'result', result: resultOf(learner.learn(documents, options, progress, inputs), problems) };
}
