/**
 * Verbs that a corpus never combines with a term that nearly always has one verb: 坚定“两个维护”, where everyone writes 做到.
 */
import { isHan } from '../../text/characters';
import { NGRAM_ORDER } from '../mining/ngrams';
import type { QuotedTerm } from '../mining/quotedTerms';
import { countOf } from '../model/attested';
import { type ComparedText, isQuotation, textOf } from '../model/comparedText';
import { BESIDE, type KnownTerm, type KnownTerms } from '../model/knownTerms';
import type { Lexicon } from '../model/lexicon';
import { type Confidence, MANY } from './slipEvidence';

export interface WrongVerb {
  readonly term: QuotedTerm;
  readonly known: KnownTerm;
  readonly confidence: Confidence;
  /** The verb in the text, as indices of units. */
  readonly from: number;
  readonly to: number;
  readonly right: string;
  /** Counts in the corpus. */
  readonly times: number;
}

/** Minimum share of one verb: among the occurrences after common words, and among all. */
const NEARLY_ALWAYS = 0.8;
const MOSTLY = 0.4;

interface Verb {
  readonly word: string;
  readonly times: number;
}

export class CollocationFinder {
  private readonly verbs = new Map<string, Verb>();
  /** Words that precede quoted terms, and are therefore known as verbs that take them. */
  private readonly inventory = new Set<string>();
  /** Words that another term nearly always has, with these terms. */
  private readonly usual = new Map<string, Set<string>>();
  /** The terms that occur in a series with a term. */
  private readonly siblings = new Map<string, Set<string>>();

  constructor(
    private readonly lexicon: Lexicon,
    private readonly known: KnownTerms,
  ) {
    for (const term of known) {
      for (const [word, times] of term.before) if (times > 0) this.inventory.add(word);
      if (term.isTitle || term.spread < MANY) continue;
      const [most] = [...term.before].sort((a, b) => b[1] - a[1]);
      const counted = [...term.before.values()].reduce((sum, times) => sum + times, 0);
      if (!most || most[1] < NEARLY_ALWAYS * counted || most[1] < MOSTLY * term.count) continue;
      this.verbs.set(term.text, { word: most[0], times: most[1] });
      const terms = this.usual.get(most[0]) ?? new Set();
      this.usual.set(most[0], terms.add(term.text));
    }
    for (const { members } of lexicon.series) {
      const bare = members.map((member) => member.replace(/[“”]/g, ''));
      for (const member of bare) {
        const others = this.siblings.get(member) ?? new Set();
        for (const other of bare) if (other !== member) others.add(other);
        this.siblings.set(member, others);
      }
    }
  }

  find(text: ComparedText, terms: readonly QuotedTerm[]): WrongVerb[] {
    const found: WrongVerb[] = [];
    if (this.verbs.size === 0) return found;
    const { units } = text;
    for (const term of terms) {
      const verb = term.isTitle ? undefined : this.verbs.get(term.text);
      const known = verb && this.known.get(term.text, false);
      if (!verb || !known || term.open < BESIDE) continue;
      const from = term.open - BESIDE;
      const word = textOf(units, from, term.open);
      if (known.before.has(word) || !this.inventory.has(word)) continue;
      // 坚定“两个维护”的信念 combines the verb with another word.
      if (isHan(units[term.close + 1] ?? 0)) continue;
      const seen = countOf(this.lexicon.ngrams, units, from, Math.min(from + NGRAM_ORDER, term.close + 1));
      if (seen > 0 || isQuotation(text, from)) continue;
      // The verb of another member of the series (坚定“四个意识”) is a slip; others (践行“四个意识”) may be meant.
      const siblings = this.siblings.get(term.text);
      const isOfSibling = [...(this.usual.get(word) ?? [])].some((other) => siblings?.has(other));
      const confidence = isOfSibling ? 'likely' : 'conceivable';
      found.push({ term, known, confidence, from, to: term.open, right: verb.word, times: verb.times });
    }
    return found;
  }
}
