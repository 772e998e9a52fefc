/** An accepted suggestion counts as use unless its text is deleted right away: then it was an accident. */
import type { Draft } from './documents';
import type { UsageHistoryStore } from './usageHistory';

/** Text deleted within this time was not wanted, in ms. */
const ACCIDENT_MS = 15_000;
/** Maximum number of acceptances tracked. */
const MAX_WATCHED = 8;

interface Accepted {
  readonly uri: string;
  /** As learned. */
  readonly text: string;
  /** As written into the draft. */
  readonly written: string;
  readonly time: number;
  /** Number of occurrences in the draft at that time. */
  readonly count: number;
}

export class AcceptedWords {
  private watched: Accepted[] = [];

  constructor(private readonly uses: UsageHistoryStore) {}

  /** Records the use of `text`, written as `written` in `draft` if these are known. */
  async record(text: string, draft: Draft | undefined, written: unknown, now: number = Date.now()): Promise<void> {
    if (draft && typeof written === 'string' && written !== '') {
      const count = occurrences(draft.text, written);
      if (count > 0) {
        this.watched = [...this.watched, { uri: draft.uri, text, written, time: now, count }].slice(-MAX_WATCHED);
      }
    }
    await this.uses.note(text);
  }

  /** Called after each change of a draft: retracts a use whose words are gone. */
  draftChanged(draft: Draft, now: number = Date.now()): void {
    if (this.watched.length === 0) return;
    const kept: Accepted[] = [];
    for (const accepted of this.watched) {
      if (now - accepted.time > ACCIDENT_MS) continue;
      if (accepted.uri !== draft.uri || occurrences(draft.text, accepted.written) >= accepted.count)
        kept.push(accepted);
      else void this.uses.retract(accepted.text);
    }
    this.watched = kept;
  }
}

function occurrences(text: string, words: string): number {
  let count = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) count++;
  return count;
}
