/**
 * Suffix arrays in linear time: SA-IS, induced sorting of leftmost S-type suffixes (Nong, Zhang & Chan, "Two efficient
 * algorithms for linear time suffix array construction", IEEE Trans. Computers 60, 2011), on typed arrays.
 */

/**
 * Sorts all suffixes of `text`; a suffix that is a prefix of another comes first, as with JavaScript's `<`. Takes
 * UTF-16 code units and returns the start offsets of the suffixes in order. Linear time, about 10 bytes of working
 * memory per symbol besides the result.
 */
export function suffixArray(text: Uint16Array): Int32Array {
  let highest = 0;
  for (let at = 0; at < text.length; at++) if ((text[at] as number) > highest) highest = text[at] as number;
  // Using one kind of array throughout keeps the engine's code for the inner loops monomorphic and fast.
  return induceSuffixes(Int32Array.from(text), highest);
}

function induceSuffixes(text: Int32Array, highest: number): Int32Array {
  const length = text.length;
  const suffixes = new Int32Array(length);
  if (length < 2) return suffixes;

  // 1 where the suffix is smaller than the one a symbol further on (S-type), 0 where it is larger (L-type).
  const smaller = new Uint8Array(length);
  for (let at = length - 2; at >= 0; at--) {
    const here = text[at] as number;
    const next = text[at + 1] as number;
    smaller[at] = here === next ? (smaller[at + 1] as number) : here < next ? 1 : 0;
  }

  // First index of each symbol's L-type suffixes, which come before its S-type ones.
  const largeStart = new Int32Array(highest + 2);
  const smallStart = new Int32Array(highest + 2);
  for (let at = 0; at < length; at++) {
    const symbol = text[at] as number;
    if (smaller[at]) largeStart[symbol + 1]!++;
    else smallStart[symbol]!++;
  }
  for (let symbol = 0; symbol <= highest; symbol++) {
    smallStart[symbol]! += largeStart[symbol] as number;
    largeStart[symbol + 1]! += smallStart[symbol] as number;
  }

  const bucket = new Int32Array(highest + 2);
  const induce = (seeds: Int32Array): void => {
    suffixes.fill(-1);
    bucket.set(smallStart);
    for (let at = 0; at < seeds.length; at++) {
      const seed = seeds[at] as number;
      suffixes[bucket[text[seed] as number]!++] = seed;
    }
    bucket.set(largeStart);
    suffixes[bucket[text[length - 1] as number]!++] = length - 1;
    for (let at = 0; at < length; at++) {
      const before = (suffixes[at] as number) - 1;
      if (before >= 0 && smaller[before] === 0) suffixes[bucket[text[before] as number]!++] = before;
    }
    bucket.set(largeStart);
    for (let at = length - 1; at >= 0; at--) {
      const before = (suffixes[at] as number) - 1;
      if (before >= 0 && smaller[before] === 1) suffixes[--bucket[(text[before] as number) + 1]!] = before;
    }
  };

  let count = 0;
  for (let at = 1; at < length; at++) if (smaller[at] && !smaller[at - 1]) count++;
  const leftmost = new Int32Array(count);
  for (let at = 1, index = 0; at < length; at++) if (smaller[at] && !smaller[at - 1]) leftmost[index++] = at;
  induce(leftmost);
  if (count < 2) return suffixes;

  // Name the substrings between leftmost S-type positions by their order. No two of them are adjacent, so half an
  // offset is a unique index: the names fit where `reduced` will read them.
  const order = new Int32Array(count);
  for (let at = 0, index = 0; at < length; at++) {
    const place = suffixes[at] as number;
    if (place > 0 && smaller[place] && !smaller[place - 1]) order[index++] = place;
  }
  const names = new Int32Array((length >> 1) + 1).fill(-1);
  let name = 0;
  for (let index = 0; index < count; index++) {
    const place = order[index] as number;
    if (index > 0 && !sameBlock(text, smaller, order[index - 1] as number, place)) name++;
    names[place >> 1] = name;
  }
  if (name + 1 < count) {
    const reduced = new Int32Array(count);
    for (let index = 0; index < count; index++) reduced[index] = names[(leftmost[index] as number) >> 1] as number;
    const sorted = induceSuffixes(reduced, name);
    for (let index = 0; index < count; index++) order[index] = leftmost[sorted[index] as number] as number;
  }
  induce(order);
  return suffixes;
}

/** Whether the substrings from `left` and `right` to their next leftmost S-type position are equal. */
function sameBlock(text: Int32Array, smaller: Uint8Array, left: number, right: number): boolean {
  const length = text.length;
  for (let step = 0; ; step++) {
    const a = left + step;
    const b = right + step;
    if (a >= length || b >= length) return false;
    if (text[a] !== text[b]) return false;
    if (step > 0) {
      const endA = smaller[a] === 1 && smaller[a - 1] === 0;
      const endB = smaller[b] === 1 && smaller[b - 1] === 0;
      if (endA || endB) return endA && endB;
    }
  }
}
