/** Terms and titles in quotation marks in a compared text: “两个维护”, ‘枫桥经验’, 《预算法》. */
import { type ComparedText, GAP, textOf } from '../model/comparedText';

/** The text between two marks of one pair with no other paired mark inside. */
export interface QuotedTerm {
  /** The marks, as indices of units. */
  readonly open: number;
  readonly close: number;
  readonly isTitle: boolean;
  /** The words between them, in simplified script. */
  readonly text: string;
}

const OPENING = new Map([...'“‘《'].map((mark, at) => [mark.charCodeAt(0), '”’》'.charCodeAt(at)]));
const CLOSING = new Set(OPENING.values());
const TITLE = '《'.charCodeAt(0);
const MAX_LENGTH = 60;

/** The terms in `text`, in order. */
export function quotedTerms({ units, marks }: ComparedText): QuotedTerm[] {
  const terms: QuotedTerm[] = [];
  for (let index = 0; index + 1 < marks.length; index++) {
    const open = marks[index] as number;
    const unit = units[open] as number;
    const mark = OPENING.get(unit);
    if (mark === undefined) continue;
    // The next paired mark closes the term, or it is not one.
    let next = index + 1;
    while (next < marks.length && !isOfPair(units[marks[next] as number] as number)) next++;
    const close = marks[next] as number;
    if (next === marks.length || units[close] !== mark || close === open + 1 || close - open > MAX_LENGTH + 1) continue;
    if (holdsGap(units, open, close)) continue;
    terms.push({ open, close, isTitle: unit === TITLE, text: textOf(units, open + 1, close) });
  }
  return terms;
}

function holdsGap(units: Uint16Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (units[at] === GAP) return true;
  return false;
}

function isOfPair(unit: number): boolean {
  return OPENING.has(unit) || CLOSING.has(unit);
}
