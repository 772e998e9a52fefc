/** What the repairs share: edits, and their composition into one list against the text as it came. */

/** A replacement in a text; edits of one list are in order and do not overlap. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Returns `text` with `edits` made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let done = 0;
  for (const edit of edits) {
    pieces.push(text.slice(done, edit.start), edit.newText);
    done = edit.end;
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

/**
 * One list that does what `first` and then `second` do. `middle` is the text after `first`, of which `second` speaks.
 * Edits that touch each other become one.
 */
export function compose(first: readonly Edit[], second: readonly Edit[], middle: string): Edit[] {
  if (second.length === 0) return [...first];
  const composed: Edit[] = [];
  let one = 0;
  let two = 0;
  /** Length of the middle text less that of the text before, up to the edits of `first` dealt with. */
  let shift = 0;
  while (one < first.length || two < second.length) {
    const oneStart = one < first.length ? first[one]!.start + shift : Number.POSITIVE_INFINITY;
    const twoStart = two < second.length ? second[two]!.start : Number.POSITIVE_INFINITY;
    const start = Math.min(oneStart, twoStart);
    const before = start - shift;
    let end = start;
    const within: Edit[] = [];
    for (;;) {
      const next = first[one];
      if (next && next.start + shift <= end) {
        end = Math.max(end, next.start + shift + next.newText.length);
        shift += next.newText.length - (next.end - next.start);
        one++;
        continue;
      }
      const other = second[two];
      if (other && other.start <= end) {
        end = Math.max(end, other.end);
        within.push({ start: other.start - start, end: other.end - start, newText: other.newText });
        two++;
        continue;
      }
      break;
    }
    composed.push({ start: before, end: end - shift, newText: applyEdits(middle.slice(start, end), within) });
  }
  return composed;
}

/** Where places of an edited text stood before its edits. */
export class Origins {
  private readonly starts: number[] = [];

  constructor(private readonly edits: readonly Edit[]) {
    let shift = 0;
    for (const edit of edits) {
      this.starts.push(edit.start + shift);
      shift += edit.newText.length - (edit.end - edit.start);
    }
  }

  /** The offset before the edits; for what an edit wrote, the start of what it replaced. */
  before(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    const edit = this.edits[low - 1];
    if (!edit) return offset;
    const into = offset - this.starts[low - 1]!;
    return into < edit.newText.length ? edit.start : edit.end + into - edit.newText.length;
  }
}
