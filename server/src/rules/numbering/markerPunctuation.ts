import type { Analysis, Marker, MarkerFamily } from '../../structure/analysis';
import { withValue } from '../../structure/markerFormat';
import { scriptOfDraft } from '../../structure/script';
import { Pace } from '../../text/resumable';
import { writesBracketsHalfWidth } from '../prose';
import type { DocumentRule, Finding } from '../rule';
import { oddMembers, readStyles, rightShape, stylesInText } from './styles';

/** Clauses of GB/T 15834-2011 B.3 by family. */
const CLAUSE: Partial<Record<MarkerFamily, string>> = {
  chinese: 'B.3.2',
  stem: 'B.3.2',
  chineseBracket: 'B.3.4',
  arabicBracket: 'B.3.4',
  arabic: 'B.3.3',
  roman: 'B.3.3',
  latin: 'B.3.3',
  decimal: 'B.3.5',
  ordinal: 'B.3.1',
  yishi: 'B.3.7',
  yiyao: 'B.3.7',
};

export const markerPunctuation: DocumentRule = {
  id: 'numbering.marker-punctuation',
  scope: 'document',
  title: { zh: '序号后的标点不合规范', en: 'Wrong mark after a number' },
  reason: {
    zh: '“一”后用顿号，“1”后用点，带括号的序号后不再加标点，“第一”后用逗号。',
    en: '、 follows 一, a point follows 1, nothing follows a bracketed number, ， follows 第一.',
  },
  authority: { zh: 'GB/T 15834-2011 附录B.3（资料性）', en: 'GB/T 15834-2011, annex B.3 (informative)' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '⟦1、⟧抓好春耕。\n2、抓好防汛。\n3、抓好秋收。',
        fixed: '1.抓好春耕。\n2.抓好防汛。\n3.抓好秋收。',
      },
      {
        text: '⟦1。⟧抓好春耕。\n2。抓好防汛。\n3。抓好秋收。',
        fixed: '1.抓好春耕。\n2.抓好防汛。\n3.抓好秋收。',
      },
      { text: '⟦（一）、⟧抓好春耕。\n（二）、抓好防汛。', fixed: '（一）抓好春耕。\n（二）抓好防汛。' },
      { text: '⟦一.⟧总体要求\n内容。\n二.重点任务\n内容。', fixed: '一、总体要求\n内容。\n二、重点任务\n内容。' },
      { text: '⟦(一)⟧抓好春耕。\n(二)抓好防汛。', fixed: '（一）抓好春耕。\n（二）抓好防汛。' },
      { text: '⟦第一、⟧抓好春耕。\n第二、抓好防汛。', fixed: '第一，抓好春耕。\n第二，抓好防汛。' },
      {
        text: '⟦第一、⟧统一思想\n各镇要做好工作。\n第二：压实责任\n各镇要做好工作。',
        fixed: '第一，统一思想\n各镇要做好工作。\n第二，压实责任\n各镇要做好工作。',
      },
      {
        text: '河口社区管理规约\n⟦第一条、⟧为了规范管理，制定本规约。\n第二条、居民应当爱护环境。',
        fixed: '河口社区管理规约\n第一条　为了规范管理，制定本规约。\n第二条　居民应当爱护环境。',
      },
      {
        text: '⟦首先、⟧摸清底数；其次、建立台账；最后、限期整改。',
        fixed: '首先，摸清底数；其次，建立台账；最后，限期整改。',
      },
      { text: '主要任务有：⟦①、⟧抓好春耕；②、抓好防汛。', fixed: '主要任务有：①抓好春耕；②抓好防汛。' },
    ],
    clean: [
      {
        text: '一、总体要求\n（一）指导思想。\n1.坚持底线。\n（1）不越红线。\n①严守耕地。\n②严守生态。\n（2）守住底线。\n2．坚持重点。',
      },
      { text: '第一，抓好春耕。\n第二，抓好防汛。' },
      {
        text: '举办博览会〔1〕，实施三区〔2〕联动。\n名词解释\n〔1〕博览会：国际性博览会。\n〔2〕三区：东区、西区、南区。',
      },
      { text: '第一、第二产业增加值增长较快，占比分别为3、5个百分点。' },
      { text: '1.1　编制目的\n内容。\n1.2　适用范围\n内容。' },
      { text: '举办博览会〔1〕，落实三区〔2〕。\n名词解释\n〔1〕博览会：展会。\n〔2〕三区：东区、西区。' },
      { text: '增长较快[1]，占比提高[2]。\n[1]按可比价计算。\n[2]初步核算数。' },
    ],
  },

  prepare: readStyles,

  *check(analysis) {
    // GB/T 15834 applies to the mainland; Taiwan, Hong Kong and Macau have norms of their own.
    if (scriptOfDraft(analysis).script === 'traditional') return [];
    const odd = new Set<Marker>();
    const inText = stylesInText(analysis.lists);
    // 第一、 and 第二： should both have ，; other siblings that differ have a finding of their own.
    const mixedOrdinals = new Set<Marker>();
    const pace = new Pace();
    for (const list of analysis.lists) {
      if (pace.isOver(list.markers.length)) yield;
      const members = oddMembers(list, inText);
      for (const { marker } of members) odd.add(marker);
      if (members.length > 0 && list.family === 'ordinal') for (const marker of list.markers) mixedOrdinals.add(marker);
    }
    const leaveWidth = writesBracketsHalfWidth(analysis);
    const wrong = new Map<string, { marker: Marker; right: string }[]>();
    const notes = notesOf(analysis);
    for (const marker of markersOf(analysis)) {
      if (pace.isOver()) yield;
      if (notes.has(marker)) continue;
      const mixed = mixedOrdinals.has(marker);
      if (odd.has(marker) && !mixed) continue;
      const right = mixed ? marker.shape.replace(/[：:、]$/, '，') : rightShape(marker);
      if (right === marker.shape || (leaveWidth && marker.shape === '(#)')) continue;
      // One finding for all of a mixed list, so that its fix covers all of them.
      const key = marker.shape.includes('(') ? marker.shape : `${marker.family} ${mixed ? '' : marker.shape}`;
      const group = wrong.get(key);
      if (group) group.push({ marker, right });
      else wrong.set(key, [{ marker, right }]);
    }
    return [...wrong.values()].map(remark);
  },
};

function* markersOf(analysis: Analysis): Generator<Marker> {
  for (const list of analysis.lists) yield* list.markers;
  for (const { list } of analysis.enumerations) {
    // PM 10、PM 2.5 enumerates nothing.
    yield* list.markers.filter(({ start }) => !/[A-Za-z]\s?$/.test(analysis.text.slice(Math.max(0, start - 2), start)));
  }
}

/** A mark that refers to a note: 〔1〕, [1], ［一］, 【1】. */
const NOTE_MARK = /^[〔［[【]\s?[一二三四五六七八九十百\d]{1,4}\s?[〕］\]】]$/;

/**
 * The markers of lists that correspond to marks in the text, such as 〔1〕: changed here alone they would no longer
 * match.
 */
function notesOf(analysis: Analysis): ReadonlySet<Marker> {
  const notes = new Set<Marker>();
  for (const { markers } of analysis.lists) {
    const [first] = markers;
    if (!first || !NOTE_MARK.test(first.text)) continue;
    const own = new Set(markers.map(({ start }) => start));
    const isCalled = ({ text }: Marker): boolean => {
      let at = analysis.text.indexOf(text);
      while (at >= 0 && own.has(at)) at = analysis.text.indexOf(text, at + 1);
      return at >= 0;
    };
    if (markers.slice(0, MAX_NOTES).some(isCalled)) for (const marker of markers) notes.add(marker);
  }
  return notes;
}

/** Number of notes of a list that are looked up in the text. */
const MAX_NOTES = 5;

/** One finding for each form, on the first marker with it: a habit is one mistake and not fifty. */
function remark(group: readonly { marker: Marker; right: string }[]): Finding {
  const { marker, right } = group[0] as { marker: Marker; right: string };
  const corrected = (entry: { marker: Marker; right: string }) => rewritten(entry.marker, entry.right);
  const clause = CLAUSE[marker.family] ?? '';
  return {
    start: marker.start,
    end: marker.end,
    message:
      group.length === 1
        ? {
            zh: '“{0}”宜写作“{1}”{2}',
            en: '“{0}” is better written “{1}”{2}',
            values: [marker.text, corrected({ marker, right }), clause && ` (${clause})`],
          }
        : {
            zh: '“{0}”宜写作“{1}”{2}，全文共{3}处，可一并改正',
            en: '“{0}” is better written “{1}”{2}; there are {3} in this text, to be changed together',
            values: [marker.text, corrected({ marker, right }), clause && ` (${clause})`, group.length],
          },
    fixes: [
      {
        title:
          group.length === 1
            ? { zh: '改为“{0}”', en: 'Change to “{0}”', values: [corrected({ marker, right })] }
            : { zh: '全文{0}处一并改正', en: 'Change all {0} in this text', values: [group.length] },
        edits: group.map((entry) => ({ start: entry.marker.start, end: entry.marker.end, newText: corrected(entry) })),
        safe: true,
        preferred: true,
      },
    ],
  };
}

/** The marker with its own numeral in the right shape. */
function rewritten(marker: Marker, right: string): string {
  const text = marker.misread ? withValue(marker, marker.path, marker) : marker.text;
  // 第一条、为了 separates its words by a blank: 第一条　为了.
  if (/^第#[^，,：:、]{1,2}$/.test(right)) return text.replace(/[、.．]$/, '\u3000');
  if (!right.includes('#')) return text.replace(/(?<![、.．，,：:])[、.．，,：:]+$/, '');
  if (marker.family === 'decimal' || marker.family === 'circled') return text.replace(/(?<![、.．])[、.．]+$/, '');
  const numeral = text.replace(/[\s\u3000（()）〔〕［\][【】、.．，,：:。第是要则]/g, '');
  return right.replace('#', numeral);
}
