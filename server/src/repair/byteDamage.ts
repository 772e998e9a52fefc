/**
 * Simulates the damage: what two replacements on GBK bytes, made without regard to character boundaries, turn a sound
 * text into. A repair is accepted only if this reproduces exactly the observed text.
 *
 * - folding: the bytes A3A1, A3BF, A3BB, A3AC, A3A8, A3A9 and A3BA, wherever they occur, become ! ? ; , ( ) :
 * - annotating: after the bytes of certain characters, wherever they occur, that character's reading is inserted: 業(yè)
 *
 * Afterwards a decoder turns the remaining bytes into characters, and decoders differ in how they treat invalid bytes.
 */
import { type Gbk, isLead, isTrail } from './gbk';

/** How a decoder treats a lead byte that is not followed by a trail byte, and pairs that encode nothing. */
export interface Decoder {
  /** A lead byte without a trail byte: dropped, replaced by a sign, or replaced together with what follows. */
  readonly invalid: 'drop' | 'mark' | 'swallow';
  /**
   * A pair without a character: dropped, kept as a private-use character, or its lead byte treated as invalid on its
   * own.
   */
  readonly unassigned: 'drop' | 'keep' | 'split';
  readonly sign: '?' | '\ufffd';
}

/** All decoders that scraped texts may have passed through. */
export const DECODERS: readonly Decoder[] = (['drop', 'split', 'keep'] as const).flatMap((unassigned) => [
  { invalid: 'drop', unassigned, sign: '?' },
  ...(['?', '\ufffd'] as const).flatMap((sign) => [
    { invalid: 'swallow' as const, unassigned, sign },
    { invalid: 'mark' as const, unassigned, sign },
  ]),
]);

/** A bit mask of those {@link DECODERS} for which `is` holds. */
export function decodersThat(is: (decoder: Decoder) => boolean): number {
  return DECODERS.reduce((bits, decoder, index) => (is(decoder) ? bits | (1 << index) : bits), 0);
}

/** The half-width marks that folding leaves, by the second byte of the full-width ones. */
export const FOLDED = new Set([...'!?;,():'].map((mark) => mark.charCodeAt(0)));

/** Bytes, and, as numbers from 0x100 up, whole characters that GBK cannot encode. */
type Bytes = number[];

/** Folds `marks` in the bytes of `text` and decodes the result. */
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

/** Annotates `text` with the reading of each pair in `readings`, and decodes the result. */
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

/** Removes the first byte of `text`, for which the decoder leaves its sign, and decodes the rest. */
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
