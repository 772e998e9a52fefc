/**
 * The gaps of a skeleton that is being filled in with Tab. Text typed into a gap replaces 〔待补〕, so nothing in the
 * document shows any more that it is a gap; no suggestions open by themselves there, and Tab moves on to the next one.
 */
import * as vscode from 'vscode';

interface Gap {
  /** Offsets in the document. */
  start: number;
  end: number;
}

export class SkeletonGaps implements vscode.Disposable {
  private readonly gaps = new WeakMap<vscode.TextDocument, Gap[]>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const gaps = this.gaps.get(document);
      if (gaps) for (const change of contentChanges) follow(gaps, change);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Tracks the gaps, 〔…〕 and ×, of a skeleton that is now the text of `document`. */
  watch(document: vscode.TextDocument): void {
    const gaps = [...document.getText().matchAll(/〔[^〔〕]*〕|×+/g)].map(({ index, 0: text }) => ({
      start: index,
      end: index + text.length,
    }));
    this.gaps.set(document, gaps);
  }

  /** Whether `position` is in a gap or at its end. */
  isIn(document: vscode.TextDocument, position: vscode.Position): boolean {
    const gaps = this.gaps.get(document);
    if (!gaps || gaps.length === 0) return false;
    const offset = document.offsetAt(position);
    return gaps.some(({ start, end }) => start <= offset && offset <= end);
  }
}

/**
 * Updates `gaps` for a change of the text; text inserted in a gap, or at its end, belongs to it. A line break ends it.
 */
export function follow(
  gaps: Gap[],
  {
    rangeOffset,
    rangeLength,
    text,
  }: Pick<vscode.TextDocumentContentChangeEvent, 'rangeOffset' | 'rangeLength' | 'text'>,
): void {
  const end = rangeOffset + rangeLength;
  const shift = text.length - rangeLength;
  for (let at = gaps.length - 1; at >= 0; at--) {
    const gap = gaps[at] as Gap;
    if (end < gap.start || (end === gap.start && rangeLength > 0 && gap.end > gap.start)) {
      gap.start += shift;
      gap.end += shift;
    } else if (rangeOffset >= gap.start && end <= gap.end) {
      if (text.includes('\n')) gaps.splice(at, 1);
      else gap.end += shift;
    } else if (rangeOffset < gap.end && end > gap.start) gaps.splice(at, 1);
  }
}
