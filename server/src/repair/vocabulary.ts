/** The words of the language at large as the product ships them, read once for all who ask. */
import { lazilyInPieces } from '../text/lazily';
import { shippedWords } from './shippedCounts';
import { Words } from './words';

/** In pieces of a few milliseconds. */
export const vocabulary = lazilyInPieces(function* () {
  const data = shippedWords();
  yield;
  return yield* Words.read(data);
});
