/**
 * The answers of each tool of the built server, verbatim, through the SDK's own client: a change of an answer is a
 * change of what assistants get. Folders are shown as <folder>, sizes of written documents as <size>; the lexicon is
 * learned here.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-mcp-answers-'));
const DRAFT = `青禾县2026年春耕工作报告
现将有关情况报告如下:
一、工作成效
2025年，全县粮食总产量达到32.5万吨，截止2025年底已经建成高标准农田12万亩。
三、存在问题
部分乡镇**尚未完成，对照本报告第四部分整改，规划纲要第三部分另有要求。2025年，全县粮食总产量达到35.2万吨。
四、下步打算
要坚持稳中求进工作总基调，扎实推进乡村振兴。
`;
const EARLIER = `青禾县2025年春耕工作报告
一、工作成效
2024年，全县粮食总产量达到31.8万吨。
二、下步打算
力争2025年全县粮食总产量达到32万吨。
`;
const LAW = `青禾县护林办法
第一条　为了保护山林，制定本办法。
第二条　县林业局护林。
第四条　镇政府巡山。
第五条　森林法规定的除外，第四条另有规定。违反本办法第四条的，责令改正。
`;
/** Documents that share two phrases and nothing else. */
const LEARNED = [
  '东山镇修渠情况\n今年冬修开工早、进度快，坚持稳中求进工作总基调，干支渠清淤全部完成。镇里还加快建设现代化产业体系，水厂改造过半。\n',
  '西河乡植树通知\n各村要抢抓时节补植补造。坚持稳中求进工作总基调，苗木由乡里统购。为加快建设现代化产业体系，林下养殖一并规划。\n',
  '南屏镇办学方案\n新学期增设两所幼儿园，坚持稳中求进工作总基调，校车线路重新划定；食堂账目按月公开。加快建设现代化产业体系需要技工，职校扩招。\n',
  '北岭乡护路纪要\n会议听取了养护汇报。大家认为，坚持稳中求进工作总基调，塌方点位先治。加快建设现代化产业体系，货运通道不能断。\n',
  '松岗镇医疗简报\n卫生院新到三名医师，坚持稳中求进工作总基调，巡诊每旬一次。药品采购加快建设现代化产业体系，价格逐月公示。\n',
];

let client: Client;
beforeAll(async () => {
  const corpus = path.join(folder, 'corpus');
  fs.mkdirSync(corpus);
  for (const [index, text] of LEARNED.entries()) fs.writeFileSync(path.join(corpus, `${index}.txt`), text);
  const lexicon = path.join(folder, 'lexicon.json');
  execFileSync(process.execPath, ['dist/cli.js', 'learn', '--min-documents', '3', '-o', lexicon, corpus], {
    stdio: 'ignore',
  });
  fs.writeFileSync(path.join(folder, '报告.txt'), DRAFT);
  client = new Client({ name: 'test', version: '1' });
  const args = ['dist/cli.js', 'mcp', '--lang', 'en', '--lexicon', lexicon, folder];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' }));
});
afterAll(async () => {
  await client?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** An answer, or the reason why there is none, without what differs from run to run. */
async function answer(name: string, args: Record<string, unknown>): Promise<unknown> {
  const result = await client.callTool({ name, arguments: args });
  const [{ text }] = result.content as [{ text: string }];
  if (result.isError) return { refused: stable(text) };
  expect(JSON.parse(text)).toEqual(result.structuredContent);
  return JSON.parse(stable(text));
}

function stable(text: string): string {
  const roots = [fs.realpathSync(folder), folder].map((root) => JSON.stringify(root).slice(1, -1));
  const placed = roots.reduce((words, root) => words.replaceAll(root, '<folder>'), text);
  return placed.replaceAll(/<folder>\\\\/g, '<folder>/').replace(/"bytes":\d+/g, '"bytes":"<size>"');
}

const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['outline', { path: '报告.txt' }],
  ['lint', { text: DRAFT, minimumSeverity: 'hint' }],
  ['spelling', { text: DRAFT }],
  ['fix', { text: DRAFT }],
  ['renumber', { text: DRAFT }],
  ['renumber', { text: LAW }],
  ['convert_numbering', { text: DRAFT, scheme: 'parts' }],
  ['convert_numbering', { text: LAW, scheme: 'official' }],
  ['convert_numbering', { text: '今年要抓好落实。\n', scheme: 'parts' }],
  ['clean', { text: '为深(shēn)入(rù)贯(guàn)彻(chè)精(jīng)神(shén),现提出如下意见。\n' }],
  ['phrases', { query: '工作总基调' }],
  ['facts', { text: DRAFT }],
  ['compare', { text: DRAFT, oldText: EARLIER }],
  ['export', { text: DRAFT, output: '报告.docx' }],
  ['review', { path: '报告.docx', output: '审阅.docx' }],
  ['review', { path: '报告.docx', output: '报告.docx' }],
];

it.each(CALLS.map((call, index) => [index + 1, ...call] as const))('%i: what %s answers', async (_, name, args) => {
  expect(await answer(name, args)).toMatchSnapshot();
});

it('answers every tool there is in this file', async () => {
  const { tools } = await client.listTools();
  const shown = new Set(CALLS.map(([name]) => name));
  expect(tools.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

it('describes its tools so', async () => {
  const { tools } = await client.listTools();
  expect(
    tools.map(({ name, title, description, annotations }) => ({ name, title, description, annotations })),
  ).toMatchSnapshot();
});
