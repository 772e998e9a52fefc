/**
 * Distinguishes who set the language of an untitled document: the writer, or VS Code's language detection. The editor
 * does not say.
 */

/** The languages that an untitled document has had. */
export interface LanguageHistory {
  language: string;
  /** Time of the last change of its text, in ms since 1970; 0 if it never changed. */
  lastChange: number;
  /** Whether its language is a guess of the editor's. */
  guessed: boolean;
  /** Time at which it was made a policy text, until a guess already in progress has been overruled. */
  switched?: number | undefined;
}

/**
 * The editor begins to guess within a second of a change and takes a while: its first guess loads a model. No writer
 * opens the list of languages and picks another one that fast.
 */
const GUESS_MS = 3_000;
/** The last guess may have begun before the document became a policy text. */
const LATE_GUESS_MS = 6_000;
const MARKDOWN = /^(?:#{1,6} |[-*+] |> |```|\|)|\*\*\S/m;

/**
 * Whether `language` is likely a guess of the editor's, made at `now` for a document with this `text` and `history`.
 * Plain text is never guessed, and Markdown is right if the text contains Markdown syntax.
 */
export function isGuess(history: LanguageHistory, language: string, text: string, now: number): boolean {
  if (language === 'plaintext' || language === 'policytext' || text.trim() === '') return false;
  if (language === 'markdown' && MARKDOWN.test(text)) return false;
  if (history.language === 'policytext') {
    return history.switched !== undefined && now - history.switched <= LATE_GUESS_MS;
  }
  const free = history.language === 'plaintext' || history.guessed;
  return free && now - history.lastChange <= GUESS_MS;
}
