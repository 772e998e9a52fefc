/** The counts of characters that the product ships; a module of its own, because they are loaded only when asked for. */

import data from './characterCounts.json';
import type { CharacterData } from './characterModel';

/** Counts learned from public policy documents, in their stored form. */
export function shippedCounts(): CharacterData {
  return data;
}
