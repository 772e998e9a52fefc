/** Returns free memory to the system. */

/** Delay between two collections, so that other work can run, in ms. */
const APART_MS = 500;

/**
 * Collects garbage, if Node runs with `--expose-gc`, as the extension starts it: a tenth of a second, for when nobody
 * waits. The engine collects when it needs room, but not after hundreds of drafts were closed and nothing else happens:
 * their memory would stay allocated. Does nothing without the flag: `v8.queryObjects` collects as well, but stopped the
 * server for two seconds.
 */
export function giveBackMemory(): void {
  const { gc } = globalThis;
  if (typeof gc !== 'function') return;
  // The first one empties pages, which the second returns to the system.
  void gc();
  setTimeout(() => void gc(), APART_MS).unref();
}
