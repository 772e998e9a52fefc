/** Messages between the page preview and its webview. Types only: both sides import this file. */
import type { DrawnPage } from '../../server/src/layout/drawing';
import type { Template } from '../../server/src/layout/template';

/** From the extension. */
export type ToPreview =
  | {
      readonly type: 'pages';
      /** The draft's URI, which the webview keeps for when the window is reopened. */
      readonly uri: string;
      readonly size: { readonly width: number; readonly height: number };
      readonly fonts: Template['fonts'];
      readonly count: number;
      /** For each page, the line of the draft that its line numbers are relative to. */
      readonly firstLines: readonly number[];
      /** The pages that changed, by their 0-based index. */
      readonly changed: readonly (readonly [index: number, page: DrawnPage])[];
      /** Why the unit's template is not used. */
      readonly remark?: string;
    }
  /** Position of the caret in the draft; `reveal` is false if the preview should not scroll. */
  | { readonly type: 'caret'; readonly line: number; readonly column: number; readonly reveal: boolean }
  /** There is nothing to show. */
  | { readonly type: 'nothing' };

/** From the webview. */
export type FromPreview =
  /** It has been loaded and is empty. */
  | { readonly type: 'ready' }
  /** A line was clicked: a line and column of the draft, 0-based. */
  | { readonly type: 'goTo'; readonly line: number; readonly column: number }
  | { readonly type: 'export' };

/** State that the webview keeps while hidden and when the window is closed. */
export interface PreviewState {
  readonly uri?: string;
  /** 1 is actual size on a screen of 96 dots an inch; 0 fits the width of the view. */
  readonly zoom?: number;
}
