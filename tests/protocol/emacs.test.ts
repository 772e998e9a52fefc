/** The code from docs/editors/emacs.md, run if there is an Emacs with Eglot; and what all editors' pages share. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editorFolder, runEditor } from './editors';

const start = ['--batch', '-q', '--eval', '(package-initialize)'];
const there = spawnSync('emacs', [...start, '--eval', "(require 'eglot)"]).status === 0;

/** Prints the editor's state after a while, as JSON. Batch mode has no commands, after which hooks would run. */
const ASK = `
(require 'json) (require 'imenu) (require 'cl-lib)
(switch-to-buffer (current-buffer))
(let ((end (+ (float-time) 20)))
  (while (and (< (float-time) end) (not (flymake-diagnostics)))
    (run-hooks 'post-command-hook)
    (when (bound-and-true-p flymake-mode) (flymake-start))
    (accept-process-output nil 0.1)))
(let (names)
  (cl-labels ((walk (list)
                (dolist (entry list)
                  (when (consp entry)
                    (push (substring-no-properties (car entry)) names)
                    (when (listp (cdr entry)) (walk (cdr entry)))))))
    (walk (funcall imenu-create-index-function)))
  (princ (json-encode
          (list (cons 'symbols (nreverse names))
                (cons 'found (mapcar (lambda (one)
                                       (format "%d %s" (1- (line-number-at-pos (flymake-diagnostic-beg one)))
                                               (flymake-diagnostic-text one)))
                                     (flymake-diagnostics)))))))
`;

describe.skipIf(!there)('Emacs with Eglot', () => {
  const folder = editorFolder('emacs');

  it('shows outline and findings with the code of its page, in the language of the system', () => {
    const page = { name: 'emacs', language: 'elisp', extension: 'el' };
    const { stdout } = runEditor(folder(), page, ASK, ({ init, ask, draft }) => [
      'emacs',
      ...start,
      '-l',
      init,
      draft,
      '-l',
      ask,
    ]);
    const { symbols, found } = JSON.parse(stdout);
    expect(symbols).toContain('（二）加快工程进度');
    expect(found).toContainEqual(expect.stringMatching(/^8 .*placeholder\.unresolved.*占位符/));
  }, 60_000);
});

describe('the pages of editors', () => {
  const pages = readdirSync('docs/editors');
  const index = readFileSync('docs/editors.md', 'utf8');

  it('are all in the index', () => {
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) expect(index).toContain(`(editors/${page})`);
  });

  it.each(pages)('%s starts the command that the npm package brings, for the files that are drafts', (page) => {
    const text = readFileSync(path.join('docs/editors', page), 'utf8');
    expect(readFileSync('scripts/npm-package.mjs', 'utf8')).toContain("'policy-text-server':");
    expect(text).toContain('policy-text-server');
    expect(text).toContain('--stdio');
    expect(text).toContain('npm install --global policy-text');
    // Zed has no file types of an extension without a grammar.
    if (page !== 'zed.md') for (const ending of ['policy', 'gw', 'gongwen']) expect(text).toContain(ending);
  });

  it('give the version of the package in the recipe for mason', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(readFileSync('docs/editors/neovim.md', 'utf8')).toContain(`pkg:npm/policy-text@${version}\n`);
  });
});
