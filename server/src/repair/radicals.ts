/**
 * Replaces look-alikes of ordinary characters: Kangxi radicals and the radicals' supplement, which PDF files give for 一
 * 人 工 民, and compatibility ideographs. The ordinary forms come from Unicode: NFKC for U+2F00–U+2FD5 and the
 * compatibility ideographs, Equivalent_Unified_Ideograph for the supplement.
 */
import { scriptOf, simplifiedForm } from '../text/script';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

/** U+2E80 on, in order; a blank for those without an ideograph. */
const SUPPLEMENT =
  ' 厂乛 乚亻冂 刀刂卜㔾小小兀尣尢 巳幺彑彐忄心扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒网网网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟';
const LOOKALIKE =
  /[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufad9]/g;

/** Whether `text` contains anything for {@link replaceRadicals}. */
export function hasRadical(text: string): boolean {
  return text.search(LOOKALIKE) >= 0;
}

/** Replaces look-alikes by ordinary ideographs, in the script of the text. */
export function replaceRadicals(text: string): StepResult {
  if (!hasRadical(text)) return { edits: [], entries: [] };
  const simplified = scriptOf(text).script !== 'traditional';
  const edits: TextReplacement[] = [];
  for (const { 0: character, index } of text.matchAll(LOOKALIKE)) {
    const ordinary = ordinaryFor(character, simplified);
    if (ordinary !== undefined && ordinary !== character) {
      edits.push({ start: index, end: index + 1, newText: ordinary });
    }
  }
  return doneBy('radicals', text, edits);
}

function ordinaryFor(character: string, simplified: boolean): string | undefined {
  const code = character.charCodeAt(0);
  const own = code < 0x2f00 ? SUPPLEMENT.charAt(code - 0x2e80) : '';
  const ordinary = own !== '' && own !== ' ' ? own : character.normalize('NFKC');
  if (ordinary === character) return undefined;
  // 靑 and 戶 are the forms of the radicals' own standard.
  if (ordinary === '靑') return '青';
  return code >= 0x2f00 && code < 0x2fd6 && simplified
    ? String.fromCharCode(simplifiedForm(ordinary.charCodeAt(0)))
    : ordinary;
}
