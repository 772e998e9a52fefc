/** A damaged text as it stands: where annotations are, and how likely any stretch of it is as it is. */
import { partitionPoint } from '../../text/partitionPoint';
import { type Script, scriptOf, scriptShownBy } from '../../text/script';
import { FOLDED } from '../byteDamage';
import { BOUNDARY, type CharacterCounts, CharacterModel, characterClass } from '../characterModel';
import type { Gbk } from '../gbk';
import { type Annotation, annotationsIn, isReadingOf } from '../readings';
import type { Reading } from './frontier';
import type { ReadingTable } from './index';
import { QUESTION, REPLACEMENT } from './scale';

/** What a reading behind a character that is not read so costs, in nats. */
const MISPLACED_COST = 8;

/** A stretch of text as it stands, and how likely it is from any of its places on. */
export class Standing {
  /** The logarithm of the probability of all from the third on, by index. */
  private readonly rest: Float64Array;

  constructor(
    private readonly model: CharacterModel,
    private readonly places: readonly number[],
    private readonly classes: readonly number[],
    /** What stands misplaced before each character, and at the end. */
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

  /** How likely it is from `from` on after the characters of `reading`. */
  after(reading: Reading, from: number): number {
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

/** What all of the search looks at: the text, its annotations, what is known of the damage, and the model as it is now. */
export class Page {
  readonly annotations: readonly Annotation[];
  readonly annotationAt = new Map<number, Annotation>();
  readonly annotationTo = new Map<number, Annotation>();
  readonly script: Script | undefined;
  /** True where the decoder has kept what spells nothing, or left a sign for it. */
  readonly losesNothing: boolean;
  /** True where that is sure of pairs too; else a reading that looks whole may lack characters. */
  readonly keepsPairs: boolean;
  /** The marks that were folded: all, or all whose full-width form the text has no more. */
  readonly folds: readonly ReadonlySet<number>[];
  model: CharacterModel;
  /** True once something shows that the text is damaged: a place read beyond doubt, a reading out of place. */
  damaged: boolean;
  /** How many characters were weighed so far. */
  work = 0;

  constructor(
    readonly text: string,
    readonly gbk: Gbk,
    counts: CharacterCounts,
    readonly table: ReadingTable,
  ) {
    this.model = new CharacterModel(counts);
    this.script = scriptOf(text).script;
    this.losesNothing = /[\ue000-\uf8ff\ufffd]/.test(text);
    // A sign between two characters stands for a pair that slid and spelt nothing, or for more than one.
    this.keepsPairs = /[\ue000-\uf8ff]/.test(text) || (this.losesNothing && !/[^\0-\xff]\ufffd[^\0-\xff]/.test(text));
    const gone = new Set([...FOLDED].filter((mark) => !text.includes(String.fromCharCode(mark + 0xfee0))));
    this.folds = gone.size < FOLDED.size ? [FOLDED, gone] : [FOLDED];
    this.annotations = annotationsIn(text);
    for (const annotation of this.annotations) {
      this.annotationAt.set(annotation.start, annotation);
      if (annotation.opened) this.annotationTo.set(annotation.end, annotation);
    }
    // A reading behind a character that is not read so can only come of bytes out of step.
    this.damaged = this.annotations.some((annotation) => this.misplacedStart(annotation) >= 0);
  }

  /** What holds of the whole text and bears upon what is found at any place of it, before damage has shown. */
  conditions(): string {
    return [this.script, this.losesNothing, this.keepsPairs, ...this.folds.map((marks) => [...marks].join())].join(' ');
  }

  /** The reading of nothing yet, at `at`. */
  startAt(at: number): Reading {
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

  /** True for a character that shows the script that the text is not in. */
  isForeign(code: number): boolean {
    const shown = scriptShownBy(code);
    return shown !== undefined && this.script !== undefined && shown !== this.script;
  }

  /** How likely the text from `from` to `to` is as it stands, after the characters of `reading`. */
  asItStands(reading: Reading, from: number, to: number): number {
    return this.standing(from, to).after(reading, from);
  }

  /** The text from `from` to `to` as it stands, prepared to be weighed from any place within. */
  standing(from: number, to: number): Standing {
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

  /** The reading that was inserted into the character at `start` and the next. */
  insertionAfter(start: number): Annotation | undefined {
    for (const at of [start + 1, start + 2]) {
      const annotation = this.annotationAt.get(at);
      if (!annotation || this.misplacedStart(annotation) !== start) continue;
      return this.isWide(start) || !annotation.opened ? annotation : undefined;
    }
    return undefined;
  }

  /** True where two bytes follow, so that the next character is known. */
  isWide(at: number): boolean {
    return at < this.text.length && this.gbk.encode(this.text.charCodeAt(at)) > 0xff;
  }

  /** The annotation that `at` lies in. */
  annotationOver(at: number): Annotation | undefined {
    const { annotations } = this;
    const annotation = annotations[partitionPoint(annotations.length, (index) => annotations[index]!.end <= at)];
    return annotation && annotation.start <= at ? annotation : undefined;
  }

  /** The place of the character behind which a reading stands that is not its own; -1 where all is well. */
  misplacedStart({ start, opened, reading }: Annotation): number {
    if (this.table.size === 0 || start === 0) return -1;
    const before = this.text.charCodeAt(start - 1);
    if (!opened) return start - 1;
    if (isReadingOf(reading, before)) return -1;
    return before === REPLACEMENT || before === QUESTION ? start - 2 : start - 1;
  }

  /** False where the reading that stands at `at` is not one of `code`. */
  mayPrecede(code: number, at: number): boolean {
    const annotation = this.annotationAt.get(at);
    return !annotation?.opened || isReadingOf(annotation.reading, code);
  }

  /** The annotation of the character `code` that ends at `end`, if a decoder took its parenthesis for a second byte. */
  swallowedBefore(end: number, code: number): Annotation | undefined {
    const annotation = this.annotationOver(end - 1);
    const swallowed = annotation?.end === end && !annotation.opened && isReadingOf(annotation.reading, code);
    return swallowed ? annotation : undefined;
  }
}
