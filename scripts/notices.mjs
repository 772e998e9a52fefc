// Generates ThirdPartyNotices.txt: the licences of all packages that are bundled into dist.
//   node scripts/notices.mjs [--check]     --check writes nothing and fails if the file is stale
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { bundles } from './bundles.mjs';
import { root } from './prepare.mjs';

const FILE = path.join(root, 'ThirdPartyNotices.txt');
const HEAD = `Third-party notices

Policy Text 笔杆 is built with the packages below. Each licence stands below the packages it applies to.
Written by scripts/notices.mjs from what is built in; do not edit.
`;

/** Licences that packages name without including their text. */
const STATED = {
  saxes: `The ISC License

Copyright (c) Isaac Z. Schlueter, Louis-Dominique Dubeau and contributors

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
};

/** For packages with a choice of licences: the part of the text that is not chosen. */
const NOT_CHOSEN = { jszip: /^GPL version 3\n[\s\S]*/m };

/** Code that packages have copied from elsewhere without a notice. */
const TAKEN_IN = {
  unpdf: [
    {
      title: 'PDF.js, Copyright Mozilla Foundation (Apache-2.0), part of unpdf',
      text: ['opencc-js', 'LICENSES/Apache-2.0.txt'],
    },
  ],
};

/**
 * Data derived from others' data and not from a package: the counts in server/src/repair/characterCounts.json, and in
 * corpus/spelling.bin characters that look alike, pairs that are mistaken and n-grams of sentences.
 */
const DATA = [
  {
    title: 'jieba, the commoner words of its dictionary and how often they are used (MIT)',
    text: `The MIT License (MIT)

Copyright (c) 2013 Sun Junyi

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  },
  {
    title: 'ECSpell, its confusable characters and training sentences (MIT)',
    text: `MIT License

Copyright (c) 2022 Aopolin-Lv

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`,
  },
];

/** Titles of packages by the text of their licence, in order. */
const byText = new Map();
for (const folder of await builtIn()) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  for (const text of licencesIn(folder, name))
    enter(text.replace(NOT_CHOSEN[name] ?? '', '').trim(), `${name} ${version} (${license})`);
  for (const { title, text } of TAKEN_IN[name] ?? []) enter(read(path.join(root, 'node_modules', ...text)), title);
}

for (const { title, text } of DATA) enter(text, title);

const RULE = '-'.repeat(80);
const notices = [HEAD, ...[...byText].map(([text, titles]) => `${RULE}\n${titles.join('\n')}\n\n${text}\n`)].join('\n');
const current = fs.existsSync(FILE) && fs.readFileSync(FILE, 'utf8') === notices;
if (!process.argv.includes('--check')) {
  fs.writeFileSync(FILE, notices);
  console.log(`${path.basename(FILE)}: ${byText.size} licences`);
} else if (!current) {
  console.error(`stale: ${path.basename(FILE)}; run: node scripts/notices.mjs`);
  process.exitCode = 1;
}

/** The folders of the bundled packages, by name. */
async function builtIn() {
  const folders = new Set();
  for (const bundle of bundles({ quiet: true })) {
    const { metafile } = await esbuild.build({ ...bundle, metafile: true, write: false, sourcemap: false });
    for (const file of Object.keys(metafile.inputs)) {
      const [folder] = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [];
      if (folder) folders.add(path.resolve(root, folder));
    }
  }
  const name = (folder) => folder.split(`node_modules${path.sep}`).at(-1);
  return [...folders].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : a < b ? -1 : 1));
}

/** The texts of a package's licences and notices. */
function licencesIn(folder, name) {
  const files = fs
    .readdirSync(folder, { recursive: true })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) =>
      /^(?:LICENSES\/.*|[^/]*(?:licen[cs]e|notice|copying)[^/]*(?:\.txt|\.md|\.markdown)?)$/i.test(file),
    )
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .sort();
  if (files.length > 0) return files.map((file) => read(path.join(folder, file)));
  const readme = fs.readdirSync(folder).find((file) => /^readme/i.test(file));
  const [, section] = /^#+ *Licen[cs]e *$([\s\S]+)/im.exec(readme ? read(path.join(folder, readme)) : '') ?? [];
  const text = section && /permission/i.test(section) ? section.trim() : STATED[name];
  if (!text) throw new Error(`${name} has no text of its licence: enter it in scripts/notices.mjs`);
  return [text];
}

function enter(text, title) {
  const titles = byText.get(text) ?? [];
  if (!titles.includes(title)) byText.set(text, [...titles, title]);
}

/** A file's text; line ends and blanks before them are not part of a licence. */
function read(file) {
  return fs
    .readFileSync(file, 'utf8')
    .replace(/[ \t]*\r?\n/g, '\n')
    .trim();
}
