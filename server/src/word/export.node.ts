/** Writes a draft as a Word document, laid out by {@link setParagraphs}. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentDefaults,
  Footer,
  FrameAnchorType,
  FrameWrap,
  Header,
  ImportedXmlComponent,
  type IParagraphOptions,
  type IRunOptions,
  type ISectionOptions,
  type IStylesOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  StyleForParagraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { compose } from '../layout/elements';
import type { SetRun } from '../layout/lineBreaking';
import { columnsOf, type PageCount, paginate, RULE_SPACE } from '../layout/pages';
import {
  LETTER_FOOT,
  LETTER_RULE,
  MM,
  PAGE,
  type Rule,
  type SetDocument,
  type SetParagraph,
  setParagraphs,
} from '../layout/paragraphs';
import type { Face, Template } from '../layout/template';
import type { Analysis } from '../structure/analysis';
import type { Form, HeadValues } from '../structure/draftHead';
import { Archive } from './archive.node';

const TWIPS = 20;
/** Twips (twentieths of a point) in a millimetre. */
const MM_TWIPS = MM * TWIPS;

/**
 * The bytes of a draft as {@link exportWord} writes it, in `form` or in the detected one, with `template` or that of
 * the form, and with the settings of the unit; and the form used.
 */
export async function exportDraft(
  analysis: Analysis,
  form?: Form,
  template?: Template,
  unit?: HeadValues,
): Promise<{ readonly bytes: Uint8Array; readonly form: Form }> {
  const composition = compose(analysis, form, unit);
  const title = composition.elements.find(({ kind }) => kind === 'title')?.words[0]?.text ?? '';
  return { bytes: await exportWord(setParagraphs(composition, template), title), form: composition.form };
}

/** The bytes of a .docx with real styles, numbers as plain text and page numbers as fields. */
export async function exportWord(document: SetDocument, title = ''): Promise<Uint8Array> {
  return await Packer.toBuffer(
    new Document({
      creator: CREATOR,
      lastModifiedBy: CREATOR,
      title,
      evenAndOddHeaderAndFooters: true,
      styles: stylesOf(document.template),
      sections: new SectionWriter(document).sections(),
    }),
  );
}

function stylesOf({ fonts, sizes, line }: Template): IStylesOptions {
  const text = { font: fontOf(fonts.text), size: sizes.text * 2 };
  const heading = (level: number, face: Face) =>
    new StyleForParagraph({
      id: `Heading${level}`,
      name: `heading ${level}`,
      basedOn: 'Normal',
      next: 'PolicyBody',
      quickFormat: true,
      run: { font: fontOf(fonts[face]), size: sizes.text * 2, color: '000000' },
      paragraph: {
        outlineLevel: level - 1,
        spacing: { before: 0, after: 0, line: Math.round(line * TWIPS), lineRule: LineRuleType.EXACT },
      },
    });
  return {
    importedStyles: [
      new DocumentDefaults({ run: text }),
      ImportedXmlComponent.fromXmlString(NORMAL),
      heading(1, 'black'),
      heading(2, 'script'),
      heading(3, 'text'),
      heading(4, 'text'),
    ],
    paragraphStyles: Object.entries(NAMES).map(([id, name]) => ({
      id,
      name,
      basedOn: 'Normal',
      next: id === 'PolicyBody' ? id : 'PolicyBody',
      quickFormat: true,
      run: text,
    })),
  };
}

/** Writes the sections of one document: its text, and the foot if it has a page of its own. */
class SectionWriter {
  /** Width of the text area, in twips. */
  private readonly textWidth: number;
  /** Width of a character of the text with the space after it, in twips. */
  private readonly character: number;

  constructor(private readonly document: SetDocument) {
    const { margins, sizes, spacing } = document.template;
    this.textWidth = (PAGE.width - margins.left - margins.right) * MM_TWIPS;
    this.character = (sizes.text + spacing) * TWIPS;
  }

  sections(): ISectionOptions[] {
    const { paragraphs, composition } = this.document;
    const pages = paginate(this.document);
    const foot = paragraphs.filter((one) => one.foot);
    const writeFoot = () =>
      footParagraphs(foot, (set, more) => this.paragraph(set, more), Math.round(this.textWidth), pages);
    const isLetter = composition.form === 'letter';
    const page = this.pageProperties();
    const footers = this.footers();
    const main: ISectionOptions = {
      properties: { page, ...(isLetter && { titlePage: true }) },
      ...(isLetter && { headers: { first: letterFoot() } }),
      footers: isLetter ? { ...footers, first: new Footer({ children: [new Paragraph('')] }) } : footers,
      children: [...this.mainChildren(), ...(foot.length > 0 && !pages.footApart ? writeFoot() : [])],
    };
    if (foot.length === 0 || !pages.footApart) return [main];
    const type = pages.blankBefore ? SectionType.EVEN_PAGE : SectionType.NEXT_PAGE;
    // 7.5: neither a blank page before 版记 nor the page with 版记 has a number.
    const unnumbered = pages.blankBefore ? { default: empty(), even: empty() } : footers;
    return [main, { properties: { page, type }, footers: unnumbered, children: writeFoot() }];
  }

  private mainChildren(): (Paragraph | Table)[] {
    const { template, paragraphs } = this.document;
    const run = (one: SetRun) => this.run(one);
    return paragraphs
      .filter((one) => !one.foot)
      .map((set) =>
        set.rows
          ? table(set.rows, run, template.sizes.small, template.line, this.textWidth)
          : this.paragraph(set, set.pageTop === undefined ? {} : { frame: frameAt(set.pageTop) }),
      );
  }

  private pageProperties() {
    const { margins, sizes } = this.document.template;
    return {
      size: { width: Math.round(PAGE.width * MM_TWIPS), height: Math.round(PAGE.height * MM_TWIPS) },
      margin: {
        top: Math.round(margins.top * MM_TWIPS),
        bottom: Math.round(margins.bottom * MM_TWIPS),
        left: Math.round(margins.left * MM_TWIPS),
        right: Math.round(margins.right * MM_TWIPS),
        header: Math.round(15 * MM_TWIPS),
        // 7.5: the dashes of the page number 7 mm below the text area, the middle of a line of 四号.
        footer: Math.round((35 - 7) * MM_TWIPS - (sizes.small * TWIPS) / 2),
      },
    };
  }

  private footers() {
    const { fonts, sizes } = this.document.template;
    return {
      default: pageNumber(fonts.page, sizes.small, AlignmentType.RIGHT),
      even: pageNumber(fonts.page, sizes.small, AlignmentType.LEFT),
    };
  }

  private paragraph(set: SetParagraph, more: Partial<IParagraphOptions> = {}): Paragraph {
    const { character } = this;
    const above = border(set.above);
    const below = border(set.below);
    return new Paragraph({
      style: STYLES[set.outline > 0 ? `heading${set.outline}` : set.kind] ?? 'PolicyBody',
      children: set.runs.flatMap((run) => this.run(run)),
      alignment: ALIGNMENT[set.align],
      indent: {
        ...(set.first >= 0
          ? { firstLine: Math.round(set.first * character) }
          : { hanging: Math.round(-set.first * character) }),
        left: Math.round(set.left * character),
        right: Math.round(set.right * character),
      },
      spacing: {
        line: Math.round(set.line * TWIPS),
        lineRule: LineRuleType.EXACT,
        before: Math.round(set.before * TWIPS),
        after: 0,
      },
      keepNext: set.keepNext,
      ...(set.keepNext && set.kind === 'body' && { keepLines: true }),
      ...(set.rightTab !== undefined && {
        tabStops: [{ type: TabStopType.RIGHT, position: Math.round(this.textWidth - set.rightTab * character) }],
      }),
      ...(set.newPage && { pageBreakBefore: true }),
      ...((above || below) && { border: { ...(above && { top: above }), ...(below && { bottom: below }) } }),
      ...more,
    });
  }

  private run({ text, face, size, red, spread = 0 }: SetRun): TextRun[] {
    const { fonts, sizes, spacing } = this.document.template;
    const options: IRunOptions = {
      characterSpacing: Math.round((spacing + spread) * TWIPS),
      font: face === 'text' ? { hint: 'eastAsia' } : { ...fontOf(fonts[face]), hint: 'eastAsia' },
      ...(size !== sizes.text && { size: size * 2 }),
      ...(red && { color: 'FF0000' }),
    };
    return text.split('\t').map((part, index) => {
      return new TextRun({ ...options, children: index > 0 ? [new Tab(), writable(part)] : [writable(part)] });
    });
  }
}

function border(rule: Rule | undefined) {
  return (
    rule && {
      style: rule.double ? BorderStyle.THICK_THIN_SMALL_GAP : BorderStyle.SINGLE,
      size: Math.round(rule.width * 8),
      space: Math.round(rule.space),
      color: rule.red ? 'FF0000' : '000000',
    }
  );
}

/**
 * Properties of all paragraphs: the standard's number of characters in a line, and the same line breaks in Word as in
 * the preview. No space is added between Chinese and figures, and no mark hangs over the edge of the text area.
 */
const NORMAL =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>';

/** Creator in the document properties of an export, until somebody else saves it. */
const CREATOR = '笔杆';

/** Whether `bytes` are a document as {@link exportWord} wrote it, which nobody has saved since. */
export function isUntouchedExport(bytes: Uint8Array): boolean {
  try {
    const core = new TextDecoder().decode(Archive.open(bytes).read('docProps/core.xml') ?? new Uint8Array());
    return core.includes(`>${CREATOR}</dc:creator>`) && core.includes(`>${CREATOR}</cp:lastModifiedBy>`);
  } catch {
    return false;
  }
}

function fontOf(name: string) {
  return { ascii: name, eastAsia: name, hAnsi: name, cs: name };
}

const ALIGNMENT = {
  left: AlignmentType.LEFT,
  centre: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const;

/** Paragraph styles: Word's own headings, and one for each other element. */
const STYLES: Readonly<Record<string, string>> = {
  heading1: 'Heading1',
  heading2: 'Heading2',
  heading3: 'Heading3',
  heading4: 'Heading4',
  mark: 'PolicyMark',
  number: 'PolicyNumber',
  issuing: 'PolicyNumber',
  title: 'PolicyTitle',
  attachmentTitle: 'PolicyTitle',
  subtitle: 'PolicySubtitle',
  salutation: 'PolicySalutation',
  attachmentNote: 'PolicyAttachmentNote',
  attachmentHead: 'PolicyAttachment',
  signature: 'PolicySignature',
  date: 'PolicyDate',
  note: 'PolicyNote',
  copyTo: 'PolicyFoot',
  issued: 'PolicyFoot',
  copyNumber: 'PolicyHead',
  secrecy: 'PolicyHead',
  urgency: 'PolicyHead',
};

const NAMES: Readonly<Record<string, string>> = {
  PolicyBody: '公文正文',
  PolicyHead: '公文版头',
  PolicyMark: '公文发文机关标志',
  PolicyNumber: '公文发文字号',
  PolicyTitle: '公文标题',
  PolicySubtitle: '公文副标题',
  PolicySalutation: '公文主送机关',
  PolicyAttachmentNote: '公文附件说明',
  PolicyAttachment: '公文附件',
  PolicySignature: '公文发文机关署名',
  PolicyDate: '公文成文日期',
  PolicyNote: '公文附注',
  PolicyFoot: '公文版记',
};

/** Removes characters that XML cannot represent. */
function writable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(LONE, '');
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function empty(): Footer {
  return new Footer({ children: [new Paragraph('')] });
}

/** A frame as wide as a letter's rules, `top` points below the page's upper edge. */
function frameAt(top: number) {
  return {
    type: 'absolute' as const,
    width: Math.round(LETTER_RULE.width * MM_TWIPS),
    wrap: FrameWrap.NOT_BESIDE,
    anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE },
    position: { x: Math.round(LETTER_RULE.left * MM_TWIPS), y: Math.round(top * TWIPS) },
  };
}

/**
 * 10.1: the second double rule of a letter's first page, thin over thick. It is in a header, so that it appears on that
 * page alone.
 */
function letterFoot(): Header {
  const top = (PAGE.height - LETTER_FOOT) * MM - 4.5;
  const rule = { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 24, space: 0, color: 'FF0000' };
  const spacing = { line: TWIPS, lineRule: LineRuleType.EXACT, before: 0, after: 0 };
  return new Header({
    children: [new Paragraph({ frame: frameAt(top), border: { top: rule }, spacing }), new Paragraph({ spacing })],
  });
}

/** — 1 —, one character from the outer edge. */
function pageNumber(font: string, size: number, alignment: (typeof AlignmentType)['LEFT' | 'RIGHT']): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: size * TWIPS, right: size * TWIPS },
        spacing: { line: size * TWIPS, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
        children: [
          new TextRun({
            font: fontOf(font),
            size: size * 2,
            children: ['— ', PageNumber.CURRENT, ' —'],
          }),
        ],
      }),
    ],
  });
}

/**
 * 7.4: at the foot of the text area, whatever is above. Each paragraph has a frame of its own: LibreOffice drops the
 * rules between paragraphs of one frame.
 */
function footParagraphs(
  foot: readonly SetParagraph[],
  paragraph: (set: SetParagraph, more: Partial<IParagraphOptions>) => Paragraph,
  width: number,
  { footTops }: PageCount,
): Paragraph[] {
  const border = (rule: Rule) => ({
    style: BorderStyle.SINGLE,
    size: Math.round(rule.width * 8),
    space: RULE_SPACE,
    color: '000000',
  });
  const framed = foot.map((set, index) => {
    const { above, below } = set;
    const frame = {
      type: 'absolute' as const,
      width,
      wrap: FrameWrap.NOT_BESIDE,
      anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.PAGE },
      position: { x: 1, y: Math.round((footTops[index] ?? 0) * TWIPS) },
    };
    const borders = { ...(above && { top: border(above) }), ...(below && { bottom: border(below) }) };
    return paragraph(set, { frame, ...((above || below) && { border: borders }) });
  });
  return [...framed, new Paragraph({ spacing: { line: TWIPS, lineRule: LineRuleType.EXACT, before: 0, after: 0 } })];
}

function table(
  rows: readonly (readonly string[])[],
  run: (set: SetRun) => TextRun[],
  size: number,
  line: number,
  width: number,
): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: columnsOf(rows, size, width / TWIPS).map((part) => Math.round(part * width)),
    rows: rows.map(
      (row, index) =>
        new TableRow({
          cantSplit: true,
          tableHeader: index === 0,
          children: row.map(
            (cell) =>
              new TableCell({
                children: [
                  new Paragraph({
                    alignment: AlignmentType.CENTER,
                    spacing: { line: Math.round(line * 0.8 * TWIPS), lineRule: LineRuleType.EXACT },
                    children: run({ text: cell, face: index === 0 ? 'black' : 'text', size }),
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}
