/** The names of the profiles, and the possible settings. A leaf module, because the client uses it too. */

export const PROFILE_NAMES = ['speech', 'official', 'legislation'] as const;

/**
 * - `speech`: a speech, or a report read out to an assembly
 * - `official`: a document in the form of GB/T 9704: notice, opinion, decision, letter
 * - `legislation`: a law, regulation or rule in articles
 */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Possible values of the setting: a profile, or `auto` for the one recognised from the text. */
export const PROFILE_SETTINGS = ['auto', ...PROFILE_NAMES] as const;
export type ProfileSetting = (typeof PROFILE_SETTINGS)[number];
