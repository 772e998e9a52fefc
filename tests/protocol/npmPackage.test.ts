/** The npm package as a team gets it: packed, installed into an empty folder without a network, and used there. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-npm-'));
const project = path.join(folder, 'project');
const shell = process.platform === 'win32';

function run(command: string, args: string[], cwd = project) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, shell, encoding: 'utf8', timeout: 240_000 });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const laidOut = path.join(folder, 'package');
  const made = run(process.execPath, ['scripts/npm-package.mjs', '--no-build', '--out', laidOut], process.cwd());
  expect(made.stderr + made.stdout).toContain(laidOut);
  expect(run('npm', ['pack', laidOut, '--pack-destination', folder, '--silent'], folder).status).toBe(0);
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{ "name": "drafts", "private": true }');
  fs.writeFileSync(path.join(project, '通知.txt'), '青禾县通知\n一、修渠\n内容。\n三、植树\n内容:好。\n');
  const [archive] = fs.readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const installed = run('npm', ['install', '--offline', '--no-audit', '--no-fund', path.join(folder, archive ?? '')]);
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
