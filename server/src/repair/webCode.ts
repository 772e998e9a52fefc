/**
 * Remains of web page code in a text: entities and tags. Remains of a failed search and replace, $1.$2, are reported
 * but kept: the original text is lost.
 */
import { NAMED_ENTITIES } from '../text/htmlEntities';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type RepairEntry, type StepResult } from './report';

const ENTITIES: Readonly<Record<string, string>> = {
  ...NAMED_ENTITIES,
  nbsp: '\u00a0',
  ensp: '\u2002',
  thinsp: '\u2009',
  bull: '•',
  divide: '÷',
  yen: '¥',
};
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g;
/** Elements of web pages and of Word's web format; only names that no other kind of text has in brackets. */
const TAG =
  /<\/?(p|div|br|tr|td|th|table|tbody|thead|li|ul|ol|h[1-6]|section|article|span|font|strong|b|i|em|u|a|img|center|o:p|st1:\w{1,20})(?:\s[^<>]{0,400})?\/?>/gi;
const BLOCK = /^(?:p|div|br|tr|table|tbody|thead|li|ul|ol|h[1-6]|section|article|center)$/i;
const REPLACEMENT = /\$\d(?:[.．,，、]?\$\d)*(?!\d)/g;
const HAN = /[\u3400-\u9fff]/;

/** Removes code from a text that is not markup itself. */
export function removeWebCode(text: string): StepResult {
  const edits: TextReplacement[] = [];
  const lineBreak = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  if (text.includes('&')) {
    for (const { 0: entity, 1: decimal, 2: hexadecimal, 3: name, index } of text.matchAll(ENTITY)) {
      const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : 0;
      let plain = name ? ENTITIES[name] : code > 31 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
      if (plain === undefined || isInAddress(text, index)) continue;
      const end = index + entity.length;
      // A blank between characters was part of the page's layout.
      if (/^[\u00a0\u2002\u2009]$/.test(plain)) {
        plain = HAN.test(text.charAt(index - 1)) && HAN.test(text.charAt(end)) ? '' : ' ';
      }
      edits.push({ start: index, end, newText: plain });
    }
  }
  if (text.includes('<')) {
    for (const { 0: tag, 1: name = '', index } of text.matchAll(TAG)) {
      const end = index + tag.length;
      const within = !/^$|[\r\n]/.test(text.charAt(index - 1)) && !/^$|[\r\n<]/.test(text.charAt(end));
      edits.push({ start: index, end, newText: BLOCK.test(name) && within ? lineBreak : '' });
    }
  }
  edits.sort((a, b) => a.start - b.start);
  const { entries } = doneBy('web-code', text, edits);
  return { edits, entries: [...entries, ...lostReplacements(text)] };
}

function lostReplacements(text: string): RepairEntry[] {
  if (!text.includes('$')) return [];
  return [...text.matchAll(REPLACEMENT)]
    .filter(
      ({ 0: remains, index }) =>
        /[\u3400-\u9fff\d０-９，。、]/.test(text.charAt(index - 1)) &&
        HAN.test(text.slice(index + remains.length, index + remains.length + 4)),
    )
    .map(({ 0: remains, index }) => ({
      step: 'web-code',
      status: 'left',
      offset: index,
      before: remains,
      after: remains,
      note: {
        en: 'Left by a failed search and replace; look up the original in the source.',
        zh: '查找替换出错留下的代码，原来的内容已经丢失，请对照原文补上。',
      },
    }));
}

function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  return /(?:https?:\/\/|www\.)[^\s\u3000-\u9fff]*$/i.test(before);
}
