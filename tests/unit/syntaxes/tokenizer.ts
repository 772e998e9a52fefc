/** Tokenises texts with the grammar the way VS Code does: vscode-textmate over Oniguruma. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

const GRAMMAR = `${import.meta.dirname}/../../../syntaxes/policytext.tmLanguage.json`;

/** A run of characters with its scopes, without the grammar's own. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Loads the grammar. Returns a function from one line to its tokens; no rule of the grammar spans lines. */
export async function loadTokenizer(): Promise<(line: string) => Token[]> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR),
  });
  const grammar = (await registry.loadGrammar('text.policytext')) as IGrammar;
  return (line) => {
    const { tokens } = grammar.tokenizeLine(line, textmate.INITIAL);
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      start: startIndex,
      end: Math.min(endIndex, line.length),
      text: line.slice(startIndex, endIndex),
      scopes: scopes.slice(1),
    }));
  };
}

/** The pieces of `tokens` in a scope beginning with `scope`; adjacent ones are joined. */
export function within(tokens: readonly Token[], scope: string): string[] {
  const found: string[] = [];
  let open = -1;
  for (const token of tokens) {
    if (!token.scopes.some((one) => one === scope || one.startsWith(`${scope}.`))) continue;
    if (open === token.start) found[found.length - 1] += token.text;
    else found.push(token.text);
    open = token.end;
  }
  return found;
}
