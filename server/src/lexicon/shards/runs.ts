/** Runs of characters with their documents, written in order and merged from many parts. */
import { SEPARATOR } from '../mining/lcp';
import type { NgramCounter, RunSource } from '../mining/ngramCounts';
import { NGRAM_ORDER } from '../mining/ngrams';
import { MergeHeap, type SortedStream } from './mergeHeap';
import { NumberWriter, type SectionReader, type SectionWriter } from './sectionFile.node';

/** Writes the runs of `source` as the section `name`: the length shared with the previous one, and the added units. */
export function writeRuns(to: SectionWriter, name: string, source: RunSource): void {
  const numbers = new NumberWriter(to, name);
  const last = new Uint16Array(NGRAM_ORDER);
  let lastSize = 0;
  let lastDocument = -1;
  let times = 0;
  const end = (): void => {
    if (times > 0) {
      numbers.number(lastDocument);
      numbers.number(times);
    }
    times = 0;
  };
  source((text, start, _shared, document, count) => {
    let size = 0;
    while (size < NGRAM_ORDER && (text[start + size] ?? SEPARATOR) !== SEPARATOR) size++;
    if (size === 0) return;
    let shared = 0;
    while (shared < size && shared < lastSize && last[shared] === text[start + shared]) shared++;
    if (shared === size && size === lastSize && document === lastDocument) {
      times += count;
      return;
    }
    end();
    numbers.number(shared);
    numbers.number(size - shared);
    for (let at = shared; at < size; at++) {
      last[at] = text[start + at] as number;
      numbers.number(last[at] as number);
    }
    lastSize = size;
    lastDocument = document;
    times = count;
  });
  end();
  numbers.flush();
}

/** One stream of runs being read. */
class RunReader implements SortedStream {
  /** Ended by a {@link SEPARATOR}. */
  readonly units = new Uint16Array(NGRAM_ORDER + 1);
  document = 0;
  times = 0;

  constructor(private readonly reader: SectionReader) {}

  next(): boolean {
    const shared = this.reader.number();
    if (shared < 0) return false;
    const size = shared + this.reader.number();
    for (let at = shared; at < size; at++) this.units[at] = this.reader.number();
    this.units[size] = SEPARATOR;
    this.document = this.reader.number();
    this.times = this.reader.number();
    return true;
  }
}

/** Whether `one` comes before `other`; a run comes before its extensions. */
function isBefore({ units: one }: RunReader, { units: other }: RunReader): boolean {
  for (let at = 0; at < NGRAM_ORDER; at++) {
    if (one[at] !== other[at]) return (one[at] as number) < (other[at] as number);
    if (one[at] === SEPARATOR) return false;
  }
  return false;
}

/** The runs of all streams in order, equal ones in any order; `open` restarts the streams each time. */
export function mergedRuns(open: () => readonly SectionReader[]): RunSource {
  return (note: NgramCounter['add']) => {
    const merger = new MergeHeap(
      open()
        .map((reader) => new RunReader(reader))
        .filter((reader) => reader.next()),
      isBefore,
    );
    const last = new Uint16Array(NGRAM_ORDER + 1);
    for (let { first } = merger; first; { first } = merger) {
      let shared = 0;
      while (shared < NGRAM_ORDER && last[shared] === first.units[shared] && last[shared] !== SEPARATOR) shared++;
      note(first.units, 0, shared, first.document, first.times);
      last.set(first.units);
      merger.next();
    }
  };
}
