import type { Analysis, NumberingBreak } from '../../structure/analysis';
import { withValue } from '../../structure/markerFormat';
import type { DocumentRule } from '../rule';
import { findingFor, hasNumbers, isItem, SEQUENCE_AUTHORITY } from './breaks';

export const inline: DocumentRule = {
  id: 'numbering.inline',
  scope: 'document',
  title: { zh: '段内列举序号有误', en: 'Broken enumeration inside a paragraph' },
  reason: {
    zh: '一是、二是、三是……应逐一递增，缺了、重了都会让人误数。',
    en: '一是, 二是, 三是 … count up by one; a reader counts along.',
  },
  authority: SEQUENCE_AUTHORITY,
  tier: 'standard',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      { text: '要抓好三件事：一是修渠；二是植树；⟦四是⟧修路。' },
      { text: '主要任务：一是（1）修渠；（2）植树；⟦（4）⟧办学。二是（1）清淤；（2）护林；⟦四是⟧修路。' },
      {
        text: '要抓好四件事：一要修渠；⟦三要⟧植树；三要修路；四要办学。',
        fixed: '要抓好四件事：一要修渠；二要植树；三要修路；四要办学。',
      },
      {
        text: '主要包括：①粮食安全；②能源安全；⟦②⟧产业链安全；④网络安全。',
        fixed: '主要包括：①粮食安全；②能源安全；③产业链安全；④网络安全。',
      },
      {
        text: '要抓好三件事：⟦二是⟧修渠；二是植树；三是修路。',
        fixed: '要抓好三件事：一是修渠；二是植树；三是修路。',
      },
      {
        text: '要抓好三件事：一是修渠；⟦一是⟧植树；三是修路。',
        fixed: '要抓好三件事：一是修渠；二是植树；三是修路。',
      },
    ],
    clean: [
      { text: '说明：一、本条第一项第一、二、三、五、六、七、九款不修改。二、第八款删去。' },
      { text: '首先，要摸清底数；二是分类施策；三是严格验收。' },
      { text: '一是修渠。\n二是植树；三是修路。' },
      { text: '要抓好四件事：第一，修渠。第二，植树。青禾日报记者 王明/摄第三，修路。第四，办学。' },
      { text: '主要任务：（1）修渠；2）植树；（3）修路。' },
      { text: '今年全县工作一是修渠；二是植树；三是修路。' },
      { text: '首先要摸清底数，分类施策；二要严格验收；三要抓好督查。' },
      { text: '产业排序由“一、三、二”转变为“三、二、一”。' },
      { text: '要抓好三件事：一是修渠；二是植树；三是修路。' },
      { text: '第一，思想要统一；第二，行动要迅速；第三，作风要扎实。' },
      { text: '依照本办法第三条第（二）项、第（四）项的规定办理。' },
      { text: '这项工作，一是时间紧，二是任务重。另外，一要领导带头，二要群众参与。' },
      { text: '首先，要摸清底数；其次，要分类施策；最后，要严格验收。' },
      { text: '他说一不二，是三是四都由大家评说。' },
    ],
  },
  check: (analysis) =>
    analysis.enumerations.flatMap(({ list }) =>
      list.breaks
        .filter((broken) => !hasFirst(analysis, broken) && !hasMissing(analysis, broken))
        .map((broken) => findingFor(broken, list)),
    ),
};

/** 今年工作一是…；二是…, 首先要…；二要…: whether the enumeration counts on from a first in the middle of a clause. */
function hasFirst({ text, lines }: Analysis, { kind, marker, expectedText }: NumberingBreak): boolean {
  if (kind !== 'first') return false;
  const line = text.slice(lines.start(lines.lineAt(marker.start)), marker.start);
  return line.includes(expectedText) || /首先|其一|第一/.test(line);
}

/** Maximum number of missing numbers that are looked for. */
const MAX_MISSING = 9;
/** Markers whose text occurs nowhere else: 第三，, 三是, （3）, 3）. */
const UNMISTAKABLE = /^第|[是要）)]$/;

/**
 * Whether the missing numbers are there, after something else than the end of a clause (记者王明/摄第三，（第一項）二、), or
 * without their opening bracket (2） between （1） and （3）).
 */
function hasMissing({ text }: Analysis, { kind, marker, expected, previous }: NumberingBreak): boolean {
  const missing = marker.value - expected;
  if (kind !== 'gap' || !previous || missing < 1 || missing > MAX_MISSING) return false;
  const written = (value: number): string => withValue(marker, [value], marker).replace(/^[（(]/, '');
  const accepts = UNMISTAKABLE.test(marker.text) ? () => true : isItem;
  return hasNumbers(text.slice(previous.end, marker.start), expected, marker, written, accepts);
}
