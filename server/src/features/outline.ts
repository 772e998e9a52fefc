/** The outline of a draft, for the outline view, the breadcrumbs and sticky scroll. */
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver-types';
import type { Analysis, Section, SectionKind } from '../structure/analysis';
import type { Locale } from '../text/message';
import { Locator, sameRange } from './locate';
import { characterCount, sectionName } from './names';

/** LSP has no symbol kinds for prose; these give each kind of heading an icon of its own. */
const KINDS: Readonly<Record<SectionKind, SymbolKind>> = {
  title: SymbolKind.File,
  heading: SymbolKind.String,
  lead: SymbolKind.String,
  unnumbered: SymbolKind.String,
  article: SymbolKind.Property,
  item: SymbolKind.EnumMember,
  appendix: SymbolKind.Package,
};

/**
 * The sections of `analysis` as nested symbols. `range` is the whole section, `selectionRange` extends from the
 * marker's first character to the end of the title, `detail` counts the section's characters without blanks. Symbols that are
 * as in `previous`, the result for an earlier version, with all their children, are the same objects.
 */
export function documentSymbols(
  analysis: Analysis,
  locale: Locale,
  previous: readonly DocumentSymbol[] = [],
): DocumentSymbol[] {
  // Starts increase in document order, ends in the order in which sections are finished: one pass over the lines each.
  const starts = new Locator(analysis.lines);
  const ends = new Locator(analysis.lines);
  const symbolOf = (section: Section, before: DocumentSymbol | undefined): DocumentSymbol => {
    const { start, end } = section.span;
    const from = clamp(section.marker?.start ?? section.titleSpan.start, start, end);
    const first = starts.position(start);
    const head = starts.range({ start: from, end: clamp(section.titleSpan.end, from, end) });
    const children = symbolsOf(section.children, before?.children ?? []);
    const symbol = {
      name: sectionName(section, analysis, locale),
      detail: characterCount(section.characters, locale),
      kind: KINDS[section.kind],
      range: { start: first, end: ends.position(end) },
      selectionRange: head,
      children,
    };
    return before && isSameSymbol(symbol, before) ? before : symbol;
  };
  const symbolsOf = (sections: readonly Section[], before: readonly DocumentSymbol[]): DocumentSymbol[] =>
    sections.map((section, index) => symbolOf(section, before[index]));
  return symbolsOf(analysis.sections, previous);
}

/** Whether both are equal; their children have been compared, and equal ones are the same object. */
function isSameSymbol(one: DocumentSymbol, other: DocumentSymbol): boolean {
  return (
    one.name === other.name &&
    one.detail === other.detail &&
    one.kind === other.kind &&
    sameRange(one.range, other.range) &&
    sameRange(one.selectionRange, other.selectionRange) &&
    one.children?.length === other.children?.length &&
    (one.children ?? []).every((child, index) => child === other.children?.[index])
  );
}

/** The same sections as a flat list, for clients without nested symbols. */
export function flatSymbols(analysis: Analysis, uri: string, locale: Locale): SymbolInformation[] {
  const locator = new Locator(analysis.lines);
  return analysis.headings.map((section) => ({
    name: sectionName(section, analysis, locale),
    kind: KINDS[section.kind],
    location: { uri, range: locator.range(section.span) },
    ...(section.parent && { containerName: sectionName(section.parent, analysis, locale) }),
  }));
}

function clamp(offset: number, least: number, most: number): number {
  return Math.max(least, Math.min(offset, most));
}
