/** Converts replacements to LSP edits. */

import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Analysis } from '../structure/analysis';
import type { TextReplacement } from '../text/textEdit';
import { Locator } from './locate';

/** The version of a text that edits are meant for. */
export interface EditTarget {
  readonly uri: string;
  readonly version: number;
  /** Whether the client supports versioned edits; it then rejects them if its text has changed. */
  readonly documentChanges: boolean;
}

/** `replacements`, given in offsets of the text of `analysis`, in text order. */
export function textEdits(analysis: Analysis, replacements: readonly TextReplacement[]): TextEdit[] {
  const locator = new Locator(analysis.lines);
  return [...replacements]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((edit) => ({ range: locator.range(edit), newText: edit.newText }));
}

/** A single edit of one document, which is one undo step. */
export function workspaceEdit(
  analysis: Analysis,
  replacements: readonly TextReplacement[],
  { uri, version, documentChanges }: EditTarget,
): WorkspaceEdit {
  const edits = textEdits(analysis, replacements);
  return documentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}
