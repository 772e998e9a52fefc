/** The page preview draws all words, at their positions, and redraws only what changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawnPage, drawPages, PageCache } from '../../../server/src/layout/drawing';
import { compose } from '../../../server/src/layout/elements';
import { BrokenLines } from '../../../server/src/layout/pages';
import { PAGE, setParagraphs, setText } from '../../../server/src/layout/paragraphs';
import { analyse } from '../../../server/src/structure/analyse';

const NOTICE = `青禾县人民政府文件
青政〔2026〕12号
青禾县人民政府关于做好汛期安全工作的通知
各乡镇人民政府：
　　现将有关事项通知如下。
一、总体要求
${'压实责任，排查隐患，守住底线。'.repeat(40)}
　　二、重点任务
（一）加强值守。汛期实行领导带班，“一把手”负总责。
乡镇\t雨量站
河口\t三处

青禾县人民政府
2026年5月1日
抄送：县委办公室。
青禾县人民政府办公室　2026年5月2日印发
`;

function draw(text: string, cache?: BrokenLines): DrawnPage[] {
  const analysis = analyse(text, 'policytext');
  const { lines } = analysis;
  const lineText = (line: number) => text.slice(lines.start(line), lines.end(line));
  return drawPages(setParagraphs(compose(analysis)), lineText, cache);
}

const squeezed = (text: string) => text.replace(/\s/g, '');
const drawnText = (pages: readonly DrawnPage[]) =>
  squeezed(pages.flatMap(({ lines }) => lines.flatMap(({ texts }) => texts.map(({ text }) => text))).join(''));

describe('pages as they are drawn', () => {
  it('hold every word of the draft, and the numbers of the pages', () => {
    const pages = draw(NOTICE);
    const text = drawnText(pages).replace(/—\d+—/g, '');
    expect(text).toBe(squeezed(setText(setParagraphs(compose(analyse(NOTICE, 'policytext'))))));
    expect(drawnText(pages.slice(0, 1))).toMatch(/—1—$/);
  });

  it('lead back to the words in the draft', () => {
    const lines = NOTICE.split('\n');
    let told = 0;
    for (const { firstLine, lines: drawn } of draw(NOTICE)) {
      for (const { line, column, texts } of drawn) {
        const words = texts[0]?.text;
        if (line === undefined || !words) continue;
        const source = lines[firstLine + line] as string;
        // Cells are side by side.
        if (!source.includes('\t')) expect(source.slice(column).startsWith(words.split('\t')[0] as string)).toBe(true);
        told++;
      }
    }
    expect(told).toBeGreaterThan(20);
  });

  it('stay on the paper, and lines of text within its margins', () => {
    const [right, bottom] = [PAGE.width, PAGE.height].map((mm) => (mm * 72) / 25.4) as [number, number];
    const edge = ((PAGE.width - 26) * 72) / 25.4;
    for (const { lines, rules } of draw(NOTICE)) {
      for (const { x, y, width, height } of rules) {
        expect(x >= 0 && y >= 0 && x + width <= right && y + height <= bottom).toBe(true);
      }
      for (const { texts } of lines) {
        for (const { x, y, width } of texts) {
          expect(x).toBeGreaterThan(70);
          expect(x + width).toBeLessThanOrEqual(edge + 1);
          expect(y).toBeLessThanOrEqual(bottom);
        }
      }
    }
  });

  it('are the same where lines are put in above that take no room', () => {
    const [first, ...others] = draw(NOTICE);
    const [moved, ...movedOthers] = draw(`\n\n${NOTICE}`);
    expect(moved?.lines).toEqual(first?.lines);
    expect(moved?.firstLine).toBe((first?.firstLine ?? 0) + 2);
    movedOthers.forEach((page, index) => {
      expect(page.lines).toEqual(others[index]?.lines);
    });
  });

  it('come out the same with what was kept of earlier texts', () => {
    const line = fc.constantFrom(
      '一、总体要求',
      '（一）任务。要抓紧。',
      '甲\t乙',
      '同志们：',
      '压实责任，'.repeat(30),
      '',
      '  短。',
    );
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 12 }), { minLength: 2, maxLength: 4 }), (texts) => {
        const cache = new PageCache();
        for (const lines of texts) {
          const text = lines.join('\n');
          expect(draw(text, cache)).toEqual(draw(text));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('break only the paragraphs that changed', () => {
    const cache = new BrokenLines();
    const paragraphs = Array.from({ length: 200 }, (_, index) => `第${index}段，${'压实责任。'.repeat(20)}`);
    let made = 0;
    const counting = new (class extends BrokenLines {
      override of(...[key, make]: Parameters<BrokenLines['of']>) {
        return cache.of(key, () => {
          made++;
          return make();
        });
      }
      override finish() {
        cache.finish();
      }
    })();
    draw(paragraphs.join('\n'), counting);
    expect(made).toBe(200);
    paragraphs[100] += '增。';
    made = 0;
    draw(paragraphs.join('\n'), counting);
    expect(made).toBe(1);
  });
});
