/** Escapes text of a draft or a lexicon, which may be anybody's, for Markdown that an editor renders. */

/** `text` escaped so that Markdown shows every character literally: it cannot create a link, picture, list or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~^$:=@]/g, '\\$&').replace(/[\r\n\u2028\u2029]+/g, ' ');
}
