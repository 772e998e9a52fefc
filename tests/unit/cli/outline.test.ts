import { describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const DRAFT = `青禾县农村公路管护办法实施意见

　　一、总体要求
　　坚持建养并重，切实提高农村公路管护水平。
　　（一）基本原则
　　坚持政府主导、分级负责、群众参与。
　　（二）工作目标
　　到2026年，实现管护全覆盖。
　　二、保障措施
　　（一）加强领导。各镇要明确专人负责。
　　（二）强化考核。纳入年度考核内容。
`;
const input = Buffer.from(DRAFT);

describe('outline', () => {
  it('prints a tree: line, heading, characters', async () => {
    const { code, out } = await policyText(['outline', '-', '--lang', 'zh'], { input });
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "<stdin>  7 个标题，128 字
         1  青禾县农村公路管护办法实施意见  15 字
         3  一、总体要求  72 字
         5    （一）基本原则  24 字
         7    （二）工作目标  22 字
         9  二、保障措施  41 字
        10    （一）加强领导  18 字
        11    （二）强化考核  17 字
      "
    `);
  });

  it('gives nested JSON with positions as in LSP', async () => {
    const { out } = await policyText(['outline', '-', '--format', 'json'], { input });
    const [file] = JSON.parse(out);
    expect(file).toMatchObject({ file: '<stdin>', encoding: 'utf-8' });
    const top = file.headings.filter((heading: { marker: string }) => heading.marker);
    expect(top).toMatchObject([
      {
        marker: '一、',
        title: '总体要求',
        level: 1,
        kind: 'heading',
        line: 2,
        character: 2,
        range: { start: { line: 2, character: 2 }, end: { line: 7 } },
        children: [
          { marker: '（一）', title: '基本原则', level: 2, line: 4, children: [] },
          { marker: '（二）', title: '工作目标', level: 2, line: 6, children: [] },
        ],
      },
      { marker: '二、', children: [{ kind: 'lead', title: '加强领导' }, { marker: '（二）' }] },
    ]);
  });

  it('keeps a heading on one line of a screen', async () => {
    const long = Buffer.from(`一、${'深入推进高质量发展'.repeat(12)}\n内容。\n二、保障\n内容。\n`);
    const { out } = await policyText(['outline', '-'], { input: long, outputIsScreen: true, columns: 60 });
    const ESC = String.fromCharCode(27);
    const plain = out.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), '');
    expect(plain).not.toBe(out);
    expect(plain.split('\n')[1]).toMatch(/^ {2}1 {2}一、深入.*… {2}\d+ \w+$/);
  });

  it('writes no colour to a pipe, nor with NO_COLOR', async () => {
    const ESC = String.fromCharCode(27);
    expect((await policyText(['outline', '-'], { input })).out).not.toContain(ESC);
    const set = { input, outputIsScreen: true, environment: { NO_COLOR: '1' } };
    expect((await policyText(['outline', '-'], set)).out).not.toContain(ESC);
  });

  it('says so where there is nothing to outline', async () => {
    const { code, out } = await policyText(['outline', '-'], { input: Buffer.from('就此函复。') });
    expect(code).toBe(0);
    expect(out).toContain('no headings, 5 ');
  });
});
