/**
 * Long work that is done piece by piece: a generator that yields after some milliseconds at most, so that whoever runs it
 * can let others have their turn, or drop it.
 */
export type Resumable<Result> = Generator<unknown, Result>;

/** Does all of `pieces` at once. */
export function runToCompletion<Result>(pieces: Resumable<Result>): Result {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
