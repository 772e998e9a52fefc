/** State shared by the passes that classify the lines of a text; each pass adds to it. */
import type { Block, BlockKind } from '../analysis';
import type { LineRole } from '../lineRoles';
import type { LineRecord } from '../lineScan';
import type { Boundary } from '../reading';

/** A head without a number: a title, an attachment, a Markdown heading, a part of a report. */
export interface Head {
  readonly kind: 'title' | 'appendix' | 'unnumbered';
  readonly firstLine: number;
  readonly lastLine: number;
  /** Depth of a Markdown heading; 0 for others, including the parts of a report. */
  readonly hashes: number;
  /**
   * Set for a short line of its own that may head a part of the text. It does unless a numbered list continues across
   * it; `named` ones, whose words show it (2023年工作回顾), even then, and `bold` ones if there are several.
   */
  readonly part?: 'named' | 'bold' | 'likely';
  /** Whether the part belongs to the part before it, as the items of a series do: 我们致力…, 我们致力…, under 2023年工作回顾. */
  readonly isBelow?: boolean;
  /** Whether it precedes the first part of a text and contains none of them: 前言, 序言. */
  readonly isPreface?: boolean;
}

export interface Layout {
  readonly blocks: readonly Block[];
  readonly heads: readonly Head[];
  /** Lines whose markers head nothing: contents, front matter, attachment notes, furniture. */
  readonly excluded: Uint8Array;
  /** Lines before which a list may or must restart. */
  readonly boundaries: LineBoundaries;
  /** Lines at which the preceding section ends although no heading follows: sign-off, tail furniture. */
  readonly stops: ReadonlySet<number>;
}

/** The boundary before each line: bytes instead of a map, as every line of a text may have one. */
export class LineBoundaries {
  private readonly codes: Uint8Array;

  constructor(count: number) {
    this.codes = new Uint8Array(count);
  }

  get(line: number): Boundary {
    return BOUNDARIES[this.codes[line] as number] as Boundary;
  }

  /** Does nothing for a line after the last one. */
  set(line: number, boundary: Boundary): void {
    this.codes[line] = BOUNDARIES.indexOf(boundary);
  }
}

const BOUNDARIES: readonly Boundary[] = ['none', 'soft', 'hard'];

/** Returns the trimmed text of a line. */
export type LineText = (line: number) => string;

export class LayoutBuilder {
  readonly count: number;
  readonly excluded: Uint8Array;
  readonly boundaries: LineBoundaries;
  readonly stops = new Set<number>();
  readonly heads: Head[] = [];
  /** The first title among the heads. */
  title: Head | undefined;
  private readonly kinds = new Map<number, BlockKind>();

  constructor(
    readonly records: readonly LineRecord[],
    readonly textOf: LineText,
  ) {
    this.count = records.length;
    this.excluded = new Uint8Array(records.length);
    this.boundaries = new LineBoundaries(records.length);
  }

  record(line: number): LineRecord {
    return this.records[line] as LineRecord;
  }

  role(line: number): LineRole {
    return this.record(line).role;
  }

  /** Whether the line begins with a marker that is recognisable without its neighbours. */
  marked(line: number): boolean {
    const heading = this.record(line).headings[0];
    return heading !== undefined && heading.place === 'start' && heading.marker.strength === 'strong';
  }

  /** The part of the line, if assigned. */
  kindOf(line: number): BlockKind | undefined {
    return this.kinds.get(line);
  }

  /** Assigns a part to the line unless it has one; `exclude` if its markers head nothing. */
  mark(line: number, kind: BlockKind, exclude = false): void {
    if (!this.kinds.has(line)) this.kinds.set(line, kind);
    if (exclude) this.excluded[line] = 1;
  }

  /** The next non-blank line after `line`; the number of lines if there is none. */
  nextContent(line: number): number {
    let next = line + 1;
    while (next < this.count && this.role(next) === 'blank') next++;
    return next;
  }

  /** The last non-blank line before `line`, or 0. */
  previousContent(line: number): number {
    let previous = Math.max(0, line - 1);
    while (previous > 0 && this.role(previous) === 'blank') previous--;
    return previous;
  }

  build(): Layout {
    const { heads, excluded, boundaries, stops } = this;
    return { blocks: this.blocks(), heads, excluded, boundaries, stops };
  }

  private blocks(): Block[] {
    const blocks: Block[] = [];
    let current: { kind: BlockKind; firstLine: number; lastLine: number } | undefined;
    for (let line = 0; line < this.count; line++) {
      if (this.role(line) === 'blank') continue;
      const kind = this.kinds.get(line) ?? 'body';
      if (current && current.kind === kind) current.lastLine = line;
      else {
        current = { kind, firstLine: line, lastLine: line };
        blocks.push(current);
      }
    }
    return blocks;
  }
}
