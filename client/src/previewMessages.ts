/** What the page preview and its webview tell each other. Types only: both sides import this file. */
import type { DrawnPage } from '../../server/src/layout/drawing';
import type { Template } from '../../server/src/layout/template';

/** From the extension. */
export type ToPreview =
  | {
      readonly type: 'pages';
      /** The draft, as its URI, which the webview keeps for when the window is opened again. */
      readonly uri: string;
      readonly size: { readonly width: number; readonly height: number };
      readonly fonts: Template['fonts'];
      readonly count: number;
      /** For each page, the line of the draft that its lines are counted from. */
      readonly firstLines: readonly number[];
      /** The pages that are not as they were, by their place from 0. */
      readonly changed: readonly (readonly [index: number, page: DrawnPage])[];
      /** Why the template of the unit is not used. */
      readonly remark?: string;
    }
  /** Where the caret of the draft is; `reveal` is false where the preview should not move. */
  | { readonly type: 'caret'; readonly line: number; readonly column: number; readonly reveal: boolean }
  /** There is nothing to show. */
  | { readonly type: 'nothing' };

/** From the webview. */
export type FromPreview =
  /** It has been loaded, and has nothing yet. */
  | { readonly type: 'ready' }
  /** A line of type was clicked on: a line and column of the draft, 0-based. */
  | { readonly type: 'goTo'; readonly line: number; readonly column: number }
  | { readonly type: 'export' };

/** What the webview keeps while it is hidden and when the window is closed. */
export interface PreviewState {
  readonly uri?: string;
  /** 1 is a millimetre for a millimetre on a screen of 96 dots an inch; 0 is as wide as the view. */
  readonly zoom?: number;
}
