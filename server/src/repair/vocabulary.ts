/** The shipped general vocabulary, decoded once for all its users. */
import { lazilyIncremental } from '../text/lazily';
import { shippedWords } from './shippedCounts';
import { Words } from './words';

/** Decodes it incrementally, a few milliseconds at a time. */
export const vocabulary = lazilyIncremental(function* () {
  const data = shippedWords();
  yield;
  return yield* Words.read(data);
});
