/**
 * Chooses the least surprising reading of a text's marker candidates: which begin sections, which are prose, which list
 * each belongs to and which numbers are wrong. A beam search from left to right: continuing a list costs nothing,
 * opening one at 1 little, a break more, and reading a marker as prose costs as much as it looks like a heading. The
 * costs that remain in the cheapest reading are the numbering defects of the text.
 */
import { type Resumable, runToCompletion } from '../text/resumable';
import type { MarkerFamily } from './kinds';
import type { ParsedMarker } from './markers';

/** What is between a candidate and the one before it. */
export type Boundary = 'none' | 'soft' | 'hard';

export interface MarkerCandidate {
  readonly marker: ParsedMarker;
  /** Cost of reading this marker as prose. */
  readonly prose: number;
  /** Cost of opening a list with it, in addition to the list's own cost. */
  readonly opening: number;
  /** Cost of continuing a list with it. */
  readonly continuing: number;
}

/** One place in the text with its possible readings. */
export interface Slot {
  readonly candidates: readonly MarkerCandidate[];
  readonly boundary: Boundary;
}

/** What is wrong with a marker, according to the reading. */
export interface ReadingBreak {
  readonly kind: 'gap' | 'duplicate' | 'order' | 'first';
  readonly expected: readonly number[];
  /** Whether the following numbers continue as if this number were right; false if they count on from the wrong one. */
  readonly slip: boolean;
}

/** One list of siblings in the chosen reading. */
export interface ReadList {
  readonly family: MarkerFamily;
  readonly running: boolean;
  /** Whether a higher marker is nested under a lower one (GB/T 15834 B.3.8). */
  readonly inverted: boolean;
}

/** A marker that begins a section. */
export interface Accepted {
  readonly slot: number;
  /** Index of the chosen candidate of the slot. */
  readonly choice: number;
  readonly list: ReadList;
  /** 1 is outermost. */
  readonly level: number;
  readonly broken: ReadingBreak | undefined;
  /** The one before it in the same reading. */
  readonly before: Accepted | undefined;
}

const COST = {
  open: 0.6,
  /** One wrong number. */
  broken: 2,
  twice: 0.1,
  /** The same kind of list restarts under the same heading. */
  restart: 1.2,
  softRestart: 1.05,
  /** Numbers continue those of the list before: unknown habit, known habit, against habit. */
  running: 0.8,
  runningKnown: 0.1,
  runningAgainst: 1.8,
  restartAgainst: 1.2,
  /** A list begins one number too far after the list before. */
  skipping: 0.4,
  /** A list restarts inside an item of a list with the same markers, which continues after it. */
  sameInside: 1.3,
  /** Leaving such an inner list for the outer one, if the number would fit into either. */
  leavingInner: 0.3,
  /** An inner list of one item is hardly a list. */
  leavingSingle: 1.5,
  /** The first articles of a text are not the first of their law: a part of a code, an amendment. */
  excerpt: 1.4,
  /** A higher marker under a lower one. */
  inversion: 1.5,
  /** A list ends although the new one could be nested under it. */
  earlyClose: 1.2,
  /** A sibling in another family: （3） among （一）（二）（四）. */
  otherFamily: 1.4,
  ownOpen: 1,
  otherShape: 0.1,
  single: 0.4,
  /** 首先 or 一方面 without a following sibling is the beginning of a sentence. */
  singleWord: 2.4,
  /** A decimal marker whose first figures name another parent. */
  otherPrefix: 2.5,
} as const;

/** Beam width, and the maximum cost above the cheapest reading. */
const BEAM = 8;
const WINDOW = 4.5;
/** No real document has this many candidates; others are not worth more than one reading besides the best. */
const CROWD = 30_000;
const CROWD_BEAM = 2;
/** Markers after so many are not read: no outline can show them, and a million sections take gigabytes. */
export const MOST_SLOTS = 100_000;

const RANKS: Record<MarkerFamily, number> = {
  volume: 10,
  part: 15,
  chapter: 20,
  division: 30,
  article: 40,
  formal: 48,
  chinese: 50,
  roman: 52,
  stem: 54,
  decimal: 55,
  ordinal: 58,
  sequence: 59,
  chineseBracket: 60,
  arabic: 70,
  arabicBracket: 80,
  arabicParenthesis: 82,
  circled: 90,
  latin: 95,
  itemised: 100,
  yifang: 105,
  yishi: 110,
  yiyao: 110,
};
const FAMILIES = Object.keys(RANKS) as MarkerFamily[];
const DECIMAL_KEYS = FAMILIES.length;
/**
 * 第一个问题， enumerates problems and 第一， what is said of one of them: two lists, one of which may be nested in the other.
 */
const COUNTED_ORDINAL = DECIMAL_KEYS + 6;
/** i. ii. iii. under a. b. c. or the other way round. */
const LOWER_ROMAN = COUNTED_ORDINAL + 1;
/** A. B. C., whose items are a. b. c. */
const UPPER_LATIN = LOWER_ROMAN + 1;
const KEY_COUNT = UPPER_LATIN + 1;
const FAMILY_INDEX = new Map(FAMILIES.map((family, index) => [family, index]));

const PLAIN_ORDINAL = '第#，';

/**
 * Markers with equal keys can be siblings; each depth of decimal numbering is a key of its own, and so are ordinals
 * with the thing they count.
 */
function keyOf(marker: ParsedMarker): number {
  if (marker.family === 'decimal') return DECIMAL_KEYS + marker.path.length;
  if (marker.family === 'ordinal' && marker.shape.length > PLAIN_ORDINAL.length) return COUNTED_ORDINAL;
  if (marker.family === 'latin' && marker.numeral === 'roman') return LOWER_ROMAN;
  if (marker.numeral === 'upperLatin') return UPPER_LATIN;
  return FAMILY_INDEX.get(marker.family) as number;
}

/**
 * Ranks by key: first the families, then decimals of no, one, two … figures, counting ordinals and small Roman
 * numerals.
 */
const RANK_OF_KEY: readonly number[] = [...FAMILIES.map((family) => RANKS[family]), 0, 55, 65, 75, 84, 85, 57, 97, 94];

function rankOf(key: number): number {
  return RANK_OF_KEY[key] as number;
}

const keyFor = (family: MarkerFamily) =>
  family === 'decimal' ? DECIMAL_KEYS + 1 : (FAMILY_INDEX.get(family) as number);
const ARTICLE = keyFor('article');
const CHINESE = keyFor('chinese');
const CHINESE_BRACKET = keyFor('chineseBracket');
/** 第一， and 首先， enumerate what is said of any item, whatever its marker. */
const COUNTING_WORDS: ReadonlySet<number> = new Set([keyFor('ordinal'), keyFor('sequence'), keyFor('itemised')]);
const LOWEST_HOLDER = RANKS.circled;
const SEQUENCE = keyFor('sequence');
const YIFANG = keyFor('yifang');

/** Families that are confused within one list in hurried writing. */
const CONFUSABLE: readonly (readonly MarkerFamily[])[] = [
  ['chineseBracket', 'arabicBracket', 'arabicParenthesis', 'circled', 'stem'],
  ['chinese', 'formal', 'arabic', 'roman', 'ordinal', 'stem'],
  ['arabic', 'arabicParenthesis', 'arabicBracket', 'circled', 'decimal'],
  ['yishi', 'yiyao'],
  ['ordinal', 'sequence'],
  ['chinese', 'chineseBracket'],
  ['chinese', 'yishi'],
  ['chineseBracket', 'arabic'],
];
const CONFUSED: readonly number[][] = Array.from({ length: KEY_COUNT }, () => []);
for (const group of CONFUSABLE) {
  for (const a of group) for (const b of group) if (a !== b) CONFUSED[keyFor(a)]?.push(keyFor(b));
}
CONFUSED[COUNTED_ORDINAL]?.push(keyFor('ordinal'));
CONFUSED[keyFor('ordinal')]?.push(COUNTED_ORDINAL);

/** An open list; the frames of a state form a stack, the innermost on top. Immutable and shared between states. */
interface Frame {
  readonly below: Frame | undefined;
  readonly depth: number;
  readonly key: number;
  readonly list: ReadList;
  readonly shape: string;
  readonly count: number;
  /** The figures its last marker should have shown; what follows is compared with them. */
  readonly path: readonly number[];
  readonly shown: number;
  readonly hash: number;
}

/** What a state remembers of one key: the last number, the habit, and under which key its lists open. */
interface Habit {
  readonly last: number;
  readonly ran: boolean;
  readonly restarted: boolean;
  readonly parent: number;
  /** Whether the last number was wrong, so that another reading has another `last`. */
  readonly doubtful: boolean;
}

interface State {
  readonly top: Frame | undefined;
  readonly habits: readonly (Habit | undefined)[];
  /** Hash of the doubtful numbers in `habits`: distinguishes two readings with the same open lists. */
  readonly doubt: number;
  readonly cost: number;
  /** The last marker read as a heading. States themselves are not chained: most are useless two slots later. */
  readonly last: Accepted | undefined;
}

const NO_HABITS: readonly (Habit | undefined)[] = new Array<Habit | undefined>(KEY_COUNT).fill(undefined);
const ROOT_PARENT = -1;
/** Articles that begin with a lower number have lost those before them. */
const MIN_EXCERPT = 6;

/** A potential state: states are only built for the proposals that survive. */
interface Proposal {
  readonly from: State;
  readonly cost: number;
  /** Hash of the stack of open lists. */
  readonly stack: number;
  readonly doubt: number;
  readonly candidate: MarkerCandidate | undefined;
  /** The key of the list the marker joins or opens; that of its siblings if its own family differs. */
  readonly key: number;
  readonly under: Frame | undefined;
  readonly replaced: Frame | undefined;
  readonly path: readonly number[];
  readonly broken: ReadingBreak | undefined;
  readonly running: boolean;
  readonly inverted: boolean;
}

const EMPTY_HASH = 17;

function frameHash(below: Frame | undefined, key: number, path: readonly number[]): number {
  let hash = below ? below.hash : EMPTY_HASH;
  hash = (Math.imul(hash, 31) + key) | 0;
  for (let index = 0; index < path.length; index++) {
    hash = (Math.imul(hash, 131) + ((path[index] as number) | 0)) | 0;
  }
  return hash;
}

/** The hash of the doubtful numbers after a marker of `key` was taken for the number `path`. */
function doubtAfter({ habits, doubt }: State, key: number, path: readonly number[], broken: boolean): number {
  const before = habits[key];
  const left = before?.doubtful ? doubt ^ doubtHash(key, before.last) : doubt;
  return broken ? left ^ doubtHash(key, path[0] as number) : left;
}

function doubtHash(key: number, last: number): number {
  return Math.imul(Math.imul(key + 1, 0x9e3779b1) ^ (last | 0), 0x85ebca6b);
}

/** The cost of closing the lists above `until`: a list of one is a little odd. */
function closingCost(top: Frame | undefined, until: Frame | undefined): number {
  let cost = 0;
  for (let frame = top; frame && frame !== until; frame = frame.below) {
    if (frame.count === 1) cost += frame.key === SEQUENCE || frame.key === YIFANG ? COST.singleWord : COST.single;
  }
  return cost;
}

/** The chosen reading with the data needed to resume after an edit. */
export interface Reading {
  readonly slots: readonly Slot[];
  readonly accepted: readonly Accepted[];
  /** Beam width used. */
  readonly beam: number;
  /** The states before every {@link STRIDE}th slot, from which reading can resume. */
  readonly checkpoints: readonly (readonly State[])[];
}

const STRIDE = 16;
/** Number of slots read between two yields. */
const AT_A_TIME = 256;

const START: readonly State[] = [{ top: undefined, habits: NO_HABITS, doubt: 0, cost: 0, last: undefined }];

/**
 * Reads `slots` in document order and decides which markers begin sections, up to the hundred-thousandth.
 * Deterministic; linear in the number of slots. `before` is an earlier reading: its unchanged leading slots are not read again, and the result is the same as
 * without it.
 */
export function read(slots: readonly Slot[], before?: Reading): Reading {
  return runToCompletion(readIncremental(slots, before));
}

/** The same, incrementally. */
export function* readIncremental(slots: readonly Slot[], before?: Reading): Resumable<Reading> {
  const beam = slots.length > CROWD ? CROWD_BEAM : BEAM;
  if (before && before.slots === slots) return before;
  const comparable = before && before.beam === beam;
  const kept = comparable ? commonSlots(before.slots, slots) : 0;
  if (comparable && kept === slots.length && kept === before.slots.length) return { ...before, slots };
  const checkpoints = comparable ? before.checkpoints.slice(0, Math.floor(kept / STRIDE) + 1) : [START];
  const from = (checkpoints.length - 1) * STRIDE;
  let states = checkpoints[checkpoints.length - 1] as readonly State[];
  const collector = new Collector(beam);
  const end = Math.min(slots.length, MOST_SLOTS);
  for (let index = from; index < end; index++) {
    const slot = slots[index] as Slot;
    collector.clear();
    const prose = proseCost(slot);
    // States come cheapest first, so the best continuation is known before the hopeless ones are tried.
    for (let at = 0; at < states.length; at++) {
      const state = states[at] as State;
      if (collector.hopeless(state.cost)) break;
      propose(slot.boundary === 'hard' ? clear(state) : state, slot, prose, collector);
    }
    states = collector.cheapest().map((proposal) => build(proposal, slot, index));
    if ((index + 1) % STRIDE === 0) checkpoints.push(states);
    if ((index + 1) % AT_A_TIME === 0) yield;
  }
  return { slots, beam, checkpoints, accepted: cheapestPath(states) };
}

function cheapestPath(states: readonly State[]): Accepted[] {
  let best: State | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const state of states) {
    const cost = state.cost + closingCost(state.top, undefined);
    if (cost < bestCost) {
      best = state;
      bestCost = cost;
    }
  }
  const accepted: Accepted[] = [];
  for (let one = best?.last; one; one = one.before) accepted.push(one);
  return accepted.reverse();
}

/** Number of leading slots that are equivalent, so that their results remain valid. */
function commonSlots(before: readonly Slot[], now: readonly Slot[]): number {
  const limit = Math.min(before.length, now.length);
  let index = 0;
  while (index < limit && sameSlot(before[index] as Slot, now[index] as Slot)) index++;
  return index;
}

function sameSlot(a: Slot, b: Slot): boolean {
  if (a === b) return true;
  if (a.boundary !== b.boundary || a.candidates.length !== b.candidates.length) return false;
  for (let choice = 0; choice < a.candidates.length; choice++) {
    const x = a.candidates[choice] as MarkerCandidate;
    const y = b.candidates[choice] as MarkerCandidate;
    if (x.prose !== y.prose || x.opening !== y.opening || x.continuing !== y.continuing) return false;
    if (x.marker !== y.marker && !sameMarker(x.marker, y.marker)) return false;
  }
  return true;
}

function sameMarker(a: ParsedMarker, b: ParsedMarker): boolean {
  return (
    a.family === b.family &&
    a.shape === b.shape &&
    a.numeral === b.numeral &&
    a.misread === b.misread &&
    a.path.length === b.path.length &&
    a.path.every((figure, index) => figure === b.path[index])
  );
}

/** A new document begins: nothing of the previous one matters any more. */
function clear(state: State): State {
  if (!state.top && state.habits === NO_HABITS) return state;
  return {
    ...state,
    top: undefined,
    habits: NO_HABITS,
    doubt: 0,
    cost: state.cost + closingCost(state.top, undefined),
  };
}

/**
 * The cheapest proposal for each stack of open lists and doubtful numbers; hopeless ones are rejected before they are
 * built.
 */
class Collector {
  private best = Number.POSITIVE_INFINITY;
  /** In a crowd: the cost of the dearest of as many proposals as are kept; none that costs as much will be among them. */
  private bound = Number.POSITIVE_INFINITY;
  // A slot has a handful of proposals: searching a short array is faster than a map, and every slot would have its own.
  private readonly keys: number[] = [];
  private readonly proposals: Proposal[] = [];

  constructor(private readonly beam: number) {}

  /** Forgets all proposals. */
  clear(): void {
    this.best = Number.POSITIVE_INFINITY;
    this.bound = Number.POSITIVE_INFINITY;
    this.keys.length = 0;
    this.proposals.length = 0;
  }

  hopeless(cost: number): boolean {
    return cost > this.best + WINDOW || cost >= this.bound;
  }

  /** Whether a proposal for the stack and the doubt with these hashes would be kept. */
  wants(stack: number, doubt: number, cost: number): boolean {
    if (this.hopeless(cost)) return false;
    const known = this.keys.indexOf(stack ^ doubt);
    return known < 0 || cost < this.proposals[known]!.cost;
  }

  add(proposal: Proposal): void {
    if (proposal.cost < this.best) this.best = proposal.cost;
    const key = proposal.stack ^ proposal.doubt;
    const known = this.keys.indexOf(key);
    if (known >= 0) this.proposals[known] = proposal;
    else {
      this.keys.push(key);
      this.proposals.push(proposal);
    }
    // A slot of a hundred thousand 一、 has thirty proposals, of which two are kept. With a wide beam the order of equally
    // cheap ones matters more than the time.
    if (this.beam === CROWD_BEAM && this.proposals.length >= CROWD_BEAM) this.narrow();
  }

  /** Keeps the two cheapest of three proposals, of equally cheap ones the first. */
  private narrow(): void {
    const { keys, proposals } = this;
    let dearest = 0;
    for (let at = 1; at < proposals.length; at++) {
      if (proposals[at]!.cost >= proposals[dearest]!.cost) dearest = at;
    }
    if (proposals.length > CROWD_BEAM) {
      keys.splice(dearest, 1);
      proposals.splice(dearest, 1);
      dearest = proposals[0]!.cost > proposals[1]!.cost ? 0 : 1;
    }
    this.bound = proposals[dearest]!.cost;
  }

  /** The kept proposals, cheapest first. */
  cheapest(): Proposal[] {
    const limit = this.best + WINDOW;
    const kept: Proposal[] = [];
    for (let at = 0; at < this.proposals.length; at++) {
      const proposal = this.proposals[at]!;
      if (proposal.cost <= limit) kept.push(proposal);
    }
    if (kept.length > 1) kept.sort((a, b) => a.cost - b.cost);
    if (kept.length > this.beam) kept.length = this.beam;
    return kept;
  }
}

/** Cost of reading no marker of `slot` as one. */
function proseCost({ candidates }: Slot): number {
  let cost = 0;
  for (let at = 0; at < candidates.length; at++) cost = Math.max(cost, (candidates[at] as MarkerCandidate).prose);
  return cost;
}

// The code below runs some twenty times for every marker of a text that has just been opened, when nothing is compiled
// yet: loops matter, and nothing is allocated before it is known to be needed.
function propose(state: State, slot: Slot, prose: number, collector: Collector): void {
  for (let at = 0; at < slot.candidates.length; at++) {
    const candidate = slot.candidates[at] as MarkerCandidate;
    const step = new Step(state, candidate, collector);
    const key = keyOf(candidate.marker);
    const confused = CONFUSED[key] as readonly number[];
    const sameOpen = holdsKey(state.top, key);
    for (let frame = state.top; frame; frame = frame.below) {
      if (frame.key === key) {
        step.continueList(frame, 0);
      } else if (confused.includes(frame.key)) {
        // If a list of its own kind is open, it more likely belongs to that one.
        step.continueList(frame, COST.otherFamily + (sameOpen ? COST.ownOpen : 0));
      }
    }
    step.openList(key, sameOpen, slot.boundary, 0);
    // 十四. between 13. and 15., or 一. where 1. is expected: the first of a list, in a different family.
    for (let other = 0; other < confused.length; other++) {
      const otherKey = confused[other] as number;
      const habit = state.habits[otherKey];
      const runs = habit !== undefined && !habit.restarted && habit.last + 1 === candidate.marker.value;
      if ((runs || (sameOpen && candidate.marker.value === 1)) && !holdsKey(state.top, otherKey)) {
        step.openList(otherKey, false, slot.boundary, COST.otherFamily);
      }
    }
  }
  const stack = state.top ? state.top.hash : EMPTY_HASH;
  if (!collector.wants(stack, state.doubt, state.cost + prose)) return;
  collector.add({
    from: state,
    cost: state.cost + prose,
    stack,
    doubt: state.doubt,
    candidate: undefined,
    key: -1,
    under: undefined,
    replaced: undefined,
    path: [],
    broken: undefined,
    running: false,
    inverted: false,
  });
}

/** A list that a marker may open. */
interface NewList {
  /** The key of its family. */
  readonly key: number;
  readonly under: Frame | undefined;
  /** The cost of opening it, whatever its first number. */
  readonly base: number;
  readonly inverted: boolean;
  /** Whether its numbers start again after a list of its kind. */
  readonly anew: boolean;
  /** Whether the marker is of a different family. */
  readonly foreign: boolean;
}

/** Proposes the ways to read one candidate after the reading of `state`. */
class Step {
  private stack = 0;
  private doubt = 0;

  constructor(
    private readonly state: State,
    private readonly candidate: MarkerCandidate,
    private readonly collector: Collector,
  ) {}

  /** The marker continues the list of `frame`; the lists above it end. */
  continueList(frame: Frame, foreign: number): void {
    const { state, candidate, collector } = this;
    const { marker } = candidate;
    const base =
      state.cost +
      candidate.continuing +
      foreign +
      leavingCost(state.top, frame) +
      closingCost(state.top, frame) +
      (foreign === 0 && marker.shape !== frame.shape ? COST.otherShape : 0);
    if (collector.hopeless(base)) return;
    const expected = successor(frame.path, marker);
    if (followsOn(frame, marker, expected)) {
      const effective = marker.value === Number.POSITIVE_INFINITY ? expected : foreign > 0 ? expected : marker.path;
      this.join(frame, frame.key, effective, base);
      // The odd one may as well be the first, and this one in the same family as the siblings to come.
      if (foreign > 0 && frame.count === 1) {
        this.join(frame, keyOf(marker), effective, base);
      }
      return;
    }
    // A second 首先 is not a slip for 其次: it begins another list, or a sentence.
    if (marker.value === 1 && (marker.family === 'sequence' || marker.family === 'yifang')) return;
    // Of two wrong numbers in a row the first is where the writer counted on, not a slip: 一、三、五、六、
    const twice = frame.shown !== (frame.path[frame.path.length - 1] as number);
    const cost = base + COST.broken + (twice ? COST.twice : 0);
    if (foreign > 0 || collector.hopeless(cost)) return;
    const last = expected[expected.length - 1] as number;
    // 第一条之三 counts by its 三.
    const inserted = marker.family === 'article' && marker.path.length > 1;
    const figure = inserted ? (marker.path[marker.path.length - 1] as number) : marker.value;
    const shown = inserted && frame.path.length === marker.path.length ? last - 1 : inserted ? -1 : frame.shown;
    const kind = !equalPrefix(expected, marker.path)
      ? 'order'
      : figure === shown
        ? 'duplicate'
        : figure > last
          ? 'gap'
          : 'order';
    // Either this number is a slip and the next continues as if it were right, or the writer counts on from here.
    const slip: ReadingBreak = { kind, expected, slip: true };
    const jump: ReadingBreak = { kind, expected, slip: false };
    this.join(frame, frame.key, expected, cost, slip);
    this.join(frame, frame.key, marker.path, cost, jump);
  }

  /**
   * The marker opens a list: at the root or under the last item of any open list; the lists above that end. `restart` if
   * one of its kind is open already.
   */
  openList(key: number, restart: boolean, boundary: Boundary, foreign: number): void {
    const { state, candidate, collector } = this;
    // Everything else only adds to it.
    const least = state.cost + candidate.opening + COST.open + foreign;
    if (collector.hopeless(least)) return;
    const { marker } = candidate;
    const habit = state.habits[key];
    const rank = rankOf(key);
    let naturalSeen = false;
    let frame = state.top;
    for (;;) {
      // A list inside one of its own kind, 一、 under 二、, is rare; elsewhere it is a restart of the open one. Lists of
      // other kinds may be between: 二、 with （一）（二） and then 一、二、 of its own, and 三、 after them.
      const inner = frame !== undefined && frame.key === key && marker.value === 1 && frame.count > 1;
      // （一） of an article that is itself under a heading （一） of 一、
      const ofArticle =
        key === CHINESE_BRACKET && marker.value === 1 && frame?.key === ARTICLE && holdsArticles(frame.below);
      if (inner || ofArticle || !holdsKey(frame, key)) {
        const prefixed = decimalDepth(key) > 1 && frame !== undefined && prefixMatches(frame, marker);
        const parent = frame ? frame.key : ROOT_PARENT;
        const natural =
          frame === undefined ||
          prefixed ||
          rankOf(frame.key) < rank ||
          (key === ARTICLE && (frame.key === CHINESE || holdsArticles(frame))) ||
          (COUNTING_WORDS.has(key) && rankOf(frame.key) <= LOWEST_HOLDER);
        const known = !inner && habit !== undefined && habit.parent === parent;
        let cost = least + closingCost(state.top, frame);
        let inverted = false;
        if (inner) cost += COST.sameInside;
        else if (!natural && !known) {
          cost += COST.inversion;
          inverted = true;
        }
        if (naturalSeen && !known && !restart) cost += boundary === 'soft' ? 0 : COST.earlyClose;
        if (restart && !inner && !ofArticle) cost += boundary === 'soft' ? COST.softRestart : COST.restart;
        if (decimalDepth(key) > 1 && !prefixed) {
          cost += marker.path.every((figure) => figure === 1) && frame === undefined ? 1 : COST.otherPrefix;
        }
        if (natural) naturalSeen = true;
        if (!collector.hopeless(cost)) {
          const restarts = restart || boundary === 'soft';
          this.first({ key, under: frame, base: cost, inverted, anew: restarts, foreign: foreign > 0 });
        }
      }
      if (!frame) break;
      frame = frame.below;
    }
  }

  /** The first number of a new list: 1, or one on from the last list of its kind, or wrong against either. */
  private first(list: NewList): void {
    const { state, candidate, collector } = this;
    const { key, base, anew, foreign } = list;
    const { marker } = candidate;
    const { value } = marker;
    const habit = state.habits[key];
    const single = marker.path.length === 1;
    const went = habit !== undefined && habit.last > 0 && !anew && single;
    // The articles of a law run on through its chapters, whether or not the text has shown it yet.
    const runs = went && (habit.ran || (key === ARTICLE && !habit.restarted));
    const propose = (last: number, cost: number, running: boolean, broken?: ReadingBreak) => {
      const path = last === value ? marker.path : [...marker.path.slice(0, -1), last];
      this.begin(list, path, cost, running, broken);
    };
    if (marker.family === 'sequence' || marker.family === 'yifang') {
      if (value === 1) propose(1, base, false);
      return;
    }
    if (marker.family === 'article' && marker.path.length > 1) return;
    if (value === 1) {
      propose(1, base + (went && habit.ran ? COST.restartAgainst : 0), false);
    }
    if (went && value === habit.last + 1) {
      const cost = habit.ran ? COST.runningKnown : habit.restarted ? COST.runningAgainst : COST.running;
      propose(value, base + cost, true);
      if (habit.ran) return;
    }
    if (value === 1 || foreign) return;
    const wrong = base + COST.broken;
    if (collector.hopeless(wrong)) return;
    // 第四百六十三条 at the head of a volume: what follows counts on from it, and nothing is missing here.
    if (key === ARTICLE && habit === undefined && value >= MIN_EXCERPT) propose(value, base + COST.excerpt, false);
    const expected = [...marker.path.slice(0, -1), 1];
    // A restart begins at one; 四 after a list that ended with 二 rather lacks 三.
    const skips = went && !habit.restarted && value === habit.last + 2;
    const first = wrong + (runs ? COST.restartAgainst : skips ? COST.skipping : 0);
    propose(1, first, false, { kind: 'first', expected, slip: true });
    propose(value, first, false, { kind: 'first', expected, slip: false });
    if (went && !habit.restarted && value !== habit.last + 1) {
      const next = habit.last + 1;
      const cost = wrong + (runs || skips ? COST.runningKnown : COST.running);
      const kind = value === habit.last ? 'duplicate' : value > next ? 'gap' : 'order';
      propose(next, cost, true, { kind, expected: [next], slip: true });
      propose(value, cost, true, { kind, expected: [next], slip: false });
    }
  }

  /** Proposes that the marker joins the list of `replaced` as the number `path`. */
  private join(replaced: Frame, key: number, path: readonly number[], cost: number, broken?: ReadingBreak): void {
    const under = replaced.below;
    if (!this.isWanted(key, under, path, cost, broken !== undefined)) return;
    const { state: from, candidate, stack, doubt } = this;
    const running = false;
    const inverted = false;
    this.collector.add({ from, cost, stack, doubt, candidate, key, under, replaced, path, broken, running, inverted });
  }

  /** Proposes that the marker opens `list` as the number `path`. */
  private begin(list: NewList, path: readonly number[], cost: number, running: boolean, broken?: ReadingBreak): void {
    const { key, under, inverted } = list;
    if (!this.isWanted(key, under, path, cost, broken !== undefined)) return;
    const { state: from, candidate, stack, doubt } = this;
    const replaced = undefined;
    this.collector.add({ from, cost, stack, doubt, candidate, key, under, replaced, path, broken, running, inverted });
  }

  /** Whether it costs less than another way to the same lists; then `stack` and `doubt` are its hashes. */
  private isWanted(
    key: number,
    under: Frame | undefined,
    path: readonly number[],
    cost: number,
    isBroken: boolean,
  ): boolean {
    if (this.collector.hopeless(cost)) return false;
    this.stack = frameHash(under, key, path);
    this.doubt = doubtAfter(this.state, key, path, isBroken);
    return this.collector.wants(this.stack, this.doubt, cost);
  }
}

const decimalDepth = (key: number) => (key > DECIMAL_KEYS && key < COUNTED_ORDINAL ? key - DECIMAL_KEYS : 0);

/** The figures the sibling after `path` should show; 第十条 may be followed by 第十条之一 as well as by 第十一条. */
function successor(path: readonly number[], marker: ParsedMarker): readonly number[] {
  if (marker.family === 'article') {
    const [article = 0, insertion = 0] = path;
    if (marker.path.length === 3) return [article, insertion, (path[2] ?? 0) + 1];
    return marker.path.length === 2 ? [article, insertion + 1] : [article + 1];
  }
  const next = path.slice();
  next[next.length - 1] = (next[next.length - 1] as number) + 1;
  return next;
}

function followsOn(frame: Frame, marker: ParsedMarker, expected: readonly number[]): boolean {
  // 首先 其次 再次 最后 may be left out freely.
  if (marker.family === 'sequence' || marker.family === 'yifang') return marker.value > (frame.path[0] as number);
  if (marker.family === 'decimal' && decimalDepth(frame.key) > 0) {
    return marker.path.length === expected.length && marker.path.every((figure, index) => figure === expected[index]);
  }
  if (marker.family === 'article') return marker.path.every((figure, index) => figure === expected[index]);
  return marker.value === expected[expected.length - 1];
}

function equalPrefix(expected: readonly number[], path: readonly number[]): boolean {
  for (let index = 0; index < path.length - 1; index++) if (path[index] !== expected[index]) return false;
  return true;
}

/** The cost of leaving a list of the same kind that is open inside the list of `frame`; 0 if there is none. */
function leavingCost(top: Frame | undefined, frame: Frame): number {
  for (let at = top; at && at !== frame; at = at.below) {
    if (at.key === frame.key) return at.count === 1 ? COST.leavingSingle : COST.leavingInner;
  }
  return 0;
}

/** Whether `frame` is a list （一）（二） under 一、, as used to group the articles in interpretations of law. */
function holdsArticles(frame: Frame | undefined): boolean {
  return frame?.key === CHINESE_BRACKET && frame.below?.key === CHINESE;
}

function holdsKey(frame: Frame | undefined, key: number): boolean {
  for (let at = frame; at; at = at.below) if (at.key === key) return true;
  return false;
}

/** 1.2 may be under the first item of any list: under 1, 1. or 一、. */
function prefixMatches(frame: Frame, marker: ParsedMarker): boolean {
  const prefix = marker.path.slice(0, -1);
  if (decimalDepth(frame.key) === 0) return prefix.length === 1 && prefix[0] === frame.path[frame.path.length - 1];
  return frame.path.length === prefix.length && frame.path.every((figure, index) => figure === prefix[index]);
}

function build(proposal: Proposal, slot: Slot, index: number): State {
  const { from, candidate, cost } = proposal;
  if (!candidate) return { ...from, cost };
  const { marker } = candidate;
  const { key, replaced, under } = proposal;
  const list: ReadList = replaced?.list ?? {
    family: marker.family,
    running: proposal.running,
    inverted: proposal.inverted,
  };
  const depth = (under?.depth ?? 0) + 1;
  const top: Frame = {
    below: under,
    depth,
    key,
    list,
    shape: replaced?.shape ?? marker.shape,
    count: (replaced?.count ?? 0) + 1,
    path: proposal.path,
    shown: marker.value,
    hash: proposal.stack,
  };
  const choice = slot.candidates.indexOf(candidate);
  const last: Accepted = { slot: index, choice, list, level: depth, broken: proposal.broken, before: from.last };
  const before = from.habits[key];
  const habits = from.habits.slice();
  habits[key] = {
    last: proposal.path[0] as number,
    ran: (before?.ran ?? false) || proposal.running,
    restarted: (before?.restarted ?? false) || (!replaced && !proposal.running && before !== undefined),
    parent: replaced ? (before?.parent ?? ROOT_PARENT) : under ? under.key : ROOT_PARENT,
    doubtful: proposal.broken !== undefined,
  };
  return { top, habits, doubt: proposal.doubt, cost, last };
}
