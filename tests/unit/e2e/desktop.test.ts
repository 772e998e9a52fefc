import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** Starting a desktop VS Code; the editor here is a script that records its arguments. */
const { desktopObstacle, editorOf, openDesktop } = await import(new URL('../../e2e/desktop.mjs', import.meta.url).href);

const RECORDER = `#!/usr/bin/env node
const fs = require('node:fs');
const argument = (name) => process.argv.find((one) => one.startsWith(name + '='))?.slice(name.length + 1);
const settings = fs.readFileSync(argument('--user-data-dir') + '/User/settings.json', 'utf8');
const drafts = fs.readdirSync(process.argv[2]);
fs.writeFileSync(process.env.RECORD, JSON.stringify({ args: process.argv.slice(2), env: process.env, settings, drafts }));
process.exit(Number(process.env.END_WITH ?? 0));
`;

// A script can replace a program if the system executes scripts.
describe.skipIf(process.platform === 'win32')('starting a desktop VS Code', () => {
  let folder: string;
  let editor: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-desktop-'));
    fs.mkdirSync(path.join(folder, 'drafts'));
    fs.writeFileSync(path.join(folder, 'drafts/讲话.txt'), '一、任务\n');
    editor = path.join(folder, 'editor');
    fs.writeFileSync(editor, RECORDER, { mode: 0o755 });
    vi.stubEnv('RECORD', path.join(folder, 'record.json'));
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const start = async (executable?: string) => {
    const opened = await openDesktop({
      drafts: [path.join(folder, 'drafts')],
      developed: '/extension',
      suite: '/suite.js',
      ...(executable && { executable }),
    });
    opened.page.catch(() => {});
    const ended: string = await opened.ended;
    await opened.close();
    return { ended, called: JSON.parse(fs.readFileSync(path.join(folder, 'record.json'), 'utf8')) };
  };

  it('opens a copy of the drafts with the extension, the suite and a profile of its own', async () => {
    const { ended, called } = await start(editor);
    expect(ended).toBe('');
    const [workspace, ...args] = called.args as string[];
    expect(called.drafts).toEqual(['讲话.txt']);
    expect(workspace).not.toBe(path.join(folder, 'drafts'));
    expect(args).toContain('--extensionDevelopmentPath=/extension');
    expect(args).toContain('--extensionTestsPath=/suite.js');
    expect(args).toContain('--disable-workspace-trust');
    for (const name of ['--user-data-dir', '--extensions-dir'])
      expect(args.filter((one) => one.startsWith(`${name}=${path.dirname(workspace as string)}`))).toHaveLength(1);
    expect(args.find((one) => /^--remote-debugging-port=\d+$/.test(one))).toBeDefined();
    expect(JSON.parse(called.settings)['telemetry.telemetryLevel']).toBe('off');
    expect(fs.existsSync(workspace as string)).toBe(false);
  });

  it('hands on nothing of the editor that it is started from', async () => {
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1');
    vi.stubEnv('VSCODE_IPC_HOOK_CLI', '/elsewhere.sock');
    const { called } = await start(editor);
    expect(Object.keys(called.env).filter((name) => /^(?:VSCODE_|ELECTRON_)/.test(name))).toEqual([]);
  });

  it('says that the editor ended, and with what', async () => {
    vi.stubEnv('END_WITH', '3');
    expect((await start(editor)).ended).toMatch(/^the desktop VS Code ended: .*3/);
  });

  it('starts the program where VSCODE_BIN names its script', async () => {
    fs.mkdirSync(path.join(folder, 'share/bin'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'share/bin/code'), '#!/bin/sh\nexit 7\n', { mode: 0o755 });
    fs.renameSync(editor, path.join(folder, 'share/code'));
    fs.symlinkSync(path.join(folder, 'share/bin/code'), path.join(folder, 'code'));
    vi.stubEnv('VSCODE_BIN', path.join(folder, 'code'));
    expect((await start()).ended).toBe('');
    expect(editorOf(path.join(folder, 'share/code'))).toBe(path.join(folder, 'share/code'));

    const app = path.join(folder, 'Code.app/Contents');
    for (const one of ['MacOS', 'Resources/app/bin']) fs.mkdirSync(path.join(app, one), { recursive: true });
    for (const one of ['MacOS/Electron', 'Resources/app/bin/code']) fs.writeFileSync(path.join(app, one), '');
    expect(editorOf(path.join(app, 'Resources/app/bin/code'))).toBe(fs.realpathSync(path.join(app, 'MacOS/Electron')));
  });

  it('says plainly what is missing', () => {
    vi.stubEnv('VSCODE_BIN', path.join(folder, 'nowhere'));
    expect(desktopObstacle()).toContain('names a file that is not there');
    vi.stubEnv('VSCODE_BIN', '');
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    if (process.platform === 'linux') expect(desktopObstacle()).toContain('DISPLAY is not set');
    vi.stubEnv('DISPLAY', ':0');
    expect(desktopObstacle()).toBeUndefined();
  });
});
