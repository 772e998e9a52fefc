/** Terms and titles in quotation marks, as a compared text has them: “两个维护”, ‘枫桥经验’, 《预算法》. */
import { type ComparedText, GAP, textOf } from './comparedText';

/** What stands between two marks of one pair with no other mark of a pair inside. */
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
const LONGEST = 60;

/** The terms in `text`, in order. */
export function quotedTerms({ units }: ComparedText): QuotedTerm[] {
  const terms: QuotedTerm[] = [];
  for (let open = 0; open < units.length; open++) {
    const unit = units[open] as number;
    // Nearly all characters lie above the quotation marks, and 《 alone among the others.
    if (unit > 0x201c && unit !== TITLE) continue;
    const mark = OPENING.get(unit);
    if (mark === undefined) continue;
    let close = open + 1;
    while (close < units.length && close - open <= LONGEST) {
      const inside = units[close] as number;
      if (inside === GAP || OPENING.has(inside) || CLOSING.has(inside)) break;
      close++;
    }
    if (units[close] !== mark || close === open + 1) continue;
    terms.push({ open, close, isTitle: unit === TITLE, text: textOf(units, open + 1, close) });
  }
  return terms;
}
