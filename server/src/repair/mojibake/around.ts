/** What stands around a damaged place says more of its readings than the characters beside them: words, and marks. */
import { characterClass } from '../characterModel';
import { withoutAnnotations } from '../readings';
import { MarksAround } from './marksAround';
import type { Page } from './page';

/** So many characters beside a place may make words with it. */
const WORD = 3;
/** What a mark that closes nothing, or is not closed, costs in nats. */
const UNPAIRED_COST = 2;

export class Around {
  private readonly marks: MarksAround;
  private readonly before: readonly number[];
  private readonly after = new Map<number, readonly number[]>();

  /** A place of `page` begins at `start`; all its readings end by `until`. */
  constructor(
    private readonly page: Page,
    start: number,
    private readonly until: number,
  ) {
    this.marks = new MarksAround(page.text, start, until);
    this.before = classesOf(page.text.slice(Math.max(0, start - WORD), start));
  }

  /** How likely the place is, in nats beside what characters say, read as `restored`, where the text goes on at `end`. */
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

/** The classes of what `text` has beside annotations; -1 for a blank, which is no word either. */
function classesOf(text: string): number[] {
  const sound = withoutAnnotations(text);
  const classes: number[] = [];
  for (let at = 0; at < sound.length; at++) classes.push(characterClass(sound.charCodeAt(at)));
  return classes;
}
