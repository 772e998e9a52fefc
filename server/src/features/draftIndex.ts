/**
 * The index entry of a draft in a folder, with which the folder is searched without its texts: headings and
 * placeholders.
 */
import type { SymbolInformation, SymbolKind } from 'vscode-languageserver-types';
import type { Analysis } from '../structure/analysis';
import type { Locale } from '../text/message';
import { flatSymbols } from './outline';
import { type PlaceholderInfo, placeholderList } from './placeholders';

/** Maximum numbers stored per draft: a file of 8 MB may consist of nothing else. */
const MAX_HEADINGS = 20_000;
const MAX_PLACEHOLDERS = 5_000;

/** A draft in the index. Plain data, to be stored and passed between threads. */
export interface IndexedDraft {
  /** The names of its headings, in order. */
  readonly names: readonly string[];
  /** For each heading {@link FIELDS} numbers: its kind, the index of its parent or -1, and where it begins and ends. */
  readonly places: readonly number[];
  readonly placeholders: readonly PlaceholderInfo[];
}

/** Kind, parent, line and character of the start, line and character of the end. */
const FIELDS = 6;

/** The index entry for the draft `analysis`. */
export function indexedDraft(analysis: Analysis, locale: Locale): IndexedDraft {
  const numbers = new Map(analysis.headings.map((section, index) => [section, index]));
  const names: string[] = [];
  const places: number[] = [];
  for (const [index, { name, kind, location }] of flatSymbols(analysis, '', locale).entries()) {
    if (index === MAX_HEADINGS) break;
    const parent = analysis.headings[index]?.parent;
    const { start, end } = location.range;
    names.push(name);
    places.push(kind, (parent && numbers.get(parent)) ?? -1, start.line, start.character, end.line, end.character);
  }
  return { names, places, placeholders: placeholderList(analysis).slice(0, MAX_PLACEHOLDERS) };
}

/** The headings of `draft`, the file at `uri`, as `flatSymbols` returns them. */
export function* symbolsOf({ names, places }: IndexedDraft, uri: string): Generator<SymbolInformation> {
  for (const [index, name] of names.entries()) {
    const field = (number: number): number => places[index * FIELDS + number] as number;
    const container = names[field(1)];
    yield {
      name,
      kind: field(0) as SymbolKind,
      location: {
        uri,
        range: {
          start: { line: field(2), character: field(3) },
          end: { line: field(4), character: field(5) },
        },
      },
      ...(container !== undefined && { containerName: container }),
    };
  }
}

/** Whether `value`, read from a file, is an {@link IndexedDraft} as far as its users rely on that. */
export function isIndexedDraft(value: unknown): value is IndexedDraft {
  const { names, places, placeholders } = (value ?? {}) as Partial<Record<keyof IndexedDraft, unknown>>;
  return (
    isListOf(names, 'string') &&
    isListOf(places, 'number') &&
    places.length === names.length * FIELDS &&
    isListOf(placeholders, 'object')
  );
}

function isListOf(value: unknown, kind: 'string' | 'number' | 'object'): value is unknown[] {
  return Array.isArray(value) && value.every((one) => KIND_OF[kind](one));
}

const KIND_OF = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  object: (value: unknown) => typeof value === 'object' && value !== null,
};
