/** Small hand-made analyses, so that features are tested without the structure parser. */

import type {
  Analysis,
  Block,
  Enumeration,
  Marker,
  MarkerFamily,
  NumberedList,
  Section,
  SectionKind,
} from '../../../server/src/structure/analysis';
import { LineColumns } from '../../../server/src/structure/lineColumns';
import { LineSigns } from '../../../server/src/structure/lineSigns';
import { countCharacters } from '../../../server/src/text/characters';
import { splitLines } from '../../../server/src/text/lines';

export interface Head {
  /** Its characters as in the text; absent for an unnumbered head. */
  readonly marker?: string;
  readonly family?: MarkerFamily;
  readonly title: string;
  readonly level: number;
  readonly kind?: SectionKind;
}

interface MutableSection extends Omit<Section, 'children' | 'parent' | 'list'> {
  children: MutableSection[];
  parent: MutableSection | undefined;
  list: NumberedList | undefined;
}

/** Finds `heads` in `text` one after the other and nests them by level. Siblings of one family form a list. */
export function draft(
  text: string,
  heads: readonly Head[] = [],
  more: { blocks?: Block[]; enumerations?: Enumeration[] } = {},
): Analysis {
  const lines = splitLines(text);
  let from = 0;
  const headings: MutableSection[] = heads.map((head) => {
    const start = text.indexOf((head.marker ?? '') + head.title, from);
    if (start < 0) throw new Error(`not in the text: ${head.marker}${head.title}`);
    const titleStart = start + (head.marker?.length ?? 0);
    from = titleStart + head.title.length;
    return {
      kind: head.kind ?? 'heading',
      marker: head.marker === undefined ? undefined : marker(head.marker, start, head.family ?? 'chinese'),
      title: head.title,
      titleSpan: { start: titleStart, end: from },
      span: { start, end: text.length },
      level: head.level,
      parent: undefined,
      children: [],
      list: undefined,
      characters: 0,
    };
  });
  const roots: MutableSection[] = [];
  const open: MutableSection[] = [];
  headings.forEach((section, index) => {
    while (open.length > 0 && (open.at(-1) as MutableSection).level >= section.level) open.pop();
    const parent = open.at(-1);
    section.parent = parent;
    (parent ? parent.children : roots).push(section);
    open.push(section);
    const next = headings.slice(index + 1).find((other) => other.level <= section.level);
    const end = next ? endBefore(text, next.span.start) : text.length;
    Object.assign(section, {
      span: { start: section.span.start, end },
      characters: countCharacters(text.slice(section.span.start, end)),
    });
  });
  const lists: NumberedList[] = [];
  for (const siblings of [roots, ...headings.map((section) => section.children)]) {
    const numbered = siblings.filter((section) => section.marker);
    const first = numbered[0]?.marker;
    if (!first) continue;
    const list = {
      family: first.family,
      markers: numbered.map((section) => section.marker as Marker),
      breaks: [],
      running: false,
      inverted: false,
    };
    lists.push(list);
    for (const section of numbered) section.list = list;
  }
  return {
    text,
    kind: 'policytext',
    lines,
    records: [],
    blocks: more.blocks ?? [],
    sections: roots as Section[],
    headings: headings as Section[],
    lists,
    enumerations: more.enumerations ?? [],
    placeholders: [],
    columns: new LineColumns(0),
    signs: new LineSigns(),
  };
}

/** An inline enumeration of the given markers, found in `text` one after the other. */
export function enumeration(text: string, markers: readonly string[], end: number): Enumeration {
  let from = 0;
  const found = markers.map((words) => {
    const start = text.indexOf(words, from);
    from = start + words.length;
    return marker(words, start, 'yishi');
  });
  return {
    start: (found[0] as Marker).start,
    end,
    list: { family: 'yishi', markers: found, breaks: [], running: false, inverted: false },
  };
}

function marker(text: string, start: number, family: MarkerFamily): Marker {
  return { text, start, end: start + text.length, family, value: 1, path: [1], shape: '#', numeral: 'chinese' };
}

/** The end of the last line before `start`, or `start` itself in the middle of a line. */
function endBefore(text: string, start: number): number {
  const before = text.slice(0, start);
  const trimmed = before.replace(/(?:\r\n|\n|\r)[　 ]*$/, '');
  return trimmed.length < before.length ? trimmed.length : start;
}

/** The text between `|` marks: the text without the marks, and the offset of each. */
export function carets(marked: string): { text: string; offsets: number[] } {
  const offsets: number[] = [];
  let text = '';
  for (const character of marked) {
    if (character === '|') offsets.push(text.length);
    else text += character;
  }
  return { text, offsets };
}

/** A report of a few headings about an invented county, used by many tests. */
export const REPORT = [
  '青禾县水利工作报告',
  '',
  '同志们：',
  '　　现将有关情况报告如下。',
  '一、总体情况',
  '　　全县水利建设稳步推进。',
  '（一）主要成绩',
  '　　建成水库三座，“十里长渠”通水。',
  '（二）存在问题',
  '　　投入不足；人手不够，办法不多。',
  '',
  '二、下一步打算',
  '　　抓紧谋划！',
  '',
].join('\n');

export const REPORT_HEADS: readonly Head[] = [
  { title: '青禾县水利工作报告', level: 1, kind: 'title' },
  { marker: '一、', title: '总体情况', level: 1 },
  { marker: '（一）', title: '主要成绩', level: 2, family: 'chineseBracket' },
  { marker: '（二）', title: '存在问题', level: 2, family: 'chineseBracket' },
  { marker: '二、', title: '下一步打算', level: 1 },
];
