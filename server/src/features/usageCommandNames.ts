/** The names of the commands about what the writer took from the list. Names only: the client imports this file too. */

/** Run by the editor after a slogan was taken, with its text as learned: it ranks higher the next time. */
export const NOTE_USE_COMMAND = 'policyText.server.recordAccepted';
/** Forgets all that was taken. */
export const FORGET_USES_COMMAND = 'policyText.server.forgetUses';
