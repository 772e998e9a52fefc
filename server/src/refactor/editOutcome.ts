/** The result of a command that edits a draft. */

import type { Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';

/** Edits, and the caret afterwards; or why nothing is done. */
export type EditOutcome =
  | {
      readonly edits: readonly TextReplacement[];
      /** An offset in the text after the edits; absent if the editor's own tracking is right. */
      readonly caret?: number | undefined;
      /** Text that was cut out for a document of its own. */
      readonly extracted?: string;
      /** References that are left unchanged and may be wrong afterwards, by their ranges before the edits. */
      readonly uncertain?: readonly Span[];
      /** A message shown afterwards. */
      readonly note?: Message;
    }
  | {
      readonly message: Message;
      /** Whether nothing is done because everything is as wanted already. */
      readonly unchanged?: boolean;
    };
