/** The wording of findings about misspellings. */
import type { WordRule } from '../../spelling/wordRules';
import type { Message } from '../../text/message';
import type { Span } from '../../text/span';
import type { Finding } from '../rule';
import type { Suspicion } from './misspellingEvidence';

/** The finding for a misspelling found by the model: certain if it is a warning. */
export function sayMistake(
  { start, end, newText, word, before, after, slips }: Suspicion,
  severity: 'warning' | 'information' | 'hint',
): Finding {
  const isCertain = severity === 'warning';
  const gain = slips.reduce((least, slip) => Math.min(least, slip.gain), Number.POSITIVE_INFINITY);
  const times = 10 ** Math.max(1, Math.min(4, Math.floor(gain / Math.LN10)));
  const values = [before, after, times];
  return {
    ...word,
    phrase: word,
    severity,
    message: isCertain
      ? {
          zh: '“{0}”应为“{1}”：在这样的上下文里，政策文稿写后者的可能是前者的{2}倍以上',
          en: '“{0}” should be “{1}”: in this context policy documents are over {2} times as likely to write the latter',
          values,
        }
      : {
          zh: '“{0}”疑为“{1}”，请核对：在这样的上下文里，政策文稿写后者的可能是前者的{2}倍以上',
          en: '“{0}” may be a slip for “{1}”: in this context policy documents are over {2} times as likely to write the latter',
          values,
        },
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [after] },
        edits: [{ start, end, newText }],
        safe: false,
        preferred: isCertain,
      },
    ],
  };
}

/** The finding for a match of a word list; `isOwn` if it is the unit's own list. */
export function sayWord({ start, end }: Span, rule: WordRule, isOwn: boolean): Finding {
  const values = [rule.wrong, rule.right];
  const title =
    rule.right === ''
      ? { zh: '删去“{0}”', en: 'Delete “{0}”', values }
      : { zh: '改为“{0}”', en: 'Change to “{0}”', values: [rule.right] };
  return {
    start,
    end,
    // A word on the unit's own list is not offered for the lexicon.
    ...(!isOwn && { phrase: { start, end } }),
    severity: rule.level,
    message: isOwn ? wantedByUnit(rule) : confused(rule),
    fixes: [{ title, edits: [{ start, end, newText: rule.right }], safe: false, preferred: rule.level === 'warning' }],
  };
}

function wantedByUnit({ wrong, right }: WordRule): Message {
  return right === ''
    ? {
        zh: '不写“{0}”：本单位的用语表这样规定',
        en: '“{0}” is not to be written: the list of the unit says so',
        values: [wrong],
      }
    : {
        zh: '“{0}”应写作“{1}”：本单位的用语表这样规定',
        en: '“{0}” is to be written “{1}”: the list of the unit says so',
        values: [wrong, right],
      };
}

function confused({ wrong, right }: WordRule): Message {
  return {
    zh: '“{0}”应为“{1}”：两者常被混用，此处按《现代汉语词典》应写后者',
    en: '“{0}” should be “{1}”: the two are often confused, and here the dictionary has the latter',
    values: [wrong, right],
  };
}
