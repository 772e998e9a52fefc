import { endsWord, isWordPair, lastWordStart } from '../../text/words';
import { changeTo } from '../change';
import { HABIT, once } from '../habit';
import { matchesOf } from '../matches';
import { blockKindAt } from '../prose';
import type { Finding, LineRule } from '../rule';

/** A blank or two between words of Chinese; the words of a title with wide letters are shorter. */
const BLANKS = /(?<=[\u4e00-\u9fff]{3})[ \u00a0]{1,2}(?=[\u4e00-\u9fff])/g;
/** A shorter line, or one that ends in no stop, is a title, a name or a row, which are set with blanks. */
const PROSE = 30;
const ENDS_SENTENCE = /[。；：！？”）][ \u00a0]{0,4}$/;
/** Slogans and titles in quotation marks, and names of reporters, are set with blanks, too. */
const QUOTED = /[“‘「『《【〈][^”’」』》】〉]{0,60}$/;
const REPORTERS = /(?:记者|通讯员|記者)[ \u00a0]?[\u4e00-\u9fff \u00a0、]{0,12}$/;
/** The number of an article, which a blank follows. */
const NUMBER = /第[一二三四五六七八九十百千零〇]{1,8}[条條章节節编編款项項]$/;
const CONTEXT = 64;
/** Number of characters on either side that are segmented into words. */
const AROUND = 6;

export const strayBlank: LineRule = {
  id: 'text.stray-blank',
  scope: 'line',
  title: { zh: '词中夹空格', en: 'Blank inside a word' },
  reason: {
    zh: '从 PDF 或网页复制的文字常在行末处留下空格，把一个词断成两半。',
    en: 'Text copied from a PDF or a page often keeps a blank where a line ended, in the middle of a word.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '将亩均税收等约束性指标纳入土地出让⟦合 同⟧，推动园区提质增效，落实企业投资项目承诺制。',
        fixed: '将亩均税收等约束性指标纳入土地出让合同，推动园区提质增效，落实企业投资项目承诺制。',
      },
      {
        text: '青禾县建成滨湖剧院等一批⟦文 化⟧设施，基本完成数字电视整体转换，农村电影每月放映一场。',
        fixed: '青禾县建成滨湖剧院等一批文化设施，基本完成数字电视整体转换，农村电影每月放映一场。',
      },
    ],
    clean: [
      { text: '第六条 县级以上人民政府应当加强对本行政区域内森林资源保护工作的领导，建立联席会议制度。' },
      { text: '开展“进窗口 走流程”现场办事体验活动，青禾日报记者 王文 化名采访，发现的问题逐一整改到位。' },
      { text: '第四条 文娱、体育活动的举办者应当维护秩序；第二十六条 件数、重量由青禾县计量检定机构核定。' },
      { text: '青 禾 县 文 化 局' },
      { text: '青禾县团委举办“青春有我 国情课堂”活动。青禾日报记者 王小光 顾瑞报道，全县青年踊跃参加。' },
      { text: '会议要求：提高认识 加强领导 明确责任 狠抓落实，确保各项工作任务按时保质保量圆满完成。' },
    ],
  },
  triggers: [' \u00a0'],

  check(line) {
    if (line.length < PROSE || !ENDS_SENTENCE.test(line.slice(-6))) return [];
    const findings: Finding[] = [];
    for (const { 0: blank, index } of matchesOf(BLANKS, line)) {
      const after = index + blank.length;
      if (!isWordPair(line.charCodeAt(index - 1), line.charCodeAt(after)) || !splitsWord(line, index, after)) continue;
      const before = line.slice(Math.max(0, index - CONTEXT), index);
      if (NUMBER.test(before) || QUOTED.test(before) || REPORTERS.test(before)) continue;
      const start = index - 1;
      const end = after + 1;
      findings.push({
        start,
        end,
        message: {
          zh: '“{0}”中间夹了空格，应连写为“{1}”。',
          en: 'The blank in "{0}" divides a word: write "{1}".',
          values: [line.slice(start, end), line.charAt(start) + line.charAt(after)],
        },
        fixes: [{ ...changeTo(index, after, ''), title: { zh: '删去空格', en: 'Delete the blank' } }],
      });
    }
    return findings;
  },

  finalize(found, analysis) {
    const kept = found.filter(({ base }) => blockKindAt(analysis, analysis.lines.lineAt(base)) === 'body');
    if (kept.length < HABIT) return kept;
    const message = {
      zh: '全文有{0}个词中间夹了空格（本处起），可一次删去。',
      en: 'From here on blanks divide {0} words; one fix deletes them.',
    };
    return [once(kept, message, { zh: '删去词中的空格', en: 'Delete the blanks inside words' })];
  },
};

/**
 * Whether the characters beside the blank from `at` to `after` belong to one word, and are what is left of it: neither
 * side has a word that ends, or begins, there.
 */
function splitsWord(line: string, at: number, after: number): boolean {
  const before = wordsBeside(line, at - 1, -1);
  const behind = wordsBeside(line, after, 1);
  if (endsWord(before + behind, before.length)) return false;
  return lastWordStart(before) === before.length - 1 || endsWord(behind, 1);
}

/** The Chinese from `at` on in the direction of `step`, up to something else. */
function wordsBeside(line: string, at: number, step: 1 | -1): string {
  let words = '';
  for (let place = at; words.length < AROUND; place += step) {
    const character = line.charAt(place);
    if (!/[\u4e00-\u9fff]/.test(character)) break;
    words = step > 0 ? words + character : character + words;
  }
  return words;
}
