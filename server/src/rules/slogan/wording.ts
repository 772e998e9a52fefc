/** How slips in slogans are shown and fixed in the script and with the marks of the document. */

import type { Confidence } from '../../lexicon/proofreading/slipEvidence';
import type { SloganSlip, Words } from '../../lexicon/proofreading/sloganSlips';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { scriptOfDraft } from '../../structure/script';
import type { Message } from '../../text/message';
import { traditionalForm } from '../../text/script';
import type { Span } from '../../text/span';
import type { Finding, Fix, Severity } from '../rule';

export const SEVERITIES: Readonly<Record<Confidence, Exclude<Severity, 'off'>>> = {
  certain: 'warning',
  likely: 'warning',
  doubtful: 'information',
  conceivable: 'hint',
};

/** The wording of a slip for the writer. */
export interface Wording {
  /** The words of the phrase as written and as they should be, for use within quotation marks. */
  readonly written: string;
  readonly canonical: string;
  /** The wrong part, and its replacement; either may be empty. */
  readonly wrong: string;
  readonly right: string;
  /** 请改正 or 请核对. */
  readonly advice: Message;
}

function isUncertain({ confidence }: SloganSlip): boolean {
  return confidence === 'doubtful' || confidence === 'conceivable';
}

export function wordingOf(slip: SloganSlip, analysis: Analysis): Wording {
  const { text } = analysis;
  const right = replacement(slip, analysis) ?? '';
  const { wrong } = slip;
  const whole = withMarks(slip.whole, text);
  return {
    written: shown(text.slice(whole.start, whole.end)),
    canonical: shown(text.slice(whole.start, wrong.start) + right + text.slice(wrong.end, whole.end)),
    wrong: shown(text.slice(wrong.start, wrong.end)),
    right: shown(right),
    advice: isUncertain(slip) ? { zh: '请核对', en: 'Check it.' } : { zh: '请改正', en: 'Correct it.' },
  };
}

/** `whole` extended by the quotation mark that closes what is opened in it, or opens what is closed. */
function withMarks({ start, end }: Span, text: string): Span {
  const words = text.slice(start, end);
  const opened = words.lastIndexOf('“') > words.lastIndexOf('”') || words.lastIndexOf('「') > words.lastIndexOf('」');
  const close = words.search(/[”」]/);
  const closed = close >= 0 && words.slice(0, close).search(/[“「]/) < 0;
  return {
    start: closed && /[“「]/.test(text[start - 1] ?? '') ? start - 1 : start,
    end: opened && /[”」]/.test(text[end] ?? '') ? end + 1 : end,
  };
}

/** The finding for `slip` with `message`: the differing words, and the fix that restores the phrase. */
export function findingOf(slip: SloganSlip, analysis: Analysis, message: Message): Finding {
  const { wrong, whole, confidence } = slip;
  const newText = replacement(slip, analysis);
  const { canonical } = wordingOf(slip, analysis);
  const fix: Fix | undefined =
    newText === undefined
      ? undefined
      : {
          title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [canonical] },
          edits: [{ ...wrong, newText }],
          // Wording is the writer's: a shorter or an older term may be intended, and nothing changes it unasked.
          safe: false,
          preferred: !isUncertain(slip),
        };
  const place = { ...visible(wrong, whole), phrase: withMarks(whole, analysis.text) };
  return { ...place, severity: SEVERITIES[confidence], message, ...(fix && { fixes: [fix] }) };
}

/** The characters on both sides of a gap: an empty range would be invisible. */
function visible(wrong: Span, whole: Span): Span {
  if (wrong.start < wrong.end) return { start: wrong.start, end: wrong.end };
  return { start: Math.max(whole.start, wrong.start - 1), end: Math.min(whole.end, wrong.end + 1) };
}

/** The replacement of the wrong part, as the document would write it. */
function replacement({ right }: { readonly right: Words | undefined }, analysis: Analysis): string | undefined {
  return right
    ?.map((part) =>
      typeof part === 'string' ? asInDocument(part, analysis) : analysis.text.slice(part.start, part.end),
    )
    .join('');
}

/** The script and the quotation marks of a document. */
const waysOfWriting = new AnalysisMemo((analysis) => ({
  traditional: scriptOfDraft(analysis).script === 'traditional',
  corner: !analysis.text.includes('“') && analysis.text.includes('「'),
}));

/** `words` of the lexicon in the script and with the quotation marks of the document. */
export function asInDocument(words: string, analysis: Analysis): string {
  const ways = waysOfWriting.of(analysis);
  const marked = ways.corner ? words.replace(/“/g, '「').replace(/”/g, '」') : words;
  return ways.traditional ? traditionalOf(marked) : marked;
}

/** Characters of OpenCC's own standard that neither Taiwan nor Hong Kong uses, with the usual ones. */
const USUAL: ReadonlyMap<string, string> = new Map(
  [...'爲為衆眾羣群綫線啓啟裏裡峯峰'].flatMap((each, at, all) =>
    at % 2 === 0 ? [[each, all[at + 1] as string] as const] : [],
  ),
);

function traditionalOf(words: string): string {
  return Array.from(words, (each) => {
    const form = String.fromCharCode(traditionalForm(each.charCodeAt(0)));
    return USUAL.get(form) ?? form;
  }).join('');
}

/** `words` for display within quotation marks: on one line, with inner marks. */
export function shown(words: string): string {
  return words
    .replace(/[\r\n]+\s*/g, '')
    .replace(/“/g, '‘')
    .replace(/”/g, '’')
    .replace(/「/g, '『')
    .replace(/」/g, '』');
}
