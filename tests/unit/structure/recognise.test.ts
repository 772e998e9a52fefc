import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readsAsChineseProse, readsAsPolicyProse } from '../../../server/src/structure/recognise';

describe('policy prose', () => {
  const folder = path.resolve('corpus/samples');
  it.each(readdirSync(folder).filter((name) => name !== 'README.md'))('is recognised in %s', (file) => {
    expect(readsAsPolicyProse(readFileSync(path.join(folder, file), 'utf8'))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    [
      'a story',
      '第一章 夜雨\n“你来了？”他问。\n“来了。”她说，“外面雨很大！”\n他笑了笑，没有说话。窗外的雨声更大了，像是有人在敲打屋顶。\n“吃过饭没有？”\n“还没。”\n第二章 清晨\n天亮了，街上渐渐有了人声。\n“该走了！”',
    ],
    ['a log', '2024-01-01 12:00:01 INFO 服务启动成功，端口8080\n'.repeat(20)],
    [
      'a recipe',
      '家常炖肉\n1. 肉切块。\n2. 冷水下锅焯水。\n3. 放冰糖炒糖色。\n4. 加酱油、料酒、八角。\n5. 小火炖一小时。\n出锅前撒葱花，趁热吃味道最好。家里人都很喜欢吃这道菜，每到周末都要做上一锅。',
    ],
    ['code', 'function add(a, b) { return a + b } // 求和\n'.repeat(30)],
    [
      'a diary',
      '今天天气很好，我和朋友去公园散步。湖边有很多人在跑步，还有人在放风筝。我们走了一圈，又在咖啡馆坐了一会儿。晚上回家做了一顿饭，看了一部电影。明天还要上班，早点睡吧。',
    ],
    [
      'Japanese',
      '政府は、地域の実情に応じて、必要な施策を講ずるものとする。一、目的　二、方針　三、施策について定める。'.repeat(
        4,
      ),
    ],
    ['English', 'The county shall implement the following measures: first, irrigation; second, roads.'.repeat(4)],
  ])('is not seen in %s', (_, text) => {
    expect(readsAsPolicyProse(text)).toBe(false);
  });
});

describe('Chinese prose', () => {
  it.each([
    '一、总体要求\n坚持稳中求进。\n三、重点任务\n抓好落实。',
    '会议研究了防汛工作，要求各镇加强值守。',
    '“你来了？”他问。\n“来了。”她说，“外面雨很大！”',
  ])('is seen in %s', (text) => {
    expect(readsAsChineseProse(text)).toBe(true);
  });

  it.each([
    '',
    '一、',
    '青禾镇 望海镇 云口镇 潮音镇 月湾镇',
    'npm install 完成',
    '2024-01-01 12:00:01 INFO 启动成功，端口8080',
  ])('is not seen in %s', (text) => {
    expect(readsAsChineseProse(text)).toBe(false);
  });
});
