/** The very code that docs/editors/neovim.md gives, run where there is a Neovim. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandFolder } from './editors';
import { BROKEN_SPEECH } from './texts';

const there = spawnSync('nvim', ['--version']).status === 0;

/** Prints what the editor knows after a while, as JSON. */
const ASK = `
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local params = { textDocument = vim.lsp.util.make_text_document_params() }
local symbols = {}
local function walk(list)
  for _, symbol in ipairs(list or {}) do
    table.insert(symbols, symbol.name)
    walk(symbol.children)
  end
end
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/documentSymbol', params, 10000)) do walk(answer.result) end
local found = vim.tbl_map(function(one) return one.lnum .. ' ' .. one.code .. ' ' .. one.message:sub(1, 9) end, vim.diagnostic.get(0))
io.stdout:write(vim.fn.json_encode({ symbols = symbols, found = found }))
`;

describe.skipIf(!there)('Neovim', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'policy-neovim-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('shows outline and findings with the code of its page, in the language of the system', () => {
    const [, code = ''] = /```lua\n([\s\S]*?)```/.exec(readFileSync('docs/editors/neovim.md', 'utf8')) ?? [];
    const draft = path.join(folder, '讲话.policy.txt');
    const [init, ask] = [path.join(folder, 'init.lua'), path.join(folder, 'ask.lua')];
    writeFileSync(init, code);
    writeFileSync(ask, ASK);
    writeFileSync(draft, BROKEN_SPEECH);
    const { stdout, stderr } = spawnSync(
      'nvim',
      ['--headless', '-u', init, draft, '-c', `luafile ${ask}`, '-c', 'qa!'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          LC_ALL: 'zh_CN.UTF-8',
          PATH: `${commandFolder(folder)}${path.delimiter}${process.env.PATH}`,
        },
        cwd: folder,
        timeout: 50_000,
      },
    );
    const { symbols, found } = JSON.parse(stdout || stderr);
    expect(symbols).toContain('（二）加快工程进度');
    expect(found).toEqual(expect.arrayContaining(['8 placeholder.unresolved 占位符']));
  }, 60_000);
});
