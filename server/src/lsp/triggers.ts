/**
 * The characters after which an editor requests suggestions: with a word pattern that does not match Han, nothing else
 * triggers a request.
 */
import type { Lexicon } from '../lexicon/model/lexicon';
import { isHan } from '../text/characters';
import { Pace, type Resumable } from '../text/resumable';
import { traditionalForm } from '../text/script';

/** Marks where a clause, a quotation, a title or a marker begins, and characters that begin a reference: 见, 第, 附件. */
export const TRIGGER_MARKS: readonly string[] = [...'“、,，”》。；！？：（《「『」』见見第件'];

/** Number of phrases read between two yields. */
const PIECE = 500;

/** The marks and every Han character in the phrases of `lexicon`, in either script; in steps of about a millisecond. */
export function* triggerCharacters(lexicon: Lexicon): Resumable<string[]> {
  const characters = new Set<number>();
  const pace = new Pace(PIECE);
  for (const { text } of lexicon.phrases) {
    if (pace.isOver()) yield;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isHan(code)) continue;
      characters.add(code);
      characters.add(traditionalForm(code));
    }
  }
  return [...new Set([...TRIGGER_MARKS, ...Array.from(characters, (code) => String.fromCharCode(code))])];
}

/**
 * The marks and the frequent characters of GB 2312 and Big5 (their first levels): the answer before any lexicon is
 * loaded, for clients that need one at the start. They wait for it, so it must be fast.
 */
export function commonTriggerCharacters(): string[] {
  const seen = new Uint8Array(0x10000);
  const characters = [...TRIGGER_MARKS];
  for (const mark of TRIGGER_MARKS) seen[mark.charCodeAt(0)] = 1;
  for (const text of [levelOne('gbk', 0xb0, 0xd7, 0xa1), levelOne('big5', 0xa4, 0xc6, 0x40)]) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (seen[code] === 1 || !isHan(code)) continue;
      seen[code] = 1;
      characters.push(text[at] as string);
    }
  }
  return characters;
}

/**
 * The characters of a double-byte set whose first byte lies within these bounds; '' if the platform does not know the
 * set.
 */
function levelOne(label: string, first: number, last: number, firstTrail: number): string {
  const bytes = new Uint8Array((last - first + 1) * (0xff - firstTrail) * 2);
  let size = 0;
  for (let lead = first; lead <= last; lead++) {
    for (let trail = firstTrail; trail <= 0xfe; trail++) {
      // Unused in Big5.
      if (trail >= 0x7f && trail <= 0xa0) continue;
      bytes[size++] = lead;
      bytes[size++] = trail;
    }
  }
  try {
    return new TextDecoder(label).decode(bytes.subarray(0, size));
  } catch {
    // The platform lacks this set: the marks must suffice.
    return '';
  }
}
