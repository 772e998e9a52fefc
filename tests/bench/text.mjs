// A long report about an invented province: 720 headings on three levels, about 320,000 characters.

const DIGITS = '零一二三四五六七八九';

/** @param {number} number below 100 */
function chinese(number) {
  if (number < 10) return DIGITS[number];
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`;
}

const SUBJECTS = [
  '水利建设',
  '粮食生产',
  '乡村治理',
  '园区招商',
  '学前教育',
  '基层医疗',
  '生态修复',
  '路网改造',
  '文化惠民',
  '安全生产',
];
const VERBS = ['扎实推进', '持续加强', '稳步提升', '着力改善', '统筹抓好', '深入开展'];
const CLAUSES = [
  '坚持问题导向，逐项列出清单',
  '各县区要结合实际制定方案',
  '压实主体责任，明确完成时限',
  '云岭省去年新建改建项目一百二十个',
  '临江市先行先试，形成了一批可复制的做法',
  '要加强部门协同，避免重复建设',
  '对进展缓慢的单位，及时约谈提醒',
  '受益群众超过三十万人，满意度明显提高',
  '资金使用情况要定期公开，接受监督',
  '既要抓当前，又要谋长远',
];

/** @param {number} seed */
function paragraph(seed, length) {
  let text = '　　';
  for (let at = seed; text.length < length; at = (at * 7 + 3) % 9973) {
    text += CLAUSES[at % CLAUSES.length] + (at % 3 === 0 ? '。' : '，');
  }
  return `${text.slice(0, -1)}。`;
}

/** The text and the line, words and depth of each of its headings. */
export function longReport() {
  const lines = ['云岭省人民政府工作报告', ''];
  const headings = [];
  const head = (marker, seed, depth) => {
    const title = SUBJECTS[seed % SUBJECTS.length] + VERBS[seed % VERBS.length];
    headings.push({ line: lines.length, name: marker + title, depth });
    lines.push(marker + title, paragraph(seed, 215), paragraph(seed + 5, 205));
  };
  // 20 × (1 + 5 × (1 + 6)) = 720
  for (let first = 1; first <= 20; first++) {
    head(`${chinese(first)}、`, first, 0);
    for (let second = 1; second <= 5; second++) {
      head(`（${chinese(second)}）`, first + second, 1);
      for (let third = 1; third <= 6; third++) head(`${third}．`, first + second + third, 2);
    }
  }
  return { text: `${lines.join('\n')}\n`, headings };
}
