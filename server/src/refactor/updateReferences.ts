/** Updates references in the text when sections are renumbered. For the table of contents see tableOfContents.ts. */

import type { Analysis, MarkerFamily, Section } from '../structure/analysis';
import { type Reference, type ReferencePart, referencesOf } from '../structure/references';
import { formatChineseNumeral, numeralLike } from '../text/numerals';
import type { TextReplacement } from '../text/textEdit';
import type { NewNumber } from './assignNumbers';
import { isAmbiguous, numbersTwice } from './uncertainReferences';

/**
 * The edits that update references when sections get other numbers of the same kind. Only references that certainly
 * mean this text are touched, and only their numerals.
 */
export function referenceEdits(analysis: Analysis, numbers: ReadonlyMap<Section, NewNumber>): TextReplacement[] {
  return referencesOf(analysis).flatMap((reference) =>
    reference.own ? numeralEdits(analysis, reference, numbers) : [],
  );
}

function numeralEdits(
  { text }: Analysis,
  { parts }: Reference,
  numbers: ReadonlyMap<Section, { readonly path: readonly number[] }>,
): TextReplacement[] {
  const edits: TextReplacement[] = [];
  for (const { target, value, path: written, insertion, numeral, end } of parts) {
    const path = target && numbers.get(target)?.path;
    if (!path || value < 0) continue;
    const figures = written ?? (insertion === undefined ? [value] : [value, insertion]);
    if (path.length !== figures.length && (path.length > 1 || insertion !== undefined)) continue;
    if (path.join() === figures.join()) continue;
    const sample = text.slice(numeral.start, numeral.end);
    const newText = written ? path.join('.') : numeralLike(sample, path[0] as number);
    if (newText !== sample) edits.push({ start: numeral.start, end: numeral.end, newText });
    if (insertion === undefined || path[1] === insertion) continue;
    // The figure after 之 ends the part: 第三条之二.
    const start = text.lastIndexOf('之', end) + 1;
    edits.push({ start, end, newText: formatChineseNumeral(path[1] as number) });
  }
  return edits;
}

/** The numbering of a section after a conversion. */
export interface NewKind {
  readonly family: MarkerFamily;
  readonly path: readonly number[];
}

/**
 * Words for the sections of one family: 第三章. Those of other families are parts, articles or items depending on their
 * position.
 */
const UNIT_OF: Partial<Record<MarkerFamily, string>> = {
  volume: '编',
  part: '部分',
  chapter: '章',
  division: '节',
  article: '条',
};

/**
 * The edits that reword references to sections whose kind of number changes: 第三部分第（二）条 becomes 第十二条 if the section is
 * an article now, and 第3.2条 if it is 3.2. `above` gives the parent of a section in the scheme. A reference to a
 * duplicate number stays unchanged.
 */
export function convertedReferences(
  analysis: Analysis,
  kinds: ReadonlyMap<Section, NewKind>,
  above: (section: Section) => Section | undefined,
): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const twice = numbersTwice(analysis);
  for (const reference of referencesOf(analysis)) {
    const { parts, own } = reference;
    const last = parts.findLast(({ target }) => target);
    if (!own || !last || parts.some(({ value }) => value < 0) || isAmbiguous(reference, twice)) continue;
    const chain: Section[] = [];
    for (let section = last.target; section && kinds.has(section); section = above(section)) chain.unshift(section);
    const converted = chain.some((section) => !keepsKind(section, kinds.get(section) as NewKind));
    if (!converted) {
      edits.push(...numeralEdits(analysis, reference, kinds));
      continue;
    }
    const start = (parts[0] as ReferencePart).start;
    const newText = new Wording(analysis, kinds, parts, chain).words();
    if (newText !== analysis.text.slice(start, last.end)) edits.push({ start, end: last.end, newText });
  }
  return edits;
}

function keepsKind({ marker }: Section, { family, path }: NewKind): boolean {
  return family === marker?.family && (family !== 'decimal' || path.length === marker.path.length);
}

/** The wording of one reference in a new scheme. `chain` leads from the highest section down to the one meant. */
class Wording {
  private readonly first: ReferencePart;
  private readonly target: Section;
  /** False for the first of 第（一）至（三）项, whose unit follows the last. */
  private readonly hasUnit: boolean;

  constructor(
    private readonly analysis: Analysis,
    private readonly kinds: ReadonlyMap<Section, NewKind>,
    private readonly parts: readonly ReferencePart[],
    private readonly chain: readonly Section[],
  ) {
    this.first = parts[0] as ReferencePart;
    this.target = chain.at(-1) as Section;
    const last = parts.findLast(({ target }) => target === this.target) ?? this.first;
    this.hasUnit = last.path !== undefined || /[^）)]/.test(analysis.text.slice(last.numeral.end, last.end));
  }

  words(): string {
    const { chain, first, target } = this;
    const inRow = first.path === undefined && this.analysis.text[first.start] !== '第';
    if (inRow) return this.step(target, '');
    if (this.kindOf(target).family === 'decimal') return this.step(target, '第');
    return chain
      .slice(this.from())
      .map((section) => this.step(section, '第'))
      .join('');
  }

  /**
   * The first step that is written: an article is identified by its number alone, and what the writer left out stays
   * out.
   */
  private from(): number {
    const { chain, first } = this;
    const article = chain.findLastIndex((section) => this.kindOf(section).family === 'article');
    if (article >= 0) return article;
    const said = first.target ? chain.indexOf(first.target) : -1;
    const unique = first.target?.marker?.family === 'article' || first.path !== undefined;
    return said < 0 || unique ? 0 : said;
  }

  private kindOf(section: Section): NewKind {
    return this.kinds.get(section) as NewKind;
  }

  private step(section: Section, lead: string): string {
    const kind = this.kindOf(section);
    const part = this.parts.find(({ target }) => target === section);
    if (part && keepsKind(section, kind) && kind.path.at(-1) === part.value) {
      return this.analysis.text.slice(part.start, part.end);
    }
    const unit = section === this.target && !this.hasUnit ? '' : this.unit(section, part) + insertion(kind);
    return lead + figure(kind) + unit;
  }

  private unit(section: Section, part: ReferencePart | undefined): string {
    const fixed = UNIT_OF[this.kindOf(section).family];
    if (fixed) return fixed;
    const index = this.chain.indexOf(section);
    if (index === 0) return '部分';
    const said = section.marker?.family === 'article' ? undefined : part && unitIn(this.analysis.text, part);
    if (said) return said;
    return this.kindOf(this.chain[index - 1] as Section).family === 'article' ? '项' : '条';
  }
}

function unitIn(text: string, { start, end }: ReferencePart): string | undefined {
  return /[条條项項]$/.exec(text.slice(start, end))?.[0];
}

/** The number of a section as used in references: 三, （二）, 2, 3.2. */
function figure({ family, path }: NewKind): string {
  const value = path.at(-1) as number;
  switch (family) {
    case 'decimal':
      return path.join('.');
    case 'chineseBracket':
      return `（${formatChineseNumeral(value)}）`;
    case 'arabicBracket':
      return `（${value}）`;
    case 'arabic':
    case 'arabicParenthesis':
    case 'circled':
      return String(value);
    default:
      return formatChineseNumeral(path[0] as number);
  }
}

/** 之一 of 第十条之一. */
function insertion({ family, path }: NewKind): string {
  return family === 'article' && path.length === 2 ? `之${formatChineseNumeral(path[1] as number)}` : '';
}
