/**
 * How much work an edit causes, in counts, which a busy machine does not change: lines read, candidates scored, rules
 * run.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rules } from '../../server/src/rules';
import { lint } from '../../server/src/rules/lint';
import type { LineRule } from '../../server/src/rules/rule';
import { analyse } from '../../server/src/structure/analyse';
import type { Analysis } from '../../server/src/structure/analysis';
import * as candidates from '../../server/src/structure/candidates';
import * as layout from '../../server/src/structure/layout';
import * as lineScan from '../../server/src/structure/lineScan';
import * as reading from '../../server/src/structure/reading';

/** The original module with its functions spied on. */
const watched = vi.hoisted(() => async (original: () => Promise<object>) => {
  const { vi } = await import('vitest');
  const module = await original();
  return Object.fromEntries(
    Object.entries(module).map(([name, value]) => [name, typeof value === 'function' ? vi.fn(value) : value]),
  );
});
vi.mock('../../server/src/structure/lineScan', watched);
vi.mock('../../server/src/structure/layout', watched);
vi.mock('../../server/src/structure/candidates', watched);
vi.mock('../../server/src/structure/reading', watched);

const SECTIONS = 300;
const PARAGRAPH =
  '　　各县区要结合实际制定方案，压实主体责任，明确完成时限；一是修渠，二是植树。'.repeat(2) +
  '对进展缓慢的单位，及时约谈提醒，资金使用情况要定期公开，接受监督，受益群众超过三十万人。';
const TEXT = Array.from(
  { length: SECTIONS },
  (_, index) => `${index + 1}．抓好第${index + 1}项建设\n${PARAGRAPH}\n${PARAGRAPH}`,
).join('\n');

const lineRules = rules.filter((rule): rule is LineRule => rule.scope === 'line');
const checks = lineRules.map((rule) => vi.spyOn(rule, 'check'));

/** A draft of 900 lines, analysed and linted. */
function opened(): Analysis {
  const analysis = analyse(TEXT);
  lint(analysis);
  vi.clearAllMocks();
  return analysis;
}

function edited(before: Analysis, line: number, character: number, put: string): Analysis {
  const at = before.lines.start(line) + character;
  const after = analyse(before.text.slice(0, at) + put + before.text.slice(at), 'policytext', before);
  lint(after);
  return after;
}

/** Number of slots read again: those after the last checkpoint of the previous reading. */
function weighed(): number {
  const [call] = vi.mocked(reading.read).mock.results;
  const [slots, before] = vi.mocked(reading.read).mock.calls[0] as Parameters<typeof reading.read>;
  const now = call?.value as reading.Reading;
  if (now.accepted === before?.accepted) return 0;
  let shared = 0;
  while (now.checkpoints[shared] && now.checkpoints[shared] === before?.checkpoints[shared]) shared++;
  return slots.length - 16 * (shared - 1);
}

beforeEach(() => vi.clearAllMocks());

describe('an edit in a paragraph of a draft of 900 lines', () => {
  it('has one line read, nothing laid out, no candidate weighed', () => {
    edited(opened(), 451, 20, '水');
    expect(lineScan.scanLine).toHaveBeenCalledTimes(1);
    expect(layout.layOut).not.toHaveBeenCalled();
    expect(candidates.slotsOf).not.toHaveBeenCalled();
    expect(weighed()).toBe(0);
  });

  it('has each line rule run on that line at most', () => {
    edited(opened(), 451, 20, '水');
    for (const check of checks) expect(check.mock.calls.length).toBeLessThanOrEqual(1);
  });
});

describe('breaking a paragraph in two', () => {
  it('has two lines read and no candidate weighed', () => {
    edited(opened(), 451, 60, '\n');
    expect(lineScan.scanLine).toHaveBeenCalledTimes(2);
    expect(weighed()).toBe(0);
    for (const check of checks) expect(check.mock.calls.length).toBeLessThanOrEqual(2);
  });
});

describe('typing in a heading', () => {
  it('has one line read and no candidate weighed, for the number is the same', () => {
    edited(opened(), 450, 8, '水');
    expect(lineScan.scanLine).toHaveBeenCalledTimes(1);
    expect(weighed()).toBe(0);
  });
});

describe('another number in the last section', () => {
  it('has the last candidates weighed only', () => {
    edited(opened(), 897, 0, '9');
    expect(weighed()).toBeGreaterThan(0);
    expect(weighed()).toBeLessThanOrEqual(32);
  });
});

describe('asking twice about one text', () => {
  it('reads nothing the second time', () => {
    const before = opened();
    const again = analyse(before.text, 'policytext', before);
    lint(again);
    expect(lineScan.scanLine).not.toHaveBeenCalled();
    for (const check of checks) expect(check).not.toHaveBeenCalled();
  });
});
