/** A report of more than 30,000 characters about an invented county: ten chapters of four sections each. */

const DIGITS = [...'一二三四五六七八九十'];
const FIELDS = [
  ['水利建设', '水库', '渠道', '泵站'],
  ['道路养护', '县道', '桥梁', '涵洞'],
  ['粮食生产', '良田', '粮仓', '农机'],
  ['林业保护', '林区', '苗圃', '护林站'],
  ['学校建设', '教室', '操场', '食堂'],
  ['医疗服务', '卫生院', '诊室', '救护车'],
  ['渔业发展', '鱼塘', '码头', '冷库'],
  ['集市管理', '摊位', '秤具', '货棚'],
  ['文化惠民', '书屋', '戏台', '展馆'],
  ['防灾减灾', '避险点', '仓库', '瞭望塔'],
] as const;
const TASKS = ['摸清家底', '加快建设', '健全管护', '服务群众'] as const;
const TOWNS = ['云岭镇', '临江乡', '望海街道', '松溪镇', '白沙乡', '石门镇', '龙泉乡', '青禾镇', '碧溪乡'] as const;

/** The report; numbers, headings and places are all correct. */
export function longReport(): string {
  const lines = ['青禾县年度工作报告', '', '各位代表：', '　　现将一年来的工作报告如下，请予审议。'];
  for (const [chapter, [field, ...things]] of FIELDS.entries()) {
    lines.push(`${DIGITS[chapter]}、统筹做好${field}`, `　　一年来，${field}稳步前进，群众得到实惠。`);
    for (const [section, task] of TASKS.entries()) {
      lines.push(`（${DIGITS[section]}）${field}方面${task}`);
      for (let paragraph = 0; paragraph < 3; paragraph++)
        lines.push(`　　${sentences(things, chapter, section, paragraph)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function sentences(things: readonly string[], chapter: number, section: number, paragraph: number): string {
  const count = 8;
  return Array.from({ length: count }, (_, at) => {
    const number = ((chapter * 4 + section) * 3 + paragraph) * count + at;
    const town = TOWNS[number % TOWNS.length];
    const thing = things[number % things.length];
    return `${town}查看${thing}${number + 3}处，登记问题${number % 17}项，已经办结的都向村民作了说明。`;
  }).join('');
}
