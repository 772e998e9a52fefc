/** Finds the occurrences of phrases in a text, by their first three units. */

export class PhraseStarts {
  private readonly byBeginning = new Map<number, number[]>();

  /** Takes phrases of three units or more. */
  constructor(private readonly phrases: readonly string[]) {
    phrases.forEach((text, index) => {
      const key = keyOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2));
      const others = this.byBeginning.get(key);
      if (others) others.push(index);
      else this.byBeginning.set(key, [index]);
    });
  }

  /**
   * Calls `found` for each occurrence of each phrase in a text of `length` units, including nested ones. Linear in the
   * text.
   */
  visit(length: number, unitAt: (place: number) => number, found: (phrase: number, start: number) => void): void {
    for (let at = 0; at + 2 < length; at++) {
      const likely = this.byBeginning.get(keyOf(unitAt(at), unitAt(at + 1), unitAt(at + 2)));
      if (!likely) continue;
      for (const index of likely) {
        const text = this.phrases[index] as string;
        let size = 3;
        while (size < text.length && at + size < length && unitAt(at + size) === text.charCodeAt(size)) size++;
        if (size === text.length) found(index, at);
      }
    }
  }
}

/** Three units as one number below 2^48. */
function keyOf(one: number, two: number, three: number): number {
  return (one * 0x10000 + two) * 0x10000 + three;
}
