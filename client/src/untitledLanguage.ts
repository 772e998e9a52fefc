/** Who gave an untitled document its language: the writer, or VS Code's language detection? The editor does not say. */

/** What is known of the languages that an untitled document has had. */
export interface LanguageHistory {
  language: string;
  /** When its text last changed, in milliseconds since 1970; 0 where it never did. */
  lastChange: number;
  /** True where its language is a guess of the editor's. */
  guessed: boolean;
  /** When it was made a policy text, until a guess that was then under way has been overruled. */
  switched?: number | undefined;
}

/**
 * The editor begins to guess within a second of a change, and takes some time over it: its first guess waits for a model to
 * be loaded. Nobody is so quick to open the list of languages and find another one in it.
 */
const GUESS_MS = 3_000;
/** The last guess may have begun before the document became a policy text. */
const LATE_GUESS_MS = 6_000;
const MARKDOWN = /^(?:#{1,6} |[-*+] |> |```|\|)|\*\*\S/m;

/**
 * True where `language` is likely a guess of the editor's, made `now` of a document with this `text` and `history`. Plain
 * text is never guessed, and Markdown is right where the text shows its marks.
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
