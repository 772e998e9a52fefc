/** The built command line as an assistant's client uses it: the real protocol with the SDK's own client. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-mcp-'));
const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-mcp-outside-'));
const DRAFT = `青禾县关于做好春耕备耕工作的通知
各乡镇人民政府：
现就有关事项通知如下:
一、提高认识
春耕生产关系全年粮食安全，要抓紧抓实。
二、落实责任
各乡镇要在**月底前完成种子储备。
四、加强督查
县农业农村局要定期检查。
`;

let client: Client;
const call = async (name: string, args: Record<string, unknown>) => {
  const result = await client.callTool({ name, arguments: args });
  const [first] = result.content as { text: string }[];
  return { error: result.isError === true, text: first?.text ?? '', answer: result.structuredContent };
};

beforeAll(async () => {
  fs.writeFileSync(path.join(folder, '通知.txt'), DRAFT);
  fs.writeFileSync(path.join(outside, '别人的.txt'), '一、秘密\n');
  fs.symlinkSync(outside, path.join(folder, 'link'));
  client = new Client({ name: 'test', version: '1' }, { capabilities: { roots: { listChanged: true } } });
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: pathToFileURL(folder).href }] }));
  const args = ['dist/cli.js', 'mcp', '--lang', 'zh'];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' }));
});

afterAll(async () => {
  await client?.close();
  for (const each of [folder, outside]) fs.rmSync(each, { recursive: true, force: true });
});

describe('policy-text mcp', () => {
  it('lists tools with schemas, and says which of them write', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'outline',
        'lint',
        'fix',
        'renumber',
        'convert_numbering',
        'clean',
        'phrases',
        'spelling',
        'facts',
        'compare',
        'export',
        'review',
      ]),
    );
    const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint !== true);
    expect(writing.map(({ name }) => name)).toEqual(['export', 'review']);
    for (const { inputSchema, outputSchema, annotations, description } of tools) {
      expect(inputSchema.type).toBe('object');
      expect(outputSchema?.type).toBe('object');
      expect(annotations?.openWorldHint).toBe(false);
      expect(description).not.toBe('');
    }
  });

  it('outlines a file below the roots', async () => {
    const { answer } = await call('outline', { path: '通知.txt' });
    expect(answer).toMatchObject({
      headings: [
        { kind: 'title', line: 0 },
        { marker: '一、', title: '提高认识', line: 3 },
        { marker: '二、', line: 5 },
        { marker: '四、', line: 7 },
      ],
    });
  });

  it('tells what is wrong, where, why, and what it should read', async () => {
    const { answer } = await call('lint', { text: DRAFT });
    const found = (answer as { findings: { rule: string; line: number; words: string; suggestion?: string }[] })
      .findings;
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'punctuation.half-width', line: 2, words: ':', suggestion: '：', safe: true }),
        expect.objectContaining({ rule: 'placeholder.unresolved', line: 6, words: '**' }),
        expect.objectContaining({ rule: 'numbering.gap', line: 7, words: '四、' }),
      ]),
    );
    const few = await call('lint', { text: DRAFT, rules: ['numbering'], limit: 1 });
    expect(few.answer).toMatchObject({ total: 1, findings: [{ rule: 'numbering.gap' }] });
    expect((await call('lint', { text: DRAFT, rules: ['nothing.such'] })).error).toBe(true);
  });

  it('fixes what is certain, says so, and leaves the rest', async () => {
    const { answer } = await call('fix', { path: '通知.txt' });
    expect(answer).toMatchObject({
      text: DRAFT.replace('如下:', '如下：'),
      fixes: 1,
      changes: [{ line: 2, before: '现就有关事项通知如下:', after: '现就有关事项通知如下：' }],
    });
    expect(fs.readFileSync(path.join(folder, '通知.txt'), 'utf8')).toBe(DRAFT);
  });

  it('renumbers, converts, cleans and looks phrases up', async () => {
    expect((await call('renumber', { text: DRAFT })).answer).toMatchObject({
      text: DRAFT.replace('四、', '三、'),
      changes: [{ line: 7, before: '四、加强督查', after: '三、加强督查' }],
    });
    const decimal = await call('convert_numbering', { text: DRAFT, scheme: 'decimal' });
    expect((decimal.answer as { text: string }).text).toContain('1.提高认识');
    expect((await call('clean', { text: DRAFT })).answer).toMatchObject({ toCheck: [] });
    const phrases = await call('phrases', { query: '高质量发展', limit: 3 });
    expect((phrases.answer as { phrases: unknown[] }).phrases).toHaveLength(3);
  });

  it.each([
    ['a path outside', { path: path.join(outside, '别人的.txt') }],
    ['a path that climbs out', { path: '../../../../etc/passwd' }],
    ['a link that leads outside', { path: 'link/别人的.txt' }],
    ['a folder', { path: 'link' }],
    ['a file that is not there', { path: '没有.txt' }],
    ['neither text nor path', {}],
    ['both', { text: '一、', path: '通知.txt' }],
  ])('refuses %s in words', async (_, args) => {
    const { error, text } = await call('outline', args);
    expect(error).toBe(true);
    expect(text).toMatch(/[一-鿿]/);
    expect(text).not.toMatch(/at .*\.js|root:x|秘密/);
  });

  it('refuses arguments of another shape', async () => {
    for (const args of [{ text: 5 }, { text: '', limit: -1 }, { text: 'a'.repeat(2_000_001) }]) {
      expect((await call('lint', args)).error).toBe(true);
    }
  });

  it('tells facts that cannot both be true, compares drafts, and finds a wrong character', async () => {
    const text = '青禾县2025年工作报告\n去年全县粮食总产量达到32.5万吨。\n去年全县粮食总产量达到35.2万吨，再创新高。\n';
    const facts = await call('facts', { text });
    expect((facts.answer as { statements: unknown[] }).statements.length).toBeGreaterThanOrEqual(2);
    const compared = await call('compare', {
      oldText: '一、修渠\n修渠十里。\n二、植树\n植树百亩。\n',
      text: '一、修渠\n修渠二十里。\n二、办学\n新建小学一所。\n',
    });
    const fates = (compared.answer as { sections: { fate: string; current: string }[] }).sections;
    expect(fates).toContainEqual(expect.objectContaining({ fate: 'changed', current: '一、修渠', changed: 1 }));
    const wrong = await call('spelling', {
      text: '各乡镇要切实增强作好防汛工作的责任感，己经完成的项目要加强管理。\n',
    });
    expect((wrong.answer as { findings: { words: string }[] }).findings.map(({ words }) => words).join()).toContain(
      '己',
    );
  });

  it('has a page for each rule, and the settings that hold', async () => {
    const { resources } = await client.listResources();
    expect(resources.length).toBeGreaterThan(30);
    const { contents } = await client.readResource({ uri: 'policy-text://rules/numbering.gap' });
    expect(contents[0]).toMatchObject({ mimeType: 'text/markdown' });
    const settings = await client.readResource({ uri: 'policy-text://settings' });
    expect((settings.contents[0] as { text: string }).text).toContain(folder);
  });
});

describe('the tools that write a Word document', () => {
  const WORD = ['一、提高认识', '四、加强督查'];
  const listed = (at: string) => fs.readdirSync(at).sort();

  it('exports a text and a file, to be read again as the same outline', async () => {
    const { answer } = await call('export', { text: DRAFT, output: '导出.docx', form: 'document' });
    const file = path.join(fs.realpathSync(folder), '导出.docx');
    expect(answer).toEqual({ path: file, bytes: fs.statSync(file).size, form: 'document' });
    const again = await call('outline', { path: '导出.docx' });
    for (const heading of WORD) expect(again.text).toContain(heading.slice(2));
    const absolute = path.join(folder, '再导出.docx');
    expect((await call('export', { path: '通知.txt', output: absolute })).error).toBe(false);
    expect(fs.readFileSync(path.join(folder, '通知.txt'), 'utf8')).toBe(DRAFT);
  });

  it('never replaces a file without being told to, and says what to do', async () => {
    const file = path.join(folder, '别动.docx');
    fs.writeFileSync(file, '一位同事的文稿');
    const refused = await call('export', { text: DRAFT, output: '别动.docx' });
    expect(refused).toMatchObject({ error: true, text: expect.stringContaining('overwrite: true') });
    expect((await call('export', { text: DRAFT, output: '别动.docx', overwrite: false })).error).toBe(true);
    expect(fs.readFileSync(file, 'utf8')).toBe('一位同事的文稿');
    expect((await call('export', { text: DRAFT, output: '别动.docx', overwrite: true })).error).toBe(false);
    expect(fs.readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  });

  it('reviews a document into a copy, and leaves the document as it is', async () => {
    await call('export', { text: DRAFT, output: '待审.docx', overwrite: true });
    const source = path.join(folder, '待审.docx');
    const before = fs.readFileSync(source);
    const { answer } = await call('review', { path: '待审.docx', output: '审后.docx', author: '张三' });
    const { path: copy, ...counts } = answer as { path: string; comments: number; fixes: number; findings: number };
    expect(counts).toMatchObject({ fixes: 1, bytes: fs.statSync(copy).size });
    expect(counts.comments).toBeGreaterThanOrEqual(3);
    expect(counts.findings).toBeGreaterThanOrEqual(counts.comments);
    expect(fs.readFileSync(source).equals(before)).toBe(true);
    const plain = await call('review', { path: '待审.docx', output: '只批注.docx', commentsOnly: true });
    expect(plain.answer).toMatchObject({ fixes: 0, comments: counts.comments });
    const few = await call('review', { path: '待审.docx', output: '少批注.docx', minimumSeverity: 'warning' });
    expect((few.answer as { comments: number }).comments).toBeLessThan(counts.comments);
  });

  it('never writes over the document that is reviewed or exported, whatever its name', async () => {
    const source = path.join(folder, '原件.docx');
    await call('export', { text: DRAFT, output: '原件.docx' });
    const before = fs.readFileSync(source);
    for (const output of ['原件.docx', './原件.docx', source]) {
      for (const name of ['review', 'export']) {
        const { error, text } = await call(name, { path: '原件.docx', output, overwrite: true });
        expect([error, text]).toEqual([true, expect.stringContaining('原文档')]);
      }
    }
    expect(fs.readFileSync(source).equals(before)).toBe(true);
  });

  it('writes nothing outside the roots, nor through links', async () => {
    const theirs = path.join(outside, '他的.docx');
    fs.writeFileSync(theirs, '不能动');
    fs.symlinkSync(theirs, path.join(folder, '链接.docx'));
    fs.symlinkSync(path.join(outside, '新的.docx'), path.join(folder, '断链.docx'));
    fs.linkSync(theirs, path.join(folder, '硬链接.docx'));
    fs.mkdirSync(path.join(folder, '文件夹.docx'));
    const before = listed(outside);
    for (const output of [
      path.join(outside, '新的.docx'),
      `../${path.basename(outside)}/新的.docx`,
      'link/新的.docx',
      '链接.docx',
      '断链.docx',
      '硬链接.docx',
      '文件夹.docx',
      '没有的文件夹/新的.docx',
      '通知.txt',
      '.docx',
      '通知.docx\u0000.txt',
      'a\u0000.docx',
    ]) {
      const { error, text } = await call('export', { text: DRAFT, output, overwrite: true });
      expect([output, error]).toEqual([output, true]);
      expect(text).toMatch(/[一-鿿]/);
      expect(text).not.toMatch(/at .*\.js/);
    }
    expect(listed(outside)).toEqual(before);
    expect(fs.readFileSync(theirs, 'utf8')).toBe('不能动');
    expect(fs.readFileSync(path.join(folder, '通知.txt'), 'utf8')).toBe(DRAFT);
    expect(listed(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('refuses in words what is no Word document, and a reviewer’s name that Word could not read', async () => {
    const { error, text } = await call('review', { path: '通知.txt', output: '审.docx' });
    expect([error, text]).toEqual([true, expect.stringContaining('.docx')]);
    fs.writeFileSync(path.join(folder, '坏的.docx'), Buffer.from('PK\u0003\u0004 nothing'));
    expect((await call('review', { path: '坏的.docx', output: '审.docx' })).error).toBe(true);
    expect((await call('review', { path: 'link/别人的.docx', output: '审.docx' })).error).toBe(true);
    expect((await call('review', { path: '待审.docx', output: '审.docx', author: 'a\u0001' })).error).toBe(true);
    expect((await call('export', { output: '审.docx' })).error).toBe(true);
    expect(fs.existsSync(path.join(folder, '审.docx'))).toBe(false);
  });

  it('is not offered where the server is started with --read-only', async () => {
    const other = new Client({ name: 'test', version: '1' });
    const args = ['dist/cli.js', 'mcp', '--read-only', folder];
    await other.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' }));
    const { tools } = await other.listTools();
    expect(tools.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['export']));
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    await other.close();
  });
});

it('leads from the draft of its page, with five errors, to one without', async () => {
  const page = fs.readFileSync('docs/agents.md', 'utf8');
  const [, planted = ''] = /```text\n([\s\S]*?)```/.exec(page) ?? [];
  const rulesFound = async (text: string) =>
    ((await call('lint', { text })).answer as { findings: { rule: string }[] }).findings.map(({ rule }) => rule).sort();
  expect(await rulesFound(planted)).toEqual([
    'document.number',
    'numbering.gap',
    'placeholder.unresolved',
    'punctuation.half-width',
    'punctuation.unpaired',
  ]);
  const fixed = (await call('fix', { text: planted })).answer as { text: string; fixes: number };
  expect(fixed.fixes).toBe(2);
  const numbered = (await call('renumber', { text: fixed.text })).answer as { text: string };
  expect(await rulesFound(numbered.text)).toEqual(['placeholder.unresolved', 'punctuation.unpaired']);
  const settled = numbered.text.replace('**', '李明').replace('“包保责任制', '“包保责任制”');
  expect(await rulesFound(settled)).toEqual([]);
  for (const words of ['〔2026〕', '通知如下：', '三、备足物资', '四、严肃纪律']) expect(settled).toContain(words);
});
