/** The hooks from docs/editors/kakoune.md. Debian has no kakoune-lsp: its declarations are stubbed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandFolder, editorFolder, runEditor } from './editors';

const there = spawnSync('kak', ['-version']).status === 0;

const CLIENT = `#!/bin/sh
cat << 'end'
declare-option str lsp_servers
define-command lsp-enable-window %{ set-option -add window lsp_servers "# enabled" }
declare-user-mode lsp
end
`;

describe.skipIf(!there)('Kakoune', () => {
  const folder = editorFolder('kakoune');

  it('takes a draft for a policy text and names the server to its client, with the code of its page', () => {
    writeFileSync(path.join(commandFolder(folder()), 'kak-lsp'), CLIENT, { mode: 0o755 });
    const answer = path.join(folder(), 'answer.txt');
    const ask = `evaluate-commands %sh{ printf '%s\\n%s' "$kak_opt_filetype" "$kak_opt_lsp_servers" > '${answer}' }\nkill! 0`;
    const page = { name: 'kakoune', language: 'kak', extension: 'kak' };
    const { stderr } = runEditor(folder(), page, ask, ({ init, ask: file, draft }) => [
      'kak',
      '-n',
      '-ui',
      'dummy',
      '-e',
      `source '${init}'; edit '${draft}'; source '${file}'`,
    ]);
    expect(existsSync(answer), stderr).toBe(true);
    const [filetype, ...servers] = readFileSync(answer, 'utf8').split('\n');
    expect(filetype).toBe('policytext');
    expect(servers.join('\n')).toContain('command = "policy-text-server"');
    expect(servers.join('\n')).toContain('# enabled');
  }, 60_000);
});
