/** Searches headings across drafts. */
import type { SymbolInformation } from 'vscode-languageserver-types';
import type { Resumable } from '../text/resumable';

/** More matches than this are of no use. */
const MAX_COUNT = 500;

/** Number of names examined between two yields. */
const PIECE = 500;

/** How well a name matches a query: 0 as a substring, 1 by its characters in order; undefined not at all. */
type Score = 0 | 1 | undefined;

/**
 * Those of `symbols` whose names match `query`, ignoring case, width of Latin letters and blanks: first the names that
 * contain it as a substring, then those that contain its characters in order. An empty query matches all. At most 500.
 * Incremental: a folder may have a quarter of a million headings.
 */
export function* matchingSymbols(symbols: Iterable<SymbolInformation>, query: string): Resumable<SymbolInformation[]> {
  const wanted = folded(query);
  const whole: SymbolInformation[] = [];
  const scattered: SymbolInformation[] = [];
  let looked = 0;
  for (const symbol of symbols) {
    if (++looked % PIECE === 0) yield;
    const score = match(folded(symbol.name), wanted);
    if (score === 0 && whole.push(symbol) === MAX_COUNT) break;
    if (score === 1 && scattered.length < MAX_COUNT) scattered.push(symbol);
  }
  return whole.concat(scattered).slice(0, MAX_COUNT);
}

function match(name: string, wanted: string): Score {
  if (name.includes(wanted)) return 0;
  let at = 0;
  for (const character of wanted) {
    const found = name.indexOf(character, at);
    if (found < 0) return undefined;
    at = found + character.length;
  }
  return 1;
}

/** NFKC converts ① to 1 and （ to (, which is what one types when searching for them. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}
