import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, DocumentKind } from '../../../server/src/structure/analysis';

/** The outline of a text, a line per section: two blanks per level, marker (or kind in brackets) and title. */
export function outlineOf(text: string, kind: DocumentKind = 'policytext'): string[] {
  return analyse(text, kind).headings.map(({ marker, kind: section, title, level }) =>
    `${'  '.repeat(level - 1)}${marker ? marker.text : `[${section}]`} ${title}`.trimEnd(),
  );
}

/** All data of an analysis, without what only saves time, for comparing two of them. */
export function everything(analysis: Analysis): unknown {
  return {
    headings: analysis.headings.map(({ parent, children, list, ...section }) => ({
      ...section,
      parent: parent?.span.start,
      children: children.map((child) => child.span.start),
      siblings: list?.markers.map((marker) => marker.start),
    })),
    lists: analysis.lists,
    blocks: analysis.blocks,
    enumerations: analysis.enumerations,
    placeholders: analysis.placeholders,
  };
}

/** `marker kind→expected` for every break among the headings of a text. */
export function breaksOf(text: string): string[] {
  return analyse(text).lists.flatMap(({ breaks }) =>
    breaks.map(({ kind, marker, expectedText }) => `${marker.text} ${kind}→${expectedText}`),
  );
}
