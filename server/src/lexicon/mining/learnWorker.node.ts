/** The worker threads of learning: one reads office documents, the other learns. Bundled as dist/learn-worker.js. */
import { parentPort, workerData } from 'node:worker_threads';
import { documentText } from '../intake/documentText.node';
import { reasonFor } from '../intake/intake.node';
import { soundText } from './clean';
import { Learner } from './learner';
import { learnFromPaths, type ReadingAnswer, type ReadingRequest, ReadingWorker } from './learning.node';
import type { LearningAnswer, LearningRequest } from './learningWorker.node';

function answerReading(): void {
  parentPort?.on('message', async ({ format, bytes }: ReadingRequest) => {
    let answer: ReadingAnswer;
    try {
      answer = { text: await documentText(bytes, format) };
    } catch (error) {
      answer = { reason: reasonFor(error) };
    }
    parentPort?.postMessage(answer);
  });
}

function answerLearning(): void {
  const learner = new Learner(soundText);
  const reader = new ReadingWorker(__filename);
  const answer = (message: LearningAnswer): void => parentPort?.postMessage(message);
  parentPort?.on('message', async ({ paths, options, known, history }: LearningRequest) => {
    try {
      const result = await learnFromPaths(
        learner,
        paths,
        options,
        (part, message) => answer({ kind: 'progress', part, message }),
        reader.read,
        known,
        history,
      );
      answer({ kind: 'result', result });
    } catch (error) {
      answer({ kind: 'failure', error: error instanceof Error ? error.message : String(error) });
    } finally {
      reader.dispose();
    }
  });
}

if (workerData === 'read') answerReading();
else answerLearning();
