/**
 * Scores readings of a damaged place by its surroundings, which say more than adjacent characters: words, and paired
 * marks.
 */
import { characterClass } from '../characterModel';
import { withoutAnnotations } from '../readings';
import { MarksAround } from './marksAround';
import type { Page } from './page';

/** Number of characters beside a place that may form words with it. */
const WORD = 3;
/** Cost in nats of a mark without its partner. */
const UNPAIRED_COST = 2;

export class Around {
  private readonly marks: MarksAround;
  private readonly before: readonly number[];
  private readonly after = new Map<number, readonly number[]>();

  /** For a place of `page` that begins at `start`; all its readings end by `until`. */
  constructor(
    private readonly page: Page,
    start: number,
    private readonly until: number,
  ) {
    this.marks = new MarksAround(page.text, start, until);
    this.before = classesOf(page.text.slice(Math.max(0, start - WORD), start));
  }

  /**
   * Score in nats, in addition to that of the characters, of the place read as `restored`, after which the text
   * continues at `end`.
   */
  score(restored: string, end: number): number {
    const classes = [...this.before, ...classesOf(restored), ...this.classesFrom(end)];
    this.page.work += classes.length;
    return this.page.model.ofWords(classes) - UNPAIRED_COST * this.marks.unpaired(restored, end);
  }

  private classesFrom(end: number): readonly number[] {
    let classes = this.after.get(end);
    if (!classes) {
      classes = classesOf(this.page.text.slice(end, this.until + WORD));
      this.after.set(end, classes);
    }
    return classes;
  }
}

/** The classes of `text` without annotations; -1 for a blank, which is not a word either. */
function classesOf(text: string): number[] {
  const sound = withoutAnnotations(text);
  const classes: number[] = [];
  for (let at = 0; at < sound.length; at++) classes.push(characterClass(sound.charCodeAt(at)));
  return classes;
}
