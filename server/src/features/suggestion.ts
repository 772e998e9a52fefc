/** Text that may be suggested at a caret. */
import type { Phrase } from '../lexicon/model/lexicon';

/** The text around the caret. */
export interface SuggestionPlace {
  /** The text before the caret; as much as there is, lines above included. */
  readonly left: string;
  /** The rest of its line. */
  readonly right: string;
}

/** A text to replace the `replace` units before and the `over` units after the caret. */
export interface Suggestion {
  readonly text: string;
  readonly replace: number;
  readonly over: 0 | 1;
  /** Begins with the text replaced before the caret. */
  readonly filter: string;
  /** The phrase it is or leads to, if there is one. */
  readonly phrase?: Phrase;
  /**
   * Set for words inside a phrase, or a word by itself, found by pinyin: the phrase, and whether they were typed
   * completely.
   */
  readonly part?: { readonly of?: Phrase; readonly complete: boolean };
  /** How likely it is to come next, 0 to 1; known for continuations. */
  readonly likelihood?: number;
}
