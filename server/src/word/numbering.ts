/**
 * The automatic numbers that Word shows before list paragraphs. A document does not store them, so they are counted.
 */
import { formatNumber } from './numberFormats';
import type { NumberingReference, Styles } from './styles';
import { isOn } from './styles';
import { attribute, scanXml } from './xml';

/** What follows a number. */
export type Suffix = 'tab' | 'space' | 'nothing';

/** An automatic number as displayed. */
export interface Label {
  /** `第一章`, `（二）`, `1.2`, `•`; may be empty. */
  readonly text: string;
  readonly suffix: Suffix;
  /** Level in the list, 0 outermost. */
  readonly level: number;
  readonly bullet: boolean;
}

interface Level {
  start: number;
  format: string;
  text: string;
  suffix: Suffix;
  restart: number | undefined;
  legal: boolean;
  style: string | undefined;
}

interface AbstractList {
  readonly levels: Map<number, Level>;
  /** The numbering style that this list defines, and the one that it takes its levels from. */
  styleLink?: string;
  numStyleLink?: string;
}

interface List {
  readonly abstract: string;
  readonly starts: Map<number, number>;
  readonly levels: Map<number, Level>;
}

interface Counter {
  /** The number last shown at each level; undefined if the level restarts. */
  readonly values: (number | undefined)[];
  /** Lists and levels whose start override has been used: it applies once. */
  readonly started: Set<string>;
}

const LEVELS = 9;

/** The list definitions of one document. Immutable; {@link ListCounter} counts. */
export class Numbering {
  private readonly abstracts = new Map<string, AbstractList>();
  private readonly lists = new Map<string, List>();
  /** Numbering of paragraphs that have no numbering properties of their own, by style; null for no list. */
  private readonly ofStyles = new Map<string | undefined, { list: string; level: number } | null>();

  /** Reads word/numbering.xml, which may be empty. */
  constructor(
    source: string,
    prefix: string,
    private readonly styles: Styles,
  ) {
    if (source !== '') this.read(source, prefix);
  }

  private read(source: string, prefix: string): void {
    let abstract: AbstractList | undefined;
    let list: List | undefined;
    let level: Level | undefined;
    let overridden = 0;
    let fallback = 0;
    scanXml(source, {
      open: (name, attributes) => {
        if (name === 'mc:Fallback') fallback++;
        if (!name.startsWith(prefix)) return;
        const value = () => attribute(attributes, `${prefix}val`) ?? '';
        switch (name.slice(prefix.length)) {
          case 'abstractNum':
            abstract = { levels: new Map() };
            this.abstracts.set(attribute(attributes, `${prefix}abstractNumId`) ?? '', abstract);
            break;
          case 'num':
            list = { abstract: '', starts: new Map(), levels: new Map() };
            this.lists.set(attribute(attributes, `${prefix}numId`) ?? '', list);
            break;
          case 'abstractNumId':
            if (list) (list as { abstract: string }).abstract = value();
            break;
          case 'styleLink':
            if (abstract) abstract.styleLink = value();
            break;
          case 'numStyleLink':
            if (abstract) abstract.numStyleLink = value();
            break;
          case 'lvlOverride':
            overridden = Number(attribute(attributes, `${prefix}ilvl`)) || 0;
            break;
          case 'startOverride':
            list?.starts.set(overridden, whole(value(), 0));
            break;
          case 'lvl':
            level = {
              start: 0,
              format: 'decimal',
              text: '',
              suffix: 'tab',
              restart: undefined,
              legal: false,
              style: undefined,
            };
            (list ?? abstract)?.levels.set(Number(attribute(attributes, `${prefix}ilvl`)) || 0, level);
            break;
          case 'start':
            if (level) level.start = whole(value(), 0);
            break;
          case 'numFmt':
            // The choice before a fallback holds an extension format, 001, 002, …
            if (level && fallback === 0) level.format = attribute(attributes, `${prefix}format`) ?? value();
            break;
          case 'lvlText':
            if (level) level.text = value();
            break;
          case 'suff':
            if (level) level.suffix = value() as Suffix;
            break;
          case 'lvlRestart':
            if (level) level.restart = whole(value(), 0);
            break;
          case 'isLgl':
            if (level) level.legal = isOn(attribute(attributes, `${prefix}val`));
            break;
          case 'pStyle':
            if (level) level.style = value();
            break;
        }
      },
      close: (name) => {
        if (name === 'mc:Fallback') fallback--;
        if (name === `${prefix}abstractNum`) abstract = undefined;
        if (name === `${prefix}num`) list = undefined;
        if (name === `${prefix}lvl`) level = undefined;
      },
    });
  }

  /**
   * The list and level of a paragraph of the style `style` whose own properties are `own`; undefined for none. A
   * style's level is the list level that links to the style (17.9.23), or else its own.
   */
  resolve(style: string | undefined, own: NumberingReference | undefined): { list: string; level: number } | undefined {
    if (own === undefined) {
      const known = this.ofStyles.get(style);
      if (known !== undefined) return known ?? undefined;
    }
    const found = this.look(style, own);
    if (own === undefined) this.ofStyles.set(style, found ?? null);
    return found;
  }

  private look(
    style: string | undefined,
    own: NumberingReference | undefined,
  ): { list: string; level: number } | undefined {
    let list = own?.list;
    let level = own?.level;
    if (list === undefined || level === undefined) {
      for (const [id, { numbering }] of this.styles.chain(style)) {
        if (!numbering) continue;
        // The paragraph's list overrides the style's, and with it the first level.
        if (own?.list !== undefined && own.list !== (numbering.list ?? own.list)) break;
        list ??= numbering.list;
        if (level === undefined) {
          const found = list === undefined ? undefined : this.levelOfStyle(list, id);
          level = found ?? numbering.level;
        }
        if (list !== undefined && level !== undefined) break;
      }
    }
    if (list === undefined || list === '0') return undefined;
    level = Math.min(LEVELS - 1, Math.max(0, level ?? 0));
    return this.levelOf(list, level) ? { list, level } : undefined;
  }

  private levelOfStyle(list: string, style: string): number | undefined {
    const found = this.lists.get(list);
    const abstract = found && this.abstracts.get(this.abstractOf(list) ?? '');
    for (const levels of [found?.levels, abstract?.levels]) {
      for (const [level, { style: named }] of levels ?? []) if (named === style) return level;
    }
    return undefined;
  }

  /** The abstract list that defines the levels of `list`, resolved through numbering styles. */
  abstractOf(list: string): string | undefined {
    let id = this.lists.get(list)?.abstract;
    for (let turns = 0; turns < LEVELS && id !== undefined; turns++) {
      const abstract = this.abstracts.get(id);
      if (!abstract) return undefined;
      if (abstract.numStyleLink === undefined || abstract.levels.size > 0) return id;
      const next = this.styles.get(abstract.numStyleLink)?.numbering?.list;
      id =
        next !== undefined
          ? this.lists.get(next)?.abstract
          : [...this.abstracts].find(([, other]) => other.styleLink === abstract.numStyleLink)?.[0];
    }
    return undefined;
  }

  levelOf(list: string, level: number): Level | undefined {
    const found = this.lists.get(list);
    return found?.levels.get(level) ?? this.abstracts.get(this.abstractOf(list) ?? '')?.levels.get(level);
  }

  startOf(list: string, level: number): number {
    return this.lists.get(list)?.starts.get(level) ?? this.levelOf(list, level)?.start ?? 1;
  }

  hasOwnStart(list: string, level: number): boolean {
    return this.lists.get(list)?.starts.has(level) ?? false;
  }
}

/** Counts list paragraphs in document order. */
export class ListCounter {
  private readonly counters = new Map<string, Counter>();

  constructor(private readonly numbering: Numbering) {}

  /** The label of the next paragraph of `list` at `level`, as {@link Numbering.resolve} gives them. */
  next({ list, level }: { list: string; level: number }): Label {
    const { numbering } = this;
    const abstract = numbering.abstractOf(list) ?? list;
    let counter = this.counters.get(abstract);
    if (!counter) {
      counter = { values: [], started: new Set() };
      this.counters.set(abstract, counter);
    }
    const { values, started } = counter;
    const own = `${list} ${level}`;
    if (numbering.hasOwnStart(list, level) && !started.has(own)) values[level] = numbering.startOf(list, level);
    else values[level] = values[level] === undefined ? numbering.startOf(list, level) : (values[level] as number) + 1;
    started.add(own);
    for (let above = 0; above < level; above++) values[above] ??= numbering.startOf(list, above);
    for (let below = level + 1; below < LEVELS; below++) {
      const restart = numbering.levelOf(list, below)?.restart;
      if (restart === undefined || level < restart) values[below] = undefined;
    }
    return this.label(list, level, values);
  }

  private label(list: string, level: number, values: readonly (number | undefined)[]): Label {
    const { numbering } = this;
    const { text, format, legal, suffix } = numbering.levelOf(list, level) as Level;
    if (format === 'bullet') return { text: bulletText(text), suffix, level, bullet: true };
    const shown = text.replace(/%([1-9])/g, (_, digit) => {
      const at = Number(digit) - 1;
      // Word omits the number of a deeper level.
      if (at > level) return '';
      const form = numbering.levelOf(list, at)?.format ?? 'decimal';
      const value = values[at] ?? numbering.startOf(list, at);
      return legal && form !== 'none' ? String(value) : numberIn(form, value);
    });
    return { text: shown, suffix, level, bullet: false };
  }
}

/** Word's own zero-padded decimals are given as an example: `001, 002, 003, ...`. */
function numberIn(format: string, value: number): string {
  const padded = /^(0+1), /.exec(format);
  return padded ? String(value).padStart(padded[1]?.length ?? 0, '0') : formatNumber(value, format);
}

/** Bullet characters of the fonts Symbol and Wingdings, as Unicode characters. */
const BULLETS: ReadonlyMap<number, string> = new Map([
  [0xf0b7, '•'],
  [0xf06c, '●'],
  [0xf06e, '■'],
  [0xf075, '◆'],
  [0xf076, '❖'],
  [0xf0a7, '▪'],
  [0xf0a8, '◻'],
  [0xf06f, '□'],
  [0xf071, '❑'],
  [0xf0d8, '➢'],
  [0xf0e8, '➔'],
  [0xf0fc, '✓'],
  [0xf0fb, '✗'],
  [0xf0fe, '☑'],
  [0xf052, '☑'],
  [0xf0a3, '□'],
  [0xf09f, '•'],
  [0xf0b2, '✧'],
  [0xf0ae, '→'],
]);

/** Maps characters of symbol fonts to Unicode; an unknown one becomes •. */
export function bulletText(text: string): string {
  return text.replace(/[\uf000-\uf0ff]/g, (sign) => BULLETS.get(sign.charCodeAt(0)) ?? '•');
}

function whole(text: string, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= 1_000_000_000 ? value : otherwise;
}
