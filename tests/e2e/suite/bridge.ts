/**
 * Requests of the suite to the process that drives the browser, which sees the page; the suite sees the editor's API.
 */

/** The address of that process; compiled in when the suite is bundled. */
declare const __BRIDGE__: string;

async function ask<Answer>(name: string, args: object = {}): Promise<Answer> {
  const response = await fetch(__BRIDGE__, { method: 'POST', body: JSON.stringify({ name, ...args }) });
  const { answer, error } = (await response.json()) as { answer: Answer; error?: string };
  if (error !== undefined) throw new Error(error);
  return answer;
}

export interface TestResult {
  readonly title: string;
  /** A retried test is reported twice. */
  readonly state: 'passed' | 'failed' | 'skipped' | 'retried';
  readonly duration: number;
  readonly error?: string;
}

/** The texts of the visible elements that `selector` finds on the page. */
export const textsOnPage = (selector: string) => ask<string[]>('texts', { selector });
/** The content of the elements that `selector` finds in webviews. */
export const textsInWebviews = (selector: string) => ask<string[]>('webviewTexts', { selector });
/** Clicks on the first element of a webview that `selector` finds, among those with `text` in them if that is given. */
export const clickInWebview = (selector: string, text?: string) => ask<void>('clickInWebview', { selector, text });
/** Clicks on the first visible element that `selector` finds, among those with `text` in them if that is given. */
export const click = (selector: string, text?: string) => ask<void>('click', { selector, text });
/** Opens the context menu of the element of `selector` with `text` in it; false if menus are not on the page. */
export const openMenu = (selector: string, text: string) => ask<boolean>('menu', { selector, text });
/** Points at the element of `selector` with `text` in it. */
export const hover = (selector: string, text: string) => ask<void>('hover', { selector, text });
/** Drags the element of `selector` with the text `from` onto the one with the text `to`. */
export const drag = (selector: string, from: string, to: string) => ask<void>('drag', { selector, from, to });
/** Presses a key or a chord, named as in `Control+Home`. */
export const press = (key: string) => ask<void>('press', { key });
/** Types letters and figures, key by key. */
export const typeKeys = (text: string) => ask<void>('keys', { text });
/** Types `text` as an input method commits it: at once or, with `pace` milliseconds between, character by character. */
export const typeText = (text: string, pace?: number) => ask<void>('type', { text, pace });
/** Types `letters` into an input method and leaves the composition open; letters before `from` are typed already. */
export const compose = (letters: string, from?: number) => ask<void>('compose', { letters, from });
/** Ends the composition: the letters become `text`. */
export const commit = (text: string) => ask<void>('commit', { text });
/** Puts `text` on the clipboard and pastes it with the keyboard. */
export const paste = (text: string) => ask<void>('paste', { text });
export const focusEditor = () => ask<void>('focusEditor');
/** Kills the language servers; false if that is not possible on this system. */
export const killServers = () => ask<boolean>('killServers');
export const report = (result: TestResult) => ask<void>('result', { ...result });
