/** Status bar information: the section at the caret and the length of the text. */

import type { Position } from 'vscode-languageserver-types';
import type { Analysis, Section } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { offsetOf } from '../structure/offsetOf';
import { sectionAt } from '../structure/sections';
import { countCharacters } from '../text/characters';
import type { Locale } from '../text/message';
import { sectionName } from './names';

export interface Statistics {
  /** Names of the sections around the place, outermost first. */
  readonly path: readonly string[];
  /** Number of characters of the innermost section without blanks; absent before the first heading. */
  readonly section?: number;
  /** Number of characters of the whole text without blanks. */
  readonly document: number;
}

/** The section path and the character counts at `position`. */
export function statistics(analysis: Analysis, position: Position, locale: Locale): Statistics {
  const section = sectionAt(analysis, offsetOf(analysis, position));
  const path: string[] = [];
  for (let at: Section | undefined = section; at; at = at.parent) path.unshift(sectionName(at, analysis, locale));
  const document = documentCharacters.of(analysis);
  return section ? { path, section: section.characters, document } : { path, document };
}

const documentCharacters = new AnalysisMemo(({ text }) => countCharacters(text));
