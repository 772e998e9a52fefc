/** The counts of characters that the product ships; a module of its own, because they are loaded only when asked for. */

import data from './characterCounts.json';
import type { CharacterData } from './characterModel';
import type { WordData } from './words';

/** Counts learned from public policy documents, in their stored form. */
export function shippedCounts(): CharacterData {
  return data;
}

/** The words of the language at large, in their stored form. */
export function shippedWords(): WordData {
  return data.words;
}
