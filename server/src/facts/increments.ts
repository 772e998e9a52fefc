/** Checks an increment beside the growth it makes: 1500万元，比上年增加300万元，增长25%. */
import { type GrowthSlip, REAL_TERMS, rounded, writtenNumber } from './arithmetic';
import { type Quantity, quantitiesIn } from './quantity';

const COMPARED = '(?:同比|环比|[比较][^，。；、]{0,14}?)?';
/** What stands between a value and by how much it changed, or its growth. */
const CHANGE = new RegExp(`^[，,]?${COMPARED}(净增加|净增|多增|增加|增长|增收|多|增|减少|下降|减收|少|减)了?$`);
/** What stands between the increment and the growth, in either order. */
const RATE = new RegExp(
  `^[，,、]${COMPARED}(增长|增幅|上升|提高|净增加|净增|增加|增收|多|增|下降|降幅|降低|减少|减收|少|减)(?:为|达到|达|了)?$`,
);
const DOWN = /^(?:下降|降幅|降低|减少|减收|少|减)$/;
/** A change right before a figure; an increment and its growth are two of them: 增加300万元，增长25%. */
const CHANGES = /(?:[增减]加?|增长|[增减]收|[增降]幅|减少|下降|降低|上升|提高|[多少])(?:了|为|达到|达)?\d/g;

/** The increment is over something else than the time before, or the growth is of another basis than the increment. */
const OTHER_BASIS = /预算|计划|目标|任务|预期|平均|均值|之和|总和|合计|可比|口径|剔除|扣除|不变价|折算|按/;
/** Differences below this, in points, come from revised values of the year before. */
const REVISED = 0.3;

/**
 * Growth in the sentences of `line` that does not follow from a value and its increment: 1500万元，比上年增加300万元，增长20%. Offsets
 * are within the line.
 */
export function incrementSlips(line: string): GrowthSlip[] {
  const slips: GrowthSlip[] = [];
  for (const { start, text } of sentencesWithChanges(line)) {
    const all = quantitiesIn(text);
    for (let index = 2; index < all.length; index++) {
      const slip = incrementSlip(text, all[index - 2] as Quantity, all[index - 1] as Quantity, all[index] as Quantity);
      if (slip) slips.push({ ...slip, start: start + slip.start, end: start + slip.end });
    }
  }
  return slips;
}

const ENDS = '。！？；';
/** Maximum distance of two changes of one value, and of the ends of their sentence from them, in characters. */
const APART = 60;
const AROUND = 120;

/** The sentences of `line` with two changes beside each other; nearly all have none or one, and reading quantities is dear. */
function* sentencesWithChanges(line: string): Generator<{ start: number; text: string }> {
  let last = Number.NEGATIVE_INFINITY;
  let done = 0;
  for (const { index } of line.matchAll(CHANGES)) {
    const first = last;
    last = index;
    if (first < done || index - first > APART) continue;
    let [start, end] = [first, first];
    while (end < line.length && end < index + AROUND && !ENDS.includes(line.charAt(end))) end++;
    if (end < index) continue;
    while (start > 0 && start > first - AROUND && !ENDS.includes(line.charAt(start - 1))) start--;
    done = end;
    const text = line.slice(start, end);
    if (/[%％]/.test(text)) yield { start, text };
  }
}

function incrementSlip(text: string, value: Quantity, second: Quantity, third: Quantity): GrowthSlip | undefined {
  const [increment, growth] = third.dimension === 'percent' ? [second, third] : [third, second];
  if (growth.dimension !== 'percent' || increment.dimension === 'percent') return undefined;
  if (value.dimension !== increment.dimension || value.unit !== increment.unit) return undefined;
  if (![value, increment, growth].every(({ qualifier }) => qualifier === 'exact')) return undefined;
  const changed = CHANGE.exec(text.slice(value.end, second.start))?.[1];
  const rated = RATE.exec(text.slice(second.end, third.start))?.[1];
  if (!changed || !rated || DOWN.test(changed) !== DOWN.test(rated)) return undefined;
  const context = text.slice(Math.max(0, value.start - 30), third.start);
  if (REAL_TERMS.test(context) || OTHER_BASIS.test(text.slice(value.end, third.start))) return undefined;
  const sign = DOWN.test(changed) ? 1 : -1;
  const before = value.value + sign * increment.value;
  if (before <= 0 || increment.value <= 0) return undefined;
  const share = (change: number, base: number) => (change / base) * 100;
  const right = share(increment.value, before);
  const slack = (value.step + increment.step) / 2;
  const least = share(increment.value - increment.step / 2, before + slack);
  const most = share(increment.value + increment.step / 2, Math.max(before - slack, before / 2));
  const margin = growth.step + REVISED;
  if (growth.value >= least - margin && growth.value <= most + margin) return undefined;
  const places = Math.max(1, Math.round(-Math.log10(growth.step)));
  const figures = writtenNumber(text, value);
  const unit = text.slice(value.start, value.end).replace(/^[\d.,，]+/, '');
  return {
    start: growth.start,
    end: growth.end,
    said: text.slice(growth.start, growth.end),
    right: `${rounded(Number(right.toFixed(places)))}${growth.unit}`,
    from: `${rounded((before / value.value) * figures)}${unit}`,
    to: text.slice(value.start, value.end),
  };
}
