import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import type { CompareResult, FactsResult, FigureResult, PassagesResult } from '../../server/src/lsp/protocol';
import { Session } from './session';

const REPORT = [
  '青禾县政府工作报告',
  '各位代表：',
  '一、农业工作',
  '2025年，全县粮食产量达到31.5万吨，推广良种良法，落实播种面积，农业生产稳步发展。',
  '二、水利工作',
  '2025年，全县加固河堤，清淤渠道，更新泵站机组，防汛能力明显提升。',
  '三、主要成绩',
  '2025年，全县粮食产量达到31.5万吨，创历史新高，农民收入持续增长，农村面貌焕然一新。',
].join('\n');
const SUMMARY = REPORT.replaceAll('31.5', '31.2').replace('青禾县政府工作报告', '青禾县政府工作报告摘要');

describe('facts', () => {
  let folder: string;
  let session: Session;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const position = { line: 3, character: REPORT.split('\n')[3]!.indexOf('31.5') + 1 };

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'facts-'));
    fs.writeFileSync(path.join(folder, '摘要.txt'), SUMMARY);
    session = await Session.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] });
    await session.open(uriOf('报告.txt'), REPORT, 'policytext', 5);
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('are listed by indicator, the draft asked for first, with those of its folder', async () => {
    const { drafts } = await session.request<FactsResult>('policyText/facts', { uri: uriOf('报告.txt') });
    expect(drafts.map(({ uri }) => decodeURIComponent(path.basename(uri)))).toEqual(['报告.txt', '摘要.txt']);
    const grain = drafts.map(({ indicators }) => indicators.find(({ name }) => name === '粮食产量'));
    expect(grain.map((one) => one?.figures.map(({ text }) => text))).toEqual([
      ['31.5万吨', '31.5万吨'],
      ['31.2万吨', '31.2万吨'],
    ]);
    // A report and its summary ought to agree.
    expect(grain.map((one) => one?.figures[0]?.conflicting)).toEqual([true, true]);
  });

  it('lead from a figure to the others of its indicator, and tell those that differ', async () => {
    const answer = await session.request<FigureResult>('policyText/figure', { uri: uriOf('报告.txt'), position });
    expect([answer?.indicator, answer?.figure.text, answer?.version]).toEqual(['粮食产量', '31.5万吨', 5]);
    const places = answer?.places.map(({ uri, line, same }) => [decodeURIComponent(path.basename(uri)), line, same]);
    expect(places).toEqual([
      ['报告.txt', 7, true],
      ['摘要.txt', 3, false],
      ['摘要.txt', 7, false],
    ]);
    const nowhere = { uri: uriOf('报告.txt'), position: { line: 5, character: 9 } };
    expect(await session.request('policyText/figure', nowhere)).toBeNull();
  });

  it('hover tells where else a figure stands, in its draft and in the others of the folder', async () => {
    const params = { textDocument: { uri: uriOf('报告.txt') }, position };
    let hover = await session.request<Hover>('textDocument/hover', params);
    expect(JSON.stringify(hover.contents)).toMatch(/粮食产量.*8.*31\.5万吨/s);
    expect(hover.range?.start).toEqual({ line: 3, character: position.character - 1 });
    // A hover does not wait long for drafts that are still to be read; they are available for a later one.
    while (!JSON.stringify(hover.contents).includes('摘要'))
      hover = await session.request('textDocument/hover', params);
    expect(JSON.stringify(hover.contents)).toMatch(/摘要\.txt.{0,9}4.*31\.2万吨/s);
  });

  it('compare: the sections of an earlier draft stand where their counterparts do', async () => {
    const [title, address, ...rest] = REPORT.split('\n');
    const old = [title, address, ...rest.slice(2, 4), ...rest.slice(0, 2), ...rest.slice(4)].join('\n');
    const answer = await session.request<CompareResult>('policyText/compare', { uri: uriOf('报告.txt'), old });
    expect(answer?.arranged).toBe(REPORT);
    expect(answer?.fates).toMatchObject({ moved: 1 });
    expect(await session.request('policyText/compare', { uri: uriOf('别的.txt'), old })).toBeNull();
  });

  it('find passages of the other drafts on a topic', async () => {
    const params = { uri: uriOf('报告.txt'), query: '清淤渠道 加固河堤' };
    const { passages } = await session.request<PassagesResult>('policyText/passages', params);
    expect(passages[0]).toMatchObject({ line: 5, text: SUMMARY.split('\n')[5] });
    expect(passages.every(({ uri }) => decodeURIComponent(uri).endsWith('摘要.txt'))).toBe(true);
  });
});
