// The documents of the survey: where they are, unpacked once into a cache, and which of them a run reads.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/prepare.mjs';

/** The packed library, beside the project; it is not part of it. */
const PACKED = path.resolve(root, '../shared/library');

/** The survey's cache: the unpacked library and the runs of other versions. */
export const CACHE = path.join(os.tmpdir(), 'policy-text-survey');

/** The folder of the unpacked library, unpacked now if necessary; undefined if there is no library. */
export function libraryFolder() {
  const given = process.env.POLICY_TEXT_LIBRARY;
  if (given) return fs.existsSync(given) ? path.resolve(given) : undefined;
  if (!fs.existsSync(PACKED)) return undefined;
  const folder = path.join(CACHE, 'library');
  if (!fs.existsSync(folder)) {
    // Unpacked under a temporary name and renamed, so that an interrupted run leaves no incomplete library.
    const partial = `${folder}.${process.pid}`;
    unpack(partial);
    if (fs.existsSync(folder)) fs.rmSync(partial, { recursive: true });
    else fs.renameSync(partial, folder);
  }
  return folder;
}

function unpack(folder) {
  for (const name of fs.readdirSync(PACKED).sort()) {
    const file = path.join(PACKED, name);
    if (name.endsWith('.tar.xz')) {
      const target = path.join(folder, 'markdown');
      fs.mkdirSync(target, { recursive: true });
      execFileSync('tar', ['-xJf', file, '-C', target]);
    } else if (name.endsWith('.jsonl.xz')) {
      const target = path.join(folder, name.slice(0, -'.jsonl.xz'.length));
      fs.mkdirSync(target, { recursive: true });
      const packed = execFileSync('xz', ['-dc', file], { maxBuffer: 1 << 30, encoding: 'utf8' });
      packed.split('\n').forEach((line, index) => {
        if (line === '') return;
        const { year, kind, title, text } = JSON.parse(line);
        const shown = title.replace(/[\\/:*?"<>|\s]/g, '').slice(0, 50);
        fs.writeFileSync(path.join(target, `${year}-${kind}-${shown}-${index}.txt`), text);
      });
    }
  }
}

/** The part of the library that `document`, a path in it, belongs to: `laws`, `markdown/party`. */
export function collectionOf(document) {
  return path.posix
    .dirname(document)
    .replace(/^txt\//, '')
    .replace(/^md(?=\/|$)/, 'markdown');
}

/**
 * The documents below `folder`, as paths relative to it, sorted. `kinds` are parts of the names of a collection or of
 * the kind in a document's name (`law`, `report`); an empty list means all.
 */
export function documentsIn(folder, kinds) {
  const found = [];
  const read = (inside) => {
    for (const entry of fs.readdirSync(path.join(folder, inside), { withFileTypes: true })) {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) read(name);
      else if (/\.(?:txt|md)$/.test(entry.name)) found.push(name);
    }
  };
  read('');
  const wanted = found.filter((document) => {
    if (kinds.length === 0) return true;
    const kind = /^\d{4}-([a-z-]+)-/.exec(path.posix.basename(document))?.[1] ?? '';
    return kinds.some((word) => kind.includes(word) || collectionOf(document).includes(word));
  });
  return wanted.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
