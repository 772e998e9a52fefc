/** Words of a draft or a lexicon, which may be anybody's, within Markdown that an editor renders. */

/** `text` so that Markdown shows every character of it as it is: no link, picture, list or HTML comes of it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~^$:=@]/g, '\\$&').replace(/[\r\n\u2028\u2029]+/g, ' ');
}
