// Parts of the server's libraries that a start need not load.
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
