/** Lists where a unit's template deviates from GB/T 9704-2012, one sentence each. */
import type { Message } from '../text/message';
import { STANDARD, type Template } from './template';

const MARGINS = {
  top: { zh: '上', en: 'top' },
  bottom: { zh: '下', en: 'bottom' },
  left: { zh: '左', en: 'left' },
  right: { zh: '右', en: 'right' },
} as const;
const SIZES = {
  text: { zh: '正文', en: 'text' },
  title: { zh: '标题', en: 'title' },
  small: { zh: '版记和页码', en: 'foot and page numbers' },
} as const;
const MM = { zh: '毫米', en: 'mm' };
const POINTS = { zh: '磅', en: 'points' };
/** Tolerated difference at the margins in millimetres: the lines of a page do not change, and 5.2.1 allows it. */
const MARGIN = 1;

/** The numeric differences, and those that the template describes in the unit's own words. */
export function deviationsOf(template: Template): Message[] {
  const found: Message[] = [];
  const differ = (
    zh: string,
    en: string,
    own: number,
    standard: number,
    unit: { zh: string; en: string },
    most = 0,
  ) => {
    if (Math.abs(own - standard) <= most + 1e-9) return;
    found.push({
      // With lines of exact height, other margins reach the edges of the text area, 37 and 35 mm from those of the
      // page.
      zh: `${zh}为 {0} ${unit.zh}，国家标准${unit === MM && /[上下]/.test(zh) ? '按行距折算' : ''}为 {1} ${unit.zh}`,
      en: `The ${en} is {0} ${unit.en}; the standard has {1} ${unit.en}`,
      values: [own, standard],
    });
  };
  for (const [side, name] of Object.entries(MARGINS)) {
    const key = side as keyof typeof MARGINS;
    differ(`${name.zh}边距`, `${name.en} margin`, template.margins[key], STANDARD.margins[key], MM, MARGIN);
  }
  differ('行距', 'line spacing', template.line, STANDARD.line, POINTS);
  for (const [part, name] of Object.entries(SIZES)) {
    const key = part as keyof typeof SIZES;
    differ(`${name.zh}字号`, `size of the ${name.en}`, template.sizes[key], STANDARD.sizes[key], POINTS);
  }
  differ('字距', 'space between characters', template.spacing, STANDARD.spacing, POINTS);
  return [...found, ...template.deviations.map((words) => ({ zh: '{0}', en: '{0}', values: [words] }))];
}
