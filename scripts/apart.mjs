// Heavy modules that the first outline does not need. Each becomes a file of its own, dist/lib/*.js, which the server,
// the command line and the learning worker load when one of its functions is first called: it is in the package once,
// and no start waits for it. A module listed here exports functions and nothing else.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cutTables } from './traditional.mjs';

/**
 * Leaves out the tables of encodings that no Chinese draft uses.
 * @type {import('esbuild').Plugin}
 */
const withoutForeignTables = {
  name: 'without-foreign-tables',
  setup(build) {
    build.onLoad({ filter: /iconv-lite.encodings.tables.(?:shiftjis|eucjp|cp949)\.json$/ }, () => ({
      contents: '[]',
      loader: 'json',
    }));
  },
};

/**
 * OpenCC's bundle for this direction, reassembled from its parts.
 * @type {import('esbuild').Plugin}
 */
const openccParts = {
  name: 'opencc-parts',
  setup(build) {
    build.onLoad({ filter: /opencc-js.dist.esm.cn2t\.js$/ }, () => ({
      contents: [
        "import { ConverterBuilder } from '../esm-lib/core.js';",
        "import * as tables from '../esm-lib/preset/cn2t.js';",
        'export const Converter = ConverterBuilder(tables);',
      ].join('\n'),
    }));
  },
};

/**
 * OpenCC's 49,000 phrases, "from to|from to|…", are most of the package's size. Four in five only map each character to
 * its usual counterpart, so that storing the phrase suffices; in the others the characters that differ follow theirs
 * after an equals sign.
 * @type {import('esbuild').Plugin}
 */
const packPhrases = {
  name: 'pack-phrases',
  setup(build) {
    build.onLoad({ filter: /[\\/]dict[\\/]STPhrases\.js$/ }, async ({ path: file }) => {
      const [phrases, characters] = await Promise.all(
        [file, path.join(path.dirname(file), 'STCharacters.js')].map((one) => import(pathToFileURL(one).href)),
      );
      const packed = pack(phrases.default, characters.default);
      if (unpack(packed, characters.default) !== phrases.default) return undefined;
      return {
        contents: [
          "import characters from './STCharacters.js';",
          unpack.toString(),
          `export default unpack(${JSON.stringify(packed)}, characters);`,
        ].join('\n'),
      };
    });
  },
};

function pack(phrases, characters) {
  const usual = new Map(characters.split('|').map((pair) => pair.split(' ')));
  const packed = phrases.split('|').map((pair) => {
    const [from, to] = pair.split(' ').map((side) => [...side]);
    return from.map((one, at) => (to[at] === (usual.get(one) ?? one) ? one : `${one}=${to[at]}`)).join('');
  });
  return packed.join('|');
}

/** Copied into the built file verbatim. */
function unpack(packed, characters) {
  const usual = new Map(characters.split('|').map((pair) => pair.split(' ')));
  const unpacked = packed.split('|').map((phrase) => {
    let from = '';
    let to = '';
    for (const [, one, other] of phrase.matchAll(/(.)(?:=(.))?/gu)) {
      from += one;
      to += other ?? usual.get(one) ?? one;
    }
    return `${from} ${to}`;
  });
  return unpacked.join('|');
}

/**
 * Those with `platform: 'node'` are split off only for Node: in a browser, where a file may not be found, they are
 * bundled or not needed.
 */
const APART = [
  { module: 'opencc-js/cn2t', file: 'opencc-cn2t', functions: ['Converter'], plugins: [openccParts, packPhrases] },
  { module: 'opencc-js/t2cn', file: 'opencc-t2cn', functions: ['Converter'] },
  { module: 'pinyin-pro', file: 'pinyin-pro', functions: ['pinyin'] },
  {
    module: './shippedCounts',
    file: 'character-counts',
    functions: ['shippedCounts', 'shippedWords'],
    source: 'server/src/repair/shippedCounts.ts',
  },
  {
    module: './characterTables',
    file: 'character-tables',
    functions: ['characterTables'],
    source: 'server/src/text/characterTables.ts',
    platform: 'node',
  },
  {
    module: 'iconv-lite',
    file: 'iconv-lite',
    functions: ['decode', 'encode'],
    platform: 'node',
    plugins: [withoutForeignTables],
  },
  {
    module: './traditionalMessages',
    file: 'messages-zh-tw',
    functions: ['traditionalMessage'],
    source: 'server/src/text/traditionalMessages.ts',
    plugins: [openccParts, cutTables],
  },
];

/** The scripts run in Node and in a web worker alike: a script stores its functions in this variable. */
const LOADED = 'policyTextLoaded';

/** @returns {import('esbuild').BuildOptions[]} Build options of the files themselves. */
export function apartFiles() {
  return APART.map(({ module, file, source, platform = 'neutral', plugins = [] }) => ({
    entryPoints: { [`lib/${file}`]: source ?? module },
    format: 'iife',
    globalName: LOADED,
    footer: { js: `if (typeof module === 'object') module.exports = ${LOADED};` },
    platform,
    mainFields: ['module', 'main'],
    plugins,
  }));
}

/**
 * Replaces each module in a bundle by functions that load its file and delegate to it. Both ways of loading are
 * synchronous, so that callers do not change.
 * @returns {import('esbuild').Plugin}
 */
export function loadApart({ browser = false } = {}) {
  return {
    name: 'load-apart',
    setup(build) {
      for (const { module, file, functions, platform } of APART) {
        if (browser && platform === 'node') continue;
        const name = `lib/${file}.js`;
        const load = browser ? `(importScripts(fileUrl('${name}')), ${LOADED})` : `require('./${name}')`;
        build.onResolve({ filter: exactly(module) }, ({ namespace }) =>
          namespace === 'file' ? { path: name, namespace: 'apart' } : undefined,
        );
        build.onResolve({ filter: exactly(`./${name}`) }, () => ({ path: `./${name}`, external: true }));
        build.onLoad({ filter: exactly(name), namespace: 'apart' }, () => ({
          contents: [
            browser ? "import { fileUrl } from './server/src/webFiles';" : '',
            'let loaded;',
            `const load = () => (loaded ??= ${load});`,
            ...functions.map((one) => `export const ${one} = (...args) => load().${one}(...args);`),
            // Some are imported as a default.
            `export default { ${functions.join(', ')} };`,
          ].join('\n'),
          resolveDir: path.resolve('.'),
        }));
      }
    },
  };
}

/** @param {string} text */
function exactly(text) {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`);
}
