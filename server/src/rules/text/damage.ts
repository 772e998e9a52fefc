/** The places of an analysis that are damaged by wrong decoding: searched once, for all rules. */
import {
  CHARACTERS_AFTER,
  type Learned,
  LINES_AFTER,
  LINES_BEFORE,
  type MojibakePlace,
  type SoundPlaces,
} from '../../repair/mojibake/index';
import {
  findMojibakeWithin,
  mayHoldFolded,
  SIGNS_OF_FOLDING,
  SIGNS_OF_READINGS,
  searchMojibakeIncremental,
} from '../../repair/mojibakeStep';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import { LineMemo } from '../../structure/lineMemo';
import { characterMask, textMatches } from '../../structure/linePrefilter';
import type { LineRecord } from '../../structure/lineScan';
import { type Resumable, runToCompletion } from '../../text/resumable';

/** Most texts have neither; checked line by line, so that an edit costs one line. */
const folded = new LineMemo(mayHoldFolded, { signs: SIGNS_OF_FOLDING, otherwise: false });
const readings = characterMask(SIGNS_OF_READINGS);

const places = new AnalysisMemo<readonly MojibakePlace[]>((analysis) => runToCompletion(search(analysis)));
/** Provisional places until the whole text is searched: see {@link carryDamage}. */
const carried = new AnalysisMemo<readonly MojibakePlace[]>(() => []);

/** False if the search would find nothing, without looking at the whole text. */
export function mayBeDamaged(analysis: Analysis): boolean {
  return suspicious.of(analysis);
}

const suspicious = new AnalysisMemo((analysis) => folded.some(analysis, Boolean) || textMatches(analysis, readings));

/** The damaged places of the text, in order. Takes seconds for some texts: see {@link prepareDamage}. */
export function damageOf(analysis: Analysis): readonly MojibakePlace[] {
  if (!mayBeDamaged(analysis)) return [];
  return !places.has(analysis) && carried.has(analysis) ? carried.of(analysis) : places.of(analysis);
}

/** Searches incrementally; {@link damageOf} then returns at once. */
export function* prepareDamage(analysis: Analysis): Resumable<void> {
  if (!mayBeDamaged(analysis) || places.has(analysis) || carried.has(analysis)) return;
  places.set(analysis, yield* search(analysis));
}

/** A text that was searched, for comparison with the next version. */
export interface SearchedText {
  readonly text: string;
  readonly places: readonly MojibakePlace[];
  readonly learned: Learned;
}

const searchedTexts = new AnalysisMemo<SearchedText | undefined>(() => undefined);

/** The text of `analysis` with its damage, for {@link carryDamage} after the next edit; undefined if it was not searched. */
export function searchedText(analysis: Analysis): SearchedText | undefined {
  return searchedTexts.has(analysis) ? searchedTexts.of(analysis) : undefined;
}

function* search(analysis: Analysis): Resumable<readonly MojibakePlace[]> {
  const searched = yield* searchMojibakeIncremental(analysis.text, new SoundLines(analysis));
  if (!searched) return [];
  const { lines } = analysis;
  const found = new FoundByLine(analysis, searched.learned);
  for (const place of searched.places) found.add(lines.lineAt(place.start), place);
  for (let line = 0; line < lines.count; line++) found.keep(line);
  searchedTexts.set(analysis, { text: analysis.text, ...searched });
  return searched.places;
}

/** The damage found in a line, with offsets within it, and the state learned from the text as it was then. */
interface FoundInLine {
  readonly learned: Learned;
  readonly places: readonly MojibakePlace[];
  /** The lines that the last place reaches, or nearly reaches, into. */
  readonly following: readonly LineRecord[];
}

const foundInLines = new LineCacheKey<FoundInLine>();
/** A place this close to the end of its line depends on the beginning of the next line. */
const LINE_END_CONTEXT = 10;

/** Stores the damage found in a text with its lines. */
class FoundByLine {
  private readonly byLine = new Map<number, MojibakePlace[]>();
  private readonly nothing: FoundInLine;

  constructor(
    private readonly analysis: Analysis,
    private readonly learned: Learned,
  ) {
    this.nothing = { learned, places: [], following: [] };
  }

  add(line: number, place: MojibakePlace): void {
    const there = this.byLine.get(line);
    if (there) there.push(place);
    else this.byLine.set(line, [place]);
  }

  keep(line: number): void {
    const there = this.byLine.get(line);
    foundInLines.put(this.analysis, line, there ? this.entryFor(line, there) : this.nothing);
  }

  private entryFor(line: number, there: readonly MojibakePlace[]): FoundInLine {
    const { lines, records } = this.analysis;
    const base = lines.start(line);
    const end = there[there.length - 1]!.end + LINE_END_CONTEXT;
    const following: LineRecord[] = [];
    for (let next = line + 1; next < lines.count && lines.start(next) <= end; next++) following.push(records[next]!);
    const relative = there.map((place) => ({ ...place, start: place.start - base, end: place.end - base }));
    return { learned: this.learned, places: relative, following };
  }
}

/** More new lines, or more characters in them, do not count as an edit. */
const MAX_LINES = 40;
const MAX_CHARACTERS = 20_000;

/** Number of characters around an edit whose damage is searched again. */
const AROUND_EDIT = 100;

/**
 * Takes over the damage found in the lines that `analysis` shares with the text searched last, and searches the new
 * lines by the state learned from that text; if these are too long, takes over what is away from the edit of `before`.
 * {@link damageOf} then returns this until {@link settleDamage} has searched the whole text: damage affects how everything
 * else is read, so that the whole text would have to be searched again after every edit, for hundreds of milliseconds, and
 * nearly always with the same result. Returns false if nothing was taken over: the rules then search themselves.
 */
export function* carryDamage(analysis: Analysis, before?: SearchedText): Resumable<boolean> {
  if (!mayBeDamaged(analysis) || places.has(analysis)) return false;
  if (carried.has(analysis)) return true;
  const taken = (yield* carryByLine(analysis)) ?? (before && (yield* carryByText(analysis, before)));
  if (!taken) return false;
  // A place that begins in a new line may reach into the next one.
  let done = 0;
  const apart = [...taken.places]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      if (start < done) return false;
      done = end;
      return true;
    });
  carried.set(analysis, apart);
  searchedTexts.set(analysis, { text: analysis.text, places: apart, learned: taken.learned });
  return true;
}

function* carryByLine(analysis: Analysis): Resumable<Omit<SearchedText, 'text'> | undefined> {
  const { text, lines, records } = analysis;
  let learned: Learned | undefined;
  const all: MojibakePlace[] = [];
  const changedLines: number[] = [];
  let characters = 0;
  for (let line = 0; line < lines.count; line++) {
    const known = foundInLines.at(analysis, line);
    learned ??= known?.learned;
    if (known && known.learned === learned && areBelow(known.following, records, line)) {
      if (known.places.length === 0) continue;
      const base = lines.start(line);
      for (const place of known.places) all.push({ ...place, start: place.start + base, end: place.end + base });
      continue;
    }
    changedLines.push(line);
    characters += lines.end(line) - lines.start(line);
    if (changedLines.length > MAX_LINES || characters > MAX_CHARACTERS) return undefined;
  }
  if (!learned) return undefined;
  const found = new FoundByLine(analysis, learned);
  for (const line of changedLines) {
    const part = { start: lines.start(line), end: lines.end(line) };
    const there = yield* findMojibakeWithin(text, learned, part);
    if (!there) return undefined;
    for (const place of there) found.add(line, place);
    all.push(...there);
  }
  for (const line of changedLines) found.keep(line);
  return { places: all, learned };
}

/** Whether the lines below `line` are `following`. */
function areBelow(following: readonly LineRecord[], records: readonly LineRecord[], line: number): boolean {
  for (let index = 0; index < following.length; index++) {
    if (following[index] !== records[line + 1 + index]) return false;
  }
  return true;
}

/** For texts in one line, as scraped ones are. */
function* carryByText(
  { text }: Analysis,
  { text: old, places: known, learned }: SearchedText,
): Resumable<Omit<SearchedText, 'text'> | undefined> {
  const limit = Math.min(text.length, old.length);
  let prefix = 0;
  while (prefix < limit && text.charCodeAt(prefix) === old.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  const rest = limit - prefix;
  while (suffix < rest && text.charCodeAt(text.length - 1 - suffix) === old.charCodeAt(old.length - 1 - suffix))
    suffix++;
  const shift = text.length - old.length;
  const near = Math.max(0, prefix - AROUND_EDIT);
  const from = known.find(({ start, end }) => start < near && end > near)?.start ?? near;
  const to = Math.min(text.length, text.length - suffix + AROUND_EDIT);
  if (to - from > MAX_CHARACTERS) return undefined;
  const there = yield* findMojibakeWithin(text, learned, { start: from, end: to });
  if (!there) return undefined;
  const after = known.filter(({ start }) => start + shift >= to);
  return {
    places: [
      ...known.filter(({ end }) => end <= from),
      ...there,
      ...after.map((place) => ({ ...place, start: place.start + shift, end: place.end + shift })),
    ],
    learned,
  };
}

/** Searches the whole text after {@link carryDamage}. Returns whether the result differs from the one taken over. */
export function* settleDamage(analysis: Analysis): Resumable<boolean> {
  if (!carried.has(analysis) || places.has(analysis)) return false;
  const found = yield* search(analysis);
  places.set(analysis, found);
  const before = carried.of(analysis);
  return found.length !== before.length || !found.every((place, index) => samePlace(place, before[index]!));
}

function samePlace(one: MojibakePlace, other: MojibakePlace): boolean {
  return (
    one.start === other.start &&
    one.end === other.end &&
    one.confidence === other.confidence &&
    one.candidates.length === other.candidates.length &&
    one.candidates.every((candidate, index) => candidate === other.candidates[index])
  );
}

/**
 * Where nothing was found in a line: valid as long as the lines around it and the conditions of the whole text are
 * unchanged.
 */
interface InLine {
  readonly conditions: string;
  readonly around: readonly (LineRecord | string | undefined)[];
  /** By offset in the line, the work it took. */
  readonly work: Map<number, number>;
}

const soundPlaces = new LineCacheKey<InLine>();

/** Caches in the lines at which of their places nothing was found, so that an edit only costs the lines near it. */
class SoundLines implements SoundPlaces {
  /** The line last queried and its surroundings: places are queried in order. */
  private line = -1;
  private around: InLine['around'] = [];

  constructor(private readonly analysis: Analysis) {}

  workAt(start: number, conditions: string): number | undefined {
    const known = this.cachedLine(start, conditions);
    return known?.work.get(start - this.analysis.lines.start(this.line));
  }

  keep(start: number, conditions: string, work: number): void {
    let known = this.cachedLine(start, conditions);
    if (!known) {
      known = { conditions, around: this.around, work: new Map() };
      soundPlaces.set(this.record, known);
    }
    known.work.set(start - this.analysis.lines.start(this.line), work);
  }

  private get record(): LineRecord {
    return this.analysis.records[this.line] as LineRecord;
  }

  private cachedLine(start: number, conditions: string): InLine | undefined {
    const line = this.analysis.lines.lineAt(start);
    if (line !== this.line) {
      this.line = line;
      this.around = this.linesAround(line);
    }
    const known = soundPlaces.get(this.record);
    if (known?.conditions !== conditions || known.around.length !== this.around.length) return undefined;
    return known.around.every((one, index) => one === this.around[index]) ? known : undefined;
  }

  /** The records of the lines that affect `line`, each with the break after it; undefined beyond the text's ends. */
  private linesAround(line: number): InLine['around'] {
    const { text, lines, records } = this.analysis;
    const last = lines.lineAt(Math.min(text.length, lines.end(line) + CHARACTERS_AFTER));
    const around: (LineRecord | string | undefined)[] = [];
    for (let at = line - LINES_BEFORE; at <= Math.max(last, line + LINES_AFTER); at++) {
      around.push(records[at], at >= 0 && at + 1 < lines.count ? text.slice(lines.end(at), lines.start(at + 1)) : '');
    }
    return around;
  }
}
