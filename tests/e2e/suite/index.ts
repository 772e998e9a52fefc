/** The entry point that VS Code loads beside the extension; it runs mocha and reports each test as it ends. */
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { defineAgentTests } from './agents';
import { report, type TestResult } from './bridge';
import { defineCleaningTests } from './cleaning';
import { defineCommandTests } from './commands';
import { defineCompletingTests } from './completing';
import { defineDraftTests } from './drafts';
import { defineEditingTests } from './editing';
import { defineFigureTests } from './figures';
import { defineHandsTests } from './hands';
import { defineInputMethodTests } from './inputMethod';
import { defineLanguageTests } from './language';
import { defineLearningTests } from './learning';
import { definePagePreviewTests } from './pagePreview';
import { defineRestrictedTests } from './restricted';
import { defineRowMenuTests } from './rowMenus';
import { defineServerTests } from './server';
import { defineSloganTests } from './slogans';
import { defineStoryTests } from './story';
import { defineUnfinishedTests } from './unfinished';
import { defineViewTests } from './views';
import { defineWordTests } from './word';

/**
 * The configuration of the suite, and the words its tests must have in their titles; compiled in when the suite is
 * bundled.
 */
declare const __CONFIGURATION__: string;
declare const __ONLY__: string;

const ALL = [
  defineDraftTests,
  defineLanguageTests,
  defineEditingTests,
  defineCommandTests,
  defineCleaningTests,
  defineCompletingTests,
  defineInputMethodTests,
  defineHandsTests,
  defineServerTests,
  defineSloganTests,
  defineStoryTests,
  defineUnfinishedTests,
  defineViewTests,
  defineRowMenuTests,
  defineLearningTests,
  defineAgentTests,
  defineWordTests,
  definePagePreviewTests,
  defineFigureTests,
];
/** Some only show whether the extension is there at all; its function is tested elsewhere. */
const PARTS: Readonly<Record<string, readonly (() => void)[]>> = {
  restricted: [defineRestrictedTests],
  packed: [defineDraftTests, defineStoryTests, defineHandsTests],
  launch: [defineServerTests],
};

/** Runs the suite. Rejects if a test failed, which ends the workbench with another exit code. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, retries: 1, reporter: class {} as never });
  if (__ONLY__) mocha.grep(__ONLY__);
  // The tests are in this bundle, not in files of their own, so the globals they use are set by hand.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const define of PARTS[__CONFIGURATION__] ?? ALL) define();

  // In a browser VS Code saves automatically, and one test's changes would be in the next one's files.
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);

  const sent: Promise<void>[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const retried = new Set<string>();
    const tell = (state: TestResult['state']) => (test: Mocha.Runnable, error?: Error) => {
      const again = state !== 'retried' && retried.has(test.fullTitle()) ? ' (second try)' : '';
      const result = { title: test.fullTitle() + again, state, duration: test.duration ?? 0 };
      sent.push(report(error ? { ...result, error: error.stack ?? String(error) } : result));
    };
    runner.on('retry', (test, error) => {
      retried.add(test.fullTitle());
      tell('retried')(test, error);
    });
    runner.on('pass', tell('passed'));
    runner.on('fail', tell('failed'));
    runner.on('pending', tell('skipped'));
  });
  await Promise.all(sent);
  if (failures > 0) throw new Error(`${failures} failed`);
}
