/** Helpers to build fixes. */
import type { TextReplacement } from '../text/textEdit';
import type { Fix } from './rule';

/** A fix that replaces `start`–`end` with `newText`; preferred, because rules use it if there is one right answer. */
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
