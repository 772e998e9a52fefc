import { beforeAll, describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../../server/src/features/markdown';
import { sloganCard, sloganCount, withSeries, wordsOf } from '../../../server/src/features/sloganCard';
import { sloganAt } from '../../../server/src/features/sloganHover';
import { asLearned, asWritten, draftScript } from '../../../server/src/lexicon/model/draftScript';
import type { Lexicon, Phrase } from '../../../server/src/lexicon/model/lexicon';
import { commonTriggerCharacters, TRIGGER_MARKS, triggerCharacters } from '../../../server/src/lsp/triggers';
import { runToCompletion } from '../../../server/src/text/resumable';
import { SLOGANS } from '../lexicon/documents';
import { smallLexicon } from './lexicon';

const PHRASE: Phrase = {
  text: '“两*渠”',
  count: 1234,
  documents: 56,
  series: { members: ['“一库”', '“两*渠”'], count: 8, documents: 5 },
  before: [['建设', 7]],
  after: [['工程', 3]],
  variants: [['“两-渠”', 1]],
};

describe('what is known of a slogan', () => {
  it('is its form, count, series, neighbours and variants', () => {
    expect(sloganCard(PHRASE, 'zh-cn', false, String).value.split('\n')).toEqual([
      '“两*渠”',
      '词库：56 份文稿，1,234 次',
      '系列：“一库” → “两*渠”',
      '前面常接：建设… (7)',
      '后面常接：…工程 (3)',
      '也写作：“两-渠” (1)',
    ]);
    expect(sloganCount(PHRASE, 'en')).toBe('lexicon: 1,234 times in 56 documents');
    expect(sloganCount({ ...PHRASE, own: 3 }, 'en')).toBe('lexicon: 1,234 times in 56 documents, 3 of them yours');
  });

  it('shows every character as it is in Markdown', () => {
    const { kind, value } = sloganCard(PHRASE, 'en', true, String);
    expect(kind).toBe('markdown');
    expect(value).toContain('**“两\\*渠”**');
    expect(escapeMarkdown('[a](b) <i> *c* `d` \\')).toBe('\\[a\\]\\(b\\) \\<i\\> \\*c\\* \\`d\\` \\\\');
  });

  it('is written in the script of the draft', () => {
    expect(wordsOf(PHRASE)).toContain('建设');
    expect(sloganCard(PHRASE, 'zh-cn', false, (text) => text.replace('设', '設')).value).toContain('建設');
  });
});

describe('a slogan under the pointer', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await smallLexicon();
  });

  it('is the longest that covers the place', () => {
    const line = `望海区${SLOGANS[2]}，见实效`;
    for (const column of [3, 6, 11]) {
      expect(sloganAt(lexicon, line, column)).toMatchObject({ phrase: { text: SLOGANS[2] }, start: 3, end: 11 });
    }
  });

  it('is none beside it', () => {
    const line = `望海区${SLOGANS[2]}，见实效`;
    for (const column of [0, 1, 13, line.length]) expect(sloganAt(lexicon, line, column)).toBeUndefined();
    expect(sloganAt(lexicon, '', 0)).toBeUndefined();
  });

  it('brings the series of the term in it', () => {
    const series = { members: ['“一库”', '“青禾计划”'], count: 8, documents: 5 };
    const term = { ...PHRASE, text: '“青禾计划”', series };
    const find = (text: string) => (text === term.text ? term : undefined);
    const { series: _, ...plain } = { ...PHRASE, text: '落实“青禾计划”' };
    expect(withSeries(plain, { ...lexicon, find } as Lexicon).series).toBe(series);
  });

  it('triggers suggestions by its characters in both scripts', () => {
    const characters = runToCompletion(triggerCharacters(lexicon));
    for (const character of [...TRIGGER_MARKS, '兴', '興', '禾']) expect(characters).toContain(character);
    expect(new Set(characters).size).toBe(characters.length);
    const common = commonTriggerCharacters();
    for (const character of ['兴', '興', '的', '，']) expect(common).toContain(character);
    expect(common.every((character) => character.length === 1)).toBe(true);
  });
});

describe('the script of a draft', () => {
  const TRADITIONAL = '雲岫市推動「綠色水利」，為鄉村發展打下基礎。';

  it('is told by its characters and quotation marks', () => {
    expect(draftScript('云岫市推动“绿色水利”', 5)).toEqual({ script: 'simplified', cornerQuotes: false });
    expect(draftScript(TRADITIONAL, 5)).toEqual({ script: 'taiwan', cornerQuotes: true });
    expect(draftScript(TRADITIONAL.replace('為', '爲'), 5).script).toBe('traditional');
    expect(draftScript(`${TRADITIONAL}村裏`, 5).script).toBe('hongkong');
    expect(draftScript('', 0).script).toBe('simplified');
  });

  it('is undone unit for unit, and put back', async () => {
    const script = draftScript(TRADITIONAL, 0);
    const learned = asLearned(TRADITIONAL, script);
    expect(learned).toBe('云岫市推动“绿色水利”，为乡村发展打下基础。');
    expect(await asWritten([learned, '“绿色”'], script)).toEqual([TRADITIONAL, '「綠色」']);
    expect(await asWritten([], script)).toEqual([]);
  });

  it('leaves simplified drafts alone', async () => {
    const script = draftScript('推动“绿色水利”', 0);
    expect(asLearned('“后”', script)).toBe('“后”');
    expect(await asWritten(['“后”'], script)).toEqual(['“后”']);
  });
});
