import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWord } from '../../../server/src/word/word.node';
import { policyText } from './fakeTerminal';

const DRAFT = '一、总体要求\n内容。\n二、主要任务\n内容。\n四、保障措施\n抓好落实,压实责任。\n';

describe('the nearest .policytext.json', () => {
  let folder: string;
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  const rulesOf = async (...args: string[]) => {
    const { out } = await policyText(['lint', '--format', 'json', ...args]);
    return [...out.matchAll(/"rule": "([^"]+)"/g)].map(([, rule]) => rule);
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-'));
    write('a/speech.txt', DRAFT);
    write('a/deep/speech.txt', DRAFT);
    write('b/speech.txt', DRAFT);
    write('a/.policytext.json', '{ "rules": { "punctuation": "off" } }');
    write(
      'a/deep/.policytext.json',
      '{ "ignore": [{ "rule": "numbering.gap", "file": "speech.txt", "text": "四、", "after": "保障措施" }] }',
    );
    write('c/speech.txt', DRAFT);
    write('c/.policytext.json', '{ "rules": { "numbering.gab": "off", "numbering.gap": "off" } }');
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('sets the rules, and the nearest one wins', async () => {
    expect(await rulesOf(path.join(folder, 'a/speech.txt'))).toEqual(['numbering.gap']);
    expect(await rulesOf(path.join(folder, 'a/deep/speech.txt'))).toEqual(['punctuation.half-width']);
    expect(await rulesOf(path.join(folder, 'b/speech.txt'))).toEqual(['numbering.gap', 'punctuation.half-width']);
  });

  it('stands under --rule', async () => {
    const file = path.join(folder, 'a/speech.txt');
    expect(await rulesOf(file, '--rule', 'punctuation.half-width=hint', '--rule', 'numbering.gap=off')).toEqual([
      'punctuation.half-width',
    ]);
  });

  it('holds for fix, too', async () => {
    const { out } = await policyText(['fix', path.join(folder, 'a/speech.txt')]);
    expect(out).toBe(DRAFT);
  });

  it('with errors is reported, and the rest of it holds', async () => {
    const { code, out, error } = await policyText(['lint', path.join(folder, 'c/speech.txt')]);
    expect(code).toBe(2);
    expect(error).toMatch(/\.policytext\.json:1:14.*numbering\.gab/);
    expect(out).not.toContain('numbering.gap');
  });

  it('has the words that the unit wants, with and without the model of misspellings', async () => {
    write(
      'e/.policytext.json',
      '{ "spelling": { "replace": [{ "wrong": "村社区", "right": "村（社区）", "notBefore": "城中" }], "allow": ["大数局"] } }',
    );
    const draft = write('e/notice.txt', '各村社区、城中村社区要培育发展大数局产业。\n');
    for (const option of [[], ['--no-spelling']]) {
      const { out } = await policyText(['lint', '--format', 'json', '--rule', 'slogan=off', draft, ...option]);
      const [file] = JSON.parse(out) as { findings: { rule: string; line: number; character: number }[] }[];
      expect(file?.findings.map(({ rule, character }) => [rule, character])).toEqual([['text.misspelling', 1]]);
    }
  });

  it('says what stands on all exports, and names where the template departs from the standard', async () => {
    write('d/.policytext.json', '{ "layout": { "head": { "发文机关": "青禾县人民政府" }, "template": "县.json" } }');
    write('d/县.json', '{ "sizes": { "text": 15 }, "deviations": ["正文用小三号"] }');
    const draft = write('d/notice.txt', '青政发〔2026〕2号\n\n关于做好春耕工作的通知\n\n各乡镇：\n请抓好落实。\n');
    const output = path.join(folder, 'd/notice.docx');
    const { code, error } = await policyText(['export', draft, '-o', output, '--lang', 'zh']);
    expect(code).toBe(0);
    expect(error).toContain('正文字号为 15 磅，国家标准为 16 磅');
    expect(error).toContain('正文用小三号');
    expect(readWord(fs.readFileSync(output)).text).toContain('青禾县人民政府文件');
    write('d/县.json', '{ "colour": 1 }');
    expect((await policyText(['export', draft, '-o', output])).code).toBe(2);
  });
});
