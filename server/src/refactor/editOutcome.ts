/** What a command that edits a draft comes to. */

import type { Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';

/** Edits, and where the caret stands afterwards; or why nothing is done. */
export type EditOutcome =
  | {
      readonly edits: readonly TextReplacement[];
      /** An offset in the text after the edits; absent where the editor's own bookkeeping is right. */
      readonly caret?: number | undefined;
      /** Text that was taken out, for a document of its own. */
      readonly extracted?: string;
      /** References that are left as they are and may be wrong afterwards, by their places before the edits. */
      readonly uncertain?: readonly Span[];
      /** What the writer is told afterwards. */
      readonly note?: Message;
    }
  | {
      readonly message: Message;
      /** True where nothing is done because all is as wanted already. */
      readonly unchanged?: boolean;
    };
