/**
 * 53-bit hash for content-addressed storage: the same on every platform and fast, but not collision-resistant against
 * an adversary. Two lanes of multiplicative hashing over UTF-16 units, mixed at the end as in MurmurHash3 (A. Appleby,
 * public domain).
 */
export function contentHash(text: string): string {
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  const mixed = mix(low ^ Math.imul(high, 0xc2b2ae35)) >>> 0;
  const other = mix(high ^ Math.imul(low, 0x85ebca6b)) >>> 0;
  return ((other & 0x1fffff) * 0x100000000 + mixed).toString(36);
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
