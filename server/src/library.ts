/**
 * The library entry of the npm package: the parser and rules of the command line and the editor, as functions. All
 * offsets are UTF-16, lines and characters count from 0, as in the Language Server Protocol.
 */
import { type LintResult, lint as runRules } from './rules/lint';
import { analyse as analyseText } from './structure/analyse';
import type { Analysis as FullAnalysis, Section } from './structure/analysis';
import { positionAt } from './text/lines';
import { type Locale, localeFrom, localise } from './text/message';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Heading {
  /** The number with its punctuation, empty for a heading without one. */
  readonly marker: string;
  readonly title: string;
  /** 1 is outermost. */
  readonly level: number;
  readonly kind: string;
  readonly start: Position;
  /** End of the section including its subsections. */
  readonly end: Position;
  readonly children: readonly Heading[];
}

export interface Edit {
  readonly start: Position;
  readonly end: Position;
  readonly newText: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] }[];
}

export interface ReadOptions {
  /** Whether to parse Markdown syntax. */
  readonly markdown?: boolean;
}

export interface LintOptions extends ReadOptions {
  /** Severities by rule or group: `{ 'numbering.gap': 'hint', punctuation: 'off' }`. */
  readonly rules?: Readonly<Record<string, Finding['severity'] | 'off'>>;
  /** The language of messages, `zh-cn` by default. */
  readonly locale?: string;
}

/** A parsed text, for {@link outline} and {@link lint}. Immutable. */
export class Analysis {
  /** Private: the full analysis. */
  readonly #analysis: FullAnalysis;

  constructor(text: string, { markdown = false }: ReadOptions = {}) {
    this.#analysis = analyseText(text, markdown ? 'markdown' : 'policytext');
  }

  get text(): string {
    return this.#analysis.text;
  }

  /** The headings as a tree. */
  outline(): Heading[] {
    const { lines, sections } = this.#analysis;
    const describe = (section: Section): Heading => ({
      marker: section.marker?.text ?? '',
      title: section.title,
      level: section.level,
      kind: section.kind,
      start: positionAt(lines, section.span.start),
      end: positionAt(lines, section.span.end),
      children: section.children.map(describe),
    });
    return sections.map(describe);
  }

  /**
   * The findings of the rules, in order. Rules about set phrases need a lexicon and are available on the command line
   * only.
   */
  lint({ rules = {}, locale = 'zh-cn' }: LintOptions = {}): Finding[] {
    const analysis = this.#analysis;
    const language = localeFrom(locale);
    return runRules(analysis, { rules: { ...rules } }).map((result) => finding(result, analysis, language));
  }
}

/** Parses `text`. Never throws, whatever the text. */
export function analyse(text: string, options?: ReadOptions): Analysis {
  return new Analysis(text, options);
}

/** The headings of `text` as a tree. */
export function outline(text: string, options?: ReadOptions): Heading[] {
  return analyse(text, options).outline();
}

/** The findings of the rules in `text`, in order. */
export function lint(text: string, options?: LintOptions): Finding[] {
  return analyse(text, options).lint(options);
}

function finding(result: LintResult, { text, lines }: FullAnalysis, locale: Locale): Finding {
  return {
    rule: result.rule.id,
    severity: result.severity,
    message: localise(result.message, locale),
    start: positionAt(lines, result.start),
    end: positionAt(lines, result.end),
    text: text.slice(result.start, result.end),
    fixes: (result.fixes ?? []).map((fix) => ({
      title: localise(fix.title, locale),
      safe: fix.safe,
      edits: fix.edits.map((edit) => ({
        start: positionAt(lines, edit.start),
        end: positionAt(lines, edit.end),
        newText: edit.newText,
      })),
    })),
  };
}
