/** What the code must never do, searched in the sources and in what is shipped. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigurationFile } from '../../server/src/rules/configurationFile';

function sourcesOf(folder: string): (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [path.join(folder, name), withoutComments(readFileSync(path.join(folder, name), 'utf8'))]);
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const sources = [...sourcesOf('server/src'), ...sourcesOf('client/src')];
/** The files with a match for `what`. */
const using = (what: RegExp) => sources.filter(([, text]) => what.test(text)).map(([file]) => file);

describe('the sources', () => {
  it('make no code out of text', () => {
    expect(using(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/)).toEqual([]);
    // It runs the server's own scripts, named by their folder (`tests/unit/lsp/compiledScripts.test.ts`).
    expect(using(/['"](?:node:)?vm['"]/)).toEqual([path.join('server/src/lsp', 'compiledScripts.node.ts')]);
    // Module names are literals, so that a workspace cannot choose them.
    expect(using(/\b(?:import|require)\s*\(\s*(?!['"])/)).toEqual([]);
  });

  it('start no program and open no connection', () => {
    const modules = 'child_process|cluster|net|tls|http|https|http2|dgram|dns|inspector';
    expect(using(new RegExp(`['"](?:node:)?(?:${modules})(?:/promises)?['"]`))).toEqual([]);
    // In a browser the server's own files come from where the extension is installed, and nothing else does.
    const own = /\bfetch\(fileUrl\('[\w.]+'\)\)|\bimportScripts\(\$\{JSON\.stringify\(fileUrl\('[\w.]+'\)\)\}\)/g;
    const others = sources.filter(([, text]) =>
      /\b(?:fetch\s*\(|importScripts|XMLHttpRequest|WebSocket)/.test(text.replace(own, '')),
    );
    expect(others.map(([file]) => file)).toEqual([]);
    // An exported document is opened by the system's program for it, if the writer says so.
    const written = /\benv\.openExternal\(written\)/g;
    const starting = sources.filter(([, text]) =>
      /env\.openExternal|createTerminal|vscode\.tasks|ShellExecution/.test(text.replace(written, '')),
    );
    expect(starting.map(([file]) => file)).toEqual([]);
  });

  it('trust no Markdown and let none hold HTML', () => {
    expect(using(/isTrusted\s*[:=](?!=)|supportHtml|enabledCommands/)).toEqual([]);
    // Text of drafts is added to Markdown of the client by appendText only.
    expect(using(/appendMarkdown\((?!'\\n\\n'\))/)).toEqual([]);
  });

  it('show one webview, which loads its own script and nothing else', () => {
    expect(using(/createWebviewPanel|registerWebviewViewProvider|registerCustomEditorProvider/)).toEqual([
      path.join('client/src', 'pagePreview.ts'),
    ]);
    const html = readFileSync('client/src/pagePreview.ts', 'utf8');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is looked for in a source.
    const nonce = '${nonce}';
    expect(html.match(/content="default-src[^"]*"/g)).toEqual([
      `content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'"`,
    ]);
    const script = readFileSync('client/preview/preview.ts', 'utf8');
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bfetch\b|XMLHttpRequest|import\(/,
    );
  });
});

describe('the manifest', () => {
  const { capabilities, contributes } = JSON.parse(readFileSync('package.json', 'utf8'));

  it('lets a folder that is not trusted set nothing that leads elsewhere', () => {
    const groups = [contributes.configuration].flat() as { properties: Record<string, { items?: unknown }> }[];
    const names = groups.flatMap(({ properties }) => Object.keys(properties));
    // Every setting whose value is a path or a command; the others choose among words.
    const paths = names.filter((name) => /\.(?:paths?|files?|folders?|commands?|executable|args)$/i.test(name));
    expect(paths).toEqual(['policyText.templates.folders', 'policyText.corpus.paths']);
    expect(capabilities.untrustedWorkspaces).toMatchObject({
      supported: 'limited',
      restrictedConfigurations: paths,
    });
  });
});

describe('.policytext.json', () => {
  it('names no paths to read from, wherever it lies', () => {
    const { rules, ignore, profile, problems } = readConfigurationFile(
      '{ "corpus": { "paths": ["/etc"] }, "corpus.paths": ["../.."], "extends": "/etc/passwd", "rules": {} }',
    );
    expect({ rules, profile }).toEqual({ rules: {}, profile: undefined });
    expect(JSON.stringify(ignore)).not.toContain('etc');
    expect(problems.length).toBeGreaterThanOrEqual(3);
  });
});
