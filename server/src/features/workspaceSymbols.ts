/** The search for headings across drafts. */
import type { SymbolInformation } from 'vscode-languageserver-types';
import type { Resumable } from '../text/resumable';

/** More matches than this help nobody choose. */
const MAX_COUNT = 500;

/** Names looked at in one piece. */
const PIECE = 500;

/** How well a name answers a query: 0 as a piece of it, 1 by its characters in order; undefined not at all. */
type Score = 0 | 1 | undefined;

/**
 * Those of `symbols` whose names hold `query`, without regard to case, width of Latin letters or blanks: first the
 * names that hold it in one piece, then those that hold its characters in order. An empty query takes all. At most 500. In
 * pieces: a folder may have a quarter of a million headings.
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

/** NFKC would turn ① into 1 and （ into (, which is what one types when looking for them. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}
