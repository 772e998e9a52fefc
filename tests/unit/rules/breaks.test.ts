import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { localise } from '../../../server/src/text/message';

const told = (...lines: string[]) =>
  lint(analyse(lines.join('\n')))
    .filter(({ rule }) => rule.id.startsWith('numbering.'))
    .map(({ message }) => localise(message, 'zh-cn'));

describe('what is said of a broken sequence', () => {
  it('says that two have changed places', () => {
    expect(told('一、总则', '甲。', '三、组织', '乙。', '二、响应', '丙。', '四、附则', '丁。')[1]).toBe(
      '“二、”排在“三、”之后，次序颠倒',
    );
  });

  it('says what a list that runs on should begin with', () => {
    const law = (number: string) =>
      told(
        '第一章　总则',
        '第一条　甲。',
        '第二条　乙。',
        '第二章　组织',
        `${number}　丙。`,
        '第三条　丁。',
        '第四条　戊。',
      );
    expect(law('第二条')).toEqual(['序号接续前文应为“第三条”，这里是“第二条”']);
  });
});
