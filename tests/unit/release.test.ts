/** The release workflow: the parts of it that can be run or read without the network. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The shell script of the step that begins with `head`. */
function script(head: string): string {
  const step = workflow.slice(workflow.indexOf(head) + head.length).split(/\n {6}- /)[0] ?? '';
  const [, block] = /\n {8}run: \|\n([\s\S]*)/.exec(step) ?? [];
  return block ?? /\n {8}run: (.*)/.exec(step)?.[1] ?? '';
}

describe.skipIf(process.platform === 'win32')('the release workflow', () => {
  it('goes on only where the tag is the version of the package', () => {
    const check = (tag: string) =>
      spawnSync('bash', ['-c', script('- name: The tag is the version')], {
        env: { ...process.env, GITHUB_REF_NAME: tag },
      }).status;
    expect([check(`v${version}`), check(version), check('v99.0.0')]).toEqual([0, 1, 1]);
  });

  it('takes an odd minor number for a pre-release, in every registry', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'policy-release-'));
    const channel = (tag: string) => {
      const output = path.join(folder, tag);
      writeFileSync(output, '');
      const env = { ...process.env, GITHUB_REF_NAME: tag, GITHUB_OUTPUT: output };
      const { status, stderr } = spawnSync('bash', ['-euc', script('- id: channel')], { env, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      return readFileSync(output, 'utf8').trim().split('\n');
    };
    expect(channel('v0.1.0')).toEqual(['vsce=--pre-release', 'tag=next', 'github=--prerelease']);
    expect(channel('v1.10.2')).toEqual(['vsce=', 'tag=latest', 'github=']);
    for (const name of ['vsce', 'tag', 'github']) expect(workflow).toContain(`steps.channel.outputs.${name} }}`);
    rmSync(folder, { recursive: true });
  });

  it('stores no token, and may ask for one that lasts as long as the run in one job alone', () => {
    expect(workflow).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|VSCE_PAT|OVSX_PAT/);
    expect(workflow.match(/id-token: write/g)).toHaveLength(1);
    // npm 11.5.1, the first with trusted publishing, comes with Node.js 24.
    expect(Number(/node-version: (\d+), registry-url/.exec(workflow)?.[1])).toBeGreaterThanOrEqual(24);
  });

  it('packs what it publishes in the job before', () => {
    const [pack = '', publish = ''] = workflow.split('\n  publish:');
    for (const name of ['npm test', 'npm run package', 'npm pack ./dist/npm']) expect(pack).toContain(name);
    for (const name of ['npm publish', 'vsce publish', 'ovsx@1 publish', 'gh release']) {
      expect(publish).toContain(name);
      expect(pack).not.toContain(name);
    }
  });
});
