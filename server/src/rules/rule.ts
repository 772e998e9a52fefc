/** The interface of a rule: data about it, examples that are run as tests, and one function. */

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

/** The setting of a rule: its severity, or an object with a severity and the rule's options. */
export type RuleSetting = Severity | { severity?: Severity; [option: string]: unknown };

/** One way to fix a finding. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextReplacement[];
  /** Safe fixes never change meaning and are part of fix-all; the others are only offered. */
  readonly safe: boolean;
  /** Whether there is one right answer. */
  readonly preferred?: boolean;
}

/** One mistake at one place. Offsets are of the whole text for document rules, of the line for line rules. */
export interface Finding extends Span {
  /** What is wrong and what to do, in a sentence a writer understands. The rule's reason and clause are added. */
  readonly message: Message;
  /** Set if this finding is more or less severe than the rule's own severity. */
  readonly severity?: Severity;
  /** The whole phrase whose wrong part is the range: the writer may say that it is right. */
  readonly phrase?: Span | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly fixes?: readonly Fix[] | undefined;
}

/** Another place that a finding is about. */
export interface RelatedPlace extends Span {
  readonly message: Message;
}

export interface RuleExample {
  /** The text to lint. In `flagged` examples ⟦…⟧ encloses each range that must be reported, in order. */
  readonly text: string;
  /** The result of fix-all, if the rule has a safe fix. */
  readonly fixed?: string;
  readonly kind?: 'policytext' | 'markdown';
}

/** An option of a rule besides its severity; a setting of another type than the default is ignored. */
export interface RuleOption {
  readonly default: boolean | number | string;
  readonly description: Message;
}

interface RuleFacts {
  /** Stable dotted id, the diagnostic's `code`. */
  readonly id: string;
  /** Former ids, still accepted in settings. */
  readonly aliases?: readonly string[];
  readonly title: Message;
  /** Why it is wrong: one sentence. */
  readonly reason: Message;
  /** The regulation or standard and clause, or "practice". */
  readonly authority: Message;
  readonly tier: 'regulation' | 'standard' | 'practice' | 'house';
  readonly severity: Exclude<Severity, 'error'>;
  /** Whether the rule's fixes never change meaning. */
  readonly safeFix: boolean;
  /**
   * Whether preferred fixes of the rule, which change words, are made together, but only when the rule is asked for by name.
   */
  readonly fixesOnRequest?: boolean;
  /** Whether the words of a finding may be a name, which a writer can keep everywhere. */
  readonly findsNames?: boolean;
  /**
   * Rules and groups that do not apply where this one has found something: their findings inside its findings are
   * dropped, and their fixes beside one, in the same line, are not applied unasked.
   */
  readonly suppresses?: readonly string[];
  /**
   * The fixes of a finding that has none yet, none of them safe or preferred: for rules with thousands of findings in a text, of
   * which a writer asks for the fixes of a few. Offsets are as in the finding.
   */
  readonly offers?: (finding: Finding) => readonly Fix[];
  /** Settings besides the severity, by name. Options reach document rules through {@link RuleContext}. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly examples: { readonly flagged: readonly RuleExample[]; readonly clean: readonly RuleExample[] };
}

/** What a rule may use besides the analysis. */
export interface RuleContext {
  /** Options of this rule from the settings, already merged with its defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The lexicon; rules that use it report nothing without it. */
  readonly lexicon?: Lexicon | undefined;
  /** The spelling model; the rule about misspellings reports nothing without it. */
  readonly spelling?: SpellingModel | undefined;
  /** Words that a unit wants written otherwise, and words that it allows. */
  readonly wordLists?: WordLists | undefined;
  /** Words that the writer has added to the lexicon: they are right as they are. */
  readonly ownWords?: readonly string[] | undefined;
}

/** What a line rule may know about the text around its line. Part of the key under which findings are cached. */
export interface LineFacts {
  readonly kind: Analysis['kind'];
}

/**
 * Checks one line at a time and nothing else, so that its findings are cached until the line changes. `check` gets the
 * line without its line break and returns offsets within it.
 */
export interface LineRule extends RuleFacts {
  readonly scope: 'line';
  /**
   * Sets of characters; the rule is run on a line that contains at least one character of every set. All rules' sets
   * are searched in one pass over the line, so rules with rare triggers cost nothing on most lines.
   */
  readonly triggers?: readonly string[];
  /** The rule is also run on a line that contains two adjacent characters of this set. */
  readonly adjacent?: string;
  check(line: string, facts: LineFacts): readonly Finding[];
  /**
   * Does in advance, incrementally, what `finalize` needs and what takes long in a damaged text; see {@link
   * DocumentRule.prepare}.
   */
  prepare?(found: readonly PlacedFinding[], analysis: Analysis): Resumable<void>;
  /**
   * Has the last word on what `check` found in all lines of one text, in order: pairs marks across lines, reports a
   * habit once instead of a thousand times. Called once for every text, also if nothing was found. A generator if it
   * takes long in some texts.
   */
  finalize?(
    found: readonly PlacedFinding[],
    analysis: Analysis,
  ): readonly PlacedFinding[] | Resumable<readonly PlacedFinding[]>;
}

/** A finding whose offsets are relative to `base`: the start of its line, or 0 if they are offsets in the text. */
export interface PlacedFinding {
  readonly base: number;
  readonly finding: Finding;
}

/** Checks the whole analysis. */
export interface DocumentRule extends RuleFacts {
  readonly scope: 'document';
  /**
   * Does in advance, incrementally, what takes long in a long or damaged text. The results are cached for `check` and
   * for other rules that need the same.
   */
  prepare?(analysis: Analysis, context: RuleContext): Resumable<void>;
  /** The findings in the whole text. A generator if they take more than a few milliseconds in a long text. */
  check(analysis: Analysis, context: RuleContext): readonly Finding[] | Resumable<readonly Finding[]>;
}

export type Rule = LineRule | DocumentRule;
