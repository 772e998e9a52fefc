// Plants breaks in sound documents, each in a copy of its own, for any tool to find:
//   node tests/benchmark/generate.mjs CASES [FOLDER…] [--per-kind N] [--seed N] [--lexicon FILE]
// The folders contain the documents (.txt, .gongwen, .md; by default documents/ beside this file and corpus/samples).
// CASES gets sound/, broken/ and truth.json. See README.md for the rules.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CLASSES, generator } from './planters.mjs';
import { loadProduct } from './product.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const DRAFT = /\.(?:txt|gongwen|policytext|md)$/;
const PER_KIND = 3;
const SEED = 20260101;
const FOLDERS = [path.join(import.meta.dirname, 'documents'), path.join(root, 'corpus/samples')];

/**
 * Plants at most `perKind` breaks of each kind in each document of `folders` and writes them to `cases`. Returns the
 * truth as written: for each break its file, class, kind, document and places.
 */
export async function generate(cases, { folders = FOLDERS, perKind = PER_KIND, seed = SEED, lexiconFile } = {}) {
  const product = await loadProduct();
  const lexicon = product.loadLexicon(fs.readFileSync(lexiconFile ?? path.join(root, 'corpus/lexicon.json'), 'utf8'));
  const documents = folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => DRAFT.test(name) && path.basename(name) !== 'README.md')
      .sort()
      .map((name) => path.join(folder, name)),
  );
  if (documents.length === 0) throw new Error(`${folders.join(', ')}: no documents`);
  for (const part of ['sound', 'broken']) fs.mkdirSync(path.join(cases, part), { recursive: true });
  const breaks = [];
  for (const [index, name] of documents.entries()) {
    const text = fs
      .readFileSync(name, 'utf8')
      .replace(/^\ufeff/, '')
      .replace(/\r\n/g, '\n');
    const number = String(index).padStart(4, '0');
    const sound = `${number}${path.extname(name)}`;
    fs.writeFileSync(path.join(cases, 'sound', sound), text);
    const analysis = product.analyse(text, name.endsWith('.md') ? 'markdown' : 'policytext');
    for (const [group, kinds] of Object.entries(CLASSES)) {
      for (const [kind, plant] of Object.entries(kinds)) {
        const random = generator(seed + index);
        const all = [...plant(product, { text, analysis, lexicon, random })].filter(
          ({ text: broken }) => broken !== text,
        );
        for (const [at, { text: broken, places }] of spread(all, perKind).entries()) {
          const file = `${number}-${group}-${kind}-${at}${path.extname(name)}`;
          fs.writeFileSync(path.join(cases, 'broken', file), broken);
          breaks.push({ file, class: group, kind, sound, places });
        }
      }
    }
  }
  const truth = { seed, documents: documents.length, breaks };
  fs.writeFileSync(path.join(cases, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}

/** At most `most` of `all`, evenly distributed over its whole length. */
function spread(all, most) {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / most)]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: {
      'per-kind': { type: 'string', default: String(PER_KIND) },
      seed: { type: 'string', default: String(SEED) },
      lexicon: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [cases, ...folders] = positionals;
  if (!cases) {
    console.error(
      'Usage: node tests/benchmark/generate.mjs CASES [FOLDER…] [--per-kind N] [--seed N] [--lexicon FILE]',
    );
    process.exit(2);
  }
  const truth = await generate(cases, {
    ...(folders.length > 0 && { folders }),
    perKind: Number(values['per-kind']),
    seed: Number(values.seed),
    lexiconFile: values.lexicon,
  });
  console.log(`${truth.breaks.length} breaks in ${truth.documents} documents`);
}
