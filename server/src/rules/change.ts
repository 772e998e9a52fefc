/** Fixes as rules make them. */
import type { TextReplacement } from '../text/textEdit';
import type { Fix } from './rule';

/** A fix that puts `newText` in place of `start`–`end`; preferred, since rules use it where one answer is right. */
export function changeTo(start: number, end: number, newText: string, safe = true): Fix {
  return {
    title:
      newText === '' ? { zh: '删去', en: 'Delete' } : { zh: '改为“{0}”', en: 'Change to "{0}"', values: [newText] },
    edits: [{ start, end, newText }],
    safe,
    preferred: true,
  };
}

/** A fix of several replacements that belong together, described as a change to `shown`. */
export function changeAll(edits: readonly TextReplacement[], shown: string, safe = true): Fix {
  return { title: { zh: '改为“{0}”', en: 'Change to "{0}"', values: [shown] }, edits, safe, preferred: true };
}
