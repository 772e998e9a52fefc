/** Compares figures of two drafts by indicator: reported before, planned before, reported now. */
import { isSpecific } from '../facts/conflicts';
import type { Statement } from '../facts/statement';
import { statementsOf } from '../facts/statements';
import type { Analysis } from '../structure/analysis';

/** One value as a draft gives it. */
export interface FigureValue {
  /** As written, with 约 and 以上. */
  readonly text: string;
  /** The time it refers to; empty if the draft does not say. */
  readonly time: string;
  /** 0-based. */
  readonly line: number;
}

/** An indicator that occurs in both drafts. */
export interface FigureRow {
  readonly indicator: string;
  readonly kind: 'level' | 'growth' | 'delta';
  /** The value the old draft reports, and the one it plans. */
  readonly oldReported?: FigureValue;
  readonly oldPlanned?: FigureValue;
  readonly reported?: FigureValue;
  readonly planned?: FigureValue;
}

/** The indicators that occur in both drafts, in the order of the new one. */
export function compareFigures(old: Analysis, current: Analysis): FigureRow[] {
  const before = byIndicator(old);
  const rows: FigureRow[] = [];
  for (const [key, statements] of byIndicator(current)) {
    const earlier = before.get(key);
    const [first] = statements;
    if (!earlier || !first) continue;
    const [reported, planned] = [firstValue(current, statements, false), firstValue(current, statements, true)];
    const [oldReported, oldPlanned] = [firstValue(old, earlier, false), firstValue(old, earlier, true)];
    rows.push({
      indicator: first.indicatorText,
      kind: first.kind === 'base' ? 'level' : first.kind,
      ...(oldReported && { oldReported }),
      ...(oldPlanned && { oldPlanned }),
      ...(reported && { reported }),
      ...(planned && { planned }),
    });
  }
  return rows;
}

function byIndicator(analysis: Analysis): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const one of statementsOf(analysis)) {
    // An inherited growth needs a named indicator; a place in brackets makes it another indicator.
    if (one.kind === 'base' || one.scope !== '' || !isSpecific(one) || one.indicator.includes('#')) continue;
    const { dimension, unit } = one.quantity;
    const key = [one.indicator, one.kind, dimension, unit, one.manner].join('|');
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** The first reported (or planned) value, because it is the one of the summary. */
function firstValue({ text }: Analysis, statements: readonly Statement[], planned: boolean): FigureValue | undefined {
  const one = statements.find((statement) => statement.planned === planned);
  if (!one) return undefined;
  const sign = one.kind === 'growth' && one.direction < 0 ? '-' : '';
  return { text: sign + text.slice(one.start, one.end), time: one.time, line: one.line };
}
