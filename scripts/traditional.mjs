// Generates traditional Chinese from the simplified texts at build time: files for the manifest and the client, and for
// the server OpenCC's tables reduced to what its texts need (some 15 kB instead of 1.1 MB).
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Converter } from 'opencc-js/cn2t';
import { root } from './prepare.mjs';

const convert = Converter({ from: 'cn', to: 'twp' });
const generic = Converter({ from: 'cn', to: 't' });
const FILES = ['package.nls.*.json', 'l10n/bundle.l10n.*.json'];

/** Writes the files for VS Code beside the simplified ones. */
export function writeTraditional() {
  for (const name of FILES) {
    const from = JSON.parse(fs.readFileSync(path.join(root, name.replace('*', 'zh-cn')), 'utf8'));
    const to = Object.fromEntries(Object.entries(from).map(([key, text]) => [key, convert(text)]));
    fs.writeFileSync(path.join(root, name.replace('*', 'zh-tw')), `${JSON.stringify(to, null, 2)}\n`);
  }
}

/**
 * Keeps those entries of OpenCC's tables that can match some text in the server's source.
 * @type {import('esbuild').Plugin}
 */
export const cutTables = {
  name: 'cut-tables',
  setup(build) {
    build.onLoad({ filter: /[\\/]opencc-js[\\/].*[\\/]dict[\\/]\w+\.js$/ }, async ({ path: file }) => {
      const texts = sourceTexts();
      // The words of Taiwan are looked up in text already converted to traditional.
      const met = `${texts}\n${generic(texts)}`;
      const { default: table } = await import(pathToFileURL(file).href);
      const used = table.split('|').filter((entry) => met.includes(entry.slice(0, entry.indexOf(' '))));
      // A table without entries still has to look like one.
      return { contents: `export default ${JSON.stringify(used.join('|') || '　 　')};` };
    });
  },
};

/** All Chinese text in quotation marks in the server's source. */
function sourceTexts() {
  const folder = path.join(root, 'server/src');
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g) ?? [])
    .filter((text) => /\p{Script=Han}/u.test(text))
    .join('\n');
}
