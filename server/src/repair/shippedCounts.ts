/** The counts of characters that the product ships; a module of its own, because they are loaded only when asked for. */

import data from './characterCounts.json';
import type { CharacterData } from './characterModel';
import type { WordPairData } from './wordPairs';

/** Counts learned from public policy documents, in their stored form. */
export function shippedCounts(): CharacterData {
  return data;
}

/** What follows what within the words of the language at large, in its stored form. */
export function shippedWords(): WordPairData {
  return data.words;
}
