/** The shipped character counts; a module of its own, because they are loaded on demand. */

import data from './characterCounts.json';
import type { CharacterData } from './characterModel';
import type { WordData } from './words';

/** Counts learned from public policy documents, in their stored form. */
export function shippedCounts(): CharacterData {
  return data;
}

/** The general word model, in its stored form. */
export function shippedWords(): WordData {
  return data.words;
}
