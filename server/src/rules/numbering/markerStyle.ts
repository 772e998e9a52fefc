import type { Marker } from '../../structure/analysis';
import { withValue } from '../../structure/markerFormat';
import { Pace } from '../../text/resumable';
import type { DocumentRule, Finding } from '../rule';
import { oddMembers, readStyles, stylesInText } from './styles';

export const markerStyle: DocumentRule = {
  id: 'numbering.marker-style',
  scope: 'document',
  title: { zh: '同级序号写法不一', en: 'Sibling written in another style' },
  reason: {
    zh: '同一组标题的序号，括号的全角半角、数字的种类和标点应当一致。',
    en: 'Siblings share one style: the same brackets, the same kind of numeral, the same mark.',
  },
  authority: { zh: 'GB/T 15834-2011 附录B.3；GB/T 9704-2012 7.3.3', en: 'GB/T 15834-2011, B.3; GB/T 9704-2012, 7.3.3' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '（一）抓好春耕。\n（二）抓好防汛。\n⟦(三)⟧抓好秋收。\n（四）抓好冬修。',
        fixed: '（一）抓好春耕。\n（二）抓好防汛。\n（三）抓好秋收。\n（四）抓好冬修。',
      },
      {
        text: '（一）抓好春耕。\n（二）抓好防汛。\n⟦（3）⟧抓好秋收。\n（四）抓好冬修。',
        fixed: '（一）抓好春耕。\n（二）抓好防汛。\n（三）抓好秋收。\n（四）抓好冬修。',
      },
      {
        text: '一、总体要求\n内容。\n⟦2、⟧重点任务\n内容。\n三、保障措施\n内容。',
        fixed: '一、总体要求\n内容。\n二、重点任务\n内容。\n三、保障措施\n内容。',
      },
      {
        text: '（一）抓好春耕。\n⟦（二⟧抓好防汛。\n⟦三）⟧抓好秋收。\n（四）抓好冬修。',
        fixed: '（一）抓好春耕。\n（二）抓好防汛。\n（三）抓好秋收。\n（四）抓好冬修。',
      },
      {
        text: '一、总体要求\n（一）指导思想。\n⟦二、⟧基本原则。\n（三）主要目标。\n二、重点任务',
        fixed: '一、总体要求\n（一）指导思想。\n（二）基本原则。\n（三）主要目标。\n二、重点任务',
      },
      {
        text: '一、总体要求\n内容。\n⟦二⟧重点任务\n内容。\n三、保障措施\n内容。',
        fixed: '一、总体要求\n内容。\n二、重点任务\n内容。\n三、保障措施\n内容。',
      },
      {
        text: '1.摸清底数\n⟦2⟧建立台账\n3.限期整改',
        fixed: '1.摸清底数\n2.建立台账\n3.限期整改',
      },
      {
        text: '1.摸清底数。\n⟦２．⟧建立台账。\n3.限期整改。',
        fixed: '1.摸清底数。\n2.建立台账。\n3.限期整改。',
      },
      {
        text: '一要抓春耕。\n二要抓防汛。\n⟦三是⟧抓秋收。\n四要抓冬修。',
        fixed: '一要抓春耕。\n二要抓防汛。\n三要抓秋收。\n四要抓冬修。',
      },
    ],
    clean: [
      { text: '一、总体要求\n一年来成绩显著\n二、重点任务\n三农问题始终是重中之重' },
      { text: '1.摸清底数。\n2.建立台账。\n3个乡镇先行试点' },
      { text: '一、总体要求\n（一）指导思想。\n1.坚持底线。\n2.坚持重点。\n（二）基本原则。\n二、重点任务\n内容。' },
      { text: '首先，摸清底数。\n其次，建立台账。\n最后，限期整改。' },
      { text: '1.摸清底数。\n2.建立台账。\n二、工作要求\n内容。' },
    ],
  },

  prepare: readStyles,

  *check(analysis) {
    const findings: Finding[] = [];
    const inText = stylesInText(analysis.lists);
    const pace = new Pace();
    for (const list of analysis.lists) {
      if (pace.isOver(list.markers.length)) yield;
      const group: Odd[] = [];
      for (const { marker, model } of oddMembers(list, inText)) {
        // 第一、 and 第二： should both have ，, which numbering.marker-punctuation reports; ⒈ to ⒛ end at twenty.
        if (marker.family === 'ordinal' || isDigitFullStop(marker) !== isDigitFullStop(model)) continue;
        const broken = list.breaks.find((entry) => entry.marker === marker);
        const value = broken?.expected ?? marker.value;
        const due = Number.isFinite(value) ? withValue(model, [...model.path.slice(0, -1), value], model) : model.text;
        // The result is its own text if the numerals of the siblings do not go that far.
        group.push({ marker, model, newText: due === model.text ? undefined : due });
      }
      if (group.length > MAX_SEPARATE) findings.push(remark(group));
      else for (const one of group) findings.push(remark([one]));
    }
    return findings;
  },
};

/** More deviations than this in a list are a habit, reported once. */
const MAX_SEPARATE = 4;

interface Odd {
  readonly marker: Marker;
  readonly model: Marker;
  /** Its text in the siblings' style, if that can be determined. */
  readonly newText: string | undefined;
}

/** A single finding on the first of `group`, with a fix for all of them. */
function remark(group: readonly Odd[]): Finding {
  const { marker, model } = group[0] as Odd;
  const edits = group.flatMap(({ marker: { start, end }, newText }) =>
    newText === undefined ? [] : [{ start, end, newText }],
  );
  const values = [marker.text, model.text, group.length];
  return {
    start: marker.start,
    end: marker.end,
    message:
      group.length === 1
        ? {
            zh: '同级序号写作“{1}”，这里却写作“{0}”',
            en: 'The siblings are written like “{1}”, this one “{0}”',
            values,
          }
        : {
            zh: '同级序号有的写作“{1}”，有的写作“{0}”，后一种共{2}处，可一并改正',
            en: 'Some siblings are written like “{1}”, {2} like “{0}”; they can be changed together',
            values,
          },
    related: [
      {
        start: model.start,
        end: model.end,
        message: { zh: '同级序号的写法', en: 'How the siblings are written' },
      },
    ],
    ...(edits.length > 0 && {
      fixes: [
        {
          title:
            edits.length === 1
              ? { zh: '改为“{0}”', en: 'Change to “{0}”', values: [edits[0]?.newText ?? ''] }
              : { zh: '{0}处一并改正', en: 'Change all {0}', values: [edits.length] },
          edits,
          safe: true,
          preferred: true,
        },
      ],
    }),
  };
}

/** Whether it is one of ⒈ to ⒛, a figure and its point in one character; 21. continues them. */
function isDigitFullStop({ text }: Marker): boolean {
  return /^[\u2488-\u249b]$/.test(text);
}
