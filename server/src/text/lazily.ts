import type { Resumable } from './resumable';

/** A constant that is too expensive to compute when its module is loaded: computed at the first call, the same ever after. */
export function lazily<Value>(compute: () => Value): () => Value {
  let computed: { readonly value: Value } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}

/** The same for one that takes more than a few milliseconds: computed in pieces by whoever asks first. */
export function lazilyInPieces<Value>(compute: () => Resumable<Value>): () => Resumable<Value> {
  let computed: { readonly value: Value } | undefined;
  return function* () {
    if (!computed) {
      const value = yield* compute();
      // Others may have asked meanwhile, and have the same.
      computed ??= { value };
    }
    return computed.value;
  };
}
