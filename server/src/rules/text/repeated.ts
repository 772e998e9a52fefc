import type { Analysis } from '../../structure/analysis';
import { isBlank } from '../../text/characters';
import { Pace, type Resumable } from '../../text/resumable';
import { furthestEnds } from '../../text/span';
import { changeTo } from '../change';
import { blockKindAt, runsOn } from '../prose';
import type { Finding, LineRule, PlacedFinding } from '../rule';
import { doubledSigns, doubledWords } from './doubledWords';
import { repetitions } from './repeatedClauses';

/** Minimum length of a paragraph that is reported if it is repeated, and number of paragraphs kept for comparison. */
const PARAGRAPH = 20;
const PARAGRAPHS_KEPT = 3;
/** From this often on a paragraph is a formula of the text, such as what every row of a table says. */
const FORMULA = 4;
/** Number of findings at the end of lines that are decided on between two yields. */
const FOUND_AT_ONCE = 1_000;

export const repeatedText: LineRule = {
  id: 'text.repeated',
  scope: 'line',
  title: { zh: '文字重复', en: 'Words written twice' },
  reason: {
    zh: '同一个字、词、分句或句子紧接着又出现一遍，多半是删改、粘贴时留下的。',
    en: 'A repeated character, word, clause or sentence is mostly left over from an edit.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      { text: '扎实做好各项民生⟦的的⟧工作，取得⟦了了⟧明显成效。' },
      { text: '要⟦进一步进一步⟧压实责任，⟦推进推进⟧改革。' },
      { text: '⟦要要⟧认真落实，⟦将将⟧情况报告县政府，⟦各级各级⟧党组织都要参与。' },
      { text: '要牢牢守住安全底线，⟦要牢牢守住安全底线⟧，确保不出事故。' },
      { text: '深化农村集体产权改革，发展新产业，⟦深化农村集体产权改革⟧。' },
      { text: '今年全县粮食总产量再创历史新高。农民收入稳定增长。⟦今年全县粮食总产量再创历史新高。⟧' },
      {
        text: '各乡镇要按月报送进展情况，县政府办公室汇总通报。\n\n⟦各乡镇要按月报送进展情况，县政府办公室汇总通报。⟧',
      },
      { text: '强化⟦基础设施基础设施⟧建设。' },
      { text: '请各镇抓好贯彻落实。⟦请各镇抓好贯彻落实。⟧' },
      { text: '各级各部门⟦要要⟧认真落实，⟦各级各部门要要认真落实⟧。' },
      { text: '做好防汛、抗旱、⟦抗旱⟧、防火工作，增长6⟦%%⟧，投入200亿⟦元元⟧，我⟦们们⟧要努力。' },
      { text: '⟦要要⟧强化创新引领，巩固长期向好⟦的的⟧态势。' },
      { text: '加强⟦对对⟧企业的服务，健全制⟦度度⟧，加强组织领⟦导导⟧。' },
      { text: '各乡镇在推进项目建设时，必须认真⟦的的⟧\n落实责任。' },
    ],
    clean: [
      { text: '灯组金光灿灿，秋收硕果累累，中共某省监督管理委员会委员会研究决定，实施大谋划谋划大项目行动。' },
      { text: '以服务群众为目的的改革，为了了解情况，共和和谐，参与与会代表座谈，普及及时。' },
      { text: '人人参与，天天清扫，处处整洁，好好谋划，一个一个销号，研究研究再定，刚刚起步，常常走访，谢谢大家。' },
      { text: '一代又一代又一代人接续奋斗，一次又一次攻关。' },
      { text: '坚持问题导向，坚持目标导向，坚持结果导向。' },
      {
        text: '干部奋发有为为群众办事，形成以新港港、老港港为支点的格局，遏制以以权谋私为特征的问题，还有很多很多事要做。',
      },
      {
        text: '教育服务\n涵盖补充协议中已经开放的全部措施，并新增以下内容。\n旅游服务\n涵盖补充协议中已经开放的全部措施，并新增以下内容。\n运输服务\n涵盖补充协议中已经开放的全部措施，并新增以下内容。\n建筑服务\n涵盖补充协议中已经开放的全部措施，并新增以下内容。',
      },
      { text: '不了了之，一目了了，的的确确，在在校学生中开展。' },
      { text: '为了人民、依靠人民。为了人民，要办实事；依靠人民，要听民声。' },
      { text: '标的的价格，受棉被被套影响。' },
      { text: '各地要要求施工单位把把关工作做好，应应急部门要求，会会同有关部门，将将军山列为保护区，合并并入县城。' },
      { text: '一项一项抓落实，琢磨琢磨再定。' },
      {
        text: '依照本规定规定的程序，职工代表代表全体职工参加，保管人妥善保管保管物，能种什么种什么，木鼓声声，反对半殖民地半封建制度。',
      },
      { text: '县审计局应当每年编制年度审计计划。编制年度审计计划，应当听取县人大的意见。' },
      { text: '对对象逐一核实，从从业人员抓起，以以往经验为鉴，2025年年底，近3年年均增长6%，共计100元。' },
      {
        text: '各项工作扎扎实实，热热闹闹、认认真真，“十五五”，表示谢谢，前景光明、问题种种。办好大大小小的事，天天、村村、一步步。',
      },
      {
        text: '根据《中华人民共和国立法法》，禁止擅自搭建建（构）筑物，举办博士博士后创新大赛，干部部门按照总部干部部的名单办理。',
      },
      { text: '出租出租汽车的，不在遵义会议会议室召开，一条条道路通到村口，对问题该取消取消、该下放下放。' },
      {
        text: '第二条 申请许可证应当提交下列材料：\n（一）申请书；\n（二）县主管部门要求提交的其他必要材料。\n第三条 申请变更登记应当提交下列材料：\n（一）原许可证；\n（二）县主管部门要求提交的其他必要材料。',
      },
      { text: '县、乡镇，乡镇、村，副县长、县长参加，发展县、市、县域经济，分为甲、乙、甲三类。' },
      { text: '各乡镇在处理事务时，要兼顾全全\n社会的整体利益，请来访者先向会会\n议室登记。' },
    ],
  },

  check(line) {
    const findings = repetitions(line).map(({ start, end, from }) => described(line, start, end, start, from));
    const toldUntil = furthestEnds(findings);
    const words = [
      ...doubledWords(line).map(({ start, end }) => ({ start, end, second: start + (end - start) / 2 })),
      ...doubledSigns(line).map(({ start, end }) => ({ start, end, second: start + 1 })),
    ];
    // Deleting a clause deletes what is doubled in it.
    for (const { start, end, second } of words) {
      if (toldUntil(start) <= start) findings.push(described(line, start, end, second, second));
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  *finalize(found, analysis) {
    const pace = new Pace(FOUND_AT_ONCE);
    const kept: PlacedFinding[] = [];
    for (const placed of found) {
      if (standsAcrossBreak(placed, analysis)) kept.push(placed);
      if (pace.isOver()) yield;
    }
    return [...kept, ...(yield* repeatedParagraphs(analysis))];
  },
};

/** A word at the end of a line that a narrow page broke may be the first half of another: 顾全|全社会. */
function standsAcrossBreak({ base, finding }: PlacedFinding, analysis: Analysis): boolean {
  const { text, lines } = analysis;
  const line = lines.lineAt(base + finding.start);
  const start = lines.start(line);
  const end = lines.end(line);
  if (base + finding.end < end || !runsOn(analysis, line)) return true;
  const whole = text.slice(start, end) + text.slice(lines.start(line + 1), lines.end(line + 1));
  return [...doubledWords(whole), ...doubledSigns(whole), ...repetitions(whole)].some(
    (other) => start + other.start <= base + finding.start && base + finding.end <= start + other.end,
  );
}

/**
 * Paragraphs that are repeated a little further down. Laws repeat an item or a paragraph under another article on
 * purpose, so there must be no heading between the two.
 */
function* repeatedParagraphs(analysis: Analysis): Resumable<PlacedFinding[]> {
  const { text, lines, records } = analysis;
  const found: PlacedFinding[] = [];
  let above: number[] = [];
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    const start = lines.start(line);
    const end = lines.end(line);
    const opensSection = records[line]!.headings.length > 0;
    // Titles and headings occur twice in many documents; a paragraph ends in a full stop.
    if (end - start < PARAGRAPH || text.charCodeAt(end - 1) !== 0x3002) {
      if (opensSection) above = [];
      continue;
    }
    const twin = twinAmong(above, opensSection ? above.length - 1 : 0, analysis, line);
    if (opensSection) above = [];
    if (twin !== undefined && blockKindAt(analysis, line) === 'body') {
      const from = start + leadingBlanks(text, start, end);
      found.push({
        base: 0,
        finding: {
          start: from,
          end,
          message: { zh: '这一段与前面一段完全相同。', en: 'This paragraph repeats one just above word for word.' },
          related: [
            { start: lines.start(twin), end: lines.end(twin), message: { zh: '前面的一段', en: 'The one above' } },
          ],
        },
      });
    }
    above.push(line);
    if (above.length > PARAGRAPHS_KEPT) above.shift();
  }
  return found.length > 0 ? yield* withoutFormulas(found, analysis) : found;
}

/** `found` without the paragraphs that the text has all over: the same words in every row of a table are a formula. */
function* withoutFormulas(found: PlacedFinding[], { text, lines }: Analysis): Resumable<PlacedFinding[]> {
  const counts = new Map(found.map(({ finding }) => [text.slice(finding.start, finding.end), 0]));
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    const start = lines.start(line);
    const end = lines.end(line);
    if (end - start < PARAGRAPH) continue;
    const words = text.slice(start + leadingBlanks(text, start, end), end);
    const count = counts.get(words);
    if (count !== undefined) counts.set(words, count + 1);
  }
  return found.filter(({ finding }) => (counts.get(text.slice(finding.start, finding.end)) ?? 0) < FORMULA);
}

/** The first of the lines `above`, from the index `from` on, with the same words as `line`. */
function twinAmong(above: readonly number[], from: number, analysis: Analysis, line: number): number | undefined {
  for (let index = Math.max(0, from); index < above.length; index++) {
    if (sameLine(analysis, above[index]!, line)) return above[index];
  }
  return undefined;
}

function sameLine({ text, lines }: Analysis, a: number, b: number): boolean {
  const length = lines.end(a) - lines.start(a);
  if (length !== lines.end(b) - lines.start(b)) return false;
  return text.slice(lines.start(a), lines.end(a)) === text.slice(lines.start(b), lines.end(b));
}

function leadingBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at - start;
}

/** A finding at `start`; the fix deletes from `from` to `end`, and the message quotes the words from `second` on. */
function described(line: string, start: number, end: number, second: number, from: number): Finding {
  const short = end - second <= 12 ? line.slice(second, end) : `${line.slice(second, second + 12)}…`;
  return {
    start,
    end,
    message: {
      zh: '“{0}”重复，请删去一个；若是有意重复，可忽略。',
      en: '"{0}" is written twice; delete one unless it is intended.',
      values: [short],
    },
    fixes: [changeTo(from, end, '', false)],
  };
}
