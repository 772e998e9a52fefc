/** The shape of a rule: data about it, examples that are run as tests, and one function. */

import type { Lexicon } from '../lexicon/model/lexicon';
import type { SpellingModel } from '../spelling/spellingModel';
import type { WordLists } from '../spelling/wordRules';
import type { Analysis } from '../structure/analysis';
import type { Message } from '../text/message';
import type { Resumable } from '../text/resumable';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import type { Severity } from './severity';

export type { Severity } from './severity';

/** How a rule is set: its severity, or an object with a severity and the rule's options. */
export type RuleSetting = Severity | { severity?: Severity; [option: string]: unknown };

/** One way to mend a finding. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextReplacement[];
  /** Safe fixes never change meaning and take part in fix-all; the others are only offered. */
  readonly safe: boolean;
  /** True where there is one right answer. */
  readonly preferred?: boolean;
}

/** One mistake at one place. Offsets are of the whole text for document rules, of the line for line rules. */
export interface Finding extends Span {
  /** What is wrong and what to do, in a sentence a writer understands. The rule's reason and clause are added. */
  readonly message: Message;
  /** Set where this finding weighs less or more than the rule's own severity. */
  readonly severity?: Severity;
  /** The whole phrase of which the range shows what is wrong: the writer may say that it is right. */
  readonly phrase?: Span;
  readonly related?: readonly (Span & { readonly message: Message })[];
  readonly fixes?: readonly Fix[];
}

export interface RuleExample {
  /** The text to lint. In `flagged` examples ⟦…⟧ stands around each range that must be reported, in order. */
  readonly text: string;
  /** What fix-all makes of it, where the rule has a safe fix. */
  readonly fixed?: string;
  readonly kind?: 'policytext' | 'markdown';
}

/** An option of a rule beside its severity; a setting of another type than the default is ignored. */
export interface RuleOption {
  readonly default: boolean | number | string;
  readonly description: Message;
}

interface RuleFacts {
  /** Stable dotted id, the diagnostic's `code`. */
  readonly id: string;
  /** Former ids, still understood in settings. */
  readonly aliases?: readonly string[];
  readonly title: Message;
  /** Why it is wrong: one sentence. */
  readonly reason: Message;
  /** The regulation or standard and clause, or "practice". */
  readonly authority: Message;
  readonly tier: 'regulation' | 'standard' | 'practice' | 'house';
  readonly severity: Exclude<Severity, 'error'>;
  /** True where the rule's fixes never change meaning. */
  readonly safeFix: boolean;
  /** True where the words found fault with may be a name: a writer can keep them wherever they stand. */
  readonly findsNames?: boolean;
  /**
   * Rules and groups that have nothing to say where this one has found something: what they find within its findings is left
   * out, and what they would change beside one, in the same line, is not changed unasked.
   */
  readonly suppresses?: readonly string[];
  /** What can be set beside the severity, by name. Options reach document rules through {@link RuleContext}. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly examples: { readonly flagged: readonly RuleExample[]; readonly clean: readonly RuleExample[] };
}

/** What a rule may ask beside the analysis. */
export interface RuleContext {
  /** Options of this rule from the settings, already merged with its defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What was learned from a corpus; rules that go by it are silent where there is none. */
  readonly lexicon?: Lexicon | undefined;
  /** What misspellings are found with; the rule about them is silent where there is none. */
  readonly spelling?: SpellingModel | undefined;
  /** Words that a unit wants written otherwise, and words that it allows. */
  readonly wordLists?: WordLists | undefined;
  /** Words that the writer has added to the lexicon: they are right as they are. */
  readonly ownWords?: readonly string[] | undefined;
}

/** What a line rule may know of the text around its line. It is part of the key under which findings are kept. */
export interface LineFacts {
  readonly kind: Analysis['kind'];
}

/**
 * Looks at one line at a time and at nothing else, so that what it found is kept until the line changes.
 * `check` gets the line without its line break and returns offsets within it.
 */
export interface LineRule extends RuleFacts {
  readonly scope: 'line';
  /**
   * Sets of characters; the rule is run on a line that holds at least one character of every set. All rules' sets are
   * looked for in one pass over the line, so rules with rare triggers cost nothing on most lines.
   */
  readonly triggers?: readonly string[];
  /** The rule is run as well on a line where two characters of this set stand side by side. */
  readonly adjacent?: string;
  check(line: string, facts: LineFacts): readonly Finding[];
  /**
   * Does beforehand, step by step, what `finalize` needs and what takes long in a damaged text; see
   * {@link DocumentRule.prepare}.
   */
  prepare?(found: readonly PlacedFinding[], analysis: Analysis): Resumable<void>;
  /**
   * Has the last word on what `check` found in all lines of one text, in order: pairs marks across lines, reports a
   * habit once instead of a thousand times. Called once for every text, also when nothing was found.
   */
  finalize?(found: readonly PlacedFinding[], analysis: Analysis): readonly PlacedFinding[];
}

/** A finding whose offsets count from `base`: the start of its line, or 0 where they are offsets in the text. */
export interface PlacedFinding {
  readonly base: number;
  readonly finding: Finding;
}

/** Looks at the whole analysis. */
export interface DocumentRule extends RuleFacts {
  readonly scope: 'document';
  /**
   * Does beforehand, in pieces, what takes long in a long or damaged text. What it finds out is kept, for `check` and for
   * other rules that ask the same.
   */
  prepare?(analysis: Analysis, context: RuleContext): Resumable<void>;
  check(analysis: Analysis, context: RuleContext): readonly Finding[];
}

export type Rule = LineRule | DocumentRule;
