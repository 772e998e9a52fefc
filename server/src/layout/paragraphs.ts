/** The typography of each element of a composition: font, indents, distances. Shared by preview and export. */
import type { Composition, ElementKind, LayoutElement } from './elements';
import { type SetRun, widthOf } from './lineBreaking';
import { type Face, SPEECH, STANDARD, type Template } from './template';
import { titleWidth } from './titleWidth';

/** A rule across the text area above or below a paragraph: width in points, distance to the text in points. */
export interface Rule {
  readonly width: number;
  readonly space: number;
  readonly red: boolean;
  readonly double?: boolean;
}

export interface SetParagraph {
  readonly kind: ElementKind | 'rule';
  readonly element: LayoutElement;
  readonly runs: readonly SetRun[];
  readonly rows?: readonly (readonly string[])[];
  readonly align: 'left' | 'centre' | 'right' | 'both';
  /** Indents in characters of the body text's size. */
  readonly first: number;
  readonly left: number;
  readonly right: number;
  /** Line spacing in points. */
  readonly line: number;
  /** Space above in points. */
  readonly before: number;
  /** Outline level in Word, 1 to 4. */
  readonly outline: number;
  readonly keepNext: boolean;
  readonly newPage: boolean;
  readonly above?: Rule;
  readonly below?: Rule;
  /** Text after a tab ends this many characters from the right edge. */
  readonly rightTab?: number;
  /** Extent of its rules, in millimetres from the left edge of the page, if not across the text area. */
  readonly ruleSpan?: { readonly left: number; readonly width: number };
  /** Fixed position on its page, in points from the page's upper edge. */
  readonly pageTop?: number;
  /** Whether it belongs to the foot of the last page, 7.4. */
  readonly foot: boolean;
}

export interface SetDocument {
  readonly composition: Composition;
  readonly template: Template;
  readonly paragraphs: readonly SetParagraph[];
  /** Characters per line. */
  readonly columns: number;
  readonly pageNumbers: boolean;
}

/** Points in a millimetre. */
export const MM = 72 / 25.4;
/** The page of ISO 216 A4, millimetres. */
export const PAGE = { width: 210, height: 297 };

/** 10.1: the double rules of a letter, 170 mm long, centred on the page; the second one 20 mm above its lower edge. */
export const LETTER_RULE = { left: 20, width: 170 };
export const LETTER_FOOT = 20;

/** Sets `composition` with the template `given`, or with the dimensions of its form. */
export function setParagraphs(composition: Composition, given?: Template): SetDocument {
  const { form, head } = composition;
  const template = given ?? (form === 'speech' ? SPEECH : STANDARD);
  const { sizes, line } = template;
  const official = form === 'document' || form === 'letter' || form === 'command' || form === 'minutes';
  const columns = Math.floor(
    ((PAGE.width - template.margins.left - template.margins.right) * MM) / (sizes.text + template.spacing) + 0.01,
  );
  const elements = withHead(composition);
  const character = sizes.text + template.spacing;
  const room = (PAGE.width - template.margins.left - template.margins.right) * MM;
  const marks = elements.filter(({ kind }) => kind === 'mark').map(textOf);
  const joint = marks.length > 1 ? jointMark(marks, room) : undefined;
  const isLetter = form === 'letter';
  // 10.1: 7/8 of a 三号 below the rule, minus the space above the characters of a line.
  const belowRule = Math.max(0, sizes.text * (7 / 8 + 0.82) - line * 0.8);
  let topLines = 0;
  let signed = false;
  let markSize = 0;
  const paragraphs = elements.map((element, index): SetParagraph => {
    const before = elements[index - 1];
    const next = elements[index + 1];
    const { kind } = element;
    signed ||= before?.kind === 'signature' || before?.kind === 'date';
    const set = (options: Partial<SetParagraph> & { face?: Face; size?: number; red?: boolean }): SetParagraph => {
      const { face = 'text', size = sizes.text, red = false, ...rest } = options;
      return {
        kind,
        element,
        runs: element.words.map(({ text }) => ({ text, face, size, ...(red && { red }) })),
        align: 'left',
        first: 0,
        left: 0,
        right: 0,
        line,
        before: 0,
        outline: 0,
        keepNext: false,
        newPage: false,
        foot: false,
        ...rest,
      };
    };
    switch (kind) {
      case 'copyNumber':
      case 'secrecy':
      case 'urgency':
        topLines++;
        return set({
          face: kind === 'copyNumber' ? 'text' : 'black',
          before: isLetter && before?.kind === 'mark' ? belowRule : 0,
          keepNext: true,
        });
      case 'mark': {
        // 7.2.4: no size is given; the largest that fits the line. The top edge is 35 mm below that of the text area,
        // 10.2: 20 mm,
        // 10.1: 30 mm below that of the page.
        const text = textOf(element);
        const size =
          joint?.size ?? Math.max(26, Math.min(48, Math.floor((156 * MM * 0.96) / Math.max(1, widthOf(text)))));
        markSize = size;
        const pitch = Math.ceil(size * 1.15);
        const top = form === 'command' ? 20 : 35;
        const areaTop = 37 - template.margins.top;
        const gap = (top + areaTop) * MM - topLines * line - (pitch - size) / 2 - size * 0.04;
        const first = before?.kind !== 'mark';
        const last = next?.kind !== 'mark';
        const rule: Rule = { width: 3, space: Math.max(1, 4 * MM - size * 0.17), red: true, double: true };
        return set({
          face: 'mark',
          size,
          red: true,
          align: 'centre',
          line: pitch,
          before: isLetter || !first ? 0 : Math.max(0, gap),
          keepNext: true,
          ...(joint && { runs: joint.runsOf(text), align: 'left', left: joint.left / character }),
          ...(isLetter && last && { below: rule, ruleSpan: LETTER_RULE }),
          ...(isLetter && first && { pageTop: 30 * MM - size * 0.115 }),
        });
      }
      case 'number': {
        const [text, own] = textOf(element).split(SIGNER_GAP) as [string, string?];
        const signer = own ?? head.fields.get('signer');
        const rule: Rule = { width: 1.5, space: 4 * MM - (line - sizes.text) / 2 + 2, red: true };
        const ruled = official && form === 'document' && marks.length > 0;
        if (own || (signer && ruled)) {
          // 7.2.5, 7.2.6: number and signer on one line, each one character from the edge.
          return set({
            runs: [
              { text: `${text}\t签发人：`, face: 'text', size: sizes.text },
              { text: signer as string, face: 'script', size: sizes.text },
            ],
            first: 1,
            rightTab: 1,
            before: before?.kind === 'mark' ? belowMark() : 0,
            keepNext: true,
            ...(ruled && { below: rule }),
          });
        }
        const { lead } = element;
        if (lead) {
          return set({
            runs: [
              { text: textOf(lead), face: lead.kind === 'copyNumber' ? 'text' : 'black', size: sizes.text },
              { text: `\t${text}`, face: 'text', size: sizes.text },
            ],
            rightTab: 0,
            before: before?.kind === 'mark' ? belowRule : 0,
            keepNext: true,
          });
        }
        return set({
          align: isLetter ? 'right' : 'centre',
          before: before?.kind !== 'mark' ? 0 : isLetter ? belowRule : belowMark(),
          keepNext: true,
          ...(ruled && { below: rule }),
        });
      }
      case 'issuing':
        // The layout of minutes is up to each office, 10.3: author and date above the rule of 7.2.7.
        return set({
          runs: [{ text: textOf(element).replace(ISSUING_GAP, '\t'), face: 'text', size: sizes.text }],
          first: 1,
          rightTab: 1,
          keepNext: true,
          below: { width: 1.5, space: 4 * MM - (line - sizes.text) / 2 + 2, red: true },
        });
      case 'title': {
        const first = before?.kind !== 'title';
        return set({
          ...titled(element),
          before: first && before !== undefined && ABOVE_TITLE.has(before.kind) ? 2 * line : 0,
          // A document that is published or forwarded begins on a new page.
          newPage: official && first && signed,
        });
      }
      case 'subtitle':
        return set({ face: 'script', align: 'centre', keepNext: true });
      case 'salutation':
        return set({ before: isTitle(before) || before?.kind === 'number' ? line : 0 });
      case 'chapter':
        return set({
          face: 'black',
          align: 'centre',
          outline: 1,
          before: before && before.kind !== 'chapter' ? line : 0,
          keepNext: true,
        });
      case 'heading':
      case 'body': {
        const face: Face = element.level === 1 ? 'black' : element.level === 2 ? 'script' : 'text';
        return set({
          runs: element.words.map(({ text, role }) => ({
            text,
            face: role === 'heading' ? face : 'text',
            size: sizes.text,
          })),
          align: 'both',
          first: 2,
          // 10.2: the text of an order two lines below its number; of minutes below their mark.
          before:
            isTitle(before) && kind === 'body'
              ? line
              : before?.kind === 'number' || before?.kind === 'mark'
                ? 2 * line
                : 0,
          outline: kind === 'heading' ? element.level : 0,
          keepNext: kind === 'heading',
        });
      }
      case 'table':
        return set({ rows: element.rows ?? [], size: sizes.small });
      case 'attendance':
        // 10.3: one line below the text, two characters in, continuation lines below the first name.
        return set({
          runs: element.words.map(({ text, role }) => ({
            text,
            face: role === 'heading' ? 'black' : 'text',
            size: sizes.text,
          })),
          align: 'both',
          left: 2 + widthOf(element.words[0]?.text ?? ''),
          first: -widthOf(element.words[0]?.text ?? ''),
          before: before?.kind === 'attendance' ? 0 : line,
        });
      case 'attachmentNote': {
        // 7.3.4: one line below the text, two characters in, continuation lines below the first name.
        const [, label = '', number = ''] = ATTACHMENT_NOTE.exec(textOf(element)) ?? [];
        const hanging = widthOf(label) + widthOf(number);
        return before?.kind === 'attachmentNote' && label === ''
          ? set({ left: 5 + hanging, first: -hanging })
          : set({ left: 2 + hanging, first: -hanging, before: before && before.kind !== kind ? line : 0 });
      }
      case 'signature':
      case 'date':
        return signOff(element, before, next, set);
      case 'note':
        return set({ first: 2 });
      case 'attachmentHead':
        return set({ face: 'black', newPage: true, keepNext: true });
      case 'attachmentTitle':
        return set({ ...titled(element), before: before?.kind === 'attachmentHead' ? line : 0 });
      case 'copyTo':
      case 'issued': {
        // 7.4.1: 0.35 mm for the first and the last rule, 0.25 mm between.
        const firstOne = before?.kind !== 'copyTo' && before?.kind !== 'issued';
        const lastOne = next?.kind !== 'copyTo' && next?.kind !== 'issued';
        const rule = (mm: number): Rule => ({ width: mm * MM, space: 3, red: false });
        return set({
          runs: element.words.map(({ text }) => ({
            text: spread(text, kind),
            face: 'text',
            size: sizes.small,
          })),
          line: sizes.small * 1.6,
          first: 1,
          ...(kind === 'issued' && { rightTab: 1 }),
          foot: true,
          ...(official &&
            form !== 'letter' && { above: rule(firstOne ? 0.35 : 0.25), ...(lastOne && { below: rule(0.35) }) }),
        });
      }
      default:
        return set({});
    }
  });
  return {
    composition,
    template,
    paragraphs: official ? withSignOff(paragraphs, columns) : paragraphs,
    columns,
    pageNumbers: true,
  };

  /** 7.2.5: two lines between the mark and its number, minus the space below the characters of the mark's line. */
  function belowMark(): number {
    return 2 * line - markSize * 0.085;
  }

  /** 7.3.1: a centred title, its lines broken by meaning: indented on both sides so that it breaks there. */
  function titled(element: LayoutElement): Partial<SetParagraph> & { face: Face; size: number } {
    const unit = sizes.title + template.spacing;
    const most = Math.floor((room / unit) * 2 + 0.02) / 2;
    const width = titleWidth(textOf(element), most);
    const aside = width < most ? Math.max(0, (room - (width + 0.3) * unit) / 2 / character) : 0;
    return {
      face: 'title',
      size: sizes.title,
      align: 'centre',
      left: aside,
      right: aside,
      line: Math.max(line, sizes.title * 1.5),
      keepNext: true,
    };
  }

  /** 7.3.5: with a seal, without one, and with a signature stamp. */
  function signOff(
    element: LayoutElement,
    before: LayoutElement | undefined,
    next: LayoutElement | undefined,
    set: (options: Partial<SetParagraph>) => SetParagraph,
  ): SetParagraph {
    const text = (one: LayoutElement | undefined) => (one ? textOf(one) : '');
    const isFirst = before?.kind !== 'signature' && before?.kind !== 'date';
    const sealed = /^(?:否|无|不|no|false)/i.test(head.fields.get('seal') ?? '')
      ? false
      : form !== 'minutes' && official;
    // 7.3.5.3: the signature stamp two lines below the text, the date one line below the stamp.
    const gap = isFirst ? (sealed || form === 'command' ? 2 : 1) * line : 0;
    if (form === 'command') {
      const isDate = element.kind === 'date' && !isFirst;
      return set({ align: 'right', right: 4, before: isDate ? line : gap, keepNext: element.kind === 'signature' });
    }
    if (!official) return set({ align: 'right', right: 2, before: gap, keepNext: element.kind === 'signature' });
    const date = element.kind === 'date' ? element : next?.kind === 'date' ? next : undefined;
    const signature = element.kind === 'signature' ? element : before?.kind === 'signature' ? before : undefined;
    const dateWidth = widthOf(text(date));
    const signatureWidth = widthOf(text(signature));
    if (sealed) {
      const centred = Math.max(0, 4 + (dateWidth - signatureWidth) / 2);
      const right = element.kind === 'date' || !date ? 4 : centred;
      return set({ align: 'right', right, before: gap, keepNext: element.kind === 'signature' });
    }
    // The date begins two characters to the right of the name; a longer date is two characters from the edge.
    const longer = dateWidth > signatureWidth - 2;
    const dateRight = longer ? 2 : 2 + signatureWidth - 2 - dateWidth;
    const signatureRight = longer && date ? Math.max(2, 2 + dateWidth + 2 - signatureWidth) : 2;
    return set({
      align: 'right',
      right: element.kind === 'date' ? (signature ? dateRight : 2) : signatureRight,
      before: gap,
      keepNext: element.kind === 'signature',
    });
  }
}

/** The text that importing an export gives back: a line per paragraph, and per table row with tabs. */
export function setText({ paragraphs }: SetDocument): string {
  return [...paragraphs.filter(({ foot }) => !foot), ...paragraphs.filter(({ foot }) => foot)]
    .flatMap(({ rows, runs }) => rows?.map((row) => row.join('\t')) ?? [runs.map(({ text }) => text).join('')])
    .join('\n');
}

/** The text of an element. */
export function textOf({ words }: LayoutElement): string {
  return words.map(({ text }) => text).join('');
}

/** The blanks between the printing body and the date: they fill the line, 7.4.3; so do those of minutes. */
const ISSUED_GAP = /[\s\u3000]{1,40}(\d{4}年\d{1,2}月\d{1,2}日印发)$/;
const ISSUING_GAP = /[\s\u3000]{1,40}(?=\d{4}年\d{1,2}月\d{1,2}日$)/;
/** The blanks between a document number and the signer on its line. */
const SIGNER_GAP = /[\s\u3000]{1,40}签发人[：:]/;
const ATTACHMENT_NOTE = /^(附件[\s\u3000]{0,4}[：:][\s\u3000]{0,4})?(\d{1,2}[.．、][\s\u3000]{0,2})?/;
/** Elements after which a title is two lines below, 7.3.1 and 10.1. */
const ABOVE_TITLE = new Set<ElementKind>(['mark', 'number', 'issuing', 'copyNumber', 'secrecy', 'urgency']);

/** 7.2.4: the names of joint issuers, stretched to the width of the longest; 文件 is to the right of them. */
function jointMark(marks: readonly string[], room: number) {
  const namesOf = (mark: string) => /^(.*?)(文件)?$/.exec(mark)?.slice(1) as [string, string | undefined];
  const widest = marks.reduce((most, mark) => Math.max(most, widthOf(namesOf(mark)[0])), 1);
  const behind = marks.some((mark) => namesOf(mark)[1] !== undefined) ? 2.3 : 0;
  const size = Math.max(18, Math.min(40, Math.floor((room * 0.96) / (widest + behind))));
  return {
    size,
    left: Math.max(0, (room - (widest + behind) * size) / 2),
    runsOf(mark: string): SetRun[] {
      const [name, end] = namesOf(mark);
      const run = (text: string, spread = 0): SetRun => ({
        text,
        face: 'mark',
        size,
        red: true,
        ...(spread > 0 && { spread }),
      });
      const characters = [...name];
      const spread = characters.length > 1 ? ((widest - widthOf(name)) * size) / (characters.length - 1) : 0;
      const last = characters.pop() ?? '';
      return [run(characters.join(''), spread), run(last, end ? size * 0.3 : 0), run(end ?? '')].filter(
        ({ text }) => text !== '',
      );
    },
  };
}

/** Longer paragraphs may be split; word processors differ in where. */
const SHORT = 3;

/**
 * No page should contain a sign-off and nothing of the text (7.3.5.5): the note of attachments is kept with it, and the
 * last paragraph if it is short.
 */
function withSignOff(paragraphs: readonly SetParagraph[], columns: number): SetParagraph[] {
  const kept = [...paragraphs];
  const first = kept.findIndex(({ kind }) => kind === 'signature' || kind === 'date');
  for (let at = first - 1; at >= 0; at--) {
    const set = kept[at] as SetParagraph;
    if (set.kind !== 'attachmentNote' && set.kind !== 'body') break;
    if (widthOf(textOf(set.element)) + 2 > SHORT * columns) break;
    kept[at] = { ...set, keepNext: true };
    if (set.kind === 'body') break;
  }
  return kept;
}

function isTitle(element: LayoutElement | undefined): boolean {
  return element?.kind === 'title' || element?.kind === 'subtitle' || element?.kind === 'attachmentTitle';
}

/** 7.4.3: the printing body on the left, the date on the right. */
function spread(text: string, kind: ElementKind): string {
  return kind === 'issued' ? text.replace(ISSUED_GAP, '\t$1') : text;
}

/** Adds what the document head defines for the end of the document and the text does not contain. */
function withHead({ elements, head }: Composition): readonly LayoutElement[] {
  const all = [...elements];
  const has = (kind: ElementKind) => all.some((one) => one.kind === kind);
  const element = (kind: ElementKind, text: string): LayoutElement => ({
    kind,
    words: [{ text, role: 'plain' }],
    level: 0,
    line: -1,
  });
  const { fields } = head;
  const note = fields.get('note');
  if (note && !has('note')) {
    const last = all.findLastIndex(({ kind }) => kind === 'date' || kind === 'signature');
    if (last >= 0) all.splice(last + 1, 0, element('note', /^（.*）$/.test(note) ? note : `（${note}）`));
  }
  const copyTo = fields.get('copyTo');
  if (copyTo && !has('copyTo')) {
    const at = all.findIndex(({ kind }) => kind === 'issued');
    all.splice(at < 0 ? all.length : at, 0, element('copyTo', `抄送：${copyTo.replace(/[。.]?$/, '。')}`));
  }
  const by = fields.get('issuedBy');
  const on = fields.get('issuedOn');
  if ((by || on) && !has('issued'))
    all.push(element('issued', `${by ?? ''}\u3000${on ? `${on.replace(/印发$/, '')}印发` : ''}`));
  return all;
}
