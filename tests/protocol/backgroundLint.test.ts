/** Drafts that nobody looks at are linted in another thread: with the same findings, and in the main thread if it fails. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../server/src/lexicon/model/lexicon';
import { combineLexicons, loadLexicon } from '../../server/src/lexicon/model/store';
import { BackgroundLinter } from '../../server/src/lsp/backgroundLint';
import { lintWorkerOf } from '../../server/src/lsp/lintWorkerPort.node';
import { type LintConfiguration, lint } from '../../server/src/rules/lint';
import { decodeSpellingModel, type SpellingModel } from '../../server/src/spelling/spellingModel';
import { analyse } from '../../server/src/structure/analyse';
import { runToCompletion } from '../../server/src/text/resumable';
import { EDITOR, Session } from './session';
import { BROKEN_SPEECH, SPEECH } from './texts';

const SLIPS =
  '青禾县工作报告\n\n要坚持以习近平新时代特色社会主义思想为指导，办好民生实事。要仅仅围绕目标任务，压实责认。\n';
const FIGURES = '全县粮食产量12.5万吨。\n全县粮食产量13.5万吨,增长5%.\n';
const DAMAGED = 'ＧＤＰ达到×××亿元，“十四五\u0080规划锟斤拷实施。\n';
const TEXTS = [
  ...[SPEECH, BROKEN_SPEECH, SLIPS, FIGURES, DAMAGED, '', '\r\n\r\n'],
  `${BROKEN_SPEECH}${SLIPS}${FIGURES}${DAMAGED}`.repeat(4),
  '一、预算××万元\n'.repeat(2_500),
];

describe('the thread that lints drafts', () => {
  let lexicon: Lexicon;
  let spelling: SpellingModel;
  let linter: BackgroundLinter;
  beforeAll(() => {
    lexicon = loadLexicon(fs.readFileSync('dist/lexicon.bin'));
    spelling = runToCompletion(decodeSpellingModel(fs.readFileSync('dist/spelling.bin')));
    linter = new BackgroundLinter(lintWorkerOf(path.resolve('dist/lint-worker.js')));
  });
  afterAll(() => linter.dispose());

  /** What the thread finds in `text`, and this one. */
  async function both(text: string, configuration: LintConfiguration, words: Lexicon | undefined = lexicon) {
    const models = { lexicon: words, spelling: words && spelling };
    const there = await linter.lint({ text, kind: 'policytext', configuration, ...models }, () => true);
    return { there, here: lint(analyse(text), configuration, models.lexicon, models.spelling) };
  }

  it('finds what the main thread finds, byte for byte', { timeout: 60_000 }, async () => {
    for (const text of TEXTS) {
      const { there, here } = await both(text, { rules: {} });
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    }
  });

  it('heeds settings, ignored findings and words', { timeout: 60_000 }, async () => {
    const configuration: LintConfiguration = {
      rules: { placeholder: 'off', 'numbering.gap': 'error' },
      profile: 'speech',
      ignore: [{ rule: 'fact.value', text: '粮食产量' }] as never,
      spelling: { replace: [{ wrong: '水利建设', right: '水务建设', level: 'warning' }], allow: [] },
      lexicon: { words: ['压实责认'] },
    };
    for (const text of TEXTS.slice(0, 5)) {
      const { there, here } = await both(text, configuration);
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    }
    const { there } = await both(BROKEN_SPEECH, configuration);
    expect(there?.some(({ severity }) => severity === 'error')).toBe(true);
    expect(there?.some(({ rule }) => rule.id.startsWith('placeholder'))).toBe(false);
  });

  it('heeds a change of the lexicon', { timeout: 60_000 }, async () => {
    const merged = runToCompletion(combineLexicons(lexicon, lexicon));
    for (const words of [merged, undefined, lexicon]) {
      const { there, here } = await both(SLIPS, { rules: {} }, words);
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    }
  });

  it('stops when nobody waits for the text any more', { timeout: 60_000 }, async () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `第${at}条　各镇压实责任，完成第${at}项任务。`).join('\n');
    const task = { text: long, kind: 'policytext', configuration: { rules: {} }, lexicon, spelling } as const;
    expect(await linter.lint(task, () => false)).toBeUndefined();
  });
});

/** Enough drafts that the last of them are linted elsewhere. */
const CROWD = Array.from({ length: 30 }, (_, at) =>
  (at % 2 === 0 ? BROKEN_SPEECH : SLIPS).repeat(at % 2 === 0 ? 25 : 130).replace('水利', `水利${at}`),
);
const uriOf = (at: number) => `file:///drafts/${at}.txt`;

async function openCrowd(session: Session) {
  for (const [at, text] of CROWD.entries()) await session.open(uriOf(at), text);
  return Promise.all(CROWD.map((_, at) => session.pull(uriOf(at))));
}

describe('many drafts opened at once', { timeout: 120_000 }, () => {
  it('have the findings that they have when they are edited', async () => {
    const session = await Session.start();
    const reports = await openCrowd(session);
    for (const at of [0, 1, 28, 29]) {
      const start = { line: 0, character: 0 };
      await session.change(uriOf(at), 2, [{ range: { start, end: start }, text: '新' }]);
      await session.change(uriOf(at), 3, [{ range: { start, end: { line: 0, character: 1 } }, text: '' }]);
      const report = reports[at];
      // The same items are the same report.
      expect(await session.pull(uriOf(at), report?.kind === 'full' ? report.resultId : '')).toMatchObject({
        kind: 'unchanged',
      });
    }
    const shown = await session.pull(uriOf(27));
    await session.symbols(uriOf(27));
    expect(await session.pull(uriOf(27))).toEqual(shown);
    expect(session.log).toEqual([]);
    await session.stop();
  });

  it('are all linted if the thread fails, which is logged once', async () => {
    const sound = await Session.start();
    const wanted = await openCrowd(sound);
    await sound.stop();
    const session = Session.spawn(['--require', path.resolve('tests/protocol/failingWorker.cjs')]);
    await session.initialize();
    const found = await openCrowd(session);
    const itemsOf = (reports: typeof found) => reports.map((one) => one.kind === 'full' && one.items);
    expect(itemsOf(found)).toEqual(itemsOf(wanted));
    expect(session.log.filter((line) => line.includes('out of order'))).toHaveLength(1);
    await session.stop();
  });

  it('are linted for a client that is sent diagnostics', async () => {
    const session = Session.spawn();
    const { diagnostic, ...textDocument } = EDITOR.textDocument ?? {};
    await session.initialize({ capabilities: { ...EDITOR, textDocument } });
    for (const [at, text] of CROWD.entries()) await session.open(uriOf(at), text);
    for (const at of CROWD.keys()) {
      const { diagnostics } = await session.nextPublished(uriOf(at));
      expect(diagnostics.length).toBeGreaterThan(0);
    }
    await session.stop();
  });
});
