import { segments } from '../../text/words';
import { changeTo } from '../change';
import { isHabit, once } from '../habit';
import { matchesOf } from '../matches';
import type { Finding, LineRule, PlacedFinding } from '../rule';

const BETWEEN_QUOTES = /(?<=[”》])、(?=[“《])/g;
const APPROXIMATE =
  /(?<![一二三四五六七八九十百千万第、\d])(一、二|二、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)(?=[十百千万亿]{0,2}(?:个|名|人|位|天|年(?![级份])|岁|次|遍|倍|里|米|公里|亩|户|家|所|辆|吨|元|分钟|小时|点钟))/g;
/** 、 before a word that joins the last item of a list or closes the list. */
const BEFORE_LAST =
  /、(?=和[^等，。；：、\s]{2}|等(?:等|[，。；：、！？）”]|$|[\u4e00-\u9fff]{0,4}(?:部门|单位|地区|领域|方面|问题|工作|内容|行业|情况|措施)))/g;

export const enumerationComma: LineRule = {
  id: 'punctuation.enumeration-comma',
  scope: 'line',
  title: { zh: '可省的顿号', en: 'Unneeded 、' },
  reason: {
    zh: '并列的引号之间、书名号之间通常不用顿号；相邻两个数字表示约数时不用顿号。',
    en: '、 is usually left out between quotations and between titles, and in approximate numbers such as 三五天.',
  },
  authority: { zh: 'GB/T 15834-2011 4.5.3.4、4.5.3.5', en: 'GB/T 15834-2011, 4.5.3.4 and 4.5.3.5' },
  tier: 'standard',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      { text: '推进“三通一平”⟦、⟧“两不三保”。', fixed: '推进“三通一平”“两不三保”。' },
      { text: '执行《办法》⟦、⟧《细则》和《通知》。', fixed: '执行《办法》《细则》和《通知》。' },
      { text: '每月下沉⟦三、五⟧天，走访⟦七、八⟧个村，投入⟦二、三⟧百万元。' },
      {
        text: '涉及农业、工业⟦、⟧和服务业，覆盖医疗、教育⟦、⟧等领域。',
        fixed: '涉及农业、工业和服务业，覆盖医疗、教育等领域。',
      },
    ],
    clean: [
      { text: '推进“三通一平”“两不三保”，执行《办法》《细则》。' },
      { text: '执行《办法》（试行）、《细则》。' },
      { text: '发展二、三产业，抓好一、二年级教学，落实第一、二、三条。' },
      { text: '貫徹「一國兩制」、「港人治港」方針。' },
      { text: '农业、“三农”工作、《条例》' },
      { text: '土左旗、托县、和林县、经济开发区要抓好落实，涉及青禾县、和静县。' },
      { text: '消除东里、和苑等积水点，建设美丽、和谐、和美乡村，做好巡查、等级评定、等级保护等工作。' },
    ],
  },
  adjacent: '”》、一二三四五六七八和等',

  check(line) {
    const findings: Finding[] = [];
    for (const { index } of matchesOf(BETWEEN_QUOTES, line)) {
      findings.push({
        start: index,
        end: index + 1,
        message: line[index - 1] === '”' ? QUOTES : TITLES,
        fixes: [changeTo(index, index + 1, '')],
      });
    }
    for (const { 0: run, index } of matchesOf(APPROXIMATE, line)) {
      findings.push({
        start: index,
        end: index + run.length,
        message: {
          zh: '表示约数的“{0}”中间不用顿号；若是两个序数连说，可忽略。',
          en: 'An approximate number such as "{0}" takes no 、 (unless two ordinals are meant).',
          values: [run],
        },
        fixes: [changeTo(index, index + run.length, run.replace('、', ''), false)],
      });
    }
    for (const { index } of matchesOf(BEFORE_LAST, line)) {
      if (!isConjunction(line, index + 1)) continue;
      const word = line.charAt(index + 1);
      findings.push({
        start: index,
        end: index + 1,
        message: { zh: '“{0}”前不用顿号。', en: 'No 、 before {0}.', values: [word] },
        fixes: [changeTo(index, index + 1, '')],
      });
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  finalize(found, { text }) {
    const between: PlacedFinding[] = [];
    const others: PlacedFinding[] = [];
    for (const each of found) (isBetween(each) ? between : others).push(each);
    if (!isHabit(between.length, text, WITHOUT)) return found;
    return [once(between, THROUGHOUT, { zh: '全部删去', en: 'Delete all' }), ...others];
  },
};

/** Whether the character at `at` is the word 和 or 等 and not the start of a longer one, as in 和谐 and 等级. */
function isConjunction(line: string, at: number): boolean {
  const rest = line.slice(at, at + CLAUSE);
  // No 、 follows the last item of a list: 托县、和林县、开发区 contains a name.
  if (rest[0] === '和' && (PLACE.test(rest) || /^[^，。；：！？]{0,40}、/.test(rest))) return false;
  const [first] = segments(line.slice(at, at + WORD)) ?? [];
  return first?.segment.length === 1 && !IN_WORDS.test(line.slice(at, at + 2));
}

/** Number of characters of the clause that are read. */
const CLAUSE = 42;
/** 和林县, 和静镇: place names may begin with the character, too. */
const PLACE = /^和[\u4e00-\u9fff]{1,2}[县區区市镇鎮乡鄉村旗盟州][，。；：、等）]/;
/** Number of characters read to find words. */
const WORD = 5;
/** A word missing from a general dictionary: 和美乡村. */
const IN_WORDS = /^和[美善合]/;

function isBetween({ finding: { message } }: PlacedFinding): boolean {
  return message === QUOTES || message === TITLES;
}

const WITHOUT = /”“|》《/g;
const THROUGHOUT = {
  zh: '全文在并列的引号或书名号之间都用了顿号（{0}处，本处起），通常不用；一次可全部删去。',
  en: 'From here on there are {0} 、 between quotations or titles, where it is usually left out. One fix deletes all.',
};
const QUOTES = { zh: '并列的引号之间通常不用顿号。', en: '、 is usually left out between quotations.' };
const TITLES = { zh: '并列的书名号之间通常不用顿号。', en: '、 is usually left out between titles.' };
