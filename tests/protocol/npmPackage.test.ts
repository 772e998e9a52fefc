/** The npm package as a team gets it: packed, installed into an empty folder without a network, and used there. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry, type Registry } from './registry';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-npm-'));
const project = path.join(folder, 'project');
const shell = process.platform === 'win32';

function run(command: string, args: string[], cwd = project) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, shell, encoding: 'utf8', timeout: 240_000 });
  return { status, stdout, stderr };
}

let archive = '';

beforeAll(() => {
  const laidOut = path.join(folder, 'package');
  const made = run(process.execPath, ['scripts/npm-package.mjs', '--no-build', '--out', laidOut], process.cwd());
  expect(made.stderr + made.stdout).toContain(laidOut);
  expect(run('npm', ['pack', laidOut, '--pack-destination', folder, '--silent'], folder).status).toBe(0);
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{ "name": "drafts", "private": true }');
  fs.writeFileSync(path.join(project, '通知.txt'), '青禾县通知\n一、修渠\n内容。\n三、植树\n内容:好。\n');
  const [name = ''] = fs.readdirSync(folder).filter((one) => one.endsWith('.tgz'));
  archive = path.join(folder, name);
  const installed = run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive]);
  expect(installed.stderr).not.toContain('ERR');
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the npm package', () => {
  it('brings nothing but itself', () => {
    const installed = fs.readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['policy-text']);
    const manifest = JSON.parse(fs.readFileSync(path.join(project, 'node_modules/policy-text/package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.publishConfig).toMatchObject({ provenance: true });
  });

  it('lints by its command, in every form for pipelines', () => {
    const lint = (format: string) =>
      run('npx', ['--no-install', 'policy-text', 'lint', '--format', format, '通知.txt']);
    expect(lint('pretty').status).toBe(1);
    const gitlab = JSON.parse(lint('gitlab').stdout);
    expect(gitlab).toContainEqual(
      expect.objectContaining({
        check_name: 'numbering.gap',
        severity: 'major',
        location: { path: '通知.txt', lines: { begin: 4 } },
      }),
    );
    expect(new Set(gitlab.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(gitlab.length);
    const { diagnostics } = JSON.parse(lint('reviewdog').stdout);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: { value: 'punctuation.half-width' },
        location: { path: '通知.txt', range: { start: { line: 5, column: 7 }, end: { line: 5, column: 8 } } },
        suggestions: [{ range: { start: { line: 5, column: 7 }, end: { line: 5, column: 8 } }, text: '：' }],
      }),
    );
    expect(lint('github').stdout).toMatch(
      /^::warning file=通知\.txt,line=4,endLine=4,col=1,endColumn=3,title=.*::.+$/m,
    );
  });

  it('is a library with types', () => {
    const script = `const { analyse, lint, outline } = require('policy-text');
      const text = '一、修渠\\n三、植树\\n';
      console.log(JSON.stringify([outline(text).map((one) => one.title), lint(text).map((one) => one.rule), analyse(text).lint({ rules: { numbering: 'off' } }).length]));`;
    expect(JSON.parse(run(process.execPath, ['-e', script]).stdout)).toEqual([['修渠', '植树'], ['numbering.gap'], 0]);
    const types = fs.readFileSync(path.join(project, 'node_modules/policy-text/dist/library.d.ts'), 'utf8');
    expect(types).not.toMatch(/from '\./);
  });

  it('is a language server', async () => {
    const server = path.join(project, 'node_modules/.bin/policy-text-server');
    const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities: {} } });
    const input = `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`;
    const started = spawn(server, ['--stdio'], { shell, stdio: ['pipe', 'pipe', 'inherit'] });
    started.stdin.write(input);
    let output = '';
    for await (const chunk of started.stdout) {
      output += chunk;
      if (output.includes('"name":"policy-text"')) break;
    }
    started.kill();
    expect(output).toContain('"name":"policy-text"');
  });
});

describe.skipIf(shell)('what teams set up, from a registry', () => {
  const team = path.join(folder, 'team');
  let registry: Registry;
  /** Runs while the registry answers: `spawnSync` would block it. */
  const runBeside = (command: string, args: string[], env: Record<string, string> = {}) =>
    new Promise<{ status: number; output: string; errors: string }>((resolve) => {
      const options = {
        cwd: team,
        encoding: 'utf8' as const,
        timeout: 120_000,
        env: {
          ...process.env,
          npm_config_registry: registry.url,
          npm_config_cache: path.join(folder, 'cache'),
          PRE_COMMIT_HOME: path.join(folder, 'pre-commit'),
          ...env,
        },
      };
      execFile(command, args, options, (error, output, errors) =>
        resolve({ status: error ? Number(error.code ?? -1) : 0, output, errors }),
      );
    });

  beforeAll(async () => {
    registry = await openRegistry(
      archive,
      JSON.parse(fs.readFileSync(path.join(folder, 'package/package.json'), 'utf8')),
    );
    fs.mkdirSync(path.join(team, '文稿'), { recursive: true });
    fs.writeFileSync(path.join(team, '文稿/通知.policy.txt'), '青禾县通知\n一、修渠\n内容。\n三、植树\n内容。\n');
  });
  afterAll(() => registry.close());

  it('is what npm would publish, to the pre-releases', async () => {
    const { status, output, errors } = await runBeside('npm', [
      ...['publish', archive, '--dry-run', '--json', '--access', 'public', '--tag', 'next'],
      // A registry that does not know the package yet.
      ...['--registry', `${registry.url}none/`],
    ]);
    expect(status, errors).toBe(0);
    // The structure around it differs in npm 11.
    expect(output).toMatch(/"id": "policy-text@\d/);
  }, 60_000);

  it('runs the script of the GitHub action: annotations, a report in SARIF, the exit code', async () => {
    const action = fs.readFileSync('.github/actions/policy-text/action.yml', 'utf8');
    const script = action.slice(action.indexOf('run: |') + 'run: |'.length).replace(/^ {8}/gm, '');
    const inputs = { VERSION: 'latest', FAIL_ON: 'warning', SARIF: 'policy-text.sarif', PATHS: '文稿' };
    const temporary = path.join(folder, 'runner');
    const { status, output, errors } = await runBeside('bash', ['-c', script], { ...inputs, RUNNER_TEMP: temporary });
    expect([status, output], errors).toEqual([
      1,
      expect.stringMatching(/^::warning file=文稿\/通知\.policy\.txt,line=4/m),
    ]);
    const { runs } = JSON.parse(fs.readFileSync(path.join(team, 'policy-text.sarif'), 'utf8'));
    expect(runs[0].results).toContainEqual(expect.objectContaining({ ruleId: 'numbering.gap' }));
    expect(registry.asked).toContain('/policy-text');
    // Folder names with blanks must be kept apart by the shell, not executed.
    const { status: unharmed } = await runBeside('bash', ['-c', script], {
      ...inputs,
      RUNNER_TEMP: temporary,
      PATHS: '文稿 $(touch ran)',
      FAIL_ON: 'never',
    });
    expect(unharmed).toBe(2);
    expect(fs.existsSync(path.join(team, 'ran'))).toBe(false);
  }, 120_000);

  it.skipIf(spawnSync('pre-commit', ['--version']).status !== 0)(
    'runs the hook of pre-commit on the texts that are to be committed',
    async () => {
      // The hook's repository at a tag, as it will be on a server.
      const hooks = path.join(folder, 'hooks');
      fs.mkdirSync(hooks);
      fs.copyFileSync('.pre-commit-hooks.yaml', path.join(hooks, '.pre-commit-hooks.yaml'));
      const git = (cwd: string, ...args: string[]) =>
        run('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], cwd);
      for (const cwd of [hooks, team]) git(cwd, 'init', '--quiet');
      git(hooks, 'add', '.');
      git(hooks, 'commit', '--quiet', '--message', 'Hooks');
      git(hooks, 'tag', 'v0.1.0');
      const teams = fs.readFileSync('docs/teams.md', 'utf8');
      const [, config = ''] = /```yaml\n(repos:[\s\S]*?)```/.exec(teams) ?? [];
      expect(config).toContain('https://github.com/OWNER/policy-text');
      fs.writeFileSync(
        path.join(team, '.pre-commit-config.yaml'),
        config.replace('https://github.com/OWNER/policy-text', `file://${hooks}`),
      );
      fs.writeFileSync(path.join(team, '报告.gongwen'), '报告\n一、修渠\n内容。\n二、植树\n内容。\n');
      fs.writeFileSync(path.join(team, 'code.py'), '一、1\n三、2\n');
      git(team, 'add', '.');
      const { status, output, errors } = await runBeside('pre-commit', ['run', '--color', 'never']);
      expect([status, output], errors).toEqual([1, expect.stringContaining('numbering.gap')]);
      expect(output).not.toMatch(/报告\.gongwen|code\.py/);

      fs.writeFileSync(path.join(team, '文稿/通知.policy.txt'), '青禾县通知\n一、修渠\n内容。\n二、植树\n内容。\n');
      git(team, 'add', '.');
      expect((await runBeside('pre-commit', ['run', '--color', 'never'])).status).toBe(0);
    },
    120_000,
  );
});
