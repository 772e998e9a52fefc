/**
 * Long work done incrementally: a generator that yields every few milliseconds, so that the caller can let others run
 * or abandon it.
 */
export type Resumable<Result> = Generator<unknown, Result>;

/** Tells a long loop when to yield: whenever it has done so many units of work. */
export class Pace {
  private done = 0;

  /**
   * `most` units of work take a few milliseconds at most; as many lines, headings or marks that are only looked at do.
   * The first step is of `limit` units, each further one of twice as many as the one before, up to `most`.
   */
  constructor(
    private readonly most = 1_000,
    private limit = most,
  ) {}

  /** For work whose code may not have run before, in which the first step would take ten times as long as later ones. */
  static rising(most: number): Pace {
    return new Pace(most, most / 16);
  }

  /** Adds `units` of work; true if it is time to yield. */
  isOver(units = 1): boolean {
    this.done += units;
    if (this.done < this.limit) return false;
    this.done = 0;
    this.limit = Math.min(this.most, 2 * this.limit);
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
