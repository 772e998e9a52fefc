/** A constant that is too expensive to compute when its module is loaded: computed at the first call, the same ever after. */
export function lazily<Value>(compute: () => Value): () => Value {
  let computed: { readonly value: Value } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}
