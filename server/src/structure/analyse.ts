import { splitLines } from '../text/lines';
import type { Analysis, DocumentKind } from './analysis';

/**
 * Reads the structure of `text`. Never throws, whatever the text.
 * `previous` is an earlier analysis of a similar text (the version before an edit): what did not change is taken from
 * it, and the result is the same as without it.
 */
export function analyse(text: string, kind: DocumentKind = 'policytext', _previous?: Analysis): Analysis {
  return {
    text, kind, lines: splitLines(text),
    blocks: [], sections: [], headings: [], lists: [], enumerations: [], placeholders: [],
  };
}
