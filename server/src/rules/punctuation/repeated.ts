import { changeTo } from '../change';
import { HABIT, once } from '../habit';
import { matchesOf } from '../matches';
import { isPartOfRate } from '../numeral/perMille';
import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const RUNS = /[，。、；：,;.]{2,}[！？]*|[！？]{4,}|[，。、；：][！？]+|[！？]{1,3}[，。、；：]/g;
/** A stop before a closing mark and one after it. */
const AROUND_CLOSER = /[，。；、][”’」』）》][，。；：、]/g;
/** The end of a quotation announced by a colon: its stop is inside it (GB/T 15834-2011, 4.8). */
const SPOKEN = /[：:][“‘「『][^“”‘’「」『』]{1,400}[”’」』]$/;
/** Which stop wins if two different ones meet: the stronger one. */
const WEIGHT = '、，；：。';
const FULL_WIDTH: Readonly<Record<string, string>> = { ',': '，', ';': '；', '.': '。' };
/** Context of half-width marks in Chinese prose; elsewhere they are data. */
const BEFORE_STOP = /[\u4e00-\u9fff”’」』）》%％‰℃]$/;
const AFTER_STOP = /^(?:\s*$|\s?[\u4e00-\u9fff“‘「『（《])/;

export const repeated: LineRule = {
  id: 'punctuation.repeated',
  scope: 'line',
  title: { zh: '标点重复', en: 'Doubled mark' },
  reason: {
    zh: '逗号、句号、顿号、分号、冒号不能叠用，多半是删改时留下的；叹号、问号最多叠用三个。',
    en: 'Stops are never doubled; two in a row are left over from an edit. At most three ！ or ？ may be combined.',
  },
  authority: {
    zh: 'GB/T 15834-2011 4.2.3.3、4.3.3.3；其余为行文惯例',
    en: 'GB/T 15834-2011, 4.2.3.3 and 4.3.3.3; otherwise practice',
  },
  tier: 'practice',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '全县经济稳中向好⟦。。⟧', fixed: '全县经济稳中向好。' },
      { text: '要坚定信心⟦，，⟧真抓实干⟦；；⟧', fixed: '要坚定信心，真抓实干；' },
      { text: '加强统筹⟦，。⟧下一步要抓落实。' },
      { text: '涉及农业⟦、，⟧工业两大领域。' },
      { text: '一定要办好⟦！。⟧' },
      { text: '增长8％⟦,.⟧固定资产投资回升⟦。.⟧', fixed: '增长8％,.固定资产投资回升。' },
      { text: '一定要办好⟦！！！！⟧', fixed: '一定要办好！！！' },
      { text: '他说：“今年的收成不错⟦。”。⟧', fixed: '他说：“今年的收成不错。”' },
      { text: '“今年的收成不错⟦，”，⟧他连声说，“明年会更好⟦，”。⟧' },
      { text: '各镇都要上报（附照片⟦。）。⟧' },
    ],
    clean: [
      { text: '第二项修改为：“（二）不按规定参加年检的；”。' },
      { text: '他问：“真的吗？！”大家说：“真的！！”' },
      { text: '他说：“今年的收成不错。”“明年会更好！”，大家说。（附照片。）“去年呢。”，他问。' },
      { text: '从春耕到秋收……。一年到头都在忙。。。' },
      { text: '“十五五”规划，（含附件）。' },
      { text: '人口自然增长率为8.69％。，低于上年。' },
      { text: '命令为`a,,b`。', kind: 'markdown' },
      { text: '从春耕到秋收...一年到头都在忙，分三类：1..5、a.,b。' },
      { text: 'https://example.org/a,,b' },
    ],
  },
  adjacent: '，。、；：,;.！？”’」』）》',

  check(line) {
    const findings = [...runs(line), ...aroundClosers(line)];
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  finalize(found) {
    // A text damaged throughout, where every comma was doubled, needs one finding.
    if (found.length < HABIT) return found;
    const message = {
      zh: '全文有{0}处标点叠用（本处起）：请只留一个；能确定的可一次改正。',
      en: 'From here on marks are doubled in {0} places; keep one of each. One fix corrects the certain ones.',
    };
    return [once(found, message, { zh: '改正能确定的各处', en: 'Fix the certain ones' })];
  },
};

const PERCENT = /[%％]/;

/** Adjacent marks. */
function* runs(line: string): Generator<Finding> {
  for (const { 0: run, index: start } of matchesOf(RUNS, line)) {
    const end = start + run.length;
    // Three full stops are an ellipsis.
    if (/^(?:。{3,}|\.+)$/.test(run) || isInside(foreignSpans(line), start)) continue;
    if (/[,;.]/.test(run) && !isProse(line, start, end)) continue;
    // 人口自然增长率8.69％。， has a misread ‰ (numeral.per-mille).
    if (PERCENT.test(line.charAt(start - 1)) && isPartOfRate(line, start)) continue;
    yield findingOf(run, start, end, rightForm(run));
  }
}

/** Two stops, one before a closing mark and one after it, as in “……。”。 */
function* aroundClosers(line: string): Generator<Finding> {
  for (const { 0: run, index: start } of matchesOf(AROUND_CLOSER, line)) {
    // A complete sentence may be followed by a comma.
    const [inner, closer, outer] = run as unknown as [string, string, string];
    if (
      (inner === '。' && outer !== '。') ||
      (inner === '；' && isAmendment(line, start)) ||
      isInside(foreignSpans(line), start)
    )
      continue;
    const end = start + run.length;
    const spoken = inner === '。' && SPOKEN.test(line.slice(Math.max(0, end - 400), end - 1));
    const right: RightForm = spoken
      ? { text: `${inner}${closer}`, sure: true }
      : { text: `${closer}${outer}`, sure: false, other: inner === outer ? `${inner}${closer}` : undefined };
    yield findingOf(run, start, end, right);
  }
}

/** Whether the quotation that ends at `end` is wording of a law: 第二项修改为“（二）……；”。 keeps the mark of the item. */
function isAmendment(line: string, end: number): boolean {
  return AMENDED.test(line.slice(Math.max(0, end - 400), end));
}

const AMENDED = /(?:改为|增加|规定|表述为)[^“”]{0,30}“[^“”]*$/;

function findingOf(run: string, start: number, end: number, { text, sure, other }: RightForm): Finding {
  return {
    start,
    end,
    message: {
      zh: '标点“{0}”叠用：请只留一个。',
      en: 'The marks "{0}" are doubled: keep one.',
      values: [run.slice(0, 12)],
    },
    fixes: [changeTo(start, end, text, sure), ...(other ? [changeTo(start, end, other, false)] : [])],
  };
}

/** The marks to keep of a run; certain if there is no alternative. */
interface RightForm {
  readonly text: string;
  readonly sure: boolean;
  readonly other?: string | undefined;
}

/** Whether marks, some of them half-width, are in Chinese prose. */
function isProse(line: string, start: number, end: number): boolean {
  if (/^[，。、；：]/.test(line.slice(start, end)) && !/^[\w.]/.test(line.slice(end, end + 1))) return true;
  return BEFORE_STOP.test(line.slice(Math.max(0, start - 1), start)) && AFTER_STOP.test(line.slice(end, end + 2));
}

/** The marks to keep of `run`; certain if all its marks mean the same, else with the mark that may be meant instead. */
function rightForm(run: string): RightForm {
  const cries = run.replace(/[^！？]/g, '');
  if (cries === run) return { text: run.slice(0, 3), sure: true };
  if (cries !== '') return { text: cries.slice(0, 3), sure: false };
  const full = run.replace(/[,;.]/g, (mark) => FULL_WIDTH[mark] as string);
  const heaviest = [...full].reduce((a, b) => (WEIGHT.indexOf(b) > WEIGHT.indexOf(a) ? b : a));
  const other = [...full].find((mark) => mark !== heaviest);
  return { text: heaviest, sure: other === undefined, other };
}
