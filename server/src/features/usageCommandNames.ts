/** The names of the commands about the usage history. Names only: the client imports this file too. */

/**
 * Run by the editor after a slogan was accepted, with its text in the form of the lexicon: it ranks higher the next
 * time.
 */
export const NOTE_USE_COMMAND = 'policyText.server.recordAccepted';
/** Clears the usage history. */
export const FORGET_USES_COMMAND = 'policyText.server.forgetUses';
