/** The code from docs/editors/neovim.md, run if there is a Neovim. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { editorFolder, runEditor } from './editors';

const there = spawnSync('nvim', ['--version']).status === 0;

/** Prints the editor's state after a while, as JSON. */
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
  const folder = editorFolder('neovim');

  it('shows outline and findings with the code of its page, in the language of the system', () => {
    const page = { name: 'neovim', language: 'lua', extension: 'lua' };
    const { stdout, stderr } = runEditor(folder(), page, ASK, ({ init, ask, draft }) => [
      'nvim',
      '--headless',
      '-u',
      init,
      draft,
      '-c',
      `luafile ${ask}`,
      '-c',
      'qa!',
    ]);
    const { symbols, found } = JSON.parse(stdout || stderr);
    expect(symbols).toContain('（二）加快工程进度');
    expect(found).toEqual(expect.arrayContaining(['8 placeholder.unresolved 占位符']));
  }, 60_000);
});
