/** The code from docs/editors/vim.md for ALE, run if there is a Vim with it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editorFolder, runEditor } from './editors';

/** Where Debian's package vim-ale puts it. */
const ALE = '/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale';
const there = spawnSync('vim', ['--version']).status === 0 && existsSync(ALE);

/** Writes the editor's state after a while beside this file, as JSON. */
const ASK = `
let s:tries = 0
while s:tries < 400 && empty(ale#engine#GetLoclist(bufnr('')))
  sleep 50m
  let s:tries += 1
endwhile
let s:found = map(copy(ale#engine#GetLoclist(bufnr(''))), {_, one -> (one.lnum - 1) . ' ' . get(one, 'code', '') . ' ' . one.text})
call writefile([json_encode(s:found)], expand('<sfile>:p:h') . '/found.json')
qa!
`;

describe.skipIf(!there)('Vim with ALE', () => {
  const folder = editorFolder('vim');

  it('shows findings with the code of its page, in the language of the system', () => {
    const page = { name: 'vim', language: 'vim', extension: 'vim' };
    const { stderr } = runEditor(folder(), page, ASK, ({ init, ask, draft }) => [
      'vim',
      '-N',
      '-es',
      '-u',
      init,
      draft,
      '-S',
      ask,
    ]);
    const file = path.join(folder(), 'found.json');
    expect(existsSync(file), stderr).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toContainEqual(
      expect.stringMatching(/^8 placeholder\.unresolved 占位符/),
    );
  }, 60_000);
});
