import type { Resumable } from './resumable';

/** Defers an expensive constant: computed at the first call, cached from then on. */
export function lazily<Value>(compute: () => Value): () => Value {
  let computed: { readonly value: Value } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}

/** Like {@link lazily} for a computation of more than a few milliseconds: the first caller runs it incrementally. */
export function lazilyIncremental<Value>(compute: () => Resumable<Value>): () => Resumable<Value> {
  let computed: { readonly value: Value } | undefined;
  return function* () {
    if (!computed) {
      const value = yield* compute();
      // Another caller may have finished meanwhile; keep its value.
      computed ??= { value };
    }
    return computed.value;
  };
}
