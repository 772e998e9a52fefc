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
  return new Setter(composition, given ?? (composition.form === 'speech' ? SPEECH : STANDARD)).set();
}

/** The properties of a paragraph that differ from plain left-aligned text. */
type Setting = Partial<SetParagraph> & { readonly face?: Face; readonly size?: number; readonly red?: boolean };

/** An element with the ones before and after it. */
interface ParagraphPosition {
  readonly element: LayoutElement;
  readonly before: LayoutElement | undefined;
  readonly next: LayoutElement | undefined;
}

/** Sets the elements of one composition, from the first to the last. */
class Setter {
  private readonly elements: readonly LayoutElement[];
  private readonly official: boolean;
  private readonly isLetter: boolean;
  /** Width of the text area, in points. */
  private readonly room: number;
  /** Width of a character of the text with its distance to the next, in points. */
  private readonly character: number;
  private readonly hasMark: boolean;
  private readonly joint: ReturnType<typeof jointMark> | undefined;
  /** 10.1: 7/8 of a 三号 below the rule, minus the space above the characters of a line. */
  private readonly belowRule: number;
  /** Lines above the mark, so far. */
  private topLines = 0;
  /** Whether the document has been signed, so far. */
  private signed = false;
  private markSize = 0;

  constructor(
    private readonly composition: Composition,
    private readonly template: Template,
  ) {
    const { form } = composition;
    const { sizes, line, spacing, margins } = template;
    this.elements = withHead(composition);
    this.official = form === 'document' || form === 'letter' || form === 'command' || form === 'minutes';
    this.isLetter = form === 'letter';
    this.room = (PAGE.width - margins.left - margins.right) * MM;
    this.character = sizes.text + spacing;
    const marks = this.elements.filter(({ kind }) => kind === 'mark').map(textOf);
    this.hasMark = marks.length > 0;
    this.joint = marks.length > 1 ? jointMark(marks, this.room) : undefined;
    this.belowRule = Math.max(0, sizes.text * (7 / 8 + 0.82) - line * 0.8);
  }

  set(): SetDocument {
    const { composition, template, elements } = this;
    const columns = Math.floor(this.room / this.character + 0.01);
    const paragraphs = elements.map((element, index): SetParagraph => {
      const place = { element, before: elements[index - 1], next: elements[index + 1] };
      this.signed ||= isSignOff(place.before);
      return this.paragraph(element, this.settingOf(place));
    });
    const kept = this.official ? withSignOff(paragraphs, columns) : paragraphs;
    return { composition, template, paragraphs: kept, columns, pageNumbers: true };
  }

  private paragraph(element: LayoutElement, setting: Setting): SetParagraph {
    const { face = 'text', size = this.template.sizes.text, red = false, ...rest } = setting;
    return {
      kind: element.kind,
      element,
      runs: element.words.map(({ text }) => ({ text, face, size, ...(red && { red }) })),
      align: 'left',
      first: 0,
      left: 0,
      right: 0,
      line: this.template.line,
      before: 0,
      outline: 0,
      keepNext: false,
      newPage: false,
      foot: false,
      ...rest,
    };
  }

  private settingOf(place: ParagraphPosition): Setting {
    const { element, before } = place;
    const { line, sizes } = this.template;
    switch (element.kind) {
      case 'copyNumber':
      case 'secrecy':
      case 'urgency':
        return this.above(place);
      case 'mark':
        return this.mark(place);
      case 'number':
        return this.number(place);
      case 'issuing':
        // The layout of minutes is up to each office, 10.3: author and date above the rule of 7.2.7.
        return {
          runs: [{ text: textOf(element).replace(ISSUING_GAP, '\t'), face: 'text', size: sizes.text }],
          first: 1,
          rightTab: 1,
          keepNext: true,
          below: this.redRule(),
        };
      case 'title':
        return this.title(place);
      case 'subtitle':
        return { face: 'script', align: 'centre', keepNext: true };
      case 'salutation':
        return { before: isTitle(before) || before?.kind === 'number' ? line : 0 };
      case 'chapter': {
        const above = before && before.kind !== 'chapter' ? line : 0;
        return { face: 'black', align: 'centre', outline: 1, before: above, keepNext: true };
      }
      case 'heading':
      case 'body':
        return this.running(place);
      case 'table':
        return { rows: element.rows ?? [], size: sizes.small };
      case 'attendance':
        return this.attendance(place);
      case 'attachmentNote':
        return this.attachmentNote(place);
      case 'signature':
      case 'date':
        return this.signOff(place);
      case 'note':
        return { first: 2 };
      case 'attachmentHead':
        return { face: 'black', newPage: true, keepNext: true };
      case 'attachmentTitle':
        return { ...this.titled(element), before: before?.kind === 'attachmentHead' ? line : 0 };
      case 'copyTo':
      case 'issued':
        return this.imprint(place, element.kind);
      default:
        return {};
    }
  }

  /** An element above the mark, 7.2.1 to 7.2.3. */
  private above({ element, before }: ParagraphPosition): Setting {
    this.topLines++;
    return {
      face: element.kind === 'copyNumber' ? 'text' : 'black',
      before: this.isLetter && before?.kind === 'mark' ? this.belowRule : 0,
      keepNext: true,
    };
  }

  /**
   * 7.2.4: no size is given; the largest that fits the line. The top edge is 35 mm below that of the text area, 10.2: 20 mm,
   * 10.1: 30 mm below that of the page.
   */
  private mark({ element, before, next }: ParagraphPosition): Setting {
    const { isLetter, joint } = this;
    const text = textOf(element);
    const size = joint?.size ?? Math.max(26, Math.min(48, Math.floor((156 * MM * 0.96) / Math.max(1, widthOf(text)))));
    this.markSize = size;
    const pitch = Math.ceil(size * 1.15);
    const top = this.composition.form === 'command' ? 20 : 35;
    const areaTop = 37 - this.template.margins.top;
    const gap = (top + areaTop) * MM - this.topLines * this.template.line - (pitch - size) / 2 - size * 0.04;
    const first = before?.kind !== 'mark';
    const last = next?.kind !== 'mark';
    const rule: Rule = { width: 3, space: Math.max(1, 4 * MM - size * 0.17), red: true, double: true };
    return {
      face: 'mark',
      size,
      red: true,
      align: 'centre',
      line: pitch,
      before: isLetter || !first ? 0 : Math.max(0, gap),
      keepNext: true,
      ...(joint && { runs: joint.runsOf(text), align: 'left', left: joint.left / this.character }),
      ...(isLetter && last && { below: rule, ruleSpan: LETTER_RULE }),
      ...(isLetter && first && { pageTop: 30 * MM - size * 0.115 }),
    };
  }

  private number({ element, before }: ParagraphPosition): Setting {
    const size = this.template.sizes.text;
    const [text, own] = textOf(element).split(SIGNER_GAP) as [string, string?];
    const signer = own ?? this.composition.head.fields.get('signer');
    const ruled = this.composition.form === 'document' && this.hasMark;
    const afterMark = before?.kind === 'mark';
    if (own || (signer && ruled)) {
      // 7.2.5, 7.2.6: number and signer on one line, each one character from the edge.
      return {
        runs: [
          { text: `${text}\t签发人：`, face: 'text', size },
          { text: signer as string, face: 'script', size },
        ],
        first: 1,
        rightTab: 1,
        before: afterMark ? this.belowMark() : 0,
        keepNext: true,
        ...(ruled && { below: this.redRule() }),
      };
    }
    const { lead } = element;
    if (lead) {
      return {
        runs: [
          { text: textOf(lead), face: lead.kind === 'copyNumber' ? 'text' : 'black', size },
          { text: `\t${text}`, face: 'text', size },
        ],
        rightTab: 0,
        before: afterMark ? this.belowRule : 0,
        keepNext: true,
      };
    }
    return {
      align: this.isLetter ? 'right' : 'centre',
      before: !afterMark ? 0 : this.isLetter ? this.belowRule : this.belowMark(),
      keepNext: true,
      ...(ruled && { below: this.redRule() }),
    };
  }

  /** 7.2.7: the red rule 4 mm below the number. */
  private redRule(): Rule {
    const { line, sizes } = this.template;
    return { width: 1.5, space: 4 * MM - (line - sizes.text) / 2 + 2, red: true };
  }

  /** 7.2.5: two lines between the mark and its number, minus the space below the characters of the mark's line. */
  private belowMark(): number {
    return 2 * this.template.line - this.markSize * 0.085;
  }

  private title({ element, before }: ParagraphPosition): Setting {
    const first = before?.kind !== 'title';
    return {
      ...this.titled(element),
      before: first && before !== undefined && ABOVE_TITLE.has(before.kind) ? 2 * this.template.line : 0,
      // A document that is published or forwarded begins on a new page.
      newPage: this.official && first && this.signed,
    };
  }

  /** 7.3.1: a centred title, its lines broken by meaning: indented on both sides so that it breaks there. */
  private titled(element: LayoutElement): Setting {
    const { sizes, line, spacing } = this.template;
    const unit = sizes.title + spacing;
    const most = Math.floor((this.room / unit) * 2 + 0.02) / 2;
    const width = titleWidth(textOf(element), most);
    const aside = width < most ? Math.max(0, (this.room - (width + 0.3) * unit) / 2 / this.character) : 0;
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

  private running({ element, before }: ParagraphPosition): Setting {
    const { line } = this.template;
    const isHeading = element.kind === 'heading';
    // 10.2: the text of an order two lines below its number; of minutes below their mark.
    const belowHead = before?.kind === 'number' || before?.kind === 'mark' ? 2 * line : 0;
    return {
      runs: this.runsOf(element, element.level === 1 ? 'black' : element.level === 2 ? 'script' : 'text'),
      align: 'both',
      first: 2,
      before: isTitle(before) && !isHeading ? line : belowHead,
      outline: isHeading ? element.level : 0,
      keepNext: isHeading,
    };
  }

  /** 10.3: one line below the text, two characters in, continuation lines below the first name. */
  private attendance({ element, before }: ParagraphPosition): Setting {
    const label = widthOf(element.words[0]?.text ?? '');
    return {
      runs: this.runsOf(element, 'black'),
      align: 'both',
      left: 2 + label,
      first: -label,
      before: before?.kind === 'attendance' ? 0 : this.template.line,
    };
  }

  /** The runs of an element: its words in the typeface of the text, headings in `face`. */
  private runsOf({ words }: LayoutElement, face: Face): SetRun[] {
    const { text: size } = this.template.sizes;
    return words.map(({ text, role }) => ({ text, face: role === 'heading' ? face : 'text', size }));
  }

  /** 7.3.4: one line below the text, two characters in, continuation lines below the first name. */
  private attachmentNote({ element, before }: ParagraphPosition): Setting {
    const [, label = '', number = ''] = ATTACHMENT_NOTE.exec(textOf(element)) ?? [];
    const hanging = widthOf(label) + widthOf(number);
    if (before?.kind === 'attachmentNote' && label === '') return { left: 5 + hanging, first: -hanging };
    const above = before && before.kind !== 'attachmentNote' ? this.template.line : 0;
    return { left: 2 + hanging, first: -hanging, before: above };
  }

  /** 7.4.1: 0.35 mm for the first and the last rule, 0.25 mm between. */
  private imprint({ element, before, next }: ParagraphPosition, kind: 'copyTo' | 'issued'): Setting {
    const size = this.template.sizes.small;
    const isFirst = before?.kind !== 'copyTo' && before?.kind !== 'issued';
    const isLast = next?.kind !== 'copyTo' && next?.kind !== 'issued';
    const rule = (mm: number): Rule => ({ width: mm * MM, space: 3, red: false });
    const ruled = this.official && !this.isLetter;
    return {
      runs: element.words.map(({ text }) => ({ text: spread(text, kind), face: 'text', size })),
      line: size * 1.6,
      first: 1,
      ...(kind === 'issued' && { rightTab: 1 }),
      foot: true,
      ...(ruled && { above: rule(isFirst ? 0.35 : 0.25), ...(isLast && { below: rule(0.35) }) }),
    };
  }

  /** 7.3.5: with a seal, without one, and with a signature stamp. */
  private signOff({ element, before, next }: ParagraphPosition): Setting {
    const { form, head } = this.composition;
    const { line } = this.template;
    const isFirst = !isSignOff(before);
    const unsealed = /^(?:否|无|不|no|false)/i.test(head.fields.get('seal') ?? '');
    const sealed = !unsealed && form !== 'minutes' && this.official;
    // 7.3.5.3: the signature stamp two lines below the text, the date one line below the stamp.
    const gap = isFirst ? (sealed || form === 'command' ? 2 : 1) * line : 0;
    const keepNext = element.kind === 'signature';
    if (form === 'command') {
      const isDate = element.kind === 'date' && !isFirst;
      return { align: 'right', right: 4, before: isDate ? line : gap, keepNext };
    }
    if (!this.official) return { align: 'right', right: 2, before: gap, keepNext };
    return {
      align: 'right',
      right: sealed ? sealedRight(element, before, next) : plainRight(element, before, next),
      before: gap,
      keepNext,
    };
  }
}

type Neighbour = LayoutElement | undefined;

function isSignOff(element: Neighbour): boolean {
  return element?.kind === 'signature' || element?.kind === 'date';
}

/** Widths of the name and the date of the sign-off that an element belongs to; 0 for a missing one. */
function signOffWidths(element: LayoutElement, before: Neighbour, next: Neighbour) {
  const date = element.kind === 'date' ? element : next?.kind === 'date' ? next : undefined;
  const signature = element.kind === 'signature' ? element : before?.kind === 'signature' ? before : undefined;
  return { date: date && widthOf(textOf(date)), signature: signature && widthOf(textOf(signature)) };
}

/** 7.3.5.1: the date four characters from the edge, the name centred above it. */
function sealedRight(element: LayoutElement, before: Neighbour, next: Neighbour): number {
  const { date, signature = 0 } = signOffWidths(element, before, next);
  if (element.kind === 'date' || date === undefined) return 4;
  return Math.max(0, 4 + (date - signature) / 2);
}

/** 7.3.5.2: the date begins two characters to the right of the name; a longer date is two characters from the edge. */
function plainRight(element: LayoutElement, before: Neighbour, next: Neighbour): number {
  const { date, signature } = signOffWidths(element, before, next);
  const [dateWidth, signatureWidth] = [date ?? 0, signature ?? 0];
  const longer = dateWidth > signatureWidth - 2;
  if (element.kind === 'date') return signature === undefined || longer ? 2 : 2 + signatureWidth - 2 - dateWidth;
  return longer && date !== undefined ? Math.max(2, 2 + dateWidth + 2 - signatureWidth) : 2;
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
