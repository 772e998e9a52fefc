import { lazily } from '../text/lazily';

/**
 * GBK encoding: the platform only decodes it, repairs need the other direction too. The table is built from
 * `TextDecoder('gbk')` (WHATWG Encoding) on first use, which takes a few milliseconds, in browsers as well.
 *
 * A pair is two bytes as one number, lead byte first: 保 is 0xb1a3.
 */

const LEADS = 126;
const TRAILS = 191;

export interface Gbk {
  /** The pair that encodes `code`, the code itself below 0x80, or 0 if GBK has no such character. */
  encode(code: number): number;
  /** The character that a pair encodes, or 0 for none. Private-use characters count as none: no text means them. */
  decode(pair: number): number;
  /**
   * What a decoder that supports private use makes of a pair without a character: a private-use character, or U+FFFD.
   */
  privateUse(pair: number): string;
}

/** The table; undefined where the platform's decoder has no GBK (a runtime built without full ICU data). */
export const gbk = lazily(build);

/** Whether `byte` is 0x81–0xfe, the lead bytes. */
export function isLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

/** Whether `byte` can be a trail byte: 0x40–0xfe except 0x7f. */
export function isTrail(byte: number): boolean {
  return byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
}

function build(): Gbk | undefined {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder('gbk');
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(LEADS * TRAILS * 2);
  let at = 0;
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      bytes[at++] = lead;
      // 0x7f is not a trail byte; a pair certain to be one character takes its place.
      bytes[at++] = trail === 0x7f ? 0xa1 : trail;
    }
  }
  const characters = decoder.decode(bytes);
  const decoded = new Uint16Array(LEADS * TRAILS);
  const encoded = new Uint16Array(0x10000);
  const privateUse = new Map<number, number>();
  // A pair without a character decodes to one U+FFFD, or to U+FFFD and the second byte if that is ASCII.
  let index = 0;
  for (let pair = 0; pair < decoded.length; pair++) {
    const code = characters.charCodeAt(index++);
    const trail = 0x40 + (pair % TRAILS);
    if (code === 0xfffd && trail < 0x80 && trail !== 0x7f && characters.charCodeAt(index) === trail) index++;
    if (trail === 0x7f || code === 0xfffd) continue;
    const bytePair = ((0x81 + Math.floor(pair / TRAILS)) << 8) | trail;
    if (encoded[code] === 0) encoded[code] = bytePair;
    if (code < 0xe000 || code > 0xf8ff) decoded[pair] = code;
    else privateUse.set(bytePair, code);
  }
  const decode = (pair: number): number => {
    const lead = pair >> 8;
    const trail = pair & 0xff;
    return isLead(lead) && isTrail(trail) ? (decoded[(lead - 0x81) * TRAILS + trail - 0x40] as number) : 0;
  };
  return {
    encode: (code) => (code < 0x80 ? code : (encoded[code] as number)),
    decode,
    privateUse: (pair) => String.fromCharCode(privateUse.get(pair) ?? 0xfffd),
  };
}
