/** The odds of edits of a line: each is judged with all others applied. */
import { isIdeograph } from '../text/characters';
import type { CandidateTable } from './candidates';
import { SAME_SHAPE, SAME_SOUND, SAME_TONE, SEEN } from './confusions';
import { type LanguageModel, ROOT } from './languageModel';
import type { Edit, SlipKind } from './readings';

/** Maximum number of following characters that an n-gram of the model depends on. */
const WINDOW = 5;

/** Names of the features, in the order of the weights. */
export const FEATURES = [
  'gain',
  'left gain',
  'right gain',
  'surprise mended',
  'surprise after',
  'lead over rivals',
  'rarity written',
  'rarity meant',
  'same tone',
  'same sound',
  'sound and shape',
  'shape',
  'seen',
  'beside another',
  'character before',
  'character after',
  'pair before written',
  'pair after written',
  'pair before meant',
  'pair after meant',
  'many in the line',
];

/** The place of the first about sound. */
const LIKENESS = FEATURES.indexOf('same tone');

/** The assessment of an edit. */
export interface Worth {
  /** Gain in log probability of the line, in nats. */
  readonly gain: number;
  /** Log odds that the edit is right. */
  readonly odds: number;
  /** Values of {@link FEATURES}; only gains and sound are set unless the edit replaces a wrong character. */
  readonly features: readonly number[];
}

/** Log probabilities of the range that an edit affects: in all, and of its first two characters. */
interface Stretch {
  readonly sum: number;
  readonly first: number;
  readonly second: number;
}

/** A line with its edits. */
export interface EditedLine {
  readonly codes: Uint16Array;
  readonly written: Uint16Array;
  readonly edits: readonly Edit[];
}

/** An edit and what it affects: the characters within {@link WINDOW} of it, with the other edits there. */
interface EditedStretch {
  readonly written: Uint16Array;
  readonly near: readonly Edit[];
  readonly index: number;
  readonly length: number;
  /** The state of the model before the edited characters. */
  state: number;
}

export class Weigher {
  constructor(
    private readonly model: LanguageModel,
    private readonly candidates: CandidateTable,
    private readonly weights: readonly number[],
  ) {}

  /** Assesses the edit at index `place` of the line's edits with all others applied. */
  weigh(line: EditedLine, place: number): Worth {
    const edit = line.edits[place] as Edit;
    const { kind, index, length, numbers } = edit;
    const near = line.edits.filter(
      (other) =>
        other !== edit && other.index + other.length > index - WINDOW - 1 && other.index < index + length + WINDOW,
    );
    const stretch = { written: line.written, near, index, length, state: ROOT };
    stretch.state = this.stateBefore(stretch);
    const right = this.read(stretch, numbers);
    const wrong = this.read(stretch, line.written.subarray(index, index + length));
    const gain = right.sum - wrong.sum;
    if (kind !== 'wrong') {
      const features = FEATURES.map(() => 0);
      features.splice(0, 6, ...gains(right, wrong, 0));
      features.splice(LIKENESS, 2, ...soundOf(edit.ways));
      return { gain, odds: decideOther(kind, gain, -right.first, -right.second), features };
    }
    const lead = right.sum - this.rival(line, place, stretch, wrong.sum);
    const features = [...gains(right, wrong, lead), ...this.likeness(line, edit), ...this.neighbours(line, place)];
    return { gain, odds: decide(features, this.weights), features };
  }

  /** The state of the model before the edited characters of `stretch`, with the edits before them applied. */
  private stateBefore({ written, near, index }: EditedStretch): number {
    const { model } = this;
    let state = ROOT;
    for (let at = Math.max(0, index - WINDOW); at < index; at++) {
      const other = near.length > 0 ? near.find((edit) => edit.index === at) : undefined;
      if (other) {
        for (const number of other.numbers) state = model.step(state, number);
        at += other.length - 1;
        if (other.length > 0) continue;
        at++;
      }
      state = model.step(state, written[at]!);
    }
    return state;
  }

  /** Log probability of `stretch` with `numbers` in place of the edited characters. */
  private read({ written, near, index, length, state: before }: EditedStretch, numbers: ArrayLike<number>): Stretch {
    const { model } = this;
    let state = before;
    let sum = 0;
    let count = 0;
    let first = 0;
    let second = 0;
    const take = (number: number): void => {
      state = model.step(state, number);
      sum += model.last;
      if (count === 0) first = model.last;
      else if (count === 1) second = model.last;
      count++;
    };
    for (let one = 0; one < numbers.length; one++) take(numbers[one]!);
    const end = Math.min(written.length, index + length + WINDOW);
    for (let at = index + length; at < end; at++) {
      const other = near.length > 0 ? near.find((edit) => edit.index === at && at !== index) : undefined;
      if (other) {
        for (const number of other.numbers) take(number);
        at += other.length - 1;
        if (other.length > 0) continue;
        at++;
      }
      take(written[at]!);
    }
    return { sum, first, second };
  }

  /** Log probability of the range with the likeliest other candidate; at least `least`. */
  private rival(line: EditedLine, place: number, stretch: EditedStretch, least: number): number {
    const { model } = this;
    const { index, numbers } = line.edits[place] as Edit;
    const { before, after } = around(line, place);
    let rival = least;
    for (const other of this.candidates.of(line.codes[index]!).numbers) {
      if (other === numbers[0] || (!model.follows(before, other) && !model.follows(other, after))) continue;
      rival = Math.max(rival, this.read(stretch, [other]).sum);
    }
    return rival;
  }

  /** Features of the two characters: rarity and similarity. */
  private likeness({ written }: EditedLine, { index, numbers: [number = 0], ways }: Edit): number[] {
    const sound = (ways & SAME_SOUND) !== 0;
    const shape = (ways & SAME_SHAPE) !== 0;
    return [
      -this.model.frequency(written[index]!),
      -this.model.frequency(number),
      ...soundOf(ways),
      Number(shape && sound),
      Number(shape && !sound),
      Number((ways & SEEN) !== 0),
    ];
  }

  /** Features of the neighbours: what they are, and whether they were seen beside either character. */
  private neighbours(line: EditedLine, place: number): number[] {
    const { model } = this;
    const { codes, written, edits } = line;
    const {
      index,
      numbers: [number = 0],
    } = edits[place] as Edit;
    const { before, after } = around(line, place);
    return [
      Number(edits[place - 1]?.index === index - 1 || edits[place + 1]?.index === index + 1),
      Number(isIdeograph(codes[index - 1]!)),
      Number(isIdeograph(codes[index + 1] ?? 0)),
      Number(model.follows(before, written[index]!)),
      Number(model.follows(written[index]!, after)),
      Number(model.follows(before, number)),
      Number(model.follows(number, after)),
      Number(edits.length > 3),
    ];
  }
}

/** The characters before and after the edit at index `place`, with adjacent edits applied. */
function around({ written, edits }: EditedLine, place: number): { before: number; after: number } {
  const { index } = edits[place] as Edit;
  const [previous, next] = [edits[place - 1], edits[place + 1]];
  return {
    before: previous?.index === index - 1 ? (previous.numbers.at(-1) ?? 0) : written[index - 1]!,
    after: next?.index === index + 1 ? (next.numbers[0] ?? 0) : (written[index + 1] ?? 0),
  };
}

/** Values of “same tone” and “same sound”. */
function soundOf(ways: number): number[] {
  const tone = (ways & SAME_TONE) !== 0;
  return [Number(tone), Number((ways & SAME_SOUND) !== 0 && !tone)];
}

function gains(right: Stretch, wrong: Stretch, lead: number): number[] {
  const gain = right.sum - wrong.sum;
  const left = right.first - wrong.first;
  return [
    gain,
    Math.min(20, left),
    Math.min(20, gain - left),
    Math.min(12, -right.first),
    Math.min(12, -right.second),
    Math.min(10, lead),
  ];
}

/** The log-odds of a slip with these features: a logistic regression whose last weight is the constant. */
export function decide(features: readonly number[], weights: readonly number[]): number {
  if (weights.length === 0) return features[0]!;
  let sum = weights[features.length]!;
  for (let index = 0; index < features.length; index++) sum += features[index]! * weights[index]!;
  return sum;
}

/**
 * The log-odds of a slip of another kind, from how much more likely the line is without it and how surprising it then
 * still is, both in nats. Omitted and doubled characters are rarer than wrong ones.
 */
function decideOther(kind: SlipKind, gain: number, here: number, next: number): number {
  const { least, weight } = OTHER[kind] ?? { least: 20, weight: 0.5 };
  return (gain - least) * weight - Math.max(0, here + next - 6) * 0.3;
}

/** By kind: the gain at which both are equally likely, and the weight of each further nat. */
const OTHER: Readonly<Partial<Record<SlipKind, { readonly least: number; readonly weight: number }>>> = {
  word: { least: 9, weight: 0.5 },
  missing: { least: 17, weight: 0.5 },
  extra: { least: 13, weight: 0.5 },
  swapped: { least: 14, weight: 0.5 },
};
