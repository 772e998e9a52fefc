/** Reviews a Word document: findings as comments and tracked changes in a copy. */
import type { Lexicon } from '../lexicon/model/lexicon';
import { fixAllEdits, safeFixOf } from '../rules/fixes';
import { capFindings, type LintConfiguration, type LintResult, lint } from '../rules/lint';
import type { SpellingModel } from '../spelling/spellingModel';
import { analyse } from '../structure/analyse';
import { type Locale, localise, type Message } from '../text/message';
import { Changeable, openForReview, ReviewError, type Reviewer, review, reviewProblem } from '../word/review.node';
import { WordError, wordProblem } from '../word/word.node';

export interface WordReviewOptions {
  readonly configuration: LintConfiguration | undefined;
  readonly lexicon: Lexicon | undefined;
  readonly spelling: SpellingModel | undefined;
  readonly reviewer: Reviewer;
  /** Without tracked changes. */
  readonly commentsOnly: boolean;
  /** Which findings become comments. */
  readonly isTold: (finding: LintResult) => boolean;
  readonly locale: Locale;
}

export interface WordReview {
  /** The reviewed document; everything else is unchanged. */
  readonly bytes: Uint8Array;
  readonly comments: number;
  /** Fixes that became tracked changes. */
  readonly fixes: number;
  /** All findings, whether reported or not. */
  readonly findings: readonly LintResult[];
}

/**
 * Reviews the bytes of a .docx. Or says why it is not reviewed: signed, protected, with macros, damaged, not a .docx.
 */
export function reviewWordDocument(bytes: Uint8Array, options: WordReviewOptions): WordReview | { refused: Message } {
  if (!mayBeWord(bytes)) return { refused: NO_WORD_DOCUMENT };
  try {
    return reviewed(bytes, options);
  } catch (error) {
    if (error instanceof WordError) return { refused: wordProblem(error) };
    if (error instanceof ReviewError) return { refused: reviewProblem(error) };
    throw error;
  }
}

function reviewed(bytes: Uint8Array, options: WordReviewOptions): WordReview {
  const { configuration, lexicon, spelling, reviewer, commentsOnly, isTold, locale } = options;
  const document = openForReview(bytes);
  const analysis = analyse(document.text.text, 'policytext');
  const findings = lint(analysis, configuration, lexicon, spelling);
  const comments = capFindings(findings.filter(isTold)).map((finding) => commentOf(finding, locale));
  const changeable = new Changeable(document.text);
  const { edits, applied } = commentsOnly
    ? { edits: [], applied: 0 }
    : fixAllEdits(analysis, {
        configuration,
        lexicon,
        spelling,
        wanted: (result, made) => safeFixOf(result)?.edits.every((edit) => changeable.allows(edit, made)) ?? false,
        known: findings,
      });
  return { bytes: review(document, comments, edits, reviewer), comments: comments.length, fixes: applied, findings };
}

const NO_WORD_DOCUMENT: Message = {
  en: 'This is not a .docx file. Save it as .docx in Word first.',
  zh: '这不是 .docx 文档。请先在 Word 里另存为 .docx。',
};

/** Whether `bytes` may be a .docx, encrypted or not. */
function mayBeWord(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return true;
  const isCompound = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  return isCompound && Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

/** The text of a finding, its reason and its rule. */
function commentOf({ start, end, message, rule }: LintResult, locale: Locale) {
  const paragraphs = [
    localise(message, locale),
    `${localise(rule.reason, locale)} ${localise(rule.authority, locale)}`.trim(),
    `[${rule.id}]`,
  ];
  return { start, end, paragraphs: paragraphs.filter((line) => line !== '') };
}

/**
 * The reviewer: `author`, or the product if blank, at `date`, or now. Undefined if `date` is invalid according to
 * {@link reviewDate}.
 */
export function reviewerOf(author: string | undefined, date: string | undefined, locale: Locale): Reviewer | undefined {
  const read = reviewDate(date);
  return read === undefined ? undefined : { author: author?.trim() || localise(AUTHOR, locale), date: read };
}

const AUTHOR: Message = { en: 'policy-text', zh: '笔杆' };

/** `given`, or now, as an xsd:dateTime; undefined for anything but a date like 2026-03-01 or 2026-03-01T09:30:00Z. */
export function reviewDate(given: string | undefined): string | undefined {
  if (given !== undefined && !DATE.test(given)) return undefined;
  const date = given === undefined ? new Date() : new Date(given);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d{1,9}Z$/, 'Z');
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
