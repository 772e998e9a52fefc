/** Memory that is free, given back to the system. */
import v8 from 'node:v8';

/** No object is of this class: asked for, it makes the engine look through all that are, and collect the rest first. */
class Nothing {}

/**
 * Collects what nobody needs any more. The engine does so when it needs room, and not where hundreds of drafts were closed and
 * nothing else happens: what they took stays taken then. Takes a few tenths of a second; for when nobody waits. Does nothing in a
 * version of Node without `v8.queryObjects` (20.13 and 22 have it).
 */
export function giveBackMemory(): void {
  if (typeof v8.queryObjects !== 'function') return;
  // Node warns on the error output that the call may change; a log that people read is no place for that.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    v8.queryObjects(Nothing, { format: 'count' });
  } catch {
    // An engine without it keeps the memory until it needs it.
  } finally {
    process.emitWarning = emitWarning;
  }
}
