/** What damaged text is mended of before it is learned from. */

const ANNOTATED = /([一-鿿])[(（][a-zāáǎàōóǒòêēéěèīíǐìūúǔùǖǘǚǜü]{1,6}[)）]/g;
/** A text with fewer readings than this glosses rare characters; one with more was annotated throughout. */
const SYSTEMATIC = 20;

/** Takes the pinyin out of a text that is annotated with it throughout: 產(chǎn)業(yè). Never throws. */
export function stripReadings(text: string): string {
  let found = 0;
  for (const _ of text.matchAll(ANNOTATED)) if (++found >= SYSTEMATIC) return text.replace(ANNOTATED, '$1');
  return text;
}
