/** The entry point that VS Code loads beside the extension; it runs mocha and reports each test as it ends. */
import Mocha from 'mocha';
import { report, type TestResult } from './bridge';
import { defineCommandTests } from './commands';
import { defineCompletingTests } from './completing';
import { defineDraftTests } from './drafts';
import { defineEditingTests } from './editing';
import { defineServerTests } from './server';
import { defineSloganTests } from './slogans';

/** Runs the suite. Rejects where a test failed, which ends the workbench with another exit code. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, retries: 1, reporter: class {} as never });
  if (process.env.POLICY_TEXT_ONLY) mocha.grep(process.env.POLICY_TEXT_ONLY);
  // The tests are in this bundle, not in files of their own, so the names they use are set by hand.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  defineDraftTests();
  defineEditingTests();
  defineCommandTests();
  defineCompletingTests();
  defineServerTests();
  defineSloganTests();

  const sent: Promise<void>[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const tell = (state: TestResult['state']) => (test: Mocha.Runnable, error?: Error) => {
      const again = retried.has(test.fullTitle()) ? ' (second try)' : '';
      const result = { title: test.fullTitle() + again, state, duration: test.duration ?? 0 };
      sent.push(report(error ? { ...result, error: error.stack ?? String(error) } : result));
    };
    const retried = new Set<string>();
    runner.on('retry', (test) => retried.add(test.fullTitle()));
    runner.on('pass', tell('passed'));
    runner.on('fail', tell('failed'));
    runner.on('pending', tell('skipped'));
  });
  await Promise.all(sent);
  if (failures > 0) throw new Error(`${failures} failed`);
}
