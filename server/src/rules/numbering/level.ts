import type { Marker, MarkerFamily, NumberedList, Section } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

/** B.3.8 ranks numbers; words like 首先， and 第一， may be under any of them. */
const WORDS = new Set<MarkerFamily>(['sequence', 'ordinal', 'itemised', 'yishi', 'yiyao', 'yifang']);

export const level: DocumentRule = {
  id: 'numbering.level',
  scope: 'document',
  title: { zh: '序号层级不顺', en: 'Levels out of order' },
  reason: {
    zh: '层次序号依次为“一、”“（一）”“1.”“（1）”“①”，可以从任一级起，但不能把上一级序号用在下一级之下。',
    en: 'Markers descend from 一、 to （一） to 1. to （1） to ①; any may come first, but none under a lower one.',
  },
  authority: {
    zh: 'GB/T 15834-2011 附录B.3.8；GB/T 9704-2012 7.3.3',
    en: 'GB/T 15834-2011, B.3.8; GB/T 9704-2012, 7.3.3',
  },
  tier: 'standard',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '1.抓好粮食生产。\n⟦（一）⟧稳面积。\n（二）提单产。\n2.抓好畜牧生产。\n（一）稳生猪。\n（二）扩肉牛。\n3.抓好渔业生产。',
      },
      {
        text: '一、总体要求\n（一）指导思想。\n（二）基本原则。\n二、重点任务\n⟦1.⟧抓好项目。\n2.抓好民生。',
      },
      { text: '一、总体要求\n⟦（1）⟧坚持底线。\n（2）坚持重点。\n二、重点任务\n内容。' },
    ],
    clean: [
      {
        text: '一、工作要求\n（一）加强领导。各镇要高度重视。\n二、主要任务\n1．抓好粮食生产。\n2．抓好畜牧生产。\n三、民生实事\n3．新建农村公路60公里。\n4．改造老旧小区8个。',
      },
      { text: '一、总体要求\n1.坚持底线。\n2.坚持重点。\n二、重点任务\n1.抓好项目。\n2.抓好民生。' },
      {
        text: '一、总体要求\n（一）指导思想。\n1.坚持底线。\n（1）查制度。\n（2）查台账。\n2.坚持重点。\n（二）基本原则。',
      },
      { text: '（一）总体要求\n1.坚持底线。\n2.坚持重点。\n（二）重点任务\n1.抓好项目。' },
      { text: '一、总体要求\n（一）指导思想。\n1.坚持底线。\n2.坚持重点。\n（二）基本原则。\n二、重点任务\n内容。' },
      {
        text: '关于开展检查的通知\n一、检查内容\n（一）查制度。\n（二）查台账。\n二、工作要求\n各县要高度重视。\n\n附件1\n检查事项清单\n一、制度建设\n1.值班制度。\n2.报告制度。\n二、台账建设\n1.登记台账。\n2.整改台账。',
      },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    for (const document of documentsIn(analysis.headings)) findings.push(...checkOne(document));
    return findings;
  },
};

/** （1） or ① right under 一、: two levels are skipped, whereas 1. under 一、 is usual. */
function skipsTwo(marker: Marker, parent: Marker): boolean {
  return parent.family === 'chinese' && (marker.family === 'arabicBracket' || marker.family === 'circled');
}

/** The sections of each document in the text: an attachment, or a plan after its notice, has habits of its own. */
function documentsIn(headings: readonly Section[]): Section[][] {
  const documents: Section[][] = [[]];
  for (const section of headings) {
    if (section.kind === 'title' || section.kind === 'appendix') documents.push([]);
    documents.at(-1)?.push(section);
  }
  return documents;
}

function isBreak(marker: Marker, { breaks }: NumberedList): boolean {
  return breaks.some((broken) => broken.marker === marker);
}

function checkOne(headings: readonly Section[]): Finding[] {
  const findings: Finding[] = [];
  const bracketsUnderChinese = headings.some(
    ({ marker, parent }) => marker?.family === 'chineseBracket' && parent?.marker?.family === 'chinese',
  );
  const counted = runningParents(headings);
  for (const section of headings) {
    const { marker, parent, list } = section;
    if (!marker || !parent?.marker || list?.markers[0] !== marker) continue;
    // A list that does not start at one has lost its beginning; what preceded it is unknown.
    if (isBreak(marker, list)) continue;
    // A parent in another style than its siblings has a finding of its own.
    if (parent.list && odd(parent.marker, parent.list)) continue;
    if (skipsTwo(marker, parent.marker) && !list.running && list.markers.length > 1) {
      findings.push({
        start: marker.start,
        end: marker.end,
        message: {
          zh: '“{0}”之下直接用了“{1}”，中间跳过了“（一）”和“1.”：只有两级时第二级用“（一）”或“1.”',
          en: '“{1}” is directly under “{0}”: with two levels the second is （一） or 1.',
          values: [parent.marker.text, marker.text],
        },
      });
    } else if (list.inverted && !WORDS.has(marker.family) && !WORDS.has(parent.marker.family))
      findings.push(inverted(section));
    else if (
      !list.running &&
      !counted.has(parent) &&
      bracketsUnderChinese &&
      marker.family === 'arabic' &&
      parent.marker.family === 'chinese'
    ) {
      findings.push({
        start: marker.start,
        end: marker.end,
        message: {
          zh: '“{0}”之下直接用了“{1}”，本文别处用了“（一）”，这里跳过了一级',
          en: '“{1}” is directly under “{0}”, but elsewhere in this text （一） comes between',
          values: [parent.marker.text, marker.text],
        },
      });
    }
  }
  return findings;
}

/** The sections under which a list begins that continues under the next: 1. 2. under 二、, 3. 4. under 三、. */
function runningParents(headings: readonly Section[]): ReadonlySet<Section> {
  const parents = new Set<Section>();
  let before: Section | undefined;
  for (const section of headings) {
    const { marker, parent, list } = section;
    if (!marker || !parent || list?.markers[0] !== marker || marker.family !== 'arabic') continue;
    if (list.running && before) parents.add(before);
    before = parent;
  }
  return parents;
}

function odd(marker: Marker, list: NumberedList): boolean {
  return list.markers.filter(({ family }) => family === marker.family).length * 2 <= list.markers.length;
}

function inverted({ marker, parent }: Section): Finding {
  return {
    start: marker?.start ?? 0,
    end: marker?.end ?? 0,
    message: {
      zh: '“{1}”用在了“{0}”之下，层级颠倒',
      en: '“{1}” ranks above “{0}” and cannot be under it',
      values: [parent?.marker?.text ?? '', marker?.text ?? ''],
    },
  };
}
