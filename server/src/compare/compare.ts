/** Compares two drafts: sections, sentences, words and figures. */
import type { Analysis, Section } from '../structure/analysis';
import { alignSections, comparedSections, type SectionFate } from './align';
import { compareFigures, type FigureRow } from './figures';
import { compareSentences, type SentencePair } from './sentences';

/** A section in one of the drafts; lines are 0-based. */
export interface SectionPlace {
  readonly marker: string;
  readonly title: string;
  readonly level: number;
  readonly line: number;
}

export interface ComparedSection {
  /** `changed` is a kept section whose words differ. */
  readonly fate: SectionFate | 'changed';
  readonly old?: SectionPlace;
  readonly current?: SectionPlace;
  readonly likeness: number;
  /** The text directly under the heading, not that of its subsections. */
  readonly sentences: readonly SentencePair[];
}

export interface Comparison {
  readonly sections: readonly ComparedSection[];
  readonly figures: readonly FigureRow[];
}

/** Compares `old` with `current`. The text before the first heading is a section without a title. */
export function compareDrafts(old: Analysis, current: Analysis): Comparison {
  const opening = compareSentences(openingOf(old), openingOf(current));
  const sections: ComparedSection[] = [];
  if (opening.length > 0) {
    sections.push({ fate: fateOf('kept', opening), likeness: 1, sentences: opening });
  }
  for (const { fate, old: before, current: after, likeness } of alignSections(old, current)) {
    const absorbed = fate === 'merged' || fate === 'split';
    const sentences = absorbed
      ? compareSentences(fate === 'merged' ? ownText(old, before) : '', fate === 'split' ? ownText(current, after) : '')
      : compareSentences(ownText(old, before), ownText(current, after));
    sections.push({
      fate: fateOf(fate, sentences),
      ...(before && { old: placeOf(old, before) }),
      ...(after && { current: placeOf(current, after) }),
      likeness: Math.round(likeness * 100) / 100,
      sentences,
    });
  }
  return { sections, figures: compareFigures(old, current) };
}

function fateOf(fate: SectionFate, sentences: readonly SentencePair[]): ComparedSection['fate'] {
  return fate === 'kept' && sentences.some((one) => one.fate !== 'same') ? 'changed' : fate;
}

function openingOf(analysis: Analysis): string {
  const [first] = comparedSections(analysis);
  return analysis.text.slice(0, first?.span.start ?? analysis.text.length);
}

/** The text of `section` from its heading to the next heading that is compared individually. */
function ownText(analysis: Analysis, section: Section | undefined): string {
  if (!section) return '';
  const inner = comparedSections(analysis).find(
    ({ span }) => span.start > section.span.start && span.start < section.span.end,
  );
  return analysis.text.slice(section.span.start, inner?.span.start ?? section.span.end);
}

function placeOf({ lines }: Analysis, { marker, title, level, span }: Section): SectionPlace {
  return { marker: marker?.text ?? '', title, level, line: lines.lineAt(span.start) };
}
