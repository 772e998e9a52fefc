/**
 * Places where no fix is applied unasked, whatever a rule says: printed contents, addresses and code, formulas, figures
 * in table cells. Such text is read by programs, or is written as it is for a reason no rule can see.
 */
import type { Analysis } from '../structure/analysis';
import { LineMemo } from '../structure/lineMemo';
import type { Span } from '../text/span';
import { matchesOf } from './matches';
import { foreignSpans, isInside } from './prose';
import type { Finding, Fix } from './rule';

/** An equation: words and figures, an equals sign, and operators after it. */
const EQUATION = /[^，。；：！？\s]{0,40}\s?[=＝≈≤≥]\s?[^，。；！？]{0,200}/g;
const OPERATOR = /[+＋×÷*/／^√∑±]|[\d)）A-Za-z\u3400-\u9fff]\s?[-－−]\s?[\d(（A-Za-z\u3400-\u9fff]/;
/** TeX between its delimiters. */
const TEX = /\$[^$]{1,400}\$|\\\([^()]{1,400}\\\)|\\\[.{1,400}?\\\]/g;
const CELL_BORDER = /[|\t]|[ \u3000]{2,}/;
const EVERY_CELL_BORDER = new RegExp(CELL_BORDER.source, 'g');
/** A cell that contains figures and nothing that is read as words. */
const FIGURES =
  /^[\s\u3000]{0,99}[-－−+±]?[\d０-９][\d０-９\s.,:;：．，/／()（）%％‰~～—–－-]{0,99}[*＊]?[\s\u3000]{0,99}$/;

/** Decides whether `finding`, with offsets from `base`, may be fixed unasked at its place. */
export class FixableSpans {
  private contents: Set<number> | undefined;

  constructor(private readonly analysis: Analysis) {}

  /** `finding` unchanged, or with its fixes marked as unsafe if one of their edits is in such a place. */
  guarded(finding: Finding, base: number): Finding {
    const { fixes } = finding;
    // Most findings with thousands of places have no safe fix.
    if (!fixes?.some(isSafe)) return finding;
    if (!fixes.some((fix) => fix.safe && fix.edits.some(({ start, end }) => this.isClosed(start + base, end + base)))) {
      return finding;
    }
    return {
      ...finding,
      fixes: fixes.map((fix) =>
        fix.edits.some(({ start, end }) => this.isClosed(start + base, end + base)) ? { ...fix, safe: false } : fix,
      ),
    };
  }

  /** Whether no place of `line` is closed to fixes, so that its findings need no {@link guarded}. */
  isOpen(line: number): boolean {
    return !this.inContents(line) && closedSpans.of(this.analysis, line).length === 0;
  }

  private isClosed(start: number, end: number): boolean {
    const { lines } = this.analysis;
    const line = lines.lineAt(start);
    if (this.inContents(line)) return true;
    const from = lines.start(line);
    const spans = closedSpans.of(this.analysis, line);
    return spans.length > 0 && (isInside(spans, start - from) || (end > start && isInside(spans, end - 1 - from)));
  }

  private inContents(line: number): boolean {
    if (!this.contents) {
      this.contents = new Set();
      for (const { kind, firstLine, lastLine } of this.analysis.blocks) {
        if (kind === 'contents') for (let at = firstLine; at <= lastLine; at++) this.contents.add(at);
      }
    }
    return this.contents.has(line);
  }
}

function isSafe({ safe }: Fix): boolean {
  return safe;
}

const closedSpans = new LineMemo(closedSpansOf);

function closedSpansOf(line: string): readonly Span[] {
  const spans = [...foreignSpans(line)];
  if (/[=＝≈≤≥]/.test(line)) {
    for (const { 0: words, index } of matchesOf(EQUATION, line)) {
      const sign = words.search(/[=＝≈≤≥]/);
      if (OPERATOR.test(words.slice(sign + 1))) spans.push({ start: index, end: index + words.length });
    }
  }
  if (line.includes('$') || line.includes('\\')) {
    for (const { 0: words, index } of matchesOf(TEX, line)) spans.push({ start: index, end: index + words.length });
  }
  if (CELL_BORDER.test(line.trim())) {
    let start = 0;
    for (const cell of line.split(EVERY_CELL_BORDER)) {
      const at = line.indexOf(cell, start);
      if (FIGURES.test(cell)) spans.push({ start: at, end: at + cell.length });
      start = at + cell.length;
    }
  }
  spans.sort((a, b) => a.start - b.start);
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last && span.start < last.end)
      apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else if (span.end > span.start) apart.push(span);
  }
  return apart;
}
