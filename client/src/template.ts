/** A user template: a text with 〔待补〕 gaps and its name at the head. */

export interface Template {
  readonly label: string;
  readonly description: string;
  /** As a snippet: the gaps are tab stops. */
  readonly body: string;
}

const HEAD = /^\ufeff?---\r?\n([\s\S]{0,2000}?)\r?\n---\r?\n/;
const GAP = /〔待(?:补|定|核实|填)[^〔〕\n]{0,80}〕/g;

/**
 * Parses the template in file `name`. Between two lines of `---` at its head there may be 名称：… and 说明：… (or name: and
 * description:); gaps with the same words are one tab stop.
 */
export function readTemplate(name: string, text: string): Template {
  const head = HEAD.exec(text);
  const field = (pattern: RegExp): string => pattern.exec(head?.[1] ?? '')?.[1]?.trim() ?? '';
  const label =
    field(/^(?:名称|name)[:：](.{1,80})$/m) ||
    name.replace(/(?:\.(?:policy|gw))?\.(?:txt|md|markdown|gongwen|policytext)$/i, '');
  const words = text
    .slice(head?.[0].length ?? 0)
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .trimEnd();
  const stops = new Map<string, number>();
  let body = '';
  let at = 0;
  for (const match of words.matchAll(GAP)) {
    const [gap] = match;
    const known = gap.includes('：') ? stops.get(gap) : undefined;
    const stop = known ?? stops.size + 1;
    if (known === undefined) stops.set(gap.includes('：') ? gap : `${gap}${match.index}`, stop);
    body += escapeSnippet(words.slice(at, match.index));
    body += known === undefined ? `\${${stop}:${escapeSnippet(gap)}}` : `\${${stop}}`;
    at = match.index + gap.length;
  }
  return {
    label,
    description: field(/^(?:说明|description)[:：](.{1,200})$/m),
    body: `${body}${escapeSnippet(words.slice(at))}$0`,
  };
}

function escapeSnippet(words: string): string {
  return words.replace(/[\\$}]/g, '\\$&');
}
