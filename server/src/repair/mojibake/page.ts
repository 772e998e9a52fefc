/** The original, damaged text: where its annotations are, and how likely any part of it is as it is. */
import { partitionPoint } from '../../text/partitionPoint';
import { type Script, scriptOf, scriptShownBy } from '../../text/script';
import { FOLDED } from '../byteDamage';
import { BOUNDARY, type CharacterCounts, CharacterModel, characterClass } from '../characterModel';
import type { Gbk } from '../gbk';
import { type Annotation, annotationsIn, isReadingOf } from '../readings';
import type { DecodedReading } from './frontier';
import type { ReadingTable } from './index';
import { QUESTION, REPLACEMENT } from './scale';

/** Cost in nats of a reading after a character that is not read so. */
const MISPLACED_COST = 8;

/** A range of the original text, with its probability from any of its offsets on. */
export class Standing {
  /** Log probability of everything from the third character on, by index. */
  private readonly rest: Float64Array;

  constructor(
    private readonly model: CharacterModel,
    private readonly places: readonly number[],
    private readonly classes: readonly number[],
    /** Cost of misplaced readings before each character, and at the end. */
    private readonly costs: readonly number[],
    private readonly lastCost: number,
  ) {
    const count = classes.length;
    this.rest = new Float64Array(count + 1);
    this.rest[count] = -lastCost;
    for (let index = count - 1; index >= 2; index--) {
      const probability = model.logProbability(classes[index - 2]!, classes[index - 1]!, classes[index]!);
      this.rest[index] = this.rest[index + 1]! + probability - costs[index]!;
    }
  }

  /** Its log probability from `from` on after the characters of `reading`. */
  after(reading: DecodedReading, from: number): number {
    const { places, classes, costs, model } = this;
    let index = 0;
    let high = places.length;
    while (index < high) {
      const middle = (index + high) >> 1;
      if (places[middle]! < from) index = middle + 1;
      else high = middle;
    }
    if (index === places.length) return -this.lastCost;
    const one = classes[index]!;
    let score = model.logProbability(reading.first, reading.second, one) - costs[index]!;
    if (index + 1 === places.length) return score - this.lastCost;
    score += model.logProbability(reading.second, one, classes[index + 1]!) - costs[index + 1]!;
    return index + 2 < places.length ? score + this.rest[index + 2]! : score - this.lastCost;
  }
}

/** Properties of a whole text that affect what is found at any place of it. */
export interface Traits {
  readonly script: Script | undefined;
  /** Whether the decoder has kept invalid bytes, or left a sign for them. */
  readonly losesNothing: boolean;
  /** Whether that is certain for pairs too; otherwise a reading that looks complete may lack characters. */
  readonly keepsPairs: boolean;
  /** The marks that were folded: all, or all whose full-width form no longer occurs in the text. */
  readonly folds: readonly ReadonlySet<number>[];
}

function traitsOf(text: string): Traits {
  const losesNothing = /[\ue000-\uf8ff\ufffd]/.test(text);
  const gone = new Set([...FOLDED].filter((mark) => !text.includes(String.fromCharCode(mark + 0xfee0))));
  return {
    script: scriptOf(text).script,
    losesNothing,
    // A sign between two characters stands for one shifted pair that encoded nothing, or for more than one.
    keepsPairs: /[\ue000-\uf8ff]/.test(text) || (losesNothing && !/[^\0-\xff]\ufffd[^\0-\xff]/.test(text)),
    folds: gone.size < FOLDED.size ? [FOLDED, gone] : [FOLDED],
  };
}

/** The shared state of the search: the text, its annotations, information about the damage, and the current model. */
export class Page {
  readonly annotations: readonly Annotation[];
  readonly annotationAt = new Map<number, Annotation>();
  readonly annotationTo = new Map<number, Annotation>();
  model: CharacterModel;
  /** Set once there is evidence that the text is damaged: a place read beyond doubt, a misplaced reading. */
  damaged: boolean;
  /** Number of characters scored so far. */
  work = 0;

  constructor(
    readonly text: string,
    readonly gbk: Gbk,
    counts: CharacterCounts,
    readonly table: ReadingTable,
    readonly traits = traitsOf(text),
  ) {
    this.model = new CharacterModel(counts);
    this.annotations = annotationsIn(text);
    for (const annotation of this.annotations) {
      this.annotationAt.set(annotation.start, annotation);
      if (annotation.opened) this.annotationTo.set(annotation.end, annotation);
    }
    // A reading after a character that is not read so can only result from shifted bytes.
    this.damaged = this.annotations.some((annotation) => this.misplacedStart(annotation) >= 0);
  }

  /** Properties of the whole text that affect what is found at any place of it, before damage has shown. */
  conditions(): string {
    const { script, losesNothing, keepsPairs, folds } = this.traits;
    return [script, losesNothing, keepsPairs, ...folds.map((marks) => [...marks].join())].join(' ');
  }

  /** The empty reading at `at`. */
  startAt(at: number): DecodedReading {
    const classes: number[] = [];
    for (let place = at; classes.length < 2 && place > 0; ) {
      const annotation = this.annotationTo.get(place);
      place = annotation ? annotation.start : place - 1;
      if (annotation) continue;
      const kind = characterClass(this.text.charCodeAt(place));
      if (kind >= 0) classes.push(kind);
    }
    const [second = BOUNDARY, first = BOUNDARY] = classes;
    return { before: undefined, code: 0, first, second, score: 0, carry: 0, lost: 0, losses: 0 };
  }

  /** Whether the character belongs to the script that the text is not in. */
  isForeign(code: number): boolean {
    const shown = scriptShownBy(code);
    const { script } = this.traits;
    return shown !== undefined && script !== undefined && shown !== script;
  }

  /** Log probability of the original text from `from` to `to`, after the characters of `reading`. */
  asItStands(reading: DecodedReading, from: number, to: number): number {
    return this.originalBetween(from, to).after(reading, from);
  }

  /** The original text from `from` to `to`, prepared to be scored from any offset within. */
  originalBetween(from: number, to: number): Standing {
    const places: number[] = [];
    const classes: number[] = [];
    const costs: number[] = [];
    let cost = 0;
    for (let at = from; at < to; at++) {
      const annotation = this.annotationAt.get(at);
      if (annotation?.opened) {
        if (at > 0 && !isReadingOf(annotation.reading, this.text.charCodeAt(at - 1))) cost += MISPLACED_COST;
        at = annotation.end - 1;
        continue;
      }
      const next = at < this.text.length ? characterClass(this.text.charCodeAt(at)) : BOUNDARY;
      if (next < 0) continue;
      places.push(at);
      classes.push(next);
      costs.push(cost);
      cost = 0;
    }
    return new Standing(this.model, places, classes, costs, cost);
  }

  /** The reading that was inserted between the bytes of the character at `start` and the next. */
  insertionAfter(start: number): Annotation | undefined {
    for (const at of [start + 1, start + 2]) {
      const annotation = this.annotationAt.get(at);
      if (!annotation || this.misplacedStart(annotation) !== start) continue;
      return this.isWide(start) || !annotation.opened ? annotation : undefined;
    }
    return undefined;
  }

  /** Whether the next character has two bytes, so that it is known. */
  isWide(at: number): boolean {
    return at < this.text.length && this.gbk.encode(this.text.charCodeAt(at)) > 0xff;
  }

  /** The annotation that contains `at`. */
  annotationOver(at: number): Annotation | undefined {
    const { annotations } = this;
    const annotation = annotations[partitionPoint(annotations.length, (index) => annotations[index]!.end <= at)];
    return annotation && annotation.start <= at ? annotation : undefined;
  }

  /**
   * The offset of the character before an annotation that is not one of its readings; -1 if there is no such mismatch.
   */
  misplacedStart({ start, opened, reading }: Annotation): number {
    if (this.table.size === 0 || start === 0) return -1;
    const before = this.text.charCodeAt(start - 1);
    if (!opened) return start - 1;
    if (isReadingOf(reading, before)) return -1;
    return before === REPLACEMENT || before === QUESTION ? start - 2 : start - 1;
  }

  /** False if the annotation at `at` is not a reading of `code`. */
  mayPrecede(code: number, at: number): boolean {
    const annotation = this.annotationAt.get(at);
    return !annotation?.opened || isReadingOf(annotation.reading, code);
  }

  /**
   * The annotation of the character `code` that ends at `end`, if a decoder consumed its parenthesis as a second byte.
   */
  swallowedBefore(end: number, code: number): Annotation | undefined {
    const annotation = this.annotationOver(end - 1);
    const swallowed = annotation?.end === end && !annotation.opened && isReadingOf(annotation.reading, code);
    return swallowed ? annotation : undefined;
  }
}
