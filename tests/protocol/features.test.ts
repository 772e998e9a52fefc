import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver-protocol';
import { EDITOR, Session } from './session';
import { SHOPPING, SPEECH } from './texts';

const uri = 'untitled:讲话';
const textDocument = { uri };

describe('an open draft', () => {
  let session: Session;
  beforeAll(async () => {
    session = await Session.start();
    await session.open(uri, SPEECH);
  });
  afterAll(() => session.stop());

  it('has an outline', async () => {
    const shape = ({ name, children }: DocumentSymbol): unknown => [name, ...(children ?? []).map(shape)];
    const symbols = (await session.symbols(uri)).map(shape);
    expect(symbols.slice(-2)).toEqual([
      [
        '一、充分肯定成绩，正视存在问题',
        ['（一）水库加固扎实推进'],
        ['（二）灌区改造成效明显'],
        ['（三）防汛保障平稳有力'],
      ],
      ['二、突出工作重点，抓好任务落实', ['（一）抓紧谋划项目'], ['（二）加快工程进度']],
    ]);
  });

  it('has sections whose selection begins at the marker', async () => {
    const last = (await session.symbols(uri)).at(-1);
    expect(last?.range.start).toEqual({ line: 11, character: 0 });
    expect(last?.selectionRange).toEqual({ start: { line: 11, character: 0 }, end: { line: 11, character: 15 } });
    expect(last?.range.end.line).toBeGreaterThanOrEqual(14);
    expect(last?.detail).toMatch(/^\d+ 字$/);
  });

  it('folds its sections', async () => {
    const ranges = await session.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    expect(ranges).toContainEqual({ startLine: 5, endLine: 9 });
    expect(ranges).toContainEqual({ startLine: 11, endLine: 14 });
  });

  it('grows a selection up to the document', async () => {
    const [range] = await session.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [{ line: 12, character: 20 }],
    });
    const widths: number[] = [];
    for (let at = range; at; at = at.parent as SelectionRange) widths.push(at.range.end.line - at.range.start.line);
    expect(widths.length).toBeGreaterThanOrEqual(5);
    expect(widths.at(-1)).toBe(SPEECH.split('\n').length - 1);
  });

  it('shows the siblings of a heading', async () => {
    const highlights = await session.request<DocumentHighlight[]>('textDocument/documentHighlight', {
      textDocument,
      position: { line: 8, character: 1 },
    });
    expect(highlights.map(({ range }) => range.start.line)).toEqual([7, 8, 9]);
  });

  it('tells where the caret is and how long the text is', async () => {
    const answer = await session.request('policyText/statistics', { uri, position: { line: 14, character: 3 } });
    expect(answer).toEqual({
      path: ['二、突出工作重点，抓好任务落实', '（二）加快工程进度'],
      section: '（二）加快工程进度。要倒排工期，挂图作战。'.length,
      document: Array.from(SPEECH).filter((one) => !/[\s　]/.test(one)).length,
    });
  });

  it('is found by a word of a heading', async () => {
    const symbols = await session.request<SymbolInformation[]>('workspace/symbol', { query: '灌区' });
    expect(symbols.map(({ name, location }) => [name, location.uri])).toEqual([['（二）灌区改造成效明显', uri]]);
  });
});

describe('clients differ', () => {
  it('nested symbols or flat ones', async () => {
    const session = await Session.start({ capabilities: {} });
    await session.open(uri, SPEECH);
    const symbols = await session.request<SymbolInformation[]>('textDocument/documentSymbol', { textDocument });
    expect(symbols.find(({ name }) => name.startsWith('（二）加快'))).toMatchObject({
      containerName: '二、突出工作重点，抓好任务落实',
      location: { uri, range: { start: { line: 14, character: 0 } } },
    });
    await session.stop();
  });

  it('words in Chinese or English', async () => {
    const session = await Session.start({ locale: 'en', capabilities: EDITOR });
    await session.open(uri, SPEECH);
    expect((await session.symbols(uri)).at(-1)?.detail).toMatch(/ chars$/);
    await session.stop();
  });
});

describe('Markdown', () => {
  it('keeps the # of the next heading out of a section', async () => {
    const session = await Session.start();
    await session.open(uri, '## 一、水利\n\n抓好水库。\n\n## 二、农业\n\n抓好粮食。\n', 'markdown');
    const ranges = await session.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    expect(ranges).toEqual([
      { startLine: 0, endLine: 2 },
      { startLine: 4, endLine: 6 },
    ]);
    const [first] = await session.symbols(uri);
    expect(first?.range.start).toEqual({ line: 0, character: 3 });
    expect(first?.range.end.line).toBeLessThan(4);
    await session.stop();
  });
});

describe('plain text', () => {
  it('that reads as a policy text is served, any other is left alone', async () => {
    const session = await Session.start();
    const other = 'file:///list.txt';
    await session.open(uri, SPEECH, 'plaintext');
    await session.open(other, SHOPPING, 'plaintext');
    expect((await session.symbols(uri)).length).toBeGreaterThan(1);
    expect(await session.symbols(other)).toEqual([]);
    expect(await session.diagnostics(other)).toEqual([]);
    // No answer at all, so that the editor folds by indentation as it would without us.
    expect(await session.request('textDocument/foldingRange', { textDocument: { uri: other } })).toBeNull();
    expect(
      await session.request('policyText/statistics', { uri: other, position: { line: 0, character: 0 } }),
    ).toBeNull();
    await session.stop();
  });

  it('is recognised on request, open or not', async () => {
    const session = await Session.start();
    await session.open(uri, SPEECH, 'plaintext');
    const ask = (params: object) => session.request('policyText/recognise', params);
    expect(await ask({ uri })).toEqual({ policyProse: true });
    expect(await ask({ uri: 'file:///a.txt', text: SPEECH })).toEqual({ policyProse: true });
    expect(await ask({ uri: 'file:///b.txt', text: SHOPPING })).toEqual({ policyProse: false });
    expect(await ask({ uri: 'file:///b.txt' })).toEqual({ policyProse: false });
    await session.stop();
  });

  it('that grows into a policy text is served from then on', async () => {
    const session = await Session.start();
    await session.open(uri, '', 'plaintext');
    expect(await session.symbols(uri)).toEqual([]);
    const start = { line: 0, character: 0 };
    await session.change(uri, 2, [{ range: { start, end: start }, text: SPEECH }]);
    expect((await session.symbols(uri)).length).toBeGreaterThan(1);
    await session.stop();
  });

  it('of any other language id is served', async () => {
    const session = await Session.start();
    await session.open(uri, SPEECH, 'klingon');
    expect((await session.symbols(uri)).length).toBeGreaterThan(1);
    await session.stop();
  });
});
