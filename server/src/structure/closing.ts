/**
 * The closing words of a speech or a notice. They follow its last numbered section without a heading of their own, and
 * belong to the whole text and not to that section.
 */
import type { Analysis, Section } from './analysis';

/** 各位代表！ 同志们， : the speaker addresses the audience once more. */
const ADDRESS =
  /^(?:各位|同志们|同志們|代表们|朋友们|朋友們|女士们|女士們|委员们|全体代表|全體代表)[\u4e00-\u9fff、]{0,10}[！!，,。：:]/;
/** Typical closing words: an appeal, thanks, a request to approve, when the text takes effect. */
const LAST_WORDS =
  /让我们|讓我們|号召，|號召，|^谢谢|^謝謝|谢谢大家|謝謝大家|^敬祝|^总之，|^總之，|^以上.{0,12}(?:妥|审议|審議|批示)|^妥否|^特此|^此[复致令告]|^本[\u4e00-\u9fff]{1,4}自.{0,20}(?:施行|实施|執行|执行)/;
/** Maximum distance of the closing words from the end, in paragraphs. */
const MAX_FROM_END = 2;

/**
 * End of the text that is `section`'s own: its end, or the start of the document's closing if it is the last section of
 * its document and would otherwise contain the closing.
 */
export function ownEnd(analysis: Analysis, section: Section): number {
  const leaf = lastWithin(section);
  if (!isLastOfDocument(analysis, leaf)) return section.span.end;
  const paragraphs = paragraphsOf(analysis, leaf);
  const closing = closingIndex(analysis, leaf, paragraphs);
  if (closing < 0) return section.span.end;
  return (paragraphs[closing - 1] as Paragraph).end;
}

interface Paragraph {
  readonly end: number;
  readonly words: string;
}

function lastWithin(section: Section): Section {
  let leaf = section;
  for (let last = leaf.children.at(-1); last; last = leaf.children.at(-1)) leaf = last;
  return leaf;
}

function isLastOfDocument({ headings }: Analysis, leaf: Section): boolean {
  const next = headings[headings.indexOf(leaf) + 1];
  return next === undefined || next.kind === 'appendix' || next.kind === 'title';
}

/** The lines of `section` that are not blank, its heading's first. */
function paragraphsOf({ text, lines }: Analysis, { span }: Section): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (let line = lines.lineAt(span.start); line < lines.count && lines.start(line) < span.end; line++) {
    const words = text.slice(Math.max(lines.start(line), span.start), Math.min(lines.end(line), span.end)).trimEnd();
    if (words !== '')
      paragraphs.push({ end: Math.max(lines.start(line), span.start) + words.length, words: words.trim() });
  }
  return paragraphs;
}

/** Index of the first paragraph of the closing, or -1. */
function closingIndex(analysis: Analysis, leaf: Section, paragraphs: readonly Paragraph[]): number {
  // The heading, and the first paragraph under it if it is on a line of its own. A number without words has none yet.
  const runsOn = leaf.kind === 'lead' || leaf.kind === 'article' || leaf.kind === 'item';
  const own = runsOn || leaf.title === '' ? 1 : 2;
  for (let index = own; index < paragraphs.length; index++) {
    const { words } = paragraphs[index] as Paragraph;
    if (ADDRESS.test(words) || (index >= paragraphs.length - MAX_FROM_END && LAST_WORDS.test(words))) return index;
  }
  return runsOn && paragraphs.length > 1 && standsApart(analysis, leaf) ? 1 : -1;
}

/** Whether each sibling before `leaf` is one paragraph: then what follows the last one is not its own either. */
function standsApart(analysis: Analysis, leaf: Section): boolean {
  const siblings = (leaf.parent?.children ?? analysis.sections).filter(({ list }) => list && list === leaf.list);
  if (leaf.kind === 'article' || siblings.length < 4) return false;
  return siblings.every((sibling) => sibling === leaf || paragraphsOf(analysis, sibling).length === 1);
}
