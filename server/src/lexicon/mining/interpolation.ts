/**
 * Interpolation weights: how far the n-grams of each context are trusted compared with shorter contexts (Jelinek and
 * Mercer 1980), learned by expectation maximisation on text that is not counted. Contexts are classified by length,
 * count, share of their continuations that the table contains, and share of the likeliest continuation.
 */
import { NGRAM_ORDER, type NgramTable } from './ngrams';

const COUNT_CLASSES = 10;
/**
 * Upper bounds of the share of a context's continuations that the table contains, and of the share of its likeliest
 * one.
 */
const HELD_BOUNDS = [0.25, 0.5, 0.8];
const TOP_BOUNDS = [0.3, 0.7];
const SHAPES = (HELD_BOUNDS.length + 1) * (TOP_BOUNDS.length + 1);
/** Weights are stored in hundredths; number of weights of all orders. */
const SCALE = 100;
export const WEIGHTS = NGRAM_ORDER * COUNT_CLASSES * SHAPES;
const START = 0.6;
/** Fewer places than this are weak evidence: the weight stays near its previous value. */
const PRIOR = 20;

/** Default weights: longer contexts and more frequent ones are trusted more. */
function usualWeight(order: number, countClass: number): number {
  return Math.min(0.95, 0.35 + 0.03 * order + 0.06 * countClass);
}

/**
 * The shape class of a context, by the share of continuations that the table contains and that of the likeliest one.
 */
function shapeOf(held: number, top: number): number {
  let shape = 0;
  for (const bound of HELD_BOUNDS) if (held >= bound) shape += TOP_BOUNDS.length + 1;
  for (const bound of TOP_BOUNDS) if (top >= bound) shape++;
  return shape;
}

/** The shape of a context all of whose continuations are known. */
export const FULL_SHAPE = SHAPES - 1;

/** Placeholder for a shape that has not been computed. */
const UNKNOWN = 0xff;

function countClassOf(count: number): number {
  return count <= 1 ? 0 : Math.min(COUNT_CLASSES - 1, 31 - Math.clz32(count));
}

/** The interpolation weights for the contexts of a table; built once for a table. */
export class Interpolation {
  /** Sums of the counts of the children of each node examined, and the shapes of these nodes. */
  private readonly held: Float32Array;
  private readonly shapes: Uint8Array;
  private readonly weights: Float32Array;

  constructor(
    private readonly ngrams: NgramTable,
    weights: readonly number[] = ngrams.weights,
  ) {
    const size = ngrams.size + 1;
    this.held = new Float32Array(size);
    this.shapes = new Uint8Array(size).fill(UNKNOWN);
    this.weights = Float32Array.from({ length: WEIGHTS }, (_, index) => {
      const given = weights[index];
      if (given !== undefined) return given / SCALE;
      return usualWeight(Math.floor(index / (COUNT_CLASSES * SHAPES)), Math.floor(index / SHAPES) % COUNT_CLASSES);
    });
  }

  /** The sum of the counts of the children of `node`. */
  heldBy(node: number): number {
    if (this.shapes[node] === UNKNOWN) this.look(node);
    return this.held[node] as number;
  }

  /** Of two million contexts a text uses few: each is computed on first use. */
  private look(node: number): void {
    const { ngrams } = this;
    const end = ngrams.childrenEnd(node);
    let sum = 0;
    let top = 0;
    for (let child = ngrams.childrenStart(node); child < end; child++) {
      const count = ngrams.count(child);
      sum += count;
      if (count > top) top = count;
    }
    const all = node === 0 ? sum : Math.max(sum, ngrams.count(node));
    this.held[node] = sum;
    this.shapes[node] = sum === 0 ? 0 : shapeOf(sum / all, top / all);
  }

  /** The weight, 0 to 1, of a context of `order` units with the shape of `node` that was seen `count` times. */
  weight(order: number, node: number, count: number): number {
    return this.weights[this.index(order, node, count)] as number;
  }

  private index(order: number, node: number, count: number): number {
    if (node >= 0 && this.shapes[node] === UNKNOWN) this.look(node);
    const shape = node < 0 ? FULL_SHAPE : (this.shapes[node] as number);
    return (order * COUNT_CLASSES + countClassOf(count)) * SHAPES + shape;
  }

  /** Learns the weights on `texts`, which `ngrams` has not counted, in several rounds; returns them in hundredths. */
  static learn(ngrams: NgramTable, texts: readonly string[], rounds = 8): number[] {
    let weights = new Array<number>(WEIGHTS).fill(START * SCALE);
    for (let round = 0; round < rounds; round++) {
      const model = new Interpolation(ngrams, weights);
      const sums = new Float64Array(WEIGHTS);
      const places = new Float64Array(WEIGHTS);
      for (const text of texts) model.expect(text, sums, places);
      weights = weights.map((old, index) =>
        Math.round((SCALE * ((sums[index] as number) + (PRIOR * old) / SCALE)) / ((places[index] as number) + PRIOR)),
      );
    }
    return weights;
  }

  /** Accumulates for each weight how much of the text its contexts explain, and in how many places. */
  private expect(text: string, sums: Float64Array, places: Float64Array): void {
    const { ngrams } = this;
    let nodes = new Int32Array(NGRAM_ORDER).fill(-1);
    let next = new Int32Array(NGRAM_ORDER).fill(-1);
    nodes[0] = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let likely = 1 / 4000;
      const explained = new Float64Array(NGRAM_ORDER);
      const indices = new Int32Array(NGRAM_ORDER).fill(-1);
      for (let order = 0; order < NGRAM_ORDER; order++) {
        const node = nodes[order] as number;
        if (node < 0) continue;
        const held = this.heldBy(node);
        if (held === 0) continue;
        const child = ngrams.child(node, unit);
        const index = this.index(order, node, ngrams.count(node));
        const weight = this.weights[index] as number;
        const own = child < 0 ? 0 : (weight * ngrams.count(child)) / held;
        likely = own + (1 - weight) * likely;
        indices[order] = index;
        explained[order] = own / likely;
      }
      // The longest context explains its share; the rest goes to the next one.
      let left = 1;
      for (let order = NGRAM_ORDER - 1; order >= 0; order--) {
        const index = indices[order] as number;
        if (index < 0) continue;
        sums[index]! += left * (explained[order] as number);
        places[index]! += left;
        left *= 1 - (explained[order] as number);
      }
      next[0] = 0;
      for (let order = 1; order < NGRAM_ORDER; order++) {
        const node = nodes[order - 1] as number;
        next[order] = node < 0 ? -1 : ngrams.child(node, unit);
      }
      [nodes, next] = [next, nodes];
      if (unit === 0) nodes.fill(-1, 1);
    }
  }
}
