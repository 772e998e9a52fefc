/** Finds the slogans of a lexicon in a line. */
import type { Lexicon, Phrase } from './lexicon';

/** A slogan in a line, in its canonical form or another; UTF-16 offsets within the line. */
export interface SpottedSlogan {
  readonly phrase: Phrase;
  readonly start: number;
  readonly end: number;
}

/** A form of a phrase. */
interface Form {
  readonly text: string;
  readonly phrase: Phrase;
}

/** Anything shorter is a word. */
const MIN_LENGTH = 4;

/** Looks up forms by their first two units: most positions of a line begin no slogan, and one look-up shows it. */
export class SloganSpotter {
  private readonly byBeginning = new Map<number, Form[]>();

  /** Takes the phrases that `wanted` accepts, with their other forms. */
  constructor({ phrases }: Pick<Lexicon, 'phrases'>, wanted: (phrase: Phrase) => boolean = () => true) {
    for (const phrase of phrases) {
      if (!wanted(phrase)) continue;
      this.enter({ text: phrase.text, phrase });
      for (const [text] of phrase.variants) this.enter({ text, phrase });
    }
    for (const forms of this.byBeginning.values()) forms.sort((a, b) => b.text.length - a.text.length);
  }

  /**
   * The slogans in `line`, which is in the form of the lexicon (simplified script, “ ”): from left to right the longest
   * at each position, none inside another.
   */
  spot(line: string): SpottedSlogan[] {
    const found: SpottedSlogan[] = [];
    for (let at = 0; at + MIN_LENGTH <= line.length; at++) {
      const form = this.byBeginning.get(beginningOf(line, at))?.find(({ text }) => line.startsWith(text, at));
      if (!form) continue;
      const end = at + form.text.length;
      found.push({ phrase: form.phrase, start: at, end });
      at = end - 1;
    }
    return found;
  }

  private enter(form: Form): void {
    if (form.text.length < MIN_LENGTH) return;
    const beginning = beginningOf(form.text, 0);
    const others = this.byBeginning.get(beginning);
    if (others) others.push(form);
    else this.byBeginning.set(beginning, [form]);
  }
}

function beginningOf(text: string, at: number): number {
  return text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);
}
