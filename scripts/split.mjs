// Splits a bundle into parts that are loaded when first needed, in CommonJS: esbuild splits only ES modules, so its
// output is converted. It is regular enough for that: all imports are at the top of a file, one list of exports at its
// end, and anything else is an error here.
//
// ES modules as esbuild writes them (server.mjs loaded by a server.js that imports it) were tried and measured in
// November 2026, from the start of the process to the first outline of 30,000 characters, starts of both alternating,
// medians: on Node 22 with the compile cache, as in VS Code, 317 instead of 284 ms and 123 instead of 114 ms of
// processor time (50 starts each; first quartiles 297 and 263, 119 and 111); on Node 20 within the noise (processor
// time +5, -1 and +2 % in three runs of 25 to 60). Besides, library.js must be CommonJS for users who require it on
// Node 20, so that its modules would be in the package twice.
import fs from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';

/**
 * Options for a bundle in parts. They are in one folder, so that `__dirname` means the same in all.
 * @type {import('esbuild').BuildOptions}
 */
export const IN_PARTS = { splitting: true, format: 'esm', write: false, chunkNames: '[name]-[hash]' };

/**
 * Writes the parts of a bundle built with {@link IN_PARTS}, and deletes those of an earlier build.
 * @returns {import('esbuild').Plugin}
 */
export function commonParts() {
  return {
    name: 'common-parts',
    setup(build) {
      // CommonJS has no import.meta: the parts that use its url declare a substitute.
      build.initialOptions.define = { ...build.initialOptions.define, 'import.meta.url': MODULE_URL };
      // Node's built-in modules are required where they are needed, so that the parts import nothing but each other.
      build.onResolve({ filter: /./ }, ({ path: name, kind }) =>
        isBuiltin(name) && kind !== 'require-call' ? { path: name, namespace: 'builtin' } : undefined,
      );
      build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path: name }) => ({
        contents: `module.exports = require(${JSON.stringify(name)});`,
      }));
      build.onEnd(async ({ outputFiles = [] }) => {
        const folder = path.resolve(build.initialOptions.outdir ?? '.');
        await fs.mkdir(folder, { recursive: true });
        const names = new Set(outputFiles.map((file) => path.basename(file.path)));
        for (const name of await fs.readdir(folder)) {
          if (PART.test(name) && !names.has(name)) await fs.rm(path.join(folder, name));
        }
        for (const file of outputFiles) {
          await fs.writeFile(file.path, file.path.endsWith('.js') ? toCommon(file.text, file.path) : file.contents);
        }
      });
    },
  };
}

const PART = /-[0-9A-Z]{8}\.js(?:\.map)?$/;
const IMPORT = /^(\s*)import\s*(?:\{([^{}]*)\}\s*from\s*)?("\.\/[^"]+");?/;
const MODULE_URL = '__moduleUrl';
const MODULE_URL_USED = new RegExp(`\\b${MODULE_URL}\\b`);
const HASHBANG = /^(?:#!.*\n)?/;
const DEFAULT_EXPORT = /(?<![\w$.])export\s+default\s+([\w$]+\(\));?(?=\s*(?:\/\/.*\s*)?$)/;
const EXPORT = /(?<![\w$.])export\s*\{([^{}]*)\};?(?=\s*(?:\/\/.*\s*)?$)/;

/**
 * Converts the ES module `code`, as esbuild has written it, to CommonJS with the same number of lines: its source map
 * stays valid. Names are copied once: what a part exports never changes after it has run.
 */
function toCommon(code, file) {
  const [bang] = HASHBANG.exec(code);
  let head = `${bang}"use strict";`;
  let rest = code.slice(bang.length);
  for (let found = IMPORT.exec(rest); found; found = IMPORT.exec(rest)) {
    const [whole, space, names, part] = found;
    head += names ? `${space}var {${pairs(names, '$1: $2')}} = require(${part});` : `${space}require(${part});`;
    rest = rest.slice(whole.length);
  }
  rest = rest
    // A part that is a CommonJS module in a wrapper: its names are imported as in Node, individually and as a default.
    .replace(
      DEFAULT_EXPORT,
      (_, required) => `var __whole = ${required}; module.exports = {...__whole, default: __whole};`,
    )
    .replace(EXPORT, (_, names) => `module.exports = {${pairs(names, '$2: $1')}};`)
    .replace(/\bimport\(("\.\/[^"]+")\)/g, 'Promise.resolve().then(() => require($1))');
  if (/^(?:import|export)\b/m.test(rest)) throw new Error(`${file}: an import or export that is not understood`);
  if (/\bimport\.meta\.(?!url\b)/.test(rest)) throw new Error(`${file}: import.meta has no meaning in CommonJS`);
  if (MODULE_URL_USED.test(rest)) head += `var ${MODULE_URL} = require("node:url").pathToFileURL(__filename).href;`;
  return head + rest;
}

/** `a as b, c` with each pair in another form. */
function pairs(names, form) {
  return names.replace(/([\w$]+)(?:\s+as\s+([\w$]+))?/g, (_, one, other = one) =>
    form.replace('$1', () => one).replace('$2', () => other),
  );
}
