/** Character data and the name prefix of WordprocessingML. */
import { decodeText, scanXml } from './xml';

/** `text` without XML whitespace at its ends; an ideographic space is not XML whitespace. */
export function trimmed(text: string): string {
  const isBlank = (at: number) => ' \t\r\n'.includes(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

/** Character data, also in CDATA sections and beside comments, decoded. */
export function plainText(raw: string): string {
  if (!raw.includes('<')) return decodeText(raw);
  let text = '';
  const take = (start: number, end: number, plain: boolean) => {
    text += plain ? raw.slice(start, end) : decodeText(raw.slice(start, end));
  };
  scanXml(raw, { open: () => {}, close: () => {}, text: take });
  return text + decodeText(raw.slice(raw.lastIndexOf('>') + 1));
}

/** The parts of one package nearly always share the prefix; a part with a different one uses its own. */
export function prefixIn(source: string, usual: string): string {
  if (source === '') return usual;
  const found =
    /\sxmlns(?::([\w.-]+))?\s*=\s*["'](?:http:\/\/schemas\.openxmlformats\.org\/wordprocessingml\/2006\/main|http:\/\/purl\.oclc\.org\/ooxml\/wordprocessingml\/main)["']/.exec(
      source.slice(0, 20_000),
    );
  if (!found) return usual;
  return found[1] === undefined ? '' : `${found[1]}:`;
}
