/** References that a change of numbers leaves unchanged although they may no longer be right. */

import type { Analysis, Section } from '../structure/analysis';
import { type Reference, type ReferencePart, referencesOf } from '../structure/references';
import type { Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextEdits } from '../text/textEdit';
import { attachmentNumber } from './attachmentNumbers';

/** Maximum number of places named in one message. */
const NAMED = 5;

/**
 * The references in `before`, in order, that are uncertain once its sections are those of `after`. `order` maps each of
 * these to what it was before, one to one; a new section has no counterpart. A reference is uncertain if the section it
 * seems to mean gets another number while the reference may mean another text, or another kind of number; if that
 * number was a duplicate; if its target is missing and another section takes its number; and if another article comes
 * to precede the one that says 前条. Offsets (UTF-16) refer to `before`.
 */
export function uncertainReferences(
  before: Analysis,
  order: readonly Pick<Section, 'title'>[],
  after: Analysis,
): readonly Span[] {
  if (order.length !== after.headings.length) return [];
  const references = referencesOf(before);
  if (references.length === 0) return [];
  const now = new Map<unknown, Section>(order.map((section, index) => [section, after.headings[index] as Section]));
  const changed = before.headings.filter((section) => isRenumbered(section, now.get(section)));
  const articles = order.filter((section): section is Section => isArticle(section as Section));
  const taken = new Set(changed.flatMap((section) => namesOf(now.get(section) as Section)));
  for (const section of before.headings) {
    const later = now.get(section);
    const number = later && attachmentNumber(after.text, later)?.value;
    if (number !== undefined && number !== attachmentNumber(before.text, section)?.value)
      taken.add(`attachment ${number}`);
  }
  const twice = numbersTwice(before);

  const isUncertain = (part: ReferencePart, own: boolean, start: number): boolean => {
    const { target, value, unit, insertion } = part;
    if (value < 0)
      return unit === 'article' && target !== undefined && !staysBehind(before, articles, target, value, start);
    if (!target)
      return (
        (own || unit === 'attachment') && taken.has(`${unit} ${value}${insertion === undefined ? '' : `.${insertion}`}`)
      );
    if (!now.has(target)) return false;
    const renumbered = isRenumbered(target, now.get(target));
    const { marker } = now.get(target) as Section;
    if (target.marker?.family !== marker?.family) return true;
    if (renumbered && (!own || (insertion !== undefined && marker?.path.length !== 2))) return true;
    const others = twice.get(nameInRow(target));
    return others?.some((section) => isRenumbered(section, now.get(section))) ?? false;
  };
  return references
    .filter(({ parts, own, start }) => parts.some((part) => isUncertain(part, own, start)))
    .map(({ start, end }) => ({ start, end }));
}

/**
 * The references in `before`, in order, that a conversion of its scheme by `edits` leaves unchanged and that do not
 * certainly mean in `after` what they meant: the section they name is named differently now, another has got that name,
 * or two had the number. Empty if the headings of the two texts do not correspond. Offsets (UTF-16) refer to `before`.
 */
export function uncertainAfterConversion(before: Analysis, edits: TextEdits, after: Analysis): readonly Span[] {
  if (before.headings.length !== after.headings.length) return [];
  const later = new Map<Section, Section>();
  for (const [index, section] of before.headings.entries()) later.set(section, after.headings[index] as Section);
  const now = new Map(referencesOf(after).map((reference) => [reference.start, reference]));
  const twice = numbersTwice(before);
  const isEdited = ({ start, end }: Span) => edits.replacements.some((edit) => edit.start < end && edit.end > start);
  return referencesOf(before)
    .filter((reference) => {
      if (isEdited(reference)) return false;
      if (isAmbiguous(reference, twice)) return true;
      const read = now.get(edits.map(reference.start));
      return reference.parts.some((part, index) => {
        const again = read?.parts[index]?.target;
        const target = part.target && later.get(part.target);
        if (!part.target || !target) return again !== undefined;
        return isCalledOtherwise(part, target) && again !== target;
      });
    })
    .map(({ start, end }) => ({ start, end }));
}

/**
 * Whether the name that `part` uses for its section no longer matches how `now`, the section after a change, is
 * numbered.
 */
function isCalledOtherwise({ target, unit, value }: ReferencePart, now: Section): boolean {
  // 前款 and 第二款 count paragraphs; 第五项 fits （五） and 5. alike.
  if (unit === 'paragraph') return false;
  const [was, is] = [target?.marker, now.marker];
  if (unit === 'item' && value >= 0) return was?.path.at(-1) !== is?.path.at(-1);
  return was?.family !== is?.family || was?.path.join() !== is?.path.join();
}

/**
 * Whether a part of `reference` names a number that occurs several times in the text, so that its target is ambiguous.
 */
export function isAmbiguous({ parts }: Reference, twice: NumbersTwice): boolean {
  return parts.some(({ target }) => target !== undefined && twice.has(nameInRow(target)));
}

/** Sections with duplicate numbers, by name. */
export type NumbersTwice = ReadonlyMap<string, readonly Section[]>;

function isArticle(section: Section): boolean {
  return section.marker?.family === 'article';
}

function isRenumbered(section: Section, now: Section | undefined): boolean {
  return (
    section.marker !== undefined &&
    now?.marker !== undefined &&
    Number.isFinite(section.marker.value) &&
    section.marker.path.join('.') !== now.marker.path.join('.')
  );
}

/** The names that references to `section` use without the sections above it: 第三条, 第一条之二, 第三部分. */
function namesOf({ marker, level }: Section): string[] {
  if (!marker) return [];
  const figures = marker.path.join('.');
  const own = `${marker.family} ${figures}`;
  const isPart = level === 1 && (marker.family === 'chinese' || marker.family === 'arabic');
  return isPart ? [own, `part ${figures}`] : [own];
}

/**
 * Equal for sections that one reference could mean: articles with the same number, and siblings with the same number.
 */
function nameInRow({ marker, parent }: Section): string {
  return marker?.family === 'article' ? marker.path.join('.') : `${parent?.span.start} ${marker?.text}`;
}

/** The sections with duplicate numbers, by name. */
export function numbersTwice({ headings }: Analysis): NumbersTwice {
  const named = new Map<string, Section[]>();
  for (const section of headings) {
    if (!section.marker || !section.list) continue;
    const name = nameInRow(section);
    const others = named.get(name);
    if (others) others.push(section);
    else named.set(name, [section]);
  }
  for (const [name, sections] of named) if (sections.length < 2) named.delete(name);
  return named;
}

/**
 * Whether `target` is still, in the order of `articles`, as many articles before the one that says 前条 at `start` as it
 * says.
 */
function staysBehind(
  { headings }: Analysis,
  articles: readonly Section[],
  target: Section,
  value: number,
  start: number,
): boolean {
  const holder = headings.findLast((section) => {
    const { span } = section;
    return isArticle(section) && span.start <= start && start <= span.end;
  });
  if (!holder || !articles.includes(holder) || !articles.includes(target)) return true;
  return articles[articles.indexOf(holder) + value] === target;
}

/** The message about `references` in `text` before it is edited; undefined if there are none. */
export function uncertainMessage({ text, lines }: Analysis, references: readonly Span[]): Message | undefined {
  if (references.length === 0) return undefined;
  const places = (one: (words: string, line: number) => string, joint: string) =>
    references
      .slice(0, NAMED)
      .map(({ start, end }) => one(text.slice(start, end), lines.lineAt(start) + 1))
      .join(joint) + (references.length > NAMED ? '…' : '');
  return {
    zh: '有{0}处引用不能确定，没有改动，请核对：{1}',
    en: 'Uncertain references were left unchanged; please check ({0}): {2}',
    values: [
      references.length,
      places((words, line) => `第${line}行“${words}”`, '、'),
      places((words, line) => `line ${line} “${words}”`, ', '),
    ],
  };
}
