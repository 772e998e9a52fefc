/**
 * A scanner for the XML of office documents: it reports elements with their source ranges, so that a part can be
 * changed in one place and stays identical elsewhere. Four times faster than a general parser, which documents of
 * several megabytes need.
 */

/** Callbacks of a scan; all offsets are UTF-16 offsets in the source. */
export interface XmlHandler {
  /** `attributes` is the text between the name and the end of the tag, see {@link attribute}. */
  open(name: string, attributes: string, start: number, end: number, empty: boolean): void;
  close(name: string, start: number, end: number): void;
  /** Raw character data, see {@link decodeText}. */
  text?(start: number, end: number, plain: boolean): void;
}

/** Markup that is not well formed, or that declares entities, which no word processor writes. */
export class XmlError extends Error {
  constructor(readonly offset: number) {
    super(`not well formed at ${offset}`);
    this.name = 'XmlError';
  }
}

/**
 * Calls `handler` for everything in `source`, in order. An empty element is opened and closed. Throws {@link XmlError}.
 */
export function scanXml(source: string, handler: XmlHandler): void {
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let start = source.indexOf('<', at); start >= 0; start = source.indexOf('<', at)) {
    if (start > at) handler.text?.(at, start, false);
    const next = source.charCodeAt(start + 1);
    if (next === SLASH) {
      const end = source.indexOf('>', start);
      if (end < 0) throw new XmlError(start);
      handler.close(source.slice(start + 2, end).trimEnd(), start, end + 1);
      at = end + 1;
    } else if (next === QUESTION) {
      at = behind(source, '?>', start);
    } else if (next === EXCLAMATION) {
      if (source.startsWith('<!--', start)) at = behind(source, '-->', start + 4);
      else if (source.startsWith('<![CDATA[', start)) {
        at = behind(source, ']]>', start);
        handler.text?.(start + 9, at - 3, true);
      } else throw new XmlError(start);
    } else {
      let end = start + 1;
      let nameEnd = 0;
      for (let quote = 0; ; end++) {
        const code = source.charCodeAt(end);
        if (Number.isNaN(code)) throw new XmlError(start);
        if (quote !== 0) {
          if (code === quote) quote = 0;
        } else if (code === GREATER) break;
        else if (code === DOUBLE || code === SINGLE) quote = code;
        else if (nameEnd === 0 && code <= 32) nameEnd = end;
      }
      const empty = source.charCodeAt(end - 1) === SLASH;
      const last = empty ? end - 1 : end;
      const name = source.slice(start + 1, nameEnd || last);
      handler.open(name, nameEnd ? source.slice(nameEnd, last) : '', start, end + 1, empty);
      if (empty) handler.close(name, end + 1, end + 1);
      at = end + 1;
    }
  }
}

const SLASH = 47;
const QUESTION = 63;
const EXCLAMATION = 33;
const GREATER = 62;
const DOUBLE = 34;
const SINGLE = 39;

function behind(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  if (found < 0) throw new XmlError(from);
  return found + mark.length;
}

/** The value of the attribute `name`, given with its prefix; undefined if there is none. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    if (at > 0 && attributes.charCodeAt(at - 1) > 32) continue;
    let from = at + name.length;
    while (attributes.charCodeAt(from) <= 32) from++;
    if (attributes[from] !== '=') continue;
    from++;
    while (attributes.charCodeAt(from) <= 32) from++;
    const quote = attributes[from];
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, from + 1);
    return end < 0 ? undefined : decodeText(attributes.slice(from + 1, end));
  }
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes the references in character data. One that does not denote a character is kept verbatim. */
export function decodeText(raw: string): string {
  return raw.includes('&') ? raw.replace(REFERENCE, (whole, name) => character(name) ?? whole) : raw;
}

const REFERENCE = /&(#\d{1,7}|#x[\da-fA-F]{1,6}|amp|lt|gt|quot|apos);/g;

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name];
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0x10ffff || code === 0 ? undefined : String.fromCodePoint(code);
}

/** Escapes `text` for character data or an attribute value. Characters that XML 1.0 cannot represent are dropped. */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (one) => (one === '&' ? '&amp;' : one === '<' ? '&lt;' : one === '>' ? '&gt;' : '&quot;'))
    .replace(UNWRITABLE, '');
}

const UNWRITABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Decodes the bytes of a part of an office document. */
export function decodePart(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : '';
  return new TextDecoder(utf16 || 'utf-8').decode(bytes);
}
