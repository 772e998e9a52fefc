/**
 * What the profiles make of the rules. A profile that was recognised from the text only takes away rules that have nothing
 * to say of such a text; one that the writer has chosen weighs the others, too. Settings of single rules stand over both.
 */
import type { Analysis } from '../structure/analysis';
import { recogniseProfile } from '../structure/profile';
import type { ProfileName, ProfileSetting } from '../structure/profileNames';
import type { Severity } from './rule';

export interface Profile {
  /** Rules that have nothing to say of such a text. */
  readonly silent: readonly string[];
  /** How rules and groups weigh where the profile was chosen. */
  readonly weights: Readonly<Record<string, Severity>>;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  // Nothing is signed or dated at the end of a speech, and who listens sees no marks.
  speech: {
    silent: ['document.date'],
    weights: {
      'numbering.marker-punctuation': 'hint',
      'numbering.marker-style': 'hint',
      'numbering.level': 'off',
      'heading.end-punctuation': 'off',
      numeral: 'hint',
    },
  },
  // GB/T 9704 and GB/T 15834 bind who issues it.
  official: {
    silent: [],
    weights: {
      document: 'warning',
      // What is so "as a rule" stays a hint.
      'document.closing': 'hint',
      'document.tone': 'hint',
      'document.recipients': 'hint',
      'document.contact': 'hint',
      'document.joint': 'hint',
      'document.citation': 'hint',
      'numbering.marker-punctuation': 'warning',
      'numbering.marker-style': 'warning',
      'numbering.level': 'information',
      'heading.end-punctuation': 'information',
    },
  },
  // A number that is wrong changes the law; its date stands under its title. What is issued with a note of attachments (rules
  // made by a notice or an order) is held to it.
  legislation: {
    silent: ['document.date'],
    weights: {
      'numbering.gap': 'error',
      'numbering.duplicate': 'error',
      'numbering.order': 'error',
      'numbering.first': 'error',
      'reference.unresolved': 'error',
      'placeholder.unresolved': 'error',
    },
  },
};

/** The settings of rules and groups that `setting` makes for the text of `analysis`; nothing where it shows no profile. */
export function profileRules(
  analysis: Analysis,
  setting: ProfileSetting | undefined,
): Readonly<Record<string, Severity>> {
  const chosen = setting === undefined || setting === 'auto' ? undefined : setting;
  const name = chosen ?? recogniseProfile(analysis);
  if (!name) return {};
  const { silent, weights } = PROFILES[name];
  return { ...(chosen && weights), ...Object.fromEntries(silent.map((id) => [id, 'off' as const])) };
}
