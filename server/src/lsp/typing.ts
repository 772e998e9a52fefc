/** Knows when the writer is typing, so that lists of suggestions come before all other work. */
import { PIECE } from './requests';

/** Time that other work waits for the list that is expected after an edit, in ms: a client requests it at once. */
const GRACE_MS = 40;
/** Number of edits without a request for a list after which none is expected. */
const HABIT = 8;
/** The writer is idle if nothing was typed for this long, in ms; and the maximum time to wait for that. */
const IDLE_MS = 600;
const MAX_IDLE_WAIT_MS = 15_000;
/** Milliseconds between two keys within which the writer is still typing. */
const BETWEEN_KEYS_MS = 1_000;
/** The time slice of other work meanwhile, in ms: the next list waits for what is left of one. */
const SHORT_PIECE = 2;

export class Typing {
  private lastEdit = Number.NEGATIVE_INFINITY;
  /** Number of further edits after which a list is expected; 0 for a client that requests none. */
  private habit = 0;
  private isExpected = false;
  private readonly waiting = new Set<() => void>();

  /** Called after each edit, and when a draft is opened. */
  draftChanged(): void {
    this.lastEdit = performance.now();
    this.isExpected = this.habit > 0;
    if (this.habit > 0) this.habit--;
  }

  /** Called when a list has been answered. */
  listAnswered(): void {
    this.habit = HABIT;
    this.isExpected = false;
    for (const resume of [...this.waiting]) resume();
  }

  /** Resolves when the list that is expected after the last edit has been answered, or does not come. */
  listGiven(): Promise<void> {
    const rest = this.isExpected ? this.lastEdit + GRACE_MS - performance.now() : 0;
    if (rest <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer);
        this.waiting.delete(resume);
        resolve();
      };
      const timer = setTimeout(resume, rest);
      this.waiting.add(resume);
    });
  }

  /** How long other work may go on before messages are processed, in ms: shorter while lists are requested. */
  get piece(): number {
    return this.habit > 0 && performance.now() - this.lastEdit < BETWEEN_KEYS_MS ? SHORT_PIECE : PIECE;
  }

  /** Whether nothing has been typed for a while. */
  get isIdle(): boolean {
    return performance.now() - this.lastEdit >= IDLE_MS;
  }

  /** Resolves when nothing has been typed for a while, but finally in any case: for work that is not needed yet. */
  async idle(): Promise<void> {
    const latest = performance.now() + MAX_IDLE_WAIT_MS;
    for (;;) {
      const rest = Math.min(this.lastEdit + IDLE_MS, latest) - performance.now();
      if (rest <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }
}
