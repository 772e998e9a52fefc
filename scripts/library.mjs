// Parts of the server's libraries that a start need not load.
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const library = path.dirname(createRequire(import.meta.url).resolve('vscode-languageserver'));

/**
 * The library and this project may each have a version of the protocol's types: one of them is enough.
 * @type {import('esbuild').Plugin}
 */
export const oneProtocol = {
  name: 'one-protocol',
  setup(build) {
    build.onResolve({ filter: /^vscode-languageserver-types$/ }, ({ path: name, pluginData }) =>
      pluginData === library
        ? undefined
        : build.resolve(name, { resolveDir: library, kind: 'import-statement', pluginData: library }),
    );
  },
};

/**
 * A module that resolves modules in a workspace's node_modules by starting other processes. It is not used here, but
 * would be loaded with its dependencies.
 * @type {import('esbuild').Plugin}
 */
export const withoutFileModule = {
  name: 'without-file-module',
  setup(build) {
    build.onLoad({ filter: /vscode-languageserver[\\/]lib[\\/]node[\\/]files\.js$/ }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

/**
 * Node's crypto takes some 4 ms to load, and the library needs it for the names of pipes alone.
 * @type {import('esbuild').Plugin}
 */
export const cryptoWhenNeeded = {
  name: 'crypto-when-needed',
  setup(build) {
    build.onLoad({ filter: /vscode-jsonrpc[\\/]lib[\\/]node[\\/]main\.js$/ }, async ({ path: file }) => {
      const code = await fs.readFile(file, 'utf8');
      const contents = code
        .replace('const crypto_1 = require("crypto");', '')
        .replaceAll('(0, crypto_1.randomBytes)', '(0, require("crypto").randomBytes)');
      if (contents.includes('crypto_1')) throw new Error(`${file}: another use of crypto`);
      return { contents };
    });
  },
};
