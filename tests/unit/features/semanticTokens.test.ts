import { beforeAll, describe, expect, it } from 'vitest';
import { semanticTokens } from '../../../server/src/features/semanticTokens';
import type { Lexicon } from '../../../server/src/lexicon/model/lexicon';
import { analyse } from '../../../server/src/structure/analyse';
import { convert } from '../../../server/src/text/script';
import { SLOGANS } from '../lexicon/documents';
import { smallLexicon } from './lexicon';

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await smallLexicon();
});

/** The words that the tokens cover, with their lines. */
function tokens(
  text: string,
  range?: Parameters<typeof semanticTokens>[2],
  kind: 'policytext' | 'markdown' = 'policytext',
) {
  const lines = text.split('\n');
  const { data } = semanticTokens(analyse(text, kind), lexicon, range);
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type, modifiers] = data.slice(at, at + 5);
    expect([type, modifiers]).toEqual([0, 0]);
    character = down > 0 ? right : character + right;
    line += down;
    found.push(`${line}:${lines[line]?.slice(character, character + length)}`);
  }
  return found;
}

describe('slogans as tokens', () => {
  it('are whole slogans, line by line', () => {
    expect(tokens(`我们${SLOGANS[0]}，落实${SLOGANS[3]}。\n\n云岭省${SLOGANS[2]}`)).toEqual([
      `0:${SLOGANS[0]}`,
      `0:${SLOGANS[3]}`,
      `2:${SLOGANS[2]}`,
    ]);
    expect(tokens('老槐树下，没有什么。')).toEqual([]);
    expect(tokens('')).toEqual([]);
  });

  it('of a range are those of its lines', () => {
    const text = Array.from({ length: 5 }, () => SLOGANS[2]).join('\n');
    const range = { start: { line: 1, character: 3 }, end: { line: 2, character: 0 } };
    expect(tokens(text, range)).toEqual([`1:${SLOGANS[2]}`, `2:${SLOGANS[2]}`]);
    expect(tokens(text, { start: { line: 4, character: 0 }, end: { line: 99, character: 0 } })).toHaveLength(1);
  });

  it('are found in traditional script, with its own quotation marks', async () => {
    const written = (await convert(SLOGANS[2], 'traditional')).replaceAll('“', '「');
    expect(tokens(`我們這裡發展農業，說話寫書，${written}`)).toEqual([`0:${written}`]);
    expect(tokens('落實「青禾計劃」，說話寫書')).toEqual(['0:「青禾計劃」']);
  });

  it('leave headings alone, but not the text that follows in the line', () => {
    expect(tokens(`一、${SLOGANS[2]}\n（一）${SLOGANS[2]}。要${SLOGANS[0]}。`)).toEqual([`1:${SLOGANS[0]}`]);
  });

  it('leave code of Markdown alone', () => {
    expect(tokens(`\`\`\`\n${SLOGANS[2]}\n\`\`\`\n${SLOGANS[2]}`, undefined, 'markdown')).toEqual([`3:${SLOGANS[2]}`]);
  });

  it('stay right after an edit in another line', () => {
    const before = analyse(`甲\n${SLOGANS[2]}\n乙`, 'policytext');
    semanticTokens(before, lexicon);
    const after = analyse(`甲\n丙\n\n${SLOGANS[2]}\n乙`, 'policytext', before);
    expect(semanticTokens(after, lexicon)).toEqual(semanticTokens(analyse(after.text, 'policytext'), lexicon));
  });
});
