/** Page settings from an organisation's configuration. */
import type { Template } from '../layout/template';
import type { HeadValues } from '../structure/draftHead';
import type { Message } from '../text/message';

/** The page layout of a draft. */
export interface DraftLayout {
  /** Head values that the organisation sets for all its drafts. */
  readonly head?: HeadValues;
  readonly template?: Template;
  /** Why the template named in the file is not used. */
  readonly problem?: Message;
}
