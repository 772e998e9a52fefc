/**
 * The numbering schemes a text can be converted to, and the kinds of numbers for a single level. Names and samples
 * only: the client and the command line import this file too.
 */
import type { MarkerFamily } from '../structure/kinds';
import type { NumeralSystem } from '../text/numerals';

/** A kind of number, with the number one as a sample. `#` in the shape is the numeral. */
export interface NumberKind {
  readonly family: MarkerFamily;
  readonly shape: string;
  readonly numeral: NumeralSystem;
  readonly sample: string;
}

const kind = (family: MarkerFamily, shape: string, numeral: NumeralSystem, one: string): NumberKind => ({
  family,
  shape,
  numeral,
  sample: shape.replace('#', one),
});

/** The kinds for a single level, by a name that is also its sample: 一、 （一） 1. */
export const NUMBER_KINDS = {
  volume: kind('volume', '第#编', 'chinese', '一'),
  part: kind('part', '第#部分', 'chinese', '一'),
  chapter: kind('chapter', '第#章', 'chinese', '一'),
  division: kind('division', '第#节', 'chinese', '一'),
  article: kind('article', '第#条', 'chinese', '一'),
  formal: kind('formal', '#、', 'traditional', '壹'),
  chinese: kind('chinese', '#、', 'chinese', '一'),
  chineseBracket: kind('chineseBracket', '（#）', 'chinese', '一'),
  arabic: kind('arabic', '#.', 'arabic', '1'),
  arabicBracket: kind('arabicBracket', '（#）', 'arabic', '1'),
  circled: kind('circled', '#', 'circled', '①'),
  /** 1, 1.1, 1.1.1: as many figures as the level is deep. */
  decimal: kind('decimal', '#', 'arabic', '1.1'),
} as const satisfies Record<string, NumberKind>;

export type NumberKindName = keyof typeof NUMBER_KINDS;

/** The kind of number of each level, the highest first. */
export const NUMBERING_SCHEMES = {
  /** GB/T 9704-2012 7.3.3, and one level more from GB/T 15834-2011 B.3.8. */
  official: ['chinese', 'chineseBracket', 'arabic', 'arabicBracket', 'circled'],
  parts: ['part', 'chinese', 'chineseBracket', 'arabic', 'arabicBracket', 'circled'],
  decimal: ['arabic', 'decimal', 'decimal', 'decimal'],
  /** GB/T 1.1: no punctuation after a figure. */
  standard: ['decimal', 'decimal', 'decimal', 'decimal'],
  legislation: ['chapter', 'article', 'chineseBracket', 'arabic', 'arabicBracket'],
} as const satisfies Record<string, readonly NumberKindName[]>;

export type NumberingScheme = keyof typeof NUMBERING_SCHEMES;

export const NUMBERING_SCHEME_NAMES = Object.keys(NUMBERING_SCHEMES) as NumberingScheme[];
export const NUMBER_KIND_NAMES = Object.keys(NUMBER_KINDS) as NumberKindName[];

/** A sample of the first levels of a scheme: 一、（一）1. */
export function schemeSample(scheme: NumberingScheme): string {
  const samples = NUMBERING_SCHEMES[scheme].slice(0, 3).map((name, index) => {
    if (name !== 'decimal') return NUMBER_KINDS[name].sample;
    return Array.from({ length: index + 1 }, () => '1').join('.');
  });
  return samples.join(scheme === 'official' || scheme === 'parts' ? '' : ' ');
}

/** The kind with this name or sample; undefined if there is none. */
export function numberKindNamed(name: string): NumberKindName | undefined {
  const plain = name.trim().replace('(', '（').replace(')', '）');
  return NUMBER_KIND_NAMES.find((one) => one === name || NUMBER_KINDS[one].sample === plain);
}
