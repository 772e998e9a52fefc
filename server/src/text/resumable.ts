/**
 * Long work done incrementally: a generator that yields every few milliseconds, so that the caller can let others run
 * or abandon it.
 */
export type Resumable<Result> = Generator<unknown, Result>;

/** Runs `pieces` to the end without a pause. */
export function runToCompletion<Result>(pieces: Resumable<Result>): Result {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
