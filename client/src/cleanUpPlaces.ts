/** Lists the places that *Clean Up Text* is not sure of and navigates to them. */
import * as vscode from 'vscode';
import type { CleanUpPlace } from '../../server/src/lsp/protocol';

interface Row extends vscode.QuickPickItem {
  readonly place: CleanUpPlace;
}

/** Lists `places` of `document`; the focused one is revealed, the chosen one becomes the selection. */
export async function showPlaces(document: vscode.TextDocument, places: readonly CleanUpPlace[]): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const rows = places.map((place): Row => {
    const others = place.others.length > 0 ? vscode.l10n.t('or {0}', place.others.join(' | ')) : '';
    return { label: place.repair, description: others, detail: place.note, place };
  });
  const list = vscode.window.createQuickPick<Row>();
  list.title = vscode.l10n.t('Places to check');
  list.placeholder = vscode.l10n.t('The text beneath the list shows each place');
  list.items = rows;
  list.matchOnDescription = true;
  const show = (row: Row | undefined): void => {
    if (!row) return;
    const range = rangeOf(document, row.place);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  };
  list.onDidChangeActive(([row]) => show(row));
  list.onDidAccept(() => {
    const [row] = list.activeItems;
    list.hide();
    if (row) void chooseReading(editor, row.place);
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

/** If `place` has other possible readings, offers them and inserts the one chosen. */
async function chooseReading(editor: vscode.TextEditor, place: CleanUpPlace): Promise<void> {
  if (place.candidates.length === 0) return;
  const range = rangeOf(editor.document, place);
  const placeHolder = vscode.l10n.t('Text to fill in');
  const items = [place.words, ...place.candidates];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen === undefined || chosen === place.words || editor.document.getText(range) !== place.words) return;
  const made = await editor.edit((builder) => builder.replace(range, chosen));
  if (made) editor.selection = new vscode.Selection(range.start, range.start);
}

/**
 * The range of the words of `place`: at the expected position, or the nearest one if the writer declined other changes.
 */
function rangeOf(document: vscode.TextDocument, { position, words }: CleanUpPlace): vscode.Range {
  const expected = document.validatePosition(new vscode.Position(position.line, position.character));
  if (words === '') return new vscode.Range(expected, expected);
  const text = document.getText();
  const offset = document.offsetAt(expected);
  const before = text.lastIndexOf(words, offset);
  const after = text.indexOf(words, offset);
  const isNearer = after >= 0 && (before < 0 || after - offset < offset - before);
  const start = isNearer ? after : before;
  if (start < 0) return new vscode.Range(expected, expected);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + words.length));
}
