/** Wording of a comparison, shared by the terminal and the HTML page. */
import { type Locale, localise, type Message } from '../text/message';
import type { ComparedSection, SectionPlace } from './compare';
import type { FigureRow, FigureValue } from './figures';

export const FATE_NAMES: Readonly<Record<ComparedSection['fate'], Message>> = {
  kept: { en: 'unchanged', zh: '未变' },
  changed: { en: 'changed', zh: '修改' },
  moved: { en: 'moved', zh: '移动' },
  merged: { en: 'merged', zh: '并入' },
  split: { en: 'split off', zh: '拆出' },
  new: { en: 'new', zh: '新增' },
  dropped: { en: 'dropped', zh: '删去' },
};

/** The heading of a compared section: the new one, with the old one if it differs. */
export function headingOf({ old, current }: ComparedSection, locale: Locale): string {
  const [before, after] = [old && shown(old), current && shown(current)];
  if (!before && !after) return localise({ en: 'Before the first heading', zh: '开头' }, locale);
  if (!before || !after || before === after) return after ?? before ?? '';
  return `${before} → ${after}`;
}

function shown({ marker, title }: SectionPlace): string {
  return `${marker}${title}`;
}

/** The cells of a row: indicator, reported and planned before, reported and planned now. */
export function figureCells(row: FigureRow): string[] {
  const cell = (value: FigureValue | undefined) =>
    value ? (value.time === '' ? value.text : `${value.text}（${value.time}）`) : '';
  const name = row.kind === 'level' ? row.indicator : `${row.indicator}±`;
  return [name, cell(row.oldReported), cell(row.oldPlanned), cell(row.reported), cell(row.planned)];
}
