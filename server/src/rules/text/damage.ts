/** The places of an analysis that are damaged by a wrong decoding: searched once, for all rules that ask. */
import {
  CHARACTERS_AFTER,
  LINES_AFTER,
  LINES_BEFORE,
  type MojibakePlace,
  type SoundPlaces,
} from '../../repair/mojibake/index';
import { findMojibakeIncremental, mayHoldFolded, SIGNS_OF_FOLDING, SIGNS_OF_READINGS } from '../../repair/mojibakeStep';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import { LineMemo } from '../../structure/lineMemo';
import { characterMask, textMatches } from '../../structure/linePrefilter';
import type { LineRecord } from '../../structure/lineScan';
import { type Resumable, runToCompletion } from '../../text/resumable';

/** Most texts have neither; that is told line by line, so that an edit costs one line. */
const folded = new LineMemo(mayHoldFolded, { signs: SIGNS_OF_FOLDING, otherwise: false });
const readings = characterMask(SIGNS_OF_READINGS);

const places = new AnalysisMemo<readonly MojibakePlace[]>((analysis) => runToCompletion(search(analysis)));

/** False where the search would find nothing, told without a look at the whole text. */
export function mayBeDamaged(analysis: Analysis): boolean {
  return suspicious.of(analysis);
}

const suspicious = new AnalysisMemo((analysis) => folded.some(analysis, Boolean) || textMatches(analysis, readings));

/** The damaged places of the text, in order. Takes seconds for some texts: see {@link prepareDamage}. */
export function damageOf(analysis: Analysis): readonly MojibakePlace[] {
  return mayBeDamaged(analysis) ? places.of(analysis) : [];
}

/** Does the search step by step; {@link damageOf} then has the answer at hand. */
export function* prepareDamage(analysis: Analysis): Resumable<void> {
  if (!mayBeDamaged(analysis) || places.has(analysis)) return;
  places.set(analysis, yield* search(analysis));
}

function search(analysis: Analysis): Resumable<readonly MojibakePlace[]> {
  return findMojibakeIncremental(analysis.text, new SoundLines(analysis));
}

/** Where nothing was found in a line: it holds as long as the lines around stay, and what the text is like as a whole. */
interface InLine {
  readonly conditions: string;
  readonly around: readonly (LineRecord | string | undefined)[];
  /** By offset in the line, how much work that was. */
  readonly work: Map<number, number>;
}

const soundPlaces = new LineCacheKey<InLine>();

/** What lines remember of the places at which nothing was found, so that an edit pays for the lines near it alone. */
class SoundLines implements SoundPlaces {
  /** The line last asked about and what stands around it: places are asked about in order. */
  private line = -1;
  private around: InLine['around'] = [];

  constructor(private readonly analysis: Analysis) {}

  workAt(start: number, conditions: string): number | undefined {
    const known = this.known(start, conditions);
    return known?.work.get(start - this.analysis.lines.start(this.line));
  }

  keep(start: number, conditions: string, work: number): void {
    let known = this.known(start, conditions);
    if (!known) {
      known = { conditions, around: this.around, work: new Map() };
      soundPlaces.set(this.record, known);
    }
    known.work.set(start - this.analysis.lines.start(this.line), work);
  }

  private get record(): LineRecord {
    return this.analysis.records[this.line] as LineRecord;
  }

  private known(start: number, conditions: string): InLine | undefined {
    const line = this.analysis.lines.lineAt(start);
    if (line !== this.line) {
      this.line = line;
      this.around = this.linesAround(line);
    }
    const known = soundPlaces.get(this.record);
    if (known?.conditions !== conditions || known.around.length !== this.around.length) return undefined;
    return known.around.every((one, index) => one === this.around[index]) ? known : undefined;
  }

  /** The records of the lines that bear upon `line`, each with the break behind it; undefined beyond the text's ends. */
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
