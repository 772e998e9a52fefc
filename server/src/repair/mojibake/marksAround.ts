/** Whether quotation marks and titles' brackets open and close in turn: what a reading makes of those around it. */

/** Opening marks and their partners (GB/T 15834-2011, 4.8 and 4.15; corner brackets in traditional texts). */
const KINDS = ['“”', '‘’', '「」', '『』', '《》'] as const;
/** By mark: its kind's place in {@link KINDS}, from 1 up, and negative for a closing one. */
const MARKS = new Map(
  KINDS.flatMap((kind, index) => [
    [kind.charCodeAt(0), index + 1],
    [kind.charCodeAt(1), -index - 1],
  ]),
);
const LINE_FEED = 0x0a;
/** So far on each side a partner is looked for, within the line. */
export const REACH = 300;

/** The marks around a place that is read in several ways. */
export class MarksAround {
  /** By kind: whether one is open where the place begins. */
  private readonly isOpen: readonly boolean[];
  private readonly following: readonly { readonly at: number; readonly mark: number }[];

  /** A place of `text` begins at `start`; all its readings end by `until`. */
  constructor(text: string, start: number, until: number) {
    const open = KINDS.map(() => false);
    for (let at = Math.max(0, start - REACH); at < start; at++) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) open.fill(false);
      const mark = MARKS.get(code);
      if (mark !== undefined) open[Math.abs(mark) - 1] = mark > 0;
    }
    this.isOpen = open;
    const following: { at: number; mark: number }[] = [];
    for (let at = start; at < text.length && at < until + REACH && text.charCodeAt(at) !== LINE_FEED; at++) {
      const mark = MARKS.get(text.charCodeAt(at));
      if (mark !== undefined) following.push({ at, mark });
    }
    this.following = following;
  }

  /** How many marks do not open and close in turn where the place is read as `restored` and the text goes on at `end`. */
  unpaired(restored: string, end: number): number {
    const open = [...this.isOpen];
    let unpaired = 0;
    for (let at = 0; at < restored.length; at++) {
      const mark = MARKS.get(restored.charCodeAt(at));
      if (mark === undefined) continue;
      const kind = Math.abs(mark) - 1;
      if (open[kind] === mark > 0) unpaired++;
      open[kind] = mark > 0;
    }
    // What follows tells only as far as the next mark of a kind.
    open.forEach((isOpen, kind) => {
      const next = this.following.find(({ at, mark }) => at >= end && Math.abs(mark) === kind + 1);
      if (isOpen !== (next !== undefined && next.mark < 0)) unpaired++;
    });
    return unpaired;
  }
}
