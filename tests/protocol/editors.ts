/** Shared by the tests that drive other editors. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { SERVER } from './session';
import { BROKEN_SPEECH } from './texts';

/**
 * A folder for the tests of `editor`, created before the first of them and removed after the last. Call it in a
 * `describe`.
 */
export function editorFolder(editor: string): () => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), `policy-${editor}-`));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return () => folder;
}

/**
 * A new folder in `folder` that contains the command `policy-text-server`, as installing the npm package puts it on the
 * path. Returns its path.
 */
export function commandFolder(folder: string): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${path.resolve(SERVER)}' "$@"\n`;
  writeFileSync(path.join(bin, 'policy-text-server'), script, { mode: 0o755 });
  return bin;
}

export interface EditorFiles {
  /** The code of the page. */
  readonly init: string;
  /** Code that prints the editor's answer. */
  readonly ask: string;
  /** A draft with faults. */
  readonly draft: string;
}

/**
 * Runs an editor on a draft in `folder`, with the code from its `page` in `language` followed by `ask`, as on a machine
 * in Chinese; `command` is the program and its arguments. Returns its output.
 */
export function runEditor(
  folder: string,
  page: { readonly name: string; readonly language: string; readonly extension: string },
  ask: string,
  command: (files: EditorFiles) => readonly [string, ...string[]],
): { stdout: string; stderr: string } {
  const fence = new RegExp(`\`\`\`${page.language}\\n([\\s\\S]*?)\`\`\``);
  const [, code = ''] = fence.exec(readFileSync(`docs/editors/${page.name}.md`, 'utf8')) ?? [];
  const files = {
    init: path.join(folder, `init.${page.extension}`),
    ask: path.join(folder, `ask.${page.extension}`),
    draft: path.join(folder, '讲话.policy.txt'),
  };
  writeFileSync(files.init, code);
  writeFileSync(files.ask, ask);
  writeFileSync(files.draft, BROKEN_SPEECH);
  const [program, ...args] = command(files);
  return spawnSync(program, args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      LC_ALL: 'zh_CN.UTF-8',
      PATH: `${commandFolder(folder)}${path.delimiter}${process.env.PATH}`,
    },
    cwd: folder,
    timeout: 50_000,
  });
}
