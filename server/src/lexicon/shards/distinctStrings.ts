/** Very many strings, each once and in order, in a few bytes each. */
import { MergeHeap, type SortedStream } from './mergeHeap';
import { NumberWriter, SectionReader } from './sectionFile.node';

/** Number of strings collected before they are sorted and packed. */
const PACKED_AT_ONCE = 500_000;

/**
 * A set of strings given in any order. They are sorted in groups, each string then being what it adds to the one before:
 * a set of all would take a hundred bytes for each, and can have no more than 16 million.
 */
export class DistinctStrings {
  private readonly fresh = new Set<string>();
  private readonly groups: Buffer[][] = [];

  constructor(private readonly packedAtOnce = PACKED_AT_ONCE) {}

  add(text: string): void {
    this.fresh.add(text);
    if (this.fresh.size >= this.packedAtOnce) this.pack();
  }

  /** The strings in the order of their units, each once. */
  *sorted(): Generator<string> {
    this.pack();
    const streams = this.groups.map((blocks) => new PackedStrings(new SectionReader(blocks.values())));
    const merging = new MergeHeap(
      streams.filter((stream) => stream.next()),
      (one, other) => one.text < other.text,
    );
    let last: string | undefined;
    for (let { first } = merging; first; { first } = merging) {
      if (first.text !== last) yield first.text;
      last = first.text;
      merging.next();
    }
  }

  private pack(): void {
    const blocks: Buffer[] = [];
    const to = new NumberWriter({ add: (_, bytes) => blocks.push(Buffer.from(bytes)) }, '');
    let last = '';
    for (const text of [...this.fresh].sort()) {
      let shared = 0;
      while (shared < last.length && last.charCodeAt(shared) === text.charCodeAt(shared)) shared++;
      to.number(shared);
      to.number(text.length - shared);
      for (let at = shared; at < text.length; at++) to.number(text.charCodeAt(at));
      last = text;
    }
    to.flush();
    this.groups.push(blocks);
    this.fresh.clear();
  }
}

/** One group of them, being read. */
class PackedStrings implements SortedStream {
  text = '';

  constructor(private readonly reader: SectionReader) {}

  next(): boolean {
    const shared = this.reader.number();
    if (shared < 0) return false;
    let text = this.text.slice(0, shared);
    for (let left = this.reader.number(); left > 0; left--) text += String.fromCharCode(this.reader.number());
    this.text = text;
    return true;
  }
}
