/** Memory that is free, given back to the system. */

/** Between two collections, so that others have their turn, in milliseconds. */
const APART_MS = 500;

/**
 * Collects what nobody needs any more, where Node runs with `--expose-gc`, as the extension starts it: a tenth of a second, for when nobody waits. The engine
 * does so when it needs room, and not where hundreds of drafts were closed and nothing else happens: what they took stays taken
 * then. Without the flag nothing is done: `v8.queryObjects` collects as well, but stopped the server for two seconds.
 */
export function giveBackMemory(): void {
  const { gc } = globalThis;
  if (typeof gc !== 'function') return;
  // The first one empties pages, which the second gives back.
  void gc();
  setTimeout(() => void gc(), APART_MS).unref();
}
