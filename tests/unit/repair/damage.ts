/**
 * Damages a sound text the way scraping did: two replacements on GBK bytes without regard to character boundaries, and
 * a decoder that makes what it can of the rest. Independent of the product's own model of it, based on iconv-lite.
 */
import iconv from 'iconv-lite';

export interface Damage {
  /** Readings inserted after every occurrence of these characters' bytes. */
  readonly readings?: ReadonlyMap<string, string>;
  /** Full-width ！？；，（） folded to half-width. */
  readonly fold?: boolean;
  /** How the decoder after the insertion, and the one after the folding, treat a lead byte without a trail byte. */
  readonly decoders?: readonly [Lost, Lost];
  /**
   * Pairs that encode nothing: dropped, kept as private-use characters, each replaced by a sign, or split: the first
   * byte is lost as if it had no second, and the second begins a character.
   */
  readonly privateUse?: Unassigned;
}

export type Lost = 'drop' | 'swallow' | 'mark' | 'question';
export type Unassigned = 'drop' | 'keep' | 'mark' | 'question' | 'split';

/** A range of the sound text that was damaged. */
export interface Place {
  /** In the sound text. */
  readonly start: number;
  readonly end: number;
  /** In the damaged text: from just after the last sound character before it to the first sound one after it. */
  readonly damagedStart: number;
  readonly damagedEnd: number;
}

export interface Damaged {
  readonly text: string;
  readonly places: readonly Place[];
}

/**
 * A byte, or a whole character that GBK cannot encode (`value` from 0x100 up); `origin` is the sound character's
 * offset.
 */
interface Unit {
  readonly value: number;
  readonly origin: number;
}

interface Character {
  readonly text: string;
  /** -1 for units created by the damage. */
  readonly origin: number;
}

const FOLDS = new Map([...'!?;,()'].map((mark) => [mark.charCodeAt(0) + 0x80, mark.charCodeAt(0)]));

export function damage(sound: string, options: Damage): Damaged {
  const [first, second] = options.decoders ?? ['swallow', 'drop'];
  const privateUse = options.privateUse ?? 'drop';
  let characters: Character[] = [...sound.split('')].map((text, origin) => ({ text, origin }));
  if (options.readings) characters = decode(insert(encode(characters), options.readings), first, privateUse);
  if (options.fold) characters = decode(fold(encode(characters)), second, privateUse);
  return { text: characters.map((character) => character.text).join(''), places: placesOf(sound, characters) };
}

function placesOf(sound: string, characters: readonly Character[]): Place[] {
  const places: Place[] = [];
  let expected = 0;
  let after = 0;
  let at = 0;
  characters.forEach((character, index) => {
    if (character.origin >= 0) {
      if (character.origin > expected) {
        places.push({ start: expected, end: character.origin, damagedStart: after, damagedEnd: at });
      }
      expected = character.origin + 1;
      after = at + character.text.length;
    }
    at += character.text.length;
    if (index === characters.length - 1 && expected < sound.length) {
      places.push({ start: expected, end: sound.length, damagedStart: after, damagedEnd: at });
    }
  });
  return places;
}

function encode(characters: readonly Character[]): Unit[] {
  const units: Unit[] = [];
  for (const { text, origin } of characters) {
    const bytes = bytesOf(text);
    if (bytes) for (const value of bytes) units.push({ value, origin });
    else units.push({ value: 0x100 + text.charCodeAt(0), origin });
  }
  return units;
}

const known = new Map<string, readonly number[] | undefined>();

function bytesOf(text: string): readonly number[] | undefined {
  if (!known.has(text)) {
    const bytes = [...iconv.encode(text, 'gbk')];
    known.set(text, iconv.decode(Buffer.from(bytes), 'gbk') === text ? bytes : undefined);
  }
  return known.get(text);
}

function insert(units: readonly Unit[], readings: ReadonlyMap<string, string>): Unit[] {
  const byPair = new Map<number, string>();
  for (const [character, reading] of readings) {
    const bytes = bytesOf(character);
    if (bytes?.length === 2) byPair.set(bytes[0]! * 256 + bytes[1]!, reading);
  }
  const inserted: Unit[] = [];
  for (let at = 0; at < units.length; at++) {
    inserted.push(units[at]!);
    const next = units[at + 1];
    const reading = next && byPair.get(units[at]!.value * 256 + next.value);
    if (!next || reading === undefined) continue;
    inserted.push(next);
    for (const value of [0x28, ...[...reading].flatMap((letter) => [...bytesOf(letter)!]), 0x29]) {
      inserted.push({ value, origin: -1 });
    }
    at++;
  }
  return inserted;
}

function fold(units: readonly Unit[]): Unit[] {
  const folded: Unit[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!;
    const next = units[at + 1];
    const mark = unit.value === 0xa3 && next ? FOLDS.get(next.value) : undefined;
    if (mark === undefined || !next) {
      folded.push(unit);
      continue;
    }
    folded.push({ value: mark, origin: unit.origin === next.origin ? unit.origin : -1 });
    at++;
  }
  return folded;
}

function decode(units: readonly Unit[], lost: Lost, privateUse: Unassigned): Character[] {
  const characters: Character[] = [];
  for (let at = 0; at < units.length; at++) {
    const { value, origin } = units[at]!;
    if (value >= 0x100) characters.push({ text: String.fromCharCode(value - 0x100), origin });
    else if (value < 0x80) characters.push({ text: String.fromCharCode(value), origin });
    else {
      const next = units[at + 1];
      const follows = next && next.value >= 0x40 && next.value <= 0xfe && next.value !== 0x7f;
      if (value === 0x80 || value === 0xff || !follows) {
        loseLead(characters, lost);
        if (lost === 'swallow' && next) at++;
        continue;
      }
      const text = pairText(value * 256 + next.value);
      if (text === undefined && privateUse === 'split') {
        loseLead(characters, lost);
        continue;
      }
      at++;
      const kept = text ?? standIn(value * 256 + next.value, privateUse);
      if (kept !== undefined) characters.push({ text: kept, origin: origin === next.origin ? origin : -1 });
    }
  }
  return characters;
}

function loseLead(characters: Character[], lost: Lost): void {
  if (lost !== 'drop') characters.push({ text: lost === 'mark' ? '\ufffd' : '?', origin: -1 });
}

/** The substitute for a pair that encodes nothing. */
function standIn(pair: number, privateUse: Unassigned): string | undefined {
  if (privateUse === 'drop') return undefined;
  return privateUse === 'keep' ? privateText(pair) : privateUse === 'mark' ? '\ufffd' : '?';
}

/** The character that a pair encodes; none in the areas that GBK leaves to its users. */
function pairText(pair: number): string | undefined {
  const text = privateText(pair);
  const code = text.charCodeAt(0);
  return text.length !== 1 || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) ? undefined : text;
}

const decoder = new TextDecoder('gbk');
const texts = new Map<number, string>();

function privateText(pair: number): string {
  let text = texts.get(pair);
  if (text === undefined) {
    text = decoder.decode(Uint8Array.of(pair >> 8, pair & 0xff));
    texts.set(pair, text);
  }
  return text;
}
