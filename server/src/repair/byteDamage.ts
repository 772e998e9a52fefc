/**
 * The damage itself, run again: what two replacements on GBK bytes, made without regard to where characters begin, turn
 * a sound text into. A repaired place is believed only where this gives back exactly what was observed.
 *
 * - folding: the bytes A3A1, A3BF, A3BB, A3AC, A3A8, A3A9 and A3BA, wherever they stand, become ! ? ; , ( ) :
 * - annotating: behind the bytes of certain characters, wherever they stand, comes that character's reading: 業(yè)
 *
 * Afterwards a decoder makes characters of what is left, and decoders differ in what they do with bytes that are none.
 */
import { type Gbk, isLead, isTrail } from './gbk';

/** What a decoder does with a lead byte before one that cannot follow it, and with pairs that spell nothing. */
export interface Decoder {
  /** Lead byte without its second: dropped, marked by a sign, or turned into the sign together with what follows. */
  readonly invalid: 'drop' | 'mark' | 'swallow';
  /** Pair without a character: dropped, kept as a private character, or its lead alone treated as invalid. */
  readonly unassigned: 'drop' | 'keep' | 'split';
  readonly sign: '?' | '\ufffd';
}

/** Every decoder that scraped texts may have gone through. */
export const DECODERS: readonly Decoder[] = (['drop', 'split', 'keep'] as const).flatMap((unassigned) => [
  { invalid: 'drop', unassigned, sign: '?' },
  ...(['?', '\ufffd'] as const).flatMap((sign) => [
    { invalid: 'swallow' as const, unassigned, sign },
    { invalid: 'mark' as const, unassigned, sign },
  ]),
]);

/** Those of {@link DECODERS} of which `is` holds, one bit each. */
export function decodersThat(is: (decoder: Decoder) => boolean): number {
  return DECODERS.reduce((bits, decoder, index) => (is(decoder) ? bits | (1 << index) : bits), 0);
}

/** The half-width marks that folding leaves, by the second byte of the full-width ones. */
export const FOLDED = new Set([...'!?;,():'].map((mark) => mark.charCodeAt(0)));

/** Bytes, with whole characters that GBK cannot spell standing among them as numbers from 0x100 up. */
type Bytes = number[];

/** Runs the folding of `marks` over `text` and decodes the outcome. */
export function foldAgain(text: string, marks: ReadonlySet<number>, gbk: Gbk, decoder: Decoder): string {
  const bytes = bytesOf(text, gbk);
  const folded: Bytes = [];
  for (let at = 0; at < bytes.length; at++) {
    const second = bytes[at + 1];
    if (bytes[at] === 0xa3 && second !== undefined && second < 0x100 && marks.has(second - 0x80)) {
      folded.push(second - 0x80);
      at++;
    } else folded.push(bytes[at] as number);
  }
  return characters(folded, gbk, decoder);
}

/** Runs the annotating over `text`, with the reading that goes behind each pair in `readings`, and decodes it. */
export function annotateAgain(text: string, readings: ReadonlyMap<number, string>, gbk: Gbk, decoder: Decoder): string {
  const bytes = bytesOf(text, gbk);
  const annotated: Bytes = [];
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] as number;
    const second = bytes[at + 1];
    const reading = second !== undefined && second < 0x100 ? readings.get((first << 8) | second) : undefined;
    annotated.push(first);
    if (reading === undefined) continue;
    annotated.push(second as number, 0x28, ...bytesOf(reading, gbk), 0x29);
    at++;
  }
  return characters(annotated, gbk, decoder);
}

/** Takes the first byte of `text` away, for which the decoder leaves its sign, and decodes what is left. */
export function cutAgain(text: string, gbk: Gbk, decoder: Decoder): string {
  return decoder.sign + characters(bytesOf(text, gbk).slice(1), gbk, decoder);
}

function bytesOf(text: string, gbk: Gbk): Bytes {
  const bytes: Bytes = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const pair = gbk.encode(code);
    if (pair === 0) bytes.push(code < 0x80 ? code : 0x100 + code);
    else if (pair < 0x80) bytes.push(pair);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return bytes;
}

function characters(bytes: Bytes, gbk: Gbk, decoder: Decoder): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] as number;
    if (first >= 0x100) {
      text += String.fromCharCode(first - 0x100);
      continue;
    }
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const second = bytes[at + 1] ?? 0;
    if (isLead(first) && isTrail(second)) {
      const pair = (first << 8) | second;
      const code = gbk.decode(pair);
      if (code !== 0) {
        text += String.fromCharCode(code);
        at++;
        continue;
      }
      if (decoder.unassigned === 'keep') text += gbk.privateUse(pair);
      if (decoder.unassigned !== 'split') {
        at++;
        continue;
      }
    }
    if (decoder.invalid !== 'drop') text += decoder.sign;
    if (decoder.invalid === 'swallow' && second < 0x100) at++;
  }
  return text;
}
