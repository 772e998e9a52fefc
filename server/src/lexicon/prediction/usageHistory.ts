/**
 * The writer's accepted suggestions, which rank higher the next time. Stores the words, their count and day, at most a
 * few hundred; nothing of the draft around them.
 */

/** Days since 1970; a writer's day need not be exact. */
const DAY = 24 * 60 * 60 * 1000;
const VERSION = 1;
/** Above this number the least recently used are forgotten. */
const MAX_COUNT = 500;
/** Maximum length of a slogan, in UTF-16 units. */
const MAX_LENGTH = 120;
/** Within {@link FRESH_DAYS} a use counts in full, within {@link STALE_DAYS} by half, later by a quarter. */
const FRESH_DAYS = 30;
const STALE_DAYS = 180;

interface Use {
  readonly count: number;
  readonly day: number;
}

export class Usage {
  private readonly uses = new Map<string, Use>();

  /** Restores the output of {@link stored}; anything else gives an empty history. Never throws. */
  static read(text: string | undefined): Usage {
    const usage = new Usage();
    for (const [words, count, day] of entriesOf(text)) usage.uses.set(words, { count, day });
    usage.shorten();
    return usage;
  }

  get size(): number {
    return this.uses.size;
  }

  /** Records that the writer accepted `text`. */
  note(text: string, now: number = Date.now()): void {
    const words = wordsOf(text);
    if (words.length < 2 || words.length > MAX_LENGTH) return;
    const count = (this.uses.get(words)?.count ?? 0) + 1;
    // Moved to the end, because the first ones are forgotten first.
    this.uses.delete(words);
    this.uses.set(words, { count, day: Math.floor(now / DAY) });
    this.shorten();
  }

  /** Reverts one {@link note}: an accidental acceptance says nothing about the writer. */
  retract(text: string): void {
    const words = wordsOf(text);
    const use = this.uses.get(words);
    if (!use) return;
    if (use.count > 1) this.uses.set(words, { ...use, count: use.count - 1 });
    else this.uses.delete(words);
  }

  /**
   * Weight of the writer's history for writing `rest` after `before`, 0 for none: `rest` may continue an accepted text
   * from anywhere in it.
   */
  weight(before: string, rest: string, now: number = Date.now()): number {
    const added = wordsOf(rest);
    if (added.length === 0) return 0;
    const whole = before.slice(-MAX_LENGTH) + added;
    let most = 0;
    for (const [words, { count, day }] of this.uses) {
      if (!words.endsWith(added) || !whole.endsWith(words)) continue;
      const age = now / DAY - day;
      const part = age <= FRESH_DAYS ? 1 : age <= STALE_DAYS ? 0.5 : 0.25;
      most = Math.max(most, part * Math.log2(1 + count));
    }
    return most;
  }

  /** The stored form: one JSON object. */
  stored(): string {
    return JSON.stringify({
      version: VERSION,
      uses: [...this.uses].map(([words, { count, day }]) => [words, count, day]),
    });
  }

  private shorten(): void {
    for (const words of this.uses.keys()) {
      if (this.uses.size <= MAX_COUNT) break;
      this.uses.delete(words);
    }
  }
}

/** `text` without the mark at its end: the same words may end a clause or not. */
function wordsOf(text: string): string {
  return text.replace(/[，。；：、！？]$/, '');
}

function entriesOf(text: string | undefined): [string, number, number][] {
  let read: unknown;
  try {
    read = JSON.parse(text ?? 'null');
  } catch {
    return [];
  }
  const { version, uses } = (read ?? {}) as { version?: unknown; uses?: unknown };
  if (version !== VERSION || !Array.isArray(uses)) return [];
  return uses.filter(
    (use): use is [string, number, number] =>
      Array.isArray(use) &&
      typeof use[0] === 'string' &&
      use[0].length > 1 &&
      use[0].length <= MAX_LENGTH &&
      Number.isSafeInteger(use[1]) &&
      use[1] > 0 &&
      Number.isSafeInteger(use[2]),
  );
}
