/** Learning in a browser, with a client's files and a worker simulated in this test. */
import { describe, expect, it } from 'vitest';
import { answerLearning, type LearnScope } from '../../../server/src/lexicon/mining/learnWorker.web';
import type { MineOptions } from '../../../server/src/lexicon/mining/mine';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { type LearnWorker, webCorpus } from '../../../server/src/lsp/corpus.web';
import { report, SLOGANS } from '../lexicon/documents';

const FOLDER = 'vscode-vfs://github/county/drafts';
const STORAGE = 'vscode-userdata:/storage';

/** The scope of the worker; its answers go to the worker that was queried last. */
const scope: LearnScope = { onmessage: null, postMessage: () => {} };
answerLearning(scope);

/** A client with `documents` in its workspace, by their names below the folder. */
function client(documents: Map<string, string>) {
  const read: string[] = [];
  const kept = new Map<string, string>();
  let workers = 0;
  let silent = false;
  const nameOf = (uri: string) =>
    decodeURIComponent(uri)
      .slice(FOLDER.length + 1)
      .replace(/\/$/, '');
  const corpus = webCorpus({
    files: {
      readFolder: async (uri) => {
        const inside = `${nameOf(uri)}/`.replace(/^\//, '');
        const names = [...documents.keys()].filter((name) => name.startsWith(inside));
        if (names.length === 0) return undefined;
        const children = new Set(names.map((name) => name.slice(inside.length).replace(/(?<=\/).*/, '')));
        return [...children].map((name) => ({ name: name.replace('/', ''), isFolder: name.endsWith('/') }));
      },
      stamp: async (uri) => {
        const text = documents.get(nameOf(uri));
        return text === undefined ? undefined : { size: text.length, changed: 1 };
      },
      readFile: async (uri) => {
        if (uri.startsWith(STORAGE)) return kept.get(uri);
        read.push(nameOf(uri));
        const text = documents.get(nameOf(uri));
        return text?.includes('\0') ? undefined : text;
      },
    },
    store: async (uri, text) => kept.set(uri, text).size > 0,
    folder: () => 'https://files.example/dist/',
    startWorker: () => {
      workers++;
      const worker: LearnWorker = {
        onmessage: null,
        onerror: null,
        postMessage: (request) => {
          scope.postMessage = (data) => worker.onmessage?.({ data: structuredClone(data) });
          if (!silent) scope.onmessage?.({ data: structuredClone(request) });
        },
        terminate: () => {
          worker.onmessage = null;
        },
      };
      return worker;
    },
  });
  const learn = async (
    paths: readonly string[],
    known?: string,
    signal = new AbortController().signal,
    options: MineOptions = {},
  ) => corpus.learn(await corpus.locate(FOLDER, paths), options, known, () => {}, signal);
  return { corpus, learn, read, kept, started: () => workers, hush: () => (silent = true) };
}

const reports = () => new Map(Array.from({ length: 6 }, (_, at) => [`历年/${at}.txt`, report(at)]));

describe('learning in a browser', () => {
  it('learns from text, Markdown and web pages below the folders named, and leaves the rest', async () => {
    const documents = reports();
    const page = documents.get('历年/0.txt') as string;
    documents.delete('历年/0.txt');
    documents.set('历年/网页/0.html', `<script>var a</script>${page.replace(/^.*$/gm, '<p>$&</p>')}`);
    documents.set('历年/表.xlsx', 'PK');
    documents.set('历年/README.md', page);
    documents.set('别处/1.txt', page);
    const { learn, read } = client(documents);
    const { json, summary } = await learn(['历年']);
    expect(summary.documents).toBe(6);
    expect(summary.problems).toEqual([]);
    expect(read.some((name) => /README|xlsx|别处/.test(name))).toBe(false);
    const { phrases } = loadLexicon(json as string);
    expect(phrases.some(({ text }) => text === SLOGANS[2])).toBe(true);
  });

  it('knows what has not changed without reading it, and reads again only what has', async () => {
    const documents = reports();
    const { learn, read, started } = client(documents);
    const { json } = await learn(['历年']);
    const { inputs } = loadLexicon(json as string);
    expect(read).toHaveLength(6);
    expect((await learn(['历年'], inputs)).unchanged).toBe(true);
    documents.set('历年/3.txt', `${documents.get('历年/3.txt')}完。`);
    expect((await learn(['历年'], inputs)).summary.documents).toBe(6);
    expect(read.slice(6)).toEqual(['历年/3.txt']);
    expect(started()).toBe(1);
  });

  it('learns again for a lexicon of another size', async () => {
    const { learn } = client(reports());
    const { signal } = new AbortController();
    const whole = loadLexicon((await learn(['历年'])).json as string);
    const small = await learn(['历年'], whole.inputs, signal, { maxNgrams: 200 });
    expect(small.unchanged).toBe(false);
    const { ngrams, inputs } = loadLexicon(small.json as string);
    expect(whole.ngrams.size).toBeGreaterThan(400);
    expect(ngrams.size).toBeLessThanOrEqual(200);
    expect((await learn(['历年'], inputs, signal, { maxNgrams: 200 })).unchanged).toBe(true);
  });

  it('names what it cannot read', async () => {
    const documents = reports();
    documents.set('历年/坏.txt', '\0\0');
    documents.set('历年/空.md', 'nothing here');
    const { summary } = await client(documents).learn(['历年']);
    expect(summary.problems.map(({ file }) => decodeURIComponent(file).split('/').at(-1))).toEqual(['坏.txt', '空.md']);
  });

  it('looks below the workspace only, and at single files', async () => {
    const { corpus, learn } = client(reports());
    expect(await corpus.locate(FOLDER, ['/历年', 'C:\\历年', '../历年', '没有', '~/历年'])).toEqual([]);
    expect(await corpus.locate(undefined, ['历年'])).toEqual([]);
    expect(await corpus.locate(undefined, [`${FOLDER}/${encodeURIComponent('历年')}`])).toHaveLength(1);
    expect(await corpus.locate(FOLDER, ['./历年/', '历年/1.txt'])).toHaveLength(2);
    expect((await learn(['历年/1.txt'])).summary.documents).toBe(1);
    expect(corpus.watched(FOLDER, ['历年'])[1]).toEqual({ baseUri: FOLDER, pattern: '历年' });
  });

  it('has the client keep what was learned', async () => {
    const { corpus, kept } = client(reports());
    const paths = await corpus.locate(FOLDER, ['历年']);
    expect(await corpus.kept(STORAGE, paths)).toBeUndefined();
    expect(await corpus.keep(STORAGE, paths, '{"kept":true}')).toBeUndefined();
    expect(await corpus.kept(STORAGE, paths)).toBe('{"kept":true}');
    expect(await corpus.kept(STORAGE, [...paths, 'more'])).toBeUndefined();
    expect([...kept.keys()][0]).toMatch(/^vscode-userdata:\/storage\/lexicon-[\w-]+\.json$/);
  });

  it('stops when it is cancelled, and begins anew', async () => {
    const { learn, started, hush } = client(reports());
    await learn(['历年']);
    const stop = new AbortController();
    hush();
    const learning = learn(['历年', '历年/1.txt'], 'other', stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(learning).rejects.toThrow('cancelled');
    expect(started()).toBe(1);
  });
});
