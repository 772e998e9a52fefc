/** Ignored findings: the data stored about one, so that it is recognised after edits nearby. */

import type { Analysis } from '../structure/analysis';
import type { Span } from '../text/span';
import type { Rule } from './rule';

/** Ignores findings of one rule in one file or all, everywhere or where the surrounding words are the same. */
export interface IgnoreEntry {
  readonly rule: string;
  /** Relative to the configuration file's folder, with `/`. */
  readonly file?: string;
  /** The words of the finding. */
  readonly text?: string;
  /** The words right before and after them; one of the two may have changed since. */
  readonly before?: string;
  readonly after?: string;
}

/** The required part of a finding. */
interface Ignorable extends Span {
  readonly rule: Pick<Rule, 'id' | 'aliases'>;
}

/** Those of `entries` that apply to `file`, a path relative to the configuration file's folder. */
export function ignoredIn(entries: readonly IgnoreEntry[], file: string): IgnoreEntry[] {
  return entries.filter((entry) => entry.file === undefined || entry.file === file);
}

/** `results` without those that one of `entries` ignores. */
export function withoutIgnored<Result extends Ignorable>(
  results: readonly Result[],
  { text }: Pick<Analysis, 'text'>,
  entries: readonly IgnoreEntry[],
): Result[] {
  return results.filter(
    ({ rule, start, end }) =>
      !entries.some((entry) => {
        if (entry.rule !== rule.id && !rule.aliases?.includes(entry.rule)) return false;
        if (entry.text !== undefined && entry.text !== text.slice(start, end)) return false;
        const { before, after } = entry;
        if (before === undefined && after === undefined) return true;
        return (
          (before !== undefined && before !== '' && text.slice(0, start).endsWith(before)) ||
          (after !== undefined && after !== '' && text.startsWith(after, end))
        );
      }),
  );
}

/** Number of characters of the line stored on either side of an ignored finding. */
const CONTEXT = 10;

/** The entry that ignores `result` of `file` and no other finding. */
export function ignoreEntry({ text, lines }: Analysis, { rule, start, end }: Ignorable, file: string): IgnoreEntry {
  const from = Math.max(lines.start(lines.lineAt(start)), start - CONTEXT);
  const to = Math.min(lines.end(lines.lineAt(end)), end + CONTEXT);
  const before = text.slice(from, start);
  const after = text.slice(end, Math.max(end, to));
  return {
    rule: rule.id,
    file,
    text: text.slice(start, end),
    ...(before !== '' && { before }),
    ...(after !== '' && { after }),
  };
}
