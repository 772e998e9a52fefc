/**
 * The dimensions of a page, GB/T 9704-2012 as GB/T 33476.2-2016 realises it in a word processor; a unit's template may
 * differ.
 */

export type Face = 'mark' | 'title' | 'black' | 'script' | 'text' | 'page';

export interface Template {
  /** Font names as Word knows them. */
  readonly fonts: Readonly<Record<Face, string>>;
  /** Margins in millimetres, 33476.2 6.2. */
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  /** Line spacing in points, 22 lines to a page. */
  readonly line: number;
  /** Font sizes in points: text 三号, title 二号, small 四号. */
  readonly sizes: { readonly text: number; readonly title: number; readonly small: number };
  /** Character spacing in points; -0.25 gives 28 in a line. */
  readonly spacing: number;
  /** Deviations of the template from the standard, in the unit's own words. */
  readonly deviations: readonly string[];
}

export const STANDARD: Template = {
  fonts: {
    mark: '方正小标宋简体',
    title: '方正小标宋简体',
    black: '黑体',
    script: '楷体_GB2312',
    text: '仿宋_GB2312',
    page: '宋体',
  },
  // 33476.2, 6.2 has 34.58 and 32.58 for lines whose characters are vertically centred; in a line of exact height they
  // are lower, so the text area of 9704, 37 to 262 mm, requires margins a millimetre further up.
  margins: { top: 33.6, bottom: 33.56, left: 28, right: 26 },
  line: 29.6,
  sizes: { text: 16, title: 22, small: 14 },
  spacing: -0.25,
  deviations: [],
};

/** Text to be read aloud is larger and more widely spaced; a speech is not an official document. */
export const SPEECH: Template = { ...STANDARD, line: 36, sizes: { ...STANDARD.sizes, text: 18 }, spacing: 0 };

/** Parses a template file: whatever it leaves out is as in the standard. Throws an error that names what is wrong. */
export function readTemplate(json: string): Template {
  const given = JSON.parse(json) as Record<string, unknown>;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('a JSON object is wanted');
  const numbers = <T extends Readonly<Record<string, number>>>(
    key: string,
    standard: T,
    least: number,
    most: number,
  ): T => {
    const own = (given[key] ?? {}) as Record<string, unknown>;
    for (const [name, value] of Object.entries(own)) {
      if (!(name in standard)) throw new Error(`${key}.${name} is not known`);
      if (typeof value !== 'number' || value < least || value > most)
        throw new Error(`${key}.${name}: ${least} to ${most}`);
    }
    return { ...standard, ...own };
  };
  const single = (key: 'line' | 'spacing', least: number, most: number): number => {
    const value = given[key] ?? STANDARD[key];
    if (typeof value !== 'number' || value < least || value > most) throw new Error(`${key}: ${least} to ${most}`);
    return value;
  };
  const fonts = (given.fonts ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(fonts)) {
    if (!(name in STANDARD.fonts)) throw new Error(`fonts.${name} is not known`);
    if (typeof value !== 'string' || value === '' || value.length > 100)
      throw new Error(`fonts.${name}: a name is wanted`);
  }
  const known = ['$schema', 'name', 'fonts', 'margins', 'line', 'sizes', 'spacing', 'deviations'];
  const other = Object.keys(given).find((key) => !known.includes(key));
  if (other !== undefined) throw new Error(`${other} is not known`);
  const deviations = given.deviations ?? [];
  if (!Array.isArray(deviations) || deviations.some((one) => typeof one !== 'string')) {
    throw new Error('deviations: a list of sentences is wanted');
  }
  return {
    fonts: { ...STANDARD.fonts, ...(fonts as Partial<Record<Face, string>>) },
    margins: numbers('margins', STANDARD.margins, 5, 80),
    line: single('line', 10, 80),
    sizes: numbers('sizes', STANDARD.sizes, 5, 72),
    spacing: single('spacing', -3, 10),
    deviations: deviations as string[],
  };
}
