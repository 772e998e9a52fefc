/** Shared by the rules about broken sequences: one finding for each break, on the wrong marker itself. */

import { restoredMarkers } from '../../repair/mojibake/restoredMarkers';
import type { Analysis, Marker, NumberedList, NumberingBreak, Section } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { withValue } from '../../structure/markerFormat';
import { LAW_FAMILIES } from '../../structure/markers';
import { isHan } from '../../text/characters';
import type { Message } from '../../text/message';
import type { Finding, Fix } from '../rule';
import { damageOf } from '../text/damage';

/** GB/T 15834 names the markers and their order; that they count up by one is what numbering means. */
export const SEQUENCE_AUTHORITY: Message = {
  zh: 'GB/T 15834-2011 附录B.3（序次语）',
  en: 'GB/T 15834-2011, annex B.3 (ordinal markers)',
};

/** The findings for all breaks of `kind` among the headings of `analysis`. */
export function breaksOf(analysis: Analysis, kind: NumberingBreak['kind']): Finding[] {
  const findings: Finding[] = [];
  for (const list of analysis.lists) {
    for (const broken of list.breaks) {
      if (
        broken.kind === kind &&
        !isRestart(analysis, broken) &&
        !isRepeated(analysis, broken) &&
        !standsInside(analysis, broken) &&
        !isOfAmendedLaw(analysis, broken) &&
        !isUnderDamage(analysis, broken)
      )
        findings.push(lostHeading(analysis, broken) ?? asSure(findingFor(broken, list), broken, list));
    }
  }
  return findings;
}

/**
 * Whether the list restarts at the marker: 第一，第二， after 第四，, as in a speech with two lists. A single number out of
 * place is no restart.
 */
function isRestart(analysis: Analysis, { kind, marker }: NumberingBreak): boolean {
  if (kind !== 'order' || marker.value !== 1 || marker.path.length > 1) return false;
  return nextOfShape.of(analysis).get(marker.start)?.value === 2;
}

/**
 * The finding for a number out of order; a hint if the list counts on from that number: 25. 19. 20. is quoted, or another list, more
 * often than a slip, which the numbers after it do not follow: 3. 2. 5., or 8. 3. 9.
 */
function asSure(finding: Finding, { kind, marker, slip }: NumberingBreak, { markers }: NumberedList): Finding {
  const next = markers[markers.indexOf(marker) + 1];
  if (kind !== 'order' || slip || next?.value !== marker.value + 1) return finding;
  return { ...finding, severity: 'hint' };
}

/** The next marker of the same shape after each marker, by the offset of that one. */
export const nextOfShape = new AnalysisMemo(({ headings }: Analysis): ReadonlyMap<number, Marker> => {
  const next = new Map<number, Marker>();
  const latest = new Map<string, Marker>();
  for (const { marker } of headings) {
    if (!marker) continue;
    const before = latest.get(marker.shape);
    if (before) next.set(before.start, marker);
    latest.set(marker.shape, marker);
  }
  return next;
});

/**
 * Whether the same number with the same words has occurred before, as where a table names its group again for every
 * entry: it is quoted and does not count.
 */
function isRepeated(analysis: Analysis, { kind, marker }: NumberingBreak): boolean {
  return (
    kind === 'order' && (firstPlaces.of(analysis).get(keyAt(analysis, marker.start)) ?? marker.start) < marker.start
  );
}

/** Where each number first occurs with its words. */
const firstPlaces = new AnalysisMemo((analysis: Analysis): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  for (const { marker } of analysis.headings) {
    if (!marker) continue;
    const key = keyAt(analysis, marker.start);
    if (!places.has(key)) places.set(key, marker.start);
  }
  return places;
});

/** Number of lines at the head of a text that include its title. */
const HEAD = 6;

/**
 * Whether the marker is an amendment that counts on from those of another year, or an article of the amended law, quoted
 * without quotation marks after what announces it: 宪法第三章增加一节，作为第七节“监察委员会”.
 */
function isOfAmendedLaw(analysis: Analysis, { kind, marker }: NumberingBreak): boolean {
  if ((kind !== 'first' && kind !== 'gap') || !LAW_FAMILIES.has(marker.family)) return false;
  return amendments.of(analysis);
}

/** Whether the text is an amendment of a law by its title: 宪法修正案, 刑法修正案（十一）. */
const amendments = new AnalysisMemo(({ text, lines }: Analysis): boolean =>
  Array.from({ length: Math.min(HEAD, lines.count) }, (_, line) => text.slice(lines.start(line), lines.end(line))).some(
    (line) => /修正案(?:草案)?(?:[（(][^（()）]{1,20}[）)])?$/.test(line.slice(-40).trim()),
  ),
);

/** The line at `start` from there on, up to the maximum length of a heading. */
function keyAt({ text, lines }: Analysis, start: number): string {
  const end = lines.end(lines.lineAt(start));
  return text.slice(start, Math.min(end, start + MAX_HEADING)).trim();
}

/** Maximum length of a heading. */
const MAX_HEADING = 40;
const ENDS_SENTENCE = /[。；;，,：:！？!?]$/;

/**
 * The finding for 2.1 after 1.2 without a 2 between them: not 2.1 is wrong but the heading of 2, which lost its number.
 * It is on the line above if that can be the heading, and restores the number; undefined if there is no such line.
 */
function lostHeading({ text, lines, headings }: Analysis, { kind, marker, previous, slip }: NumberingBreak) {
  const { path } = marker;
  const parent = path.slice(0, -1);
  if (kind !== 'order' || slip || !previous || parent.length === 0 || marker.value !== 1) return undefined;
  const before = previous.path.slice(0, -1);
  const last = parent.length - 1;
  const follows =
    before.length === parent.length &&
    parent.every((figure, index) => figure === (before[index] as number) + (index === last ? 1 : 0));
  if (!follows) return undefined;
  const samePath = (one: readonly number[]) =>
    one.length === before.length && one.every((figure, index) => figure === before[index]);
  const sibling = headings.findLast(
    (one) => one.span.start < marker.start && one.marker?.family === 'decimal' && samePath(one.marker.path),
  )?.marker;
  if (!sibling) return undefined;
  const number = withValue(sibling, parent, sibling);
  const message: Message = {
    zh: '“{0}”之前没有“{1}”的标题：标题漏了序号，或者漏写了标题',
    en: 'No heading “{1}” precedes “{0}”: the heading lost its number, or is missing',
    values: [marker.text, number],
  };
  const related = [
    {
      start: sibling.start,
      end: sibling.end,
      message: { zh: '前一个同级序号是“{0}”', en: 'The previous sibling is “{0}”', values: [sibling.text] },
    },
  ];
  let line = lines.lineAt(marker.start) - 1;
  while (line > 0 && text.slice(lines.start(line), lines.end(line)).trim() === '') line--;
  const from = line < 0 ? 0 : lines.start(line);
  const words = line < 0 ? '' : text.slice(from, lines.end(line));
  const title = words.trim();
  const start = from + words.length - words.trimStart().length;
  if (title === '' || title.length > MAX_HEADING || ENDS_SENTENCE.test(title) || start < previous.end)
    return { start: marker.start, end: marker.end, message, related };
  // The same separator as after the sibling's number, unless one is left from the lost number.
  const blank = /^[ \t\u3000]*/.exec(text.slice(sibling.end, sibling.end + 4))?.[0] ?? '';
  const kept = words.length > words.trimStart().length;
  return {
    start,
    end: start + title.length,
    message,
    related,
    fixes: [
      {
        title: { zh: '补上“{0}”', en: 'Put “{0}” before it', values: [number] },
        edits: kept
          ? [{ start: from, end: start, newText: number + blank }]
          : [{ start, end: start, newText: number + blank }],
        safe: false,
        preferred: true,
      },
    ],
  };
}

/** Maximum number of missing numbers that are searched individually. */
const MAX_MISSING = 30;
/** What may precede an item inside a paragraph. */
const BEFORE_ITEM = /[。；：！？”）;:!?)*\n]$/;

/**
 * Whether the numbers skipped by a gap, a late beginning or a restart are inside the preceding paragraphs, each after the end of a
 * sentence: nothing is missing then, although only the others begin lines of their own.
 */
function standsInside({ text, headings }: Analysis, { kind, marker, expected, previous }: NumberingBreak): boolean {
  if (kind === 'duplicate' || kind === 'misread' || marker.path.length > 1) return false;
  // 二是 after 三是 begins another list if its 一是 is at the end of a paragraph between.
  let first = kind === 'gap' ? expected : 1;
  let from = previous?.end;
  if (from === undefined) {
    const above = headings.findLast(({ span }) => span.start < marker.start);
    from = above ? (above.marker?.end ?? above.titleSpan.end) : 0;
    // A number that runs on may be the last of a line under the section before: 110．…… 117．…… / 第六节…… / 118．
    const alike = kind === 'gap' ? headings.findLast((one) => isBefore(one, marker)) : undefined;
    if (alike?.marker && alike.marker.value >= first - 1) {
      first = alike.marker.value + 1;
      from = alike.marker.end;
    }
  }
  const missing = marker.value - first;
  if (missing < 1 || missing > MAX_MISSING) return false;
  const written = (value: number): string => withValue(marker, [value], marker);
  return hasNumbers(text.slice(from, marker.start), first, marker, written, isItem);
}

/**
 * Whether `between` has the numbers from `first` up to the one before that of `marker`, in order, each as `written` and at a
 * place where `accepts` is true.
 */
export function hasNumbers(
  between: string,
  first: number,
  marker: Marker,
  written: (value: number) => string,
  accepts: (between: string, at: number, written: string, marker: Marker) => boolean,
): boolean {
  let at = 0;
  for (let value = first; value < marker.value; value++) {
    const number = written(value);
    at = between.indexOf(number, at);
    while (at >= 0 && !accepts(between, at, number, marker)) at = between.indexOf(number, at + 1);
    if (at < 0) return false;
    at += number.length;
  }
  return true;
}

function isBefore({ marker: one }: Section, other: Marker): boolean {
  return one !== undefined && one.start < other.start && one.shape === other.shape;
}

/**
 * Whether `written` at `at` can be the number of an item; a bare figure (2　总则) can only before a blank: 2025 cannot. An
 * Arabic number between words is one without a stop, too: （一）提高综合实力1.推进项目。
 */
export function isItem(between: string, at: number, written: string, { family }: Marker): boolean {
  if (family === 'decimal' && !/[ \t\u3000]/.test(between.charAt(at + written.length))) return false;
  if (family === 'arabic' && isHan(between.charCodeAt(at - 1)) && isHan(between.charCodeAt(at + written.length)))
    return true;
  return BEFORE_ITEM.test(between.slice(Math.max(0, at - 6), at).replace(/[ \t\u3000]{1,6}$/, ''));
}

/**
 * Whether a garbled line between the marker and the previous one most likely began with a missing number: that line is
 * reported (text.mojibake), and nothing is missing once it is restored.
 */
function isUnderDamage(analysis: Analysis, { kind, marker, expected, previous }: NumberingBreak): boolean {
  if (kind !== 'gap' && kind !== 'first') return false;
  const least = kind === 'first' ? 1 : expected;
  return damageOf(analysis).some(({ start, end, candidates }) => {
    if (start < (previous?.end ?? 0) || start >= marker.start) return false;
    // The intact text closes the number: （二 before ）.
    return restoredMarkers(candidates[0] ?? '', analysis.text, end).some(
      ({ shape, value }) => shape === marker.shape && value >= least && value < marker.value,
    );
  });
}

/** The finding for one break, of a heading or inside a paragraph. */
export function findingFor(broken: NumberingBreak, list: NumberedList): Finding {
  const { marker, expectedText, previous } = broken;
  return {
    start: marker.start,
    end: marker.end,
    message: messageOf(broken, list),
    ...(previous && {
      related: [
        {
          start: previous.start,
          end: previous.end,
          message: { zh: '前一个同级序号是“{0}”', en: 'The previous sibling is “{0}”', values: [previous.text] },
        },
      ],
    }),
    ...(expectedText !== marker.text && { fixes: fixesFor(broken, list) }),
  };
}

function messageOf({ kind, marker, expectedText, previous }: NumberingBreak, list: NumberedList): Message {
  const values = [marker.text, expectedText, previous?.text ?? ''];
  if (kind !== 'first' && !previous && list.running) {
    return {
      zh: '序号接续前文应为“{1}”，这里是“{0}”',
      en: 'Expected “{1}” here, continuing from before, not “{0}”',
      values,
    };
  }
  if (kind === 'first' || (kind !== 'gap' && !previous)) {
    return {
      zh: '这一组序号从“{0}”开始，应从“{1}”开始',
      en: 'This list starts at “{0}”; it should start at “{1}”',
      values,
    };
  }
  if (kind === 'gap') {
    return {
      zh: '“{2}”之后应为“{1}”，这里是“{0}”，中间有缺号',
      en: 'Expected “{1}” after “{2}”; “{0}” leaves a gap',
      values,
    };
  }
  if (kind === 'duplicate') {
    return { zh: '序号“{0}”重复，应为“{1}”', en: 'Duplicate number “{0}”; expected “{1}”', values };
  }
  if (expectedText === previous?.text) {
    // The previous one is wrong, too: the two are swapped.
    return { zh: '“{0}”排在“{2}”之后，次序颠倒', en: '“{0}” and “{2}” are in the wrong order', values };
  }
  return {
    zh: '“{2}”之后应为“{1}”，这里却是“{0}”，序号倒退',
    en: 'Expected “{1}” after “{2}”; “{0}” goes backwards',
    values,
  };
}

/**
 * A slip has one right answer; if the writer counts on from the wrong number, all following ones must change with it.
 * It is fixed unasked only if the next number confirms it: beside another wrong one, either may be the slip.
 */
function fixesFor({ marker, expectedText, slip }: NumberingBreak, list: NumberedList): Fix[] {
  return [
    {
      title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [expectedText] },
      edits: [{ start: marker.start, end: marker.end, newText: expectedText }],
      safe: slip && followers.of(list).has(marker),
      preferred: slip,
    },
  ];
}

/** The markers of a list that are followed by a correct one, with that one. */
const followers = new AnalysisMemo(({ breaks, markers }: NumberedList): ReadonlyMap<Marker, Marker> => {
  const broken = new Set(breaks.map(({ marker }) => marker));
  const found = new Map<Marker, Marker>();
  markers.forEach((marker, index) => {
    const next = markers[index + 1];
    if (next && !broken.has(next)) found.set(marker, next);
  });
  return found;
});
