/**
 * What comes near a slogan and stands in the corpus itself: 一张蓝图干到底 beside 一张蓝图绘到底. Whoever writes it may mean it,
 * unless the slogan is so much more common that the corpus must have slipped too.
 */
import { readText } from '../model/comparedText';
import type { Lexicon, Neighbour, Phrase } from '../model/lexicon';
import { NearMissFinder, SLIP_ODDS } from '../proofreading/nearMiss';

/**
 * The near forms in `texts`, which `lexicon` was learned from, with their counts, by their words; those too rare to
 * matter are left out. Takes time linear in the texts; `pause` is called now and then and may throw to stop the work.
 */
export function nearFormsIn(lexicon: Lexicon, texts: readonly string[], pause: () => void): Neighbour[] {
  const finder = new NearMissFinder(lexicon);
  const counts = new Map<string, { count: number; phrase: Phrase }>();
  for (const text of texts) {
    pause();
    for (let start = 0; start < text.length; ) {
      const end = lineEnd(text, start);
      for (const { words, phrase } of finder.findIn(readText(text, start, end, []))) {
        const known = counts.get(words);
        if (known) known.count++;
        else counts.set(words, { count: 1, phrase });
      }
      start = end + 1;
    }
  }
  return [...counts]
    .filter(([, { count, phrase }]) => phrase.count < SLIP_ODDS * count)
    .map(([words, { count }]): Neighbour => [words, count])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
