/**
 * The effect of profiles on the rules. A profile recognised from the text only switches off rules that do not apply to
 * such a text; one chosen by the writer also changes the severity of others. Settings of single rules override both.
 */
import type { Analysis } from '../structure/analysis';
import { recogniseProfile } from '../structure/profile';
import type { ProfileName, ProfileSetting } from '../structure/profileNames';
import type { Severity } from './rule';

export interface Profile {
  /** Rules that do not apply to such a text. */
  readonly silent: readonly string[];
  /** Severities of rules and groups if the profile was chosen. */
  readonly weights: Readonly<Record<string, Severity>>;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  // Nothing is signed or dated at the end of a speech, and listeners see no marks.
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
  // GB/T 9704 and GB/T 15834 are binding for the issuer.
  official: {
    silent: [],
    weights: {
      document: 'warning',
      // What holds "as a rule" stays a hint.
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
  // A wrong number changes the law; its date is under its title. Documents issued with a note of attachments (rules
  // made by a notice or an order) have to comply with it.
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

/** The settings of rules and groups that `setting` gives for the text of `analysis`; empty if it shows no profile. */
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
