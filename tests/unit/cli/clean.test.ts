import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const DAMAGED =
  '推进产(chǎn)业(yè)转型升级,加快城乡(xiāng)发展;促进产(chǎn)业(yè)协调发展.\r\n要扎实推进乡(xiāng)村(下转第四版) (上接第一版) 全面振兴。\r\n扫一扫在手机打开当前页\r\n';
const CLEANED = '推进产业转型升级，加快城乡发展；促进产业协调发展。\r\n要扎实推进乡村全面振兴。\r\n';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 清理 '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => fs.writeFileSync(at('讲话 稿.txt'), DAMAGED));

describe('clean', () => {
  it('puts the text on standard output and the report on standard error', async () => {
    const { code, out, error } = await policyText(['clean', at('讲话 稿.txt')]);
    expect({ code, out }).toEqual({ code: 0, out: CLEANED });
    expect(error).toMatch(/inserted readings 6, jump lines 1, page furniture 1, half-width marks 3/);
    expect(fs.readFileSync(at('讲话 稿.txt'), 'utf8')).toBe(DAMAGED);
  });

  it('says so where nothing is damaged, and exits with 0', async () => {
    const sound = '坚持稳中求进，推动高质量发展。\n';
    const { code, out, error } = await policyText(['clean', '-'], { input: Buffer.from(sound) });
    expect({ code, out }).toEqual({ code: 0, out: sound });
    expect(error).toContain('No garbled text');
  });

  it('names what it left alone, and exits with 0', async () => {
    const text = '婺(wù)江治理。推進產(chǎn)業(yè)發(fā)展,產(chǎn)業(yè)先行,發(fā)展為要,婺江兩岸同步,婺江下游先行。';
    const { code, out, error } = await policyText(['clean', '-'], { input: Buffer.from(text) });
    expect(code).toBe(0);
    expect(out).toContain('婺（wù）江');
    expect(error).toMatch(/1:2 {2}left {2}\(wù\)/);
  });

  it('makes only the repairs asked for', async () => {
    const { out } = await policyText(['clean', '--only', 'jump-line,furniture', at('讲话 稿.txt')]);
    expect(out).toContain('产(chǎn)业(yè)转型升级,');
    expect(out).not.toMatch(/上接|扫一扫/);
    const { code, error } = await policyText(['clean', '--only', 'everything', at('讲话 稿.txt')]);
    expect(code).toBe(2);
    expect(error).toContain('Unknown repair “everything”');
  });

  it('writes files back in their encoding, and shows a diff', async () => {
    const { out } = await policyText(['clean', '--diff', at('讲话 稿.txt')]);
    expect(out).toMatch(/^-推进产\(chǎn\)/m);
    fs.writeFileSync(at('国标.txt'), iconv.encode(DAMAGED, 'gbk'));
    expect((await policyText(['clean', '--write', at('国标.txt')])).code).toBe(0);
    expect(fs.readFileSync(at('国标.txt'))).toEqual(iconv.encode(CLEANED, 'gbk'));
  });

  it('gives paragraphs back unless told not to', async () => {
    const long = '统筹推进产业、生态、文化各项建设，补短板、强弱项、促提升。'.repeat(22);
    const flat = `一、发展产业。${long} 二、保护生态。${long} 三、繁荣文化。${long}\n`;
    const input = Buffer.from(flat);
    expect((await policyText(['clean', '-'], { input })).out.split('\n')).toHaveLength(4);
    expect((await policyText(['clean', '--no-reflow', '-'], { input })).out).toBe(flat);
  });

  it('converts the script as well', async () => {
    const input = Buffer.from('软件发展,里程碑,头发。');
    expect((await policyText(['clean', '--to', 'taiwan', '-'], { input })).error).toContain('script was converted');
    const alone = await policyText(['clean', '--vocabulary', '-'], { input });
    expect(alone.code).toBe(2);
    expect(alone.error).toContain('--to taiwan');
    expect((await policyText(['clean', '--to', 'taiwan', '-'], { input })).out).toBe('軟件發展，里程碑，頭髮。');
    expect((await policyText(['clean', '--to', 'taiwan', '--vocabulary', '-'], { input })).out).toBe(
      '軟體發展，里程碑，頭髮。',
    );
  });
});
