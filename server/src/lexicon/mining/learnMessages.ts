/** Messages between the server and the worker that learns in a browser. */
import type { IntakeProblem } from '../intake/intake.node';
import type { LearningResult } from './learningWorker.node';
import type { MineOptions } from './mine';

/** A text for the worker to prepare, or a request to learn from the texts it was given. */
export type LearnRequest =
  | {
      readonly kind: 'text';
      /** The URL of the folder with the server's own files. */
      readonly folder: string;
      readonly hash: string;
      readonly text: string;
      readonly markup: boolean;
    }
  | {
      readonly kind: 'learn';
      readonly documents: readonly LearnedDocument[];
      readonly options: MineOptions;
      readonly inputs: string;
      readonly problems: readonly IntakeProblem[];
    };

export type LearnAnswer =
  | { readonly kind: 'prepared'; readonly empty: boolean }
  | { readonly kind: 'progress'; readonly part: number }
  | { readonly kind: 'result'; readonly result: LearningResult }
  | { readonly kind: 'failure'; readonly error: string };

export interface LearnedDocument {
  readonly name: string;
  readonly hash: string;
}
