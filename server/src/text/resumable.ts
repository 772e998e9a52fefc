/**
 * Long work done incrementally: a generator that yields every few milliseconds, so that the caller can let others run
 * or abandon it.
 */
export type Resumable<Result> = Generator<unknown, Result>;

/** Tells a long loop when to yield: whenever it has done so many units of work. */
export class Pace {
  private done = 0;

  /** `most` units of work take a few milliseconds at most; as many lines, headings or marks that are only looked at do. */
  constructor(private readonly most = 1_000) {}

  /** Adds `units` of work; true if it is time to yield. */
  isOver(units = 1): boolean {
    this.done += units;
    if (this.done < this.most) return false;
    this.done = 0;
    return true;
  }
}

/** The result of `work`, which is either done or still to be done incrementally. */
export function* resume<Result extends object>(work: Result | Resumable<Result>): Resumable<Result> {
  return 'next' in work ? yield* work : work;
}

/** Runs `pieces` to the end without a pause. */
export function runToCompletion<Result>(pieces: Resumable<Result>): Result {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
