// Documents of the library whose headings were marked by hand, drawn at random and read line by line before the
// product's outline was seen. marked.json identifies each by the checksum of its bytes and contains positions only, no
// words: `headings` are line:column:level (0-based line, UTF-16 column of the marker or the first character, level 1
// outermost); lines in `either` may be headings or not (a title repeated, a note at the foot of a table).
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'marked.json');

/**
 * Compares the outlines of `cli` (a built dist/cli.js) with the marked headings of the documents below `folder`.
 * Returns the figures, and the errors in each document; undefined if the library has none of them. A heading counts as
 * nested correctly if the nearest marked heading above it in the outline is the one it was marked under.
 */
export function judge(cli, folder) {
  const all = JSON.parse(fs.readFileSync(FILE, 'utf8'));
  const bySum = documentsBySum(folder, new Set(all.map(({ collection }) => collection)));
  const marked = all.flatMap(({ sha256, headings, either }) => {
    const document = bySum.get(sha256);
    const numbers = (words) => words.split(' ').filter(Boolean);
    return document
      ? [
          {
            document,
            headings: numbers(headings).map((one) => one.split(':').map(Number)),
            either: numbers(either).map(Number),
          },
        ]
      : [];
  });
  if (marked.length === 0) return undefined;
  const outlines = JSON.parse(
    execFileSync(
      process.execPath,
      [cli, 'outline', '--format', 'json', '--', ...marked.map(({ document }) => document)],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  );
  const sum = { marked: 0, found: 0, right: 0, nested: 0, documentsRight: 0 };
  const mistakes = [];
  marked.forEach((each, index) => {
    const lines = fs.readFileSync(path.join(folder, each.document), 'utf8').split('\n');
    const { marked: wanted, found, right, nested, wrong } = compare(each, outlines[index].headings, lines);
    sum.marked += wanted;
    sum.found += found;
    sum.right += right;
    sum.nested += nested;
    if (wrong.length === 0) sum.documentsRight++;
    else mistakes.push({ document: each.document, wrong });
  });
  return {
    figures: {
      documents: marked.length,
      documentsRight: sum.documentsRight,
      headings: sum.marked,
      precision: round(sum.right / sum.found),
      recall: round(sum.right / sum.marked),
      nesting: round(sum.nested / sum.right),
    },
    mistakes,
  };
}

function compare({ headings, either }, outline, lines) {
  const parents = new Map();
  const open = [];
  for (const [line, column, level] of headings) {
    while (open.length > 0 && open.at(-1).level >= level) open.pop();
    parents.set(`${line}:${column}`, open.at(-1)?.key);
    open.push({ key: `${line}:${column}`, level });
  }
  const free = new Set(either);
  const seen = new Set();
  const wrong = [];
  const shown = (key) => {
    const [line, column] = key.split(':').map(Number);
    return `${line + 1} ${(lines[line] ?? '').slice(column, column + 24)}`;
  };
  let [found, right, nested] = [0, 0, 0];
  const walk = (siblings, above) => {
    for (const { line, character, kind, children } of siblings) {
      const key = `${line}:${character}`;
      seen.add(key);
      if (parents.has(key)) {
        found++;
        right++;
        const parent = above.findLast((one) => parents.has(one));
        if (parent === parents.get(key)) nested++;
        else wrong.push(`under ${parent ? shown(parent) : 'nothing'}: ${shown(key)}`);
      } else if (kind !== 'title' && !free.has(line)) {
        found++;
        wrong.push(`no heading: ${shown(key)}`);
      }
      walk(children, [...above, key]);
    }
  };
  walk(outline, []);
  for (const key of parents.keys()) if (!seen.has(key)) wrong.push(`missing: ${shown(key)}`);
  return { marked: parents.size, found, right, nested, wrong };
}

/** The documents of `collections` below `folder` by the checksums of their bytes. */
function documentsBySum(folder, collections) {
  const found = new Map();
  for (const collection of collections) {
    const inside = [collection, `txt/${collection}`].find((name) => fs.existsSync(path.join(folder, name)));
    if (!inside) continue;
    for (const name of fs.readdirSync(path.join(folder, inside))) {
      const document = `${inside}/${name}`;
      found.set(
        crypto
          .createHash('sha256')
          .update(fs.readFileSync(path.join(folder, document)))
          .digest('hex'),
        document,
      );
    }
  }
  return found;
}

function round(share) {
  return Math.round(share * 10_000) / 10_000;
}
