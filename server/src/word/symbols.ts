/** Characters of symbol fonts, which encode signs as letters. */
import { bulletText } from './numbering';

/** Characters of the font Symbol, where it differs from Latin-1. */
const SYMBOLS: ReadonlyMap<number, string> = new Map(
  [
    ...'61α 62β 67γ 64δ 70π 6Dμ 73σ 6Cλ 71θ 77ω 44Δ 53Σ 57Ω B7• B4× B1± A3≤ B3≥ B9≠ BB≈ B0° D6√ A5∞ AE→ AC← DA∨ D9∧ CE∈'.matchAll(
      /([\dA-F]{2})(\S)/gu,
    ),
  ].map(([, code, sign]) => [Number.parseInt(code as string, 16), sign as string]),
);

/** The Unicode character shown for the character `code` of `font`. */
export function symbol(font: string, code: number): string {
  if (!(code > 0 && code <= 0xffff)) return '';
  const own = code >= 0xf000 && code <= 0xf0ff ? code & 0xff : code;
  if (/^symbol$/i.test(font)) return SYMBOLS.get(own) ?? String.fromCharCode(own);
  // Pictorial fonts: Wingdings and the like.
  return bulletText(String.fromCharCode(/wingdings|webdings/i.test(font) ? 0xf000 | own : code));
}
