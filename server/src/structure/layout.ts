/**
 * Determines the part that each line plays in the document: title, adoption note, salutation, printed contents,
 * attachments, sign-off, page furniture; and where one document ends and another begins. Each pass adds to a builder.
 */
import type { Resumable } from '../text/resumable';
import { body } from './layout/body';
import { type Layout, LayoutBuilder, type LineText } from './layout/builder';
import { contents } from './layout/contents';
import { frontMatter, furniture } from './layout/furniture';
import { findTitle } from './layout/title';
import type { LineRecord } from './lineScan';

export type { Head, Layout } from './layout/builder';

/** Lays out the lines of a text, in steps. `textOf` is called for short lines only. */
export function* layOut(records: readonly LineRecord[], textOf: LineText): Resumable<Layout> {
  const builder = new LayoutBuilder(records, textOf);
  const first = frontMatter(builder);
  furniture(builder, first);
  const start = findTitle(builder, first);
  yield* contents(builder, start);
  yield* body(builder, start);
  return builder.build();
}
