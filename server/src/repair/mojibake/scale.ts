/** The measures that several parts of the search share, in nats unless said otherwise. */

/** What decoders leave for bytes that spell nothing. */
export const REPLACEMENT = 0xfffd;
export const QUESTION = 0x3f;
/** How much less likely than the best (in nats) a reading may be that is still followed. */
export const BEHIND = 12;
/** A run this long is no slid run. */
export const MAX_LENGTH = 600;
/** Text whose characters cost less needs no second look; where they cost as much as that it is no Chinese. */
export const ORDINARY = 6;
export const UNHEARD = 7.5;
