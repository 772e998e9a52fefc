/** Derived data that lives exactly as long as its source. */
import type { Analysis } from './analysis';

/**
 * A value derived from an immutable owner, an {@link Analysis} unless stated otherwise, computed at most once. It is
 * never out of date, because a changed text has another analysis, and it is freed with its owner. Together with {@link
 * LineMemo}, which survives edits line by line, and `LineTotals`, this is the only cache of the project.
 */
export class AnalysisMemo<Value, Owner extends object = Analysis> {
  private readonly values = new WeakMap<Owner, { readonly value: Value }>();

  /** `derive` must depend on nothing but its owner. */
  constructor(private readonly derive: (owner: Owner) => Value) {}

  of(owner: Owner): Value {
    let kept = this.values.get(owner);
    if (!kept) {
      kept = { value: this.derive(owner) };
      this.values.set(owner, kept);
    }
    return kept.value;
  }

  /** Whether the value has been computed. */
  has(owner: Owner): boolean {
    return this.values.has(owner);
  }

  /** Stores a value that was computed incrementally; it must be the one that `derive` returns. */
  set(owner: Owner, value: Value): void {
    this.values.set(owner, { value });
  }
}
