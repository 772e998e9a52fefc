/** The characters after which an editor asks for suggestions: with Han as no word of its own, nothing else makes it ask. */
import type { Lexicon } from '../lexicon/lexicon';
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
 * is loaded, for clients that want to know at once.
 */
export function commonTriggerCharacters(): string[] {
  const simplified = levelOne('gbk', 0xb0, 0xd7, (trail) => trail >= 0xa1);
  const traditional = levelOne('big5', 0xa4, 0xc6, (trail) => trail <= 0x7e || trail >= 0xa1);
  return [...new Set([...TRIGGER_MARKS, ...simplified, ...traditional])];
}

function levelOne(label: string, first: number, last: number, isTrail: (trail: number) => boolean): string[] {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (isTrail(trail)) bytes.push(lead, trail);
  }
  try {
    const text = new TextDecoder(label).decode(Uint8Array.from(bytes));
    return Array.from(text).filter((character) => character.length === 1 && isHan(character.charCodeAt(0)));
  } catch {
    // Built without this set: the marks must do.
    return [];
  }
}
