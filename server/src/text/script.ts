/**
 * Simplified and traditional script: detection, and conversion with OpenCC (opencc-js).
 *
 * Detection looks at single characters. One that OpenCC's tables convert and that the other script's own national set
 * does not have (GB 2312 for simplified, Big5 for traditional) shows its script; 后, 里, 於 and 著 are written in both and
 * show nothing.
 */

import { characterTables } from './characterTables';
import { lazily } from './lazily';

export type Script = 'simplified' | 'traditional';

/** Targets of a conversion: `traditional` is OpenCC's own standard. */
export const TARGET_SCRIPTS = ['simplified', 'traditional', 'taiwan', 'hongkong'] as const;
export type TargetScript = (typeof TARGET_SCRIPTS)[number];

/** How many characters of a text show each script, and the script of the text. */
export interface ScriptCount {
  /** Absent if there is hardly any evidence: no Chinese, or words written alike in both. */
  readonly script: Script | undefined;
  readonly simplified: number;
  readonly traditional: number;
}

/** Hong Kong writes these as in simplified texts: 税務局, 温度, 住户. */
const ALSO_IN_HONG_KONG = '兑叁囱媪悦愠户揾温税脱腽卧葱蜕';
/** Hong Kong forms missing from OpenCC's single-character table, each with its simplified form. */
const HONG_KONG_FORMS = ['衞卫', '敍叙', '枱台'];

interface Tables {
  /** The simplified form of each code unit, or the unit itself. */
  readonly simplified: Uint16Array;
  readonly traditional: Uint16Array;
  /** 1: occurs only in simplified texts, 2: only in traditional ones. */
  readonly shows: Uint8Array;
}

const tables = lazily(build);

/** The simplified form of the character `code`, one to one, or `code` itself. */
export function simplifiedForm(code: number): number {
  return tables().simplified[code] ?? code;
}

/** `text` in simplified characters, one to one, so that offsets stay valid. */
export function simplifiedText(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) result += String.fromCharCode(simplifiedForm(text.charCodeAt(at)));
  return result;
}

/** The traditional form of the character `code`, one to one (发 is always 發), or `code` itself. */
export function traditionalForm(code: number): number {
  return tables().traditional[code] ?? code;
}

/** The script that the character `code` is specific to; undefined if both scripts have it. */
export function scriptShownBy(code: number): Script | undefined {
  const shown = tables().shows[code];
  return shown === 1 ? 'simplified' : shown === 2 ? 'traditional' : undefined;
}

/** All characters specific to each script; see {@link scriptShownBy}. */
export const charactersOfOneScript = lazily(
  (): Readonly<Record<Script, string>> => ({
    simplified: charactersShowing(1),
    traditional: charactersShowing(2),
  }),
);

/** The characters that {@link Tables.shows} has `shown` for. */
function charactersShowing(shown: number): string {
  const { shows } = tables();
  let characters = '';
  for (let code = shows.indexOf(shown); code >= 0; code = shows.indexOf(shown, code + 1)) {
    characters += String.fromCharCode(code);
  }
  return characters;
}

/**
 * Counts the characters between `start` and `end` that are specific to a script. The text's script is the one with
 * more.
 */
export function scriptOf(text: string, start = 0, end = text.length): ScriptCount {
  const { shows } = tables();
  let simplified = 0;
  let traditional = 0;
  for (let at = start; at < end; at++) {
    const shown = shows[text.charCodeAt(at)];
    if (shown === 1) simplified++;
    else if (shown === 2) traditional++;
  }
  return scriptOfCounts(simplified, traditional);
}

/** The script of a text with this many characters specific to each script. */
export function scriptOfCounts(simplified: number, traditional: number): ScriptCount {
  const most = Math.max(simplified, traditional);
  const clear = most > 0 && most >= 2 * Math.min(simplified, traditional);
  return { script: clear ? (simplified === most ? 'simplified' : 'traditional') : undefined, simplified, traditional };
}

export interface ConversionOptions {
  /** Also converts vocabulary (软件 軟體): only for `taiwan`, and back again for `simplified`. */
  readonly vocabulary?: boolean;
  /** Script of the text that `text` is part of; detected from `text` by default. */
  readonly context?: Script | undefined;
}

/**
 * Converts `text` with OpenCC: characters, and the words that disambiguate them (头发 頭髮, 发展 發展). Idempotent: a sentence
 * already in the target script only takes the forms of its region, because OpenCC's tables would spoil it (干預 幹預); so
 * does a word in that script among others. Text that shows no script is taken to be in the script of its surroundings.
 * Each direction's tables are loaded on first use.
 */
export async function convert(text: string, to: TargetScript, options: ConversionOptions = {}): Promise<string> {
  const target: Script = to === 'simplified' ? 'simplified' : 'traditional';
  const region = to === 'taiwan' ? (options.vocabulary ? 'twp' : 'tw') : to === 'hongkong' ? 'hk' : 't';
  const across = await (to === 'simplified'
    ? simplifier(options.vocabulary ? 'twp' : 't')
    : traditionaliser('cn', region));
  // Without regional vocabulary, which forms chains: 进程 程序, 程序 程式.
  const within =
    to === 'simplified' || region === 't' ? undefined : await traditionaliser('t', region === 'hk' ? 'hk' : 'tw');
  const stay = (stretch: string): string => within?.(stretch) ?? stretch;
  let script = options.context ?? scriptOf(text).script;
  const parts: string[] = [];
  /** Adjacent stretches are converted in one call. */
  let pending = '';
  const flush = (): void => {
    if (pending !== '') parts.push(across(pending));
    pending = '';
  };
  for (const stretch of text.match(SENTENCE) ?? []) {
    const { simplified, traditional } = scriptOf(stretch);
    const [own, other] = target === 'simplified' ? [simplified, traditional] : [traditional, simplified];
    if (own + other > 0) script = other === 0 ? target : target === 'simplified' ? 'traditional' : 'simplified';
    if (own > 0 && other > 0) {
      flush();
      for (const { piece, kept } of mixedPieces(stretch, target)) parts.push(kept ? stay(piece) : across(piece));
    } else if (script === target) {
      flush();
      parts.push(stay(stretch));
    } else pending += stretch;
  }
  flush();
  return parts.join('');
}

const SENTENCE = /[^。！？；\n]+[。！？；\n]?|[。！？；\n]/g;

/**
 * Splits a stretch of both scripts: characters specific to the target script are kept, together with an adjacent
 * ambiguous one.
 */
function mixedPieces(stretch: string, target: Script): { piece: string; kept: boolean }[] {
  const kept = new Uint8Array(stretch.length);
  const otherForm = target === 'simplified' ? simplifiedForm : traditionalForm;
  for (let at = 0; at < stretch.length; at++) {
    if (scriptShownBy(stretch.charCodeAt(at)) !== target) continue;
    kept[at] = 1;
    // 干預, or 預 and what follows it if nothing ambiguous precedes it.
    const beside = [at - 1, at + 1].find((place) => {
      const code = stretch.charCodeAt(place);
      return scriptShownBy(code) === undefined && otherForm(code) !== code;
    });
    if (beside !== undefined) kept[beside] = 1;
  }
  const pieces: { piece: string; kept: boolean }[] = [];
  for (let start = 0, at = 1; at <= stretch.length; at++) {
    if (at < stretch.length && kept[at] === kept[start]) continue;
    pieces.push({ piece: stretch.slice(start, at), kept: kept[start] === 1 });
    start = at;
  }
  return pieces;
}

type Converter = (text: string) => string;
const converters = new Map<string, Promise<Converter>>();

/** Converts from any traditional text; `t`, the generic standard, accepts all of them. */
function simplifier(from: 't' | 'twp'): Promise<Converter> {
  return remembered(`${from} cn`, async () => (await import('opencc-js/t2cn')).Converter({ from, to: 'cn' }));
}

/** Converts from simplified text, or between regional forms. */
function traditionaliser(from: 'cn' | 't', to: 't' | 'tw' | 'twp' | 'hk'): Promise<Converter> {
  return remembered(`${from} ${to}`, async () => (await import('opencc-js/cn2t')).Converter({ from, to }));
}

function remembered(key: string, build: () => Promise<Converter>): Promise<Converter> {
  let converter = converters.get(key);
  if (!converter) {
    converter = build();
    converters.set(key, converter);
  }
  return converter;
}

function build(): Tables {
  const simplified = identity();
  const traditional = simplified.slice();
  const shows = new Uint8Array(0x10000);
  const gb = codesOf('gbk', 0xb0, 0xf7, 0xa1, 0xfe);
  // Levels 1 and 2 of Big5 itself; the pairs before, between and after are later additions, simplified characters among
  // them.
  const big5 = codesOf('big5', 0xa4, 0xf9, 0x40, 0xfe, (lead, trail) => {
    const pair = (lead << 8) | trail;
    return (pair <= 0xc67e || pair >= 0xc940) && pair <= 0xf9d5;
  });
  const tables = characterTables();
  for (const [from, to] of pairsOf(tables.toSimplified)) {
    simplified[from] = to;
    if (gb[from] === 0) shows[from] = 2;
  }
  for (const [from, to] of pairsOf(tables.toTraditional)) {
    traditional[from] = to;
    if (big5[from] === 0 && shows[from] === 0) shows[from] = 1;
  }
  for (const form of HONG_KONG_FORMS) {
    simplified[form.charCodeAt(0)] = form.charCodeAt(1);
    shows[form.charCodeAt(0)] = 2;
  }
  for (const form of ALSO_IN_HONG_KONG) shows[form.charCodeAt(0)] = 0;
  return { simplified, traditional, shows };
}

function identity(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < table.length; code++) table[code] = code;
  return table;
}

/** Pairs of single UTF-16 units in one of OpenCC's tables. */
function* pairsOf(table: string): Generator<[number, number]> {
  for (const entry of table.split('|')) {
    if (entry.length === 3) yield [entry.charCodeAt(0), entry.charCodeAt(2)];
  }
}

/** Marks the characters that a double-byte set encodes between the given bytes. */
function codesOf(
  label: string,
  firstLead: number,
  lastLead: number,
  firstTrail: number,
  lastTrail: number,
  wanted: (lead: number, trail: number) => boolean = () => true,
): Uint8Array {
  const present = new Uint8Array(0x10000);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label);
  } catch {
    // Without a decoder for the set nothing is certain: assume that it contains every character.
    return present.fill(1);
  }
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead++) {
    for (let trail = firstTrail; trail <= lastTrail; trail++) {
      if (wanted(lead, trail)) bytes.push(lead, trail);
    }
  }
  const text = decoder.decode(Uint8Array.from(bytes));
  for (let at = 0; at < text.length; at++) present[text.charCodeAt(at)] = 1;
  present[0xfffd] = 0;
  return present;
}
