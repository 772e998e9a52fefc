/** Extracts the text of web pages and other markup. The library is loaded on first use. */

/** The text of an HTML page's body: without scripts, navigation, page header and footer. */
export async function htmlText(html: string): Promise<string> {
  return markupText(html, {
    blocks: /^(?:p|div|br|li|tr|td|h[1-6]|section|article|blockquote|table|ul|ol|dd|dt|pre|title)$/,
    skip: /^(?:script|style|noscript|nav|header|footer|aside|button|select|form|template|svg|iframe|head)$/,
    xml: false,
  });
}

/** How markup is read: which elements begin a new line, and which contain no text. */
interface MarkupRules {
  readonly blocks: RegExp;
  readonly skip: RegExp;
  readonly xml: boolean;
}

/** The text of markup, one block per line. Never throws on any text. */
export async function markupText(markup: string, how: MarkupRules): Promise<string> {
  const { Parser } = await import('htmlparser2');
  const parts: string[] = [];
  let skipped = 0;
  let preformatted = 0;
  // Skipped content may be inside a paragraph: a comment with paragraphs of its own.
  const begins = (name: string) => (skipped === 0 || !how.xml) && how.blocks.test(name);
  const parser = new Parser(
    {
      onopentagname(name) {
        if (how.skip.test(name)) skipped++;
        if (!how.xml && name === 'pre') preformatted++;
        if (begins(name)) parts.push('\n');
      },
      onclosetag(name) {
        if (how.skip.test(name) && skipped > 0) skipped--;
        if (!how.xml && name === 'pre' && preformatted > 0) preformatted--;
        if (begins(name)) parts.push('\n');
      },
      ontext(text) {
        // Line breaks of the source count as blanks, except in preformatted text.
        if (skipped === 0) parts.push(text.replace(preformatted > 0 ? /[\t ]+/g : /[\r\n\t ]+/g, ' '));
      },
    },
    { xmlMode: how.xml, decodeEntities: true },
  );
  parser.write(markup);
  parser.end();
  return parts
    .join('')
    .replace(/\r\n?/g, '\n')
    .replace(/(?<! ) *\n[\n ]*/g, '\n')
    .trim();
}
