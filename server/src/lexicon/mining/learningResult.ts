/** The report on learning, wherever it runs. */
import type { IntakeProblem } from '../intake/intake.node';
import type { LearnedLexicon } from './learner';
import type { LearningResult, LearningSummary } from './learningWorker.node';

const TOP = 20;

/** The result for `learned`, with what could not be read. */
export function resultOf(learned: LearnedLexicon, problems: readonly IntakeProblem[]): LearningResult {
  return {
    json: learned.json,
    unchanged: false,
    summary: {
      documents: learned.source.documents,
      characters: learned.source.characters,
      duplicates: learned.duplicates,
      problems,
      phrases: learned.phrases.length,
      top: learned.phrases.slice(0, TOP).map(({ text, count, documents: inDocuments }) => [text, count, inDocuments]),
    },
  };
}

/** The summary if nothing was learned. */
export function emptySummary(problems: readonly IntakeProblem[]): LearningSummary {
  return { documents: 0, characters: 0, duplicates: [], problems, phrases: 0, top: [] };
}
