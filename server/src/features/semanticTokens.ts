/** Slogans as semantic tokens, which highlight set expressions. */

import type { Range, SemanticTokens } from 'vscode-languageserver-types';
import { asLearned, type DraftScript, draftScript } from '../lexicon/model/draftScript';
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import { SloganSpotter } from '../lexicon/model/spotter';
import { hiddenLines } from '../rules/markup';
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import type { LineRecord } from '../structure/lineScan';
import { headingAt } from '../structure/sections';

/** Start and length of each slogan in a line, alternating. */
type LineTokens = readonly number[];

/** Anything shorter, except a term in quotation marks, is an everyday combination of words: 加快建设, 高质量发展. */
const MIN_LENGTH = 7;
const MIN_DOCUMENTS = 3;

/** The slogans of one lexicon by line; an unchanged line keeps its record, and with it its tokens. */
interface TokenSources {
  readonly spotter: SloganSpotter;
  readonly byLine: { readonly [Key in 'as learned' | 'converted']: WeakMap<LineRecord, LineTokens> };
}

const known = new AnalysisMemo(
  (lexicon: Lexicon): TokenSources => ({
    spotter: new SloganSpotter(lexicon, isSetExpression),
    byLine: { 'as learned': new WeakMap(), converted: new WeakMap() },
  }),
);

/**
 * The slogans of `analysis`, or those in the lines of `range`, in the protocol's form: for each one lines and
 * characters relative to the one before, length, type, modifiers. Those in headings are left out. Unchanged lines are
 * not searched again.
 */
export function semanticTokens(analysis: Analysis, lexicon: Lexicon, range?: Range): SemanticTokens {
  const { lines, text, records } = analysis;
  const { spotter, byLine } = known.of(lexicon);
  const script = draftScript(text, 0);
  const converted = script.script !== 'simplified' || script.cornerQuotes;
  const kept = byLine[converted ? 'converted' : 'as learned'];
  const hidden = hiddenLines(analysis);
  const data: number[] = [];
  const first = Math.max(0, range?.start.line ?? 0);
  const last = Math.min(lines.count - 1, range?.end.line ?? lines.count - 1);
  let previous = 0;
  for (let line = first; line <= last; line++) {
    if (hidden.has(line)) continue;
    const record = records[line] as LineRecord;
    let tokens = kept.get(record);
    if (!tokens) {
      tokens = tokensOf(text.slice(lines.start(line), lines.end(line)), spotter, script);
      kept.set(record, tokens);
    }
    let character = 0;
    for (let at = 0; at < tokens.length; at += 2) {
      const start = tokens[at] as number;
      // A heading has a colour of its own, and is read as a unit; a title has none.
      const heading = headingAt(analysis, lines.start(line) + start);
      if (heading && heading.kind !== 'title') continue;
      data.push(line - previous, start - character, tokens[at + 1] as number, 0, 0);
      previous = line;
      character = start;
    }
  }
  return { data };
}

function tokensOf(line: string, spotter: SloganSpotter, script: DraftScript): LineTokens {
  return spotter.spot(asLearned(line, script)).flatMap(({ start, end }) => [start, end - start]);
}

function isSetExpression({ text, documents, series }: Phrase): boolean {
  if (series !== undefined || (text.startsWith('“') && text.endsWith('”'))) return true;
  return text.length >= MIN_LENGTH && documents >= MIN_DOCUMENTS;
}
