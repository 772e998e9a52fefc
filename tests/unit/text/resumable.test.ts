import { expect, it } from 'vitest';
import { Pace } from '../../../server/src/text/resumable';

/** The units of work of each step. */
function stepsOf(pace: Pace, units: number): number[] {
  const steps: number[] = [];
  let step = 0;
  for (let unit = 0; unit < units; unit++) {
    step++;
    if (!pace.isOver()) continue;
    steps.push(step);
    step = 0;
  }
  return steps;
}

it('a pace yields after as many units each time', () => {
  expect(stepsOf(new Pace(100), 350)).toEqual([100, 100, 100]);
});

it('a rising pace begins with short steps', () => {
  expect(stepsOf(Pace.rising(160), 700)).toEqual([10, 20, 40, 80, 160, 160, 160]);
});
