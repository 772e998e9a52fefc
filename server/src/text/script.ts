/**
 * Simplified and traditional script: telling them apart, and converting between them with OpenCC (opencc-js).
 *
 * Telling apart looks at single characters. One that OpenCC's tables turn into another and that the other script's own
 * national set does not have (GB 2312 for simplified, Big5 for traditional) shows its script; 后, 里, 於 and 著 are
 * written in both and show nothing.
 */

import { characterTables } from './characterTables';
import { lazily } from './lazily';

export type Script = 'simplified' | 'traditional';

/** Where a text may be converted to: `traditional` is OpenCC's own standard. */
export const TARGET_SCRIPTS = ['simplified', 'traditional', 'taiwan', 'hongkong'] as const;
export type TargetScript = (typeof TARGET_SCRIPTS)[number];

/** How many characters of a text show its script, and what that makes the text. */
export interface ScriptCount {
  /** Absent where hardly anything tells: no Chinese, or words written alike in both. */
  readonly script: Script | undefined;
  readonly simplified: number;
  readonly traditional: number;
}

/** Hong Kong writes these as simplified texts do: 税務局, 温度, 住户. */
const ALSO_IN_HONG_KONG = '兑叁囱媪悦愠户揾温税脱腽卧葱蜕';
/** Hong Kong's own forms that OpenCC's table of single characters lacks, each with the simplified one. */
const HONG_KONG_FORMS = ['衞卫', '敍叙', '枱台'];

interface Tables {
  /** For each code unit its simplified form, or itself. */
  readonly simplified: Uint16Array;
  readonly traditional: Uint16Array;
  /** 1: only simplified texts have it, 2: only traditional ones. */
  readonly shows: Uint8Array;
}

const tables = lazily(build);

/** The simplified form of the character `code`, one for one, or `code` itself. */
export function simplifiedForm(code: number): number {
  return tables().simplified[code] ?? code;
}

/** `text` in simplified characters, one for one, so that offsets stay. */
export function simplifiedText(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) result += String.fromCharCode(simplifiedForm(text.charCodeAt(at)));
  return result;
}

/** The traditional form of the character `code`, one for one (发 is always 發), or `code` itself. */
export function traditionalForm(code: number): number {
  return tables().traditional[code] ?? code;
}

/** The script that the character `code` is written in and the other is not; undefined for what both have. */
export function scriptShownBy(code: number): Script | undefined {
  const shown = tables().shows[code];
  return shown === 1 ? 'simplified' : shown === 2 ? 'traditional' : undefined;
}

/** All characters that show each script; see {@link scriptShownBy}. */
export const charactersOfOneScript = lazily(
  (): Readonly<Record<Script, string>> => ({
    simplified: charactersShowing('simplified'),
    traditional: charactersShowing('traditional'),
  }),
);

function charactersShowing(script: Script): string {
  let characters = '';
  for (let code = 0; code < 0x10000; code++) {
    if (scriptShownBy(code) === script) characters += String.fromCharCode(code);
  }
  return characters;
}

/** Counts the characters between `start` and `end` that show a script. The text is of the one that has most. */
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

/** What so many characters of each script make of a text. */
export function scriptOfCounts(simplified: number, traditional: number): ScriptCount {
  const most = Math.max(simplified, traditional);
  const clear = most > 0 && most >= 2 * Math.min(simplified, traditional);
  return { script: clear ? (simplified === most ? 'simplified' : 'traditional') : undefined, simplified, traditional };
}

export interface ConversionOptions {
  /** The words of Taiwan too (软件 軟體), which only `taiwan` has, and back again for `simplified`. */
  readonly vocabulary?: boolean;
  /** The script of the text that `text` is a piece of; its own by default. */
  readonly context?: Script | undefined;
}

/**
 * Converts `text` with OpenCC: characters, and the words that decide between them (头发 頭髮, 发展 發展). Converting again
 * changes nothing: a sentence in the target script already only takes the forms of its region, for OpenCC's tables would
 * spoil it (干預 幹預); so does a word in that script among others. What shows no script is taken for what stands around it.
 * Each direction's tables are loaded when first asked for.
 */
export async function convert(text: string, to: TargetScript, options: ConversionOptions = {}): Promise<string> {
  const target: Script = to === 'simplified' ? 'simplified' : 'traditional';
  const region = to === 'taiwan' ? (options.vocabulary ? 'twp' : 'tw') : to === 'hongkong' ? 'hk' : 't';
  const across = await (to === 'simplified'
    ? simplifier(options.vocabulary ? 'twp' : 't')
    : traditionaliser('cn', region));
  // Not the region's words, which form chains: 进程 程序, 程序 程式.
  const within =
    to === 'simplified' || region === 't' ? undefined : await traditionaliser('t', region === 'hk' ? 'hk' : 'tw');
  const stay = (stretch: string): string => within?.(stretch) ?? stretch;
  let script = options.context ?? scriptOf(text).script;
  const parts: string[] = [];
  /** Neighbouring stretches are converted in one go. */
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

/** A stretch of both scripts: the characters of the target's own stay, with one beside it that could be taken wrongly. */
function mixedPieces(stretch: string, target: Script): { piece: string; kept: boolean }[] {
  const kept = new Uint8Array(stretch.length);
  const otherForm = target === 'simplified' ? simplifiedForm : traditionalForm;
  for (let at = 0; at < stretch.length; at++) {
    if (scriptShownBy(stretch.charCodeAt(at)) !== target) continue;
    kept[at] = 1;
    // 干預, or 預 and what stands behind it where nothing before could be taken wrongly.
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

/** From any traditional text; `t`, the generic standard, reads all of them. */
function simplifier(from: 't' | 'twp'): Promise<Converter> {
  return remembered(`${from} cn`, async () => (await import('opencc-js/t2cn')).Converter({ from, to: 'cn' }));
}

/** From simplified text, or between the forms of the regions. */
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
  const traditional = identity();
  const shows = new Uint8Array(0x10000);
  const gb = codesOf('gbk', 0xb0, 0xf7, 0xa1, 0xfe);
  // Levels 1 and 2 of Big5 itself; the pairs before, between and after are later additions, simplified ones among them.
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

/** The pairs of single UTF-16 units in one of OpenCC's tables. */
function* pairsOf(table: string): Generator<[number, number]> {
  for (const entry of table.split('|')) {
    if (entry.length === 3) yield [entry.charCodeAt(0), entry.charCodeAt(2)];
  }
}

/** Marks the characters that the pairs of a double-byte set between the given bytes spell. */
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
    // Without the set nothing can be told for sure: every character may stand in it.
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
