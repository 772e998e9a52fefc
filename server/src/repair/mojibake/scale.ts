/** Thresholds shared by several parts of the search, in nats unless stated otherwise. */

/** The signs that decoders leave for invalid bytes. */
export const REPLACEMENT = 0xfffd;
export const QUESTION = 0x3f;
/** Maximum distance (in nats) from the best reading for a reading to be followed. */
export const BEHIND = 12;
/** A longer run cannot be a shifted one. */
export const MAX_LENGTH = 600;
/** Text whose characters cost less needs no further check; at the higher cost it is not Chinese. */
export const ORDINARY = 6;
export const UNHEARD = 7.5;
