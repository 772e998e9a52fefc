/** The worker threads for learning: one reads office documents, the other learns. Bundled as dist/learn-worker.js. */
import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { fileProblem } from '../../disk.node';
import { documentText } from '../intake/documentText.node';
import { reasonFor } from '../intake/intake.node';
import { packLexicon } from '../model/store';
import { MIN_DOCUMENTS_PER_PART } from '../shards/candidateList';
import { preparePart } from '../shards/learnInParts.node';
import { countPart, merge, writePart } from '../shards/rounds.node';
import { PartError } from '../shards/sectionFile.node';
import { soundText } from './clean';
import { Learner } from './learner';
import { learnFromPaths, type ReadingAnswer, type ReadingRequest, ReadingWorker } from './learning.node';
import { resultOf } from './learningResult';
import type {
  LearningAnswer,
  LearningEstimate,
  LearningProgress,
  LearningRequest,
  StepResult,
  StepTask,
} from './learningWorker.node';
import { findFiles, type TextReader } from './reading.node';

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
  parentPort?.on('message', async (request: LearningRequest) => {
    const progress: LearningProgress = (part, message) => answer({ kind: 'progress', part, message });
    try {
      if ('step' in request) {
        answer({ kind: 'stepped', result: await takeStep(request, reader.read, progress) });
        return;
      }
      const { options, known, budget = halfOfMemory(), folder } = request;
      const estimated = (estimate: LearningEstimate): void => answer({ kind: 'estimate', estimate });
      const settings = { progress, read: reader.read, known, within: { budget, folder }, estimated };
      const result = await learnFromPaths(learner, request, options, settings);
      const { json } = result;
      const isPacked = request.packed && json !== undefined;
      answer({ kind: 'result', result: isPacked ? { ...result, json: undefined, packed: packLexicon(json) } : result });
    } catch (error) {
      const reason = error instanceof PartError ? error.explanation : fileProblem(error);
      if ('step' in request && reason) answer({ kind: 'refusal', reason });
      else answer({ kind: 'failure', error: error instanceof Error ? error.message : String(error) });
    } finally {
      reader.dispose();
    }
  });
}

/** Half of the usable memory, in bytes. */
function halfOfMemory(): number {
  // On macOS hardly any memory is ever free: caches do not count as free.
  const free = Math.max(os.freemem(), os.totalmem() / 4);
  // The limit of a container; 0 or, on Node 20, 2^64 if there is none. Older editors lack the function.
  return Math.min(process.constrainedMemory?.() || Number.POSITIVE_INFINITY, free) / 2;
}

/** Runs one step of learning in parts. Throws {@link PartError} and file system errors. */
async function takeStep(task: StepTask, read: TextReader, progress: LearningProgress): Promise<StepResult> {
  switch (task.step) {
    case 'map': {
      const contents = await preparePart(await findFiles(task), read, progress);
      if (contents.documents.length > 0) writePart(task.out, contents, task.least ?? MIN_DOCUMENTS_PER_PART);
      return { step: 'map', documents: contents.documents.length, problems: contents.problems };
    }
    case 'count':
      countPart(task.stage, task.part, task.out);
      return { step: 'count' };
    case 'merge': {
      const merged = merge(task.paths, task.out, task.options);
      if ('round' in merged) return { step: 'merge', round: merged.round };
      return { step: 'merge', result: resultOf(merged.learned, merged.problems) };
    }
  }
}

if (workerData === 'read') answerReading();
else answerLearning();
