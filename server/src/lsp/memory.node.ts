/** Memory that is free, given back to the system. */
import v8 from 'node:v8';
import vm from 'node:vm';

/** Between two collections, so that others have their turn, in milliseconds. */
const APART_MS = 500;

/**
 * Collects what nobody needs any more. The engine does so when it needs room, and not where hundreds of drafts were closed and
 * nothing else happens: what they took stays taken then. Takes a tenth of a second; for when nobody waits.
 */
export function giveBackMemory(): void {
  v8.setFlagsFromString('--expose-gc');
  try {
    const collect = vm.runInNewContext('gc') as () => void;
    // The first one empties pages, which the second gives back.
    collect();
    setTimeout(collect, APART_MS).unref();
  } catch {
    // An engine without it keeps the memory until it needs it.
  } finally {
    v8.setFlagsFromString('--no-expose-gc');
  }
}
