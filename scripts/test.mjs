// `npm test`: builds, checks types and style, runs the unit, protocol and end-to-end tests, and reports what was
// skipped and why. POLICY_TEXT_E2E=0 leaves the end-to-end tests out, 1 makes it a failure if they cannot run. The last
// line is the sum: N passed, N failed, N skipped.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { audit } from './audit.mjs';
import { DOORS, installMissing, JUDGES } from './debian.mjs';
import { install, node, root, tool } from './prepare.mjs';

install();

let passed = 0;
let failed = 0;
let skipped = 0;

check('build', ['scripts/build.mjs', '--quiet']);
check('type check', [tool('typescript', 'tsc'), '--build']);
check('biome', [tool('@biomejs/biome', 'biome'), 'check', '--colors=off', '.']);
check('no new state at module level', ['scripts/state.mjs']);
checkDependencies();
preparePrograms();
runVitest();
runEndToEnd();
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

/** One step that passes or fails as a whole; its output is shown only if it failed. */
function check(name, args) {
  const started = Date.now();
  const { code, output } = node(args);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(started)})`);
  if (code === 0) {
    passed++;
  } else {
    failed++;
    console.log(indented(output.trim()));
  }
}

/** Known vulnerabilities of shipped packages; many registries do not answer. */
function checkDependencies() {
  const { findings, unanswered } = audit();
  if (unanswered) return skip(`audit of the dependencies: ${unanswered}`);
  if (findings.length === 0) {
    passed++;
    console.log('ok     audit of the dependencies');
  } else {
    failed++;
    console.log(`FAILED audit of the dependencies\n${indented(findings.join('\n'))}`);
  }
}

/**
 * On a machine dedicated to tests the programs that they drive or rely on are installed; elsewhere such tests are
 * skipped.
 */
function preparePrograms() {
  if (!process.env.CI) return;
  const judges = installMissing(JUDGES, 'what the tests of Word files judge by');
  if (judges) skip(`LibreOffice and poppler, to judge Word files by: ${judges}`);
  const doors = installMissing(DOORS, 'the editors that the tests drive');
  if (doors) skip(`some of the editors whose pages are tried: ${doors}`);
}

function runVitest() {
  const started = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-'));
  const report = path.join(folder, 'report.json');
  const { output } = node([tool('vitest', 'vitest'), 'run', '--reporter=json', `--outputFile=${report}`]);
  let results;
  try {
    results = JSON.parse(fs.readFileSync(report, 'utf8'));
  } catch {
    failed++;
    console.log(`FAILED unit and protocol tests did not run\n${indented(output.trim())}`);
    return;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }

  const before = failed;
  const skips = new Map();
  for (const file of results.testResults) {
    const name = path.relative(root, file.name).split(path.sep).join('/');
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      failed++;
      console.log(`FAILED ${name}\n${indented(file.message)}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        passed++;
      } else if (test.status === 'failed') {
        failed++;
        console.log(`FAILED ${name} › ${test.fullName}\n${indented(test.failureMessages.join('\n'))}`);
      } else {
        skipped++;
        const group = `${name} › ${test.ancestorTitles.join(' › ') || test.title}`;
        skips.set(group, (skips.get(group) ?? 0) + 1);
      }
    }
  }
  if (!results.success && failed === before) {
    failed++;
    console.log(indented(output.trim()));
  }
  console.log(`${results.success ? 'ok    ' : 'FAILED'} unit and protocol tests (${seconds(started)})`);
  if (skips.size === 0) return;
  console.log('\nSkipped:');
  for (const [group, count] of skips) console.log(`  ${count} × ${group}`);
  if (!fs.existsSync(path.join(root, '..', 'shared'))) {
    console.log('  (Tests on real documents need the developers’ folder ../shared, which is not here.)');
  }
}

/** The suite in real VS Code workbenches, if this machine has, or can be given, what they need. */
function runEndToEnd() {
  const wanted = process.env.POLICY_TEXT_E2E;
  if (wanted === '0') return skip('end-to-end tests: POLICY_TEXT_E2E is 0');
  const configurations = ['server', 'restricted', 'packed', 'web', 'launch'];
  if (process.env.VSCODE_BIN) configurations.push('desktop');
  else skip('end-to-end tests, desktop: VSCODE_BIN names no VS Code (`npm run e2e -- desktop` downloads one)');
  const started = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-'));
  const report = path.join(folder, 'report.json');
  const { output } = node(['tests/e2e/run.mjs', ...configurations, '--report', report]);
  let runs;
  try {
    ({ runs } = JSON.parse(fs.readFileSync(report, 'utf8')));
  } catch {
    failed++;
    console.log(`FAILED end-to-end tests did not run\n${indented(output.trim())}`);
    return;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }

  for (const { name, what, skipped: why, broken, results, seconds: time } of runs) {
    const title = `end-to-end tests, ${name}: ${what}`;
    if (why && wanted !== '1') {
      skip(`${title}: ${why}`);
      continue;
    }
    const before = failed;
    for (const result of results) {
      if (result.state === 'passed') passed++;
      else if (result.state === 'skipped') skip(`${name} › ${result.title}`);
      else {
        failed++;
        console.log(`FAILED ${name} › ${result.title}\n${indented(result.error)}`);
      }
    }
    if (why || broken) {
      failed++;
      console.log(indented(why ?? broken));
    }
    console.log(
      `${failed === before ? 'ok    ' : 'FAILED'} ${title} (${results.length} tests, ${time?.toFixed(1) ?? 0} s)`,
    );
  }
  console.log(`       end-to-end tests (${seconds(started)})`);
}

function skip(what) {
  skipped++;
  console.log(`skip   ${what}`);
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function indented(text) {
  return text.replace(/^/gm, '         ');
}
