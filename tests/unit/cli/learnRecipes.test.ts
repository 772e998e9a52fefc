/**
 * Runs the recipes of scripts/learn: GNU parallel, and Slurm on a cluster of this one machine that is started and
 * stopped here.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reports } from '../lexicon/documents';
import { bundleCommandLine } from './bundle';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SHARDS = 4;

let folder: string;
let shards: string[];
let env: NodeJS.ProcessEnv;
/** The lexicon of all shards, learned in one go. */
let whole: string;

const at = (name: string): string => path.join(folder, name);
const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-recipes-'));
  await bundleCommandLine(folder);
  shards = Array.from({ length: SHARDS }, (_, shard) => at(`shard-${shard}`));
  for (const shard of shards) fs.mkdirSync(shard);
  reports(48).forEach((text, index) => {
    fs.writeFileSync(path.join(shards[index % SHARDS] as string, `${2021 + (index % 6)}-${index}.txt`), text);
  });
  // The first attempt at the second shard, and at its counts, is killed in the middle of its work.
  fs.writeFileSync(
    at('policy-text'),
    `#!/bin/sh
case "$*" in
*shard-1*|*stage-2*part-2*)
  mark="${at('killed')}-$2"
  if [ ! -e "$mark" ]; then
    : > "$mark"
    ${process.execPath} ${at('cli.js')} "$@" & worker=$!
    sleep 0.2; kill -9 $worker; exit 137
  fi;;
esac
exec ${process.execPath} ${at('cli.js')} "$@"
`,
    { mode: 0o755 },
  );
  env = { ...process.env, POLICY_TEXT: at('policy-text') };
  execFileSync(process.execPath, [at('cli.js'), 'learn', ...shards, '-o', at('whole.json')], { stdio: 'ignore' });
  whole = fs.readFileSync(at('whole.json'), 'utf8');
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function expectWhole(lexicon: string, work: string): void {
  expect(fs.readFileSync(lexicon, 'utf8') === whole, 'the same bytes as learned in one go').toBe(true);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith('killed-'))).toEqual(['killed-count', 'killed-map']);
  for (const mark of ['killed-count', 'killed-map']) fs.rmSync(at(mark));
  expect(fs.readdirSync(work).filter((name) => name.startsWith('part-'))).toHaveLength(SHARDS);
}

describe('recipes for learning over many machines', () => {
  it.skipIf(!has('parallel'))('GNU parallel (apt-get install parallel)', { timeout: 240_000 }, () => {
    const arguments_ = [path.join(ROOT, 'scripts/learn/parallel.sh'), at('parallel.json'), at('parallel'), ...shards];
    const { status, stderr } = spawnSync('bash', arguments_, { env: { ...env, JOBS: '2' }, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expectWhole(at('parallel.json'), at('parallel'));
    // Nothing is rebuilt but the lexicon.
    const before = fs.statSync(path.join(at('parallel'), 'part-1')).mtimeMs;
    fs.rmSync(at('parallel.json'));
    expect(spawnSync('bash', arguments_, { env }).status).toBe(0);
    expect(fs.statSync(path.join(at('parallel'), 'part-1')).mtimeMs).toBe(before);
  });

  it.skipIf(!has('parallel'))('GNU parallel on other machines, in a folder with a blank', { timeout: 240_000 }, () => {
    // A stub of ssh: nothing of this process's environment or folder exists on the other side.
    fs.writeFileSync(
      at('ssh'),
      `#!/bin/sh
while [ "$1" != machine ]; do shift; done
shift; [ "$1" != -- ] || shift
echo "$*" >> "${at('sent')}"
cd / && exec env -i PATH="$PATH" HOME="${folder}" SHELL=/bin/bash /bin/bash -c "$*"
`,
      { mode: 0o755 },
    );
    const work = at('at work');
    fs.mkdirSync(work);
    fs.writeFileSync(path.join(work, '.policy-text-half.tmp'), 'text');
    const names = [...shards.keys()].map((shard) => `shard-${shard}`);
    const arguments_ = [path.join(ROOT, 'scripts/learn/parallel.sh'), 'remote.json', 'at work', ...names];
    const environment = { ...env, PARALLEL: `--sshlogin '2/${at('ssh')} machine'` };
    const { status, stderr } = spawnSync('bash', arguments_, { cwd: folder, env: environment, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expectWhole(at('remote.json'), work);
    expect(fs.readFileSync(at('sent'), 'utf8').split('\n').length).toBeGreaterThan(4 * SHARDS);
    expect(fs.readdirSync(work).filter((name) => name.endsWith('.tmp') && name.includes('half'))).toEqual([]);
  });

  const isCluster = process.platform === 'linux' && process.getuid?.() === 0 && has('slurmctld') && has('munged');
  it.skipIf(!isCluster)('Slurm (as root, apt-get install slurm-wlm munge)', { timeout: 420_000 }, async () => {
    const cluster = await startCluster();
    try {
      const options = { env: { ...env, SLURM_CONF: cluster.file }, encoding: 'utf8' } as const;
      const script = path.join(ROOT, 'scripts/learn/slurm.sh');
      const run = spawn('bash', [script, '--wait', at('slurm.json'), at('slurm'), ...shards], options);
      let said = '';
      run.stderr.on('data', (data) => {
        said += data;
      });
      const status = await new Promise((resolve) => run.on('exit', resolve));
      expect(status, said + logsOf(at('slurm'))).toBe(0);
      expectWhole(at('slurm.json'), at('slurm'));
    } finally {
      await cluster.stop();
    }
  });
});

function logsOf(work: string): string {
  const logs = fs.existsSync(work) ? fs.readdirSync(work).filter((name) => name.startsWith('log-')) : [];
  return logs.map((name) => `\n${name}: ${fs.readFileSync(path.join(work, name), 'utf8')}`).join('');
}

/** Starts munge, if not running, and Slurm's two daemons, in a folder of their own and on free ports. */
async function startCluster(): Promise<{ file: string; stop: () => Promise<void> }> {
  const own = at('cluster');
  const host = os.hostname().split('.')[0] as string;
  for (const name of ['', 'd', 'ctl']) fs.mkdirSync(path.join(own, name), { recursive: true });
  const munge = path.join(own, 'munge');
  fs.mkdirSync(munge, { mode: 0o755 });
  fs.writeFileSync(path.join(munge, 'key'), Buffer.alloc(1024, 'policy-text'), { mode: 0o400 });
  const socket = path.join(munge, 'socket');
  execFileSync('chown', ['-R', 'munge:munge', munge]);
  // The daemon checks every folder above its own; the temporary one is accessible to everybody.
  fs.chmodSync(folder, 0o755);
  const daemon = ['/usr/sbin/munged', '--force', `--socket=${socket}`, `--key-file=${munge}/key`];
  const files = [`--pid-file=${munge}/pid`, `--seed-file=${munge}/seed`, `--log-file=${munge}/log`];
  execFileSync('runuser', ['-u', 'munge', '--', ...daemon, ...files], { stdio: 'ignore' });
  const [one, two] = [20_000 + (process.pid % 10_000), 30_001 + (process.pid % 10_000)];
  const file = path.join(own, 'slurm.conf');
  fs.writeFileSync(
    file,
    `ClusterName=t
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${one}
SlurmdPort=${two}
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmUser=root
SlurmctldPidFile=${own}/ctl.pid
SlurmdPidFile=${own}/d.pid
SlurmctldLogFile=${own}/ctl.log
SlurmdLogFile=${own}/d.log
SlurmdSpoolDir=${own}/d
StateSaveLocation=${own}/ctl
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,bf_interval=1,sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${os.cpus().length} State=UNKNOWN
PartitionName=p Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`,
  );
  const environment = { ...process.env, SLURM_CONF: file };
  const stop = async (): Promise<void> => {
    for (const pidFile of [`${own}/ctl.pid`, `${own}/d.pid`, `${munge}/pid`]) {
      const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8')) : 0;
      if (pid > 0) process.kill(pid, 'SIGTERM');
    }
    await sleep(500);
  };
  try {
    execFileSync('slurmctld', ['-f', file], { env: environment, stdio: 'ignore' });
    execFileSync('slurmd', ['-f', file], { env: environment, stdio: 'ignore' });
    for (let waited = 0; waited < 60; waited++) {
      const { stdout } = spawnSync('sinfo', ['-h', '-o', '%T'], { env: environment, encoding: 'utf8' });
      if (stdout.trim() === 'idle') return { file, stop };
      await sleep(500);
    }
    throw new Error(`The cluster did not start: ${fs.readFileSync(`${own}/ctl.log`, 'utf8')}`);
  } catch (error) {
    await stop();
    throw error;
  }
}
