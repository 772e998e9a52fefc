/** The characters after which an editor asks for suggestions: with Han as no word of its own, nothing else makes it ask. */
import type { Lexicon } from '../lexicon/model/lexicon';
import { isHan } from '../text/characters';
import { traditionalForm } from '../text/script';

/** Where a clause, a quotation, a title or a marker begins, and a reference: 见, 第, 附件. */
export const TRIGGER_MARKS: readonly string[] = [...'“、,，”》。；！？：（《「『」』见見第件'];

/** The marks and every Han character that the phrases of `lexicon` are written with, in either script. */
export function triggerCharacters(lexicon: Lexicon): string[] {
  const characters = new Set<number>();
  for (const { text } of lexicon.phrases) {
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
 * The marks and the frequent characters of GB 2312 and Big5 (their first levels): what can be said before any lexicon
 * is loaded, for clients that want to know at once. They wait for it at the start, so it is made without detours.
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

/** The characters of a double-byte set whose first byte lies within these bounds; '' where the platform does not know the set. */
function levelOne(label: string, first: number, last: number, firstTrail: number): string {
  const bytes = new Uint8Array((last - first + 1) * (0xff - firstTrail) * 2);
  let size = 0;
  for (let lead = first; lead <= last; lead++) {
    for (let trail = firstTrail; trail <= 0xfe; trail++) {
      // Big5 leaves these out.
      if (trail >= 0x7f && trail <= 0xa0) continue;
      bytes[size++] = lead;
      bytes[size++] = trail;
    }
  }
  try {
    return new TextDecoder(label).decode(bytes.subarray(0, size));
  } catch {
    // Built without this set: the marks must do.
    return '';
  }
}
