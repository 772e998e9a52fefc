/** Readings of characters: those of pinyin-pro, and the annotations in a text. */
import { pinyin } from 'pinyin-pro';
import { simplifiedForm } from '../text/script';

/** A reading in parentheses in a text: 業(yè), or the damaged remains of one, ?zhèn). */
export interface Annotation {
  /** Offset of the opening parenthesis. */
  readonly start: number;
  readonly end: number;
  readonly reading: string;
  /** False if the parenthesis was lost: a replacement sign for undecodable bytes is in its place. */
  readonly opened: boolean;
}

const SYLLABLE = 'a-zü';
const TONED = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿê';
const BEFORE_READING = '(（?\ufffd';
const READING = new RegExp(`([${BEFORE_READING}])([${SYLLABLE}${TONED}]{1,6})[)）]`, 'g');
const HAS_VOWEL = new RegExp(`[aeiouü${TONED}]`);

/**
 * Every line with an annotation contains two adjacent characters of this set: one before a reading, and its first
 * letter.
 */
export const SIGNS_OF_ANNOTATION = `${BEFORE_READING}abcdefghijklmnopqrstuvwxyzü${TONED}`;

/** Finds everything in `text` that looks like the reading of one character, in order. */
export function annotationsIn(text: string): Annotation[] {
  const found: Annotation[] = [];
  for (const match of text.matchAll(READING)) {
    const reading = match[2] as string;
    if (!HAS_VOWEL.test(reading)) continue;
    const mark = match[1] as string;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      reading,
      opened: mark === '(' || mark === '（',
    });
  }
  return found;
}

const known = new Map<number, ReadonlySet<string>>();

/** All readings of the character `code`, with tone marks; including those of its simplified form. */
export function readingsOf(code: number): ReadonlySet<string> {
  let readings = known.get(code);
  if (!readings) {
    readings = new Set([...lookUp(code), ...lookUp(simplifiedForm(code))]);
    known.set(code, readings);
  }
  return readings;
}

function lookUp(code: number): readonly string[] {
  const character = String.fromCharCode(code);
  const found = pinyin(character, { multiple: true, type: 'array' });
  return found.filter((reading) => reading !== character);
}

/** Whether `reading` is one of the readings of the character `code`; tone marks may be missing. */
export function isReadingOf(reading: string, code: number): boolean {
  const readings = readingsOf(code);
  if (readings.has(reading)) return true;
  if (!/^[a-zü]+$/.test(reading)) return false;
  for (const full of readings) if (toneless(full) === reading) return true;
  return false;
}

function toneless(reading: string): string {
  return reading
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/g, '')
    .normalize('NFC');
}

/** `text` without anything that looks like the reading of one character. */
export function withoutAnnotations(text: string): string {
  return text.replace(READING, '');
}
