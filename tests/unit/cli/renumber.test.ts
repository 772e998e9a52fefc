import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const PLAN = '一、总体要求\n内容。\n三、重点任务\n（一）修渠。任务见第三部分。\n（二）植树。\n';
const DECIMAL = '1.总体要求\n内容。\n2.重点任务\n2.1　修渠。任务见第2部分。\n2.2　植树。\n';

let folder: string;
const file = () => path.join(folder, '方案.txt');
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 编号 '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => fs.writeFileSync(file(), PLAN));

describe('renumber', () => {
  it('counts anew, references with it', async () => {
    const { code, out } = await policyText(['renumber', file()]);
    expect({ code, out }).toEqual({ code: 0, out: PLAN.replace('三、', '二、').replace('第三部分', '第二部分') });
  });

  it('writes another scheme into the file, and nothing more the next time', async () => {
    expect(await policyText(['renumber', '--scheme', 'decimal', '--write', file()])).toMatchObject({
      code: 0,
      out: '',
    });
    expect(fs.readFileSync(file(), 'utf8')).toBe(DECIMAL);
    expect(await policyText(['renumber', '--scheme', 'decimal', '--write', file()])).toEqual({
      code: 0,
      out: '',
      error: '',
    });
  });

  it('changes one level, and shows it as a diff', async () => {
    const { code, out } = await policyText(['renumber', '--level', '1', '--marker', '第一部分', '--diff', file()]);
    expect(code).toBe(0);
    expect(out).toContain('+第二部分　重点任务');
    expect(fs.readFileSync(file(), 'utf8')).toBe(PLAN);
  });

  it('lists references that a conversion leaves as they are', async () => {
    fs.writeFileSync(
      file(),
      '青禾县护林办法\n第一条　护林。\n第二条　巡山。\n第三条　森林法规定的除外，第二条另有规定。违反本办法第二条的，责令改正。\n',
    );
    const { code, out, error } = await policyText(['renumber', '--scheme', 'official', file()]);
    expect({ code, error }).toEqual({ code: 0, error: expect.stringContaining('line 4 “第二条”') });
    expect(out).toContain('第二条另有规定。违反本办法第二部分的');
  });

  it('says where a text cannot be converted, and puts it out as it is', async () => {
    fs.writeFileSync(file(), '今年要抓好落实。\n');
    const { code, out, error } = await policyText(['renumber', '--scheme', 'parts', file()]);
    expect({ code, out }).toEqual({ code: 2, out: '今年要抓好落实。\n' });
    expect(error).toContain('no numbers on this level');
  });

  it.each([
    [['--level', 'x', '--scheme', 'parts'], '--level is a number'],
    [['--level', '2'], '--level goes with'],
    [['--marker', '一、'], '--level goes with'],
    [['--level', '1', '--marker', '%'], 'Unknown number style'],
    [['--scheme', 'roman'], 'cannot be'],
  ])('refuses %s', async (options, words) => {
    const { code, error } = await policyText(['renumber', ...options, file()]);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });
});
