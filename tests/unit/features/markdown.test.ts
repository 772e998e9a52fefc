/** Text of a draft or of a corpus, which may be anybody's, is only ever shown literally in a hover. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../../server/src/features/markdown';
import { referenceHover } from '../../../server/src/features/references';
import { sloganCard } from '../../../server/src/features/sloganCard';
import type { Phrase } from '../../../server/src/lexicon/model/lexicon';
import { analyse } from '../../../server/src/structure/analyse';

/** More lenient than any editor: HTML, bare addresses, tables. */
const renderer = new MarkdownIt({ html: true, linkify: true, typographer: false });

const HOSTILE = [
  '[水利](command:workbench.action.terminal.new)',
  '[水利](https://a.example "x")',
  '![图](https://a.example/a.png)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<https://a.example>',
  'https://a.example/水利',
  'www.example.com',
  'a@b.example',
  'command:workbench.action.quit',
  '`代码`',
  '```\n代码\n```',
  '**粗** __粗__ *斜* ~~删~~',
  '# 题',
  '- 项',
  '1. 项',
  '1) 项',
  '> 引',
  '---',
  '===',
  '| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |',
  '    缩进',
  '&lt;b&gt; &amp; &#60;',
  '$(alert) $x$',
  '[^1]: 注',
  '[水利]: https://a.example',
  '\\[水利](https://a.example)',
  '<!-- 注 -->',
  '\u2028# 题',
];
const piece = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('水利', '\n', ' ', '\\'),
);
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
);

const visible = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The text that a reader sees of `markdown`; throws if it contains more than paragraphs and our own bold type. */
function seen(markdown: string): string {
  let text = '';
  for (const block of renderer.parse(markdown, {})) {
    expect(['paragraph_open', 'paragraph_close', 'inline']).toContain(block.type);
    for (const { type, content } of block.children ?? []) {
      expect(['text', 'text_special', 'softbreak', 'strong_open', 'strong_close']).toContain(type);
      text += type === 'softbreak' ? ' ' : content;
    }
    text += ' ';
  }
  return visible(text);
}

describe('hostile words', () => {
  it.each(HOSTILE)('%j are shown as they are', (words) => {
    expect(seen(`水利${escapeMarkdown(words)}`)).toBe(visible(`水利${words}`));
    expect(seen(escapeMarkdown(words.trim()))).toBe(visible(words));
  });

  it('of a lexicon make nothing of the card of a slogan', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (text, words, variant) => {
        const phrase: Phrase = {
          ...{ text: `甲${text}乙`, count: 3, documents: 2, variants: [[`甲${variant}`, 1]] },
          ...{ before: [[`甲${words}`, 2]], after: [[`${words}乙`, 1]] },
          series: { members: [`甲${text}乙`, `甲${variant}`], count: 2, documents: 2 },
        };
        const shown = seen(sloganCard(phrase, 'zh-cn', true, String).value);
        for (const part of [`甲${text}乙`, `甲${variant}`, `甲${words}`]) expect(shown).toContain(visible(part));
      }),
    );
  });

  it.each(HOSTILE)('%j of a draft make nothing of the hover of a reference', (words) => {
    const draft = `青禾县办法\n第一条　为了防汛，制定本办法。\n第二条　${words}\n${words}由县水利局负责。\n第三条　违反本办法第二条的，改正。\n`;
    const at = draft.indexOf('第二条的');
    const hover = referenceHover(analyse(draft), at + 1, 'zh-cn', true);
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    seen((hover as unknown as { contents: { value: string } }).contents.value);
  });
});
