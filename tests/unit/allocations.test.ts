/**
 * How much memory an edit allocates before it is collected, which is a better measure of work than time on a busy
 * machine.
 */
import v8 from 'node:v8';
import { expect, it } from 'vitest';
import { diagnostics } from '../../server/src/features/diagnostics';
import { foldingRanges } from '../../server/src/features/folding';
import { documentSymbols } from '../../server/src/features/outline';
import { lint } from '../../server/src/rules/lint';
import { analyse } from '../../server/src/structure/analyse';
import type { Analysis } from '../../server/src/structure/analysis';

const SECTIONS = 300;
/** No two alike, or there would be hundreds of findings. */
const paragraph = (number: number) =>
  `　　第${number}批项目要结合实际制定方案，压实主体责任，明确完成时限，受益群众超过${number}万人；对进展缓慢的单位及时约谈提醒，资金使用情况定期公开，接受监督。各县区按月报送第${number}批项目进度，${number}日前报齐，逾期不报的通报批评。`;
const TEXT = Array.from(
  { length: SECTIONS },
  (_, index) => `${index + 1}．抓好第${index + 1}批建设\n${paragraph(2 * index)}\n${paragraph(2 * index + 1)}`,
).join('\n');
const WARM_UP = 60;
const ROUNDS = 100;

/** Bytes that `work` allocates each time, including those that have been collected. */
function bytesOf(work: () => void): number {
  for (let round = 0; round < WARM_UP; round++) work();
  const profiler = new v8.GCProfiler();
  profiler.start();
  const before = v8.getHeapStatistics().used_heap_size;
  for (let round = 0; round < ROUNDS; round++) work();
  const after = v8.getHeapStatistics().used_heap_size;
  const collected = (profiler.stop()?.statistics ?? []).reduce(
    (sum, { beforeGC, afterGC }) => sum + beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize,
    0,
  );
  return (after - before + collected) / ROUNDS;
}

/** An edit in one paragraph, then in the next. */
function editor(): () => Analysis {
  let analysis = analyse(TEXT);
  let round = 0;
  return () => {
    const at = analysis.lines.start((round++ * 3 + 1) % analysis.lines.count) + 20;
    analysis = analyse(`${analysis.text.slice(0, at)}水${analysis.text.slice(at)}`, 'policytext', analysis);
    return analysis;
  };
}

/** The text itself, twice over, and the maximum per heading. */
const allowed = (perHeading: number) => 4 * TEXT.length + SECTIONS * perHeading;

it('an outline after an edit takes 1,600 bytes a heading at most', () => {
  const edit = editor();
  expect(bytesOf(() => documentSymbols(edit(), 'zh-cn'))).toBeLessThan(allowed(1_600));
});

it('outline, folds and diagnostics after an edit take 8,000 bytes a heading at most', () => {
  const edit = editor();
  const bytes = bytesOf(() => {
    const analysis = edit();
    documentSymbols(analysis, 'zh-cn');
    foldingRanges(analysis, { lineFoldingOnly: true });
    diagnostics(analysis, lint(analysis), { uri: 'file:///报告.txt', locale: 'zh-cn', relatedInformation: true });
  });
  expect(bytes).toBeLessThan(allowed(8_000));
});
