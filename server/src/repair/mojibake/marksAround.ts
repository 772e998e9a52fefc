/** Checks whether quotation marks and title brackets are paired: how a reading affects those around it. */

/** Opening marks and their partners (GB/T 15834-2011, 4.8 and 4.15; corner brackets in traditional texts). */
const KINDS = ['“”', '‘’', '「」', '『』', '《》'] as const;
/** By mark: the 1-based index of its kind in {@link KINDS}, negative for a closing mark. */
const MARKS = new Map(
  KINDS.flatMap((kind, index) => [
    [kind.charCodeAt(0), index + 1],
    [kind.charCodeAt(1), -index - 1],
  ]),
);
const LINE_FEED = 0x0a;
/** Distance within which a partner is looked for on each side, within the line. */
export const REACH = 300;

/** The marks around a place that has several readings. */
export class MarksAround {
  /** By kind: whether a mark is open where the place begins. */
  private readonly isOpen: readonly boolean[];
  private readonly following: readonly { readonly at: number; readonly mark: number }[];

  /** For a place of `text` that begins at `start`; all its readings end by `until`. */
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

  /** Number of unpaired marks if the place is read as `restored` and the text continues at `end`. */
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
    // Only the next mark of a kind after the place is evidence.
    open.forEach((isOpen, kind) => {
      const next = this.following.find(({ at, mark }) => at >= end && Math.abs(mark) === kind + 1);
      if (isOpen !== (next !== undefined && next.mark < 0)) unpaired++;
    });
    return unpaired;
  }
}
