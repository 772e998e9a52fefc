/** A lexicon handed over to another thread: its n-grams stay where they are, in shared memory; the rest is copied. */
import type { Resumable } from '../../text/resumable';
import { NgramTable, type SharedNgrams } from '../mining/ngrams';
import type { Lexicon, Phrase } from './lexicon';
import { LoadedLexicon } from './store';

/** Number of phrases copied at a time, in about two milliseconds. */
const PHRASES_AT_ONCE = 1_000;

/** One of the messages that a lexicon is handed over in: all of its phrases at once would be a long step. */
export type SharedLexiconPart =
  | {
      readonly kind: 'phrases';
      readonly phrases: readonly Phrase[];
      /** Which of them are in a series: their index, and that of the series. */
      readonly inSeries: readonly (readonly [phrase: number, series: number])[];
    }
  | ({ readonly kind: 'rest'; readonly ngrams: SharedNgrams } & Pick<
      Lexicon,
      'series' | 'source' | 'inputs' | 'nearForms' | 'minDocuments' | 'required'
    >);

/** Hands `lexicon` over: passes its parts to `post` in order, incrementally. {@link LexiconReceiver} makes a lexicon of them. */
export function* shareLexicon(lexicon: Lexicon, post: (part: SharedLexiconPart) => void): Resumable<void> {
  const { phrases, series, source, inputs, nearForms, minDocuments, required } = lexicon;
  const places = new Map(series.map((one, index) => [one, index]));
  for (let at = 0; at < phrases.length; at += PHRASES_AT_ONCE) {
    const some = phrases.slice(at, at + PHRASES_AT_ONCE);
    const inSeries = some.flatMap((phrase, index) => {
      const place = phrase.series && places.get(phrase.series);
      return place === undefined ? [] : [[index, place] as const];
    });
    post({ kind: 'phrases', phrases: some, inSeries });
    yield;
  }
  const ngrams = yield* lexicon.ngrams.shared();
  post({ kind: 'rest', series, source, inputs, nearForms, minDocuments, required, ngrams });
}

/** Receives the parts of a lexicon. */
export class LexiconReceiver {
  private readonly phrases: Phrase[] = [];
  private readonly inSeries: (readonly [phrase: number, series: number])[] = [];

  /** The lexicon, after its last part. */
  receive(part: SharedLexiconPart): Lexicon | undefined {
    if (part.kind === 'phrases') {
      const before = this.phrases.length;
      this.phrases.push(...part.phrases);
      for (const [phrase, series] of part.inSeries) this.inSeries.push([before + phrase, series]);
      return undefined;
    }
    const { kind, ngrams, ...rest } = part;
    // Which series a phrase is in is a matter of identity, which is lost between two messages.
    for (const [phrase, series] of this.inSeries) {
      const one = rest.series[series];
      if (one) this.phrases[phrase] = { ...this.phrases[phrase]!, series: one };
    }
    return new LoadedLexicon({ ...rest, phrases: this.phrases, ngrams: NgramTable.from(ngrams) });
  }
}
