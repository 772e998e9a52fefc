/**
 * Whether a document of the library, identified by its file name, is held out from the spelling model: one in forty, or
 * one in `oneIn`.
 */
export function heldOut(name: string, oneIn = 40): boolean {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0 < 0x100000000 / oneIn;
}
