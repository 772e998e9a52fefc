/**
 * The script and quotation marks of a draft. The lexicon is in simplified script with “ ”; for a draft in traditional
 * script, perhaps with 「 」, text is converted for look-up and back for answers.
 */
import { convert, scriptOf, simplifiedForm, type TargetScript } from '../../text/script';

export interface DraftScript {
  readonly script: TargetScript;
  /** Whether it uses 「 」 and 『 』 instead of “ ” and ‘ ’. */
  readonly cornerQuotes: boolean;
}

/** Number of characters around the caret from which the script is detected. */
const BEFORE = 4_000;
const AFTER = 1_000;

const TO_CURLY = new Map(
  [...'「“」”『‘』’'].flatMap((mark, at, all) => (at % 2 === 0 ? [[mark, all[at + 1]]] : [])) as [string, string][],
);
const TO_CORNER = new Map([...TO_CURLY].map(([corner, curly]) => [curly, corner]));

/** How the draft is written around `offset`. A text without evidence counts as simplified. */
export function draftScript(text: string, offset: number): DraftScript {
  const around = text.slice(Math.max(0, offset - BEFORE), offset + AFTER);
  const { script } = scriptOf(around);
  return {
    script: script === 'traditional' ? standardOf(around) : 'simplified',
    cornerQuotes: around.includes('「') && occurrences(around, '「') > occurrences(around, '“'),
  };
}

/** The standard of a traditional text: OpenCC's own writes 爲, Hong Kong 裏 and 着, Taiwan 裡 and 著. */
function standardOf(text: string): TargetScript {
  if (occurrences(text, '爲') > occurrences(text, '為')) return 'traditional';
  const hongkong = occurrences(text, '裏') + occurrences(text, '着') + occurrences(text, '台灣');
  const taiwan = occurrences(text, '裡') + occurrences(text, '著') + occurrences(text, '臺灣');
  return hongkong > taiwan ? 'hongkong' : 'taiwan';
}

/** `text` in the form of the lexicon, unit for unit, so that offsets stay valid. */
export function asLearned(text: string, { script, cornerQuotes }: DraftScript): string {
  if (script === 'simplified' && !cornerQuotes) return text;
  const units = new Array<string>(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    units[at] =
      TO_CURLY.get(unit) ?? (script === 'simplified' ? unit : String.fromCharCode(simplifiedForm(text.charCodeAt(at))));
  }
  return units.join('');
}

/** Texts from the lexicon in the form of the draft, in the same order. Each must be without line breaks. */
export async function asWritten(
  texts: readonly string[],
  { script, cornerQuotes }: DraftScript,
): Promise<readonly string[]> {
  let written = texts;
  if (script !== 'simplified' && texts.length > 0) {
    written = (await convert(texts.join('\n'), script)).split('\n');
  }
  if (!cornerQuotes) return written;
  return written.map((text) => text.replace(/[“”‘’]/g, (mark) => TO_CORNER.get(mark) ?? mark));
}

function occurrences(text: string, words: string): number {
  let count = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) count++;
  return count;
}
