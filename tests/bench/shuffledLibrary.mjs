// Writes documents for measuring how learning scales: clauses and sentences of ../shared/library in random order with
// other figures, so that it has any size and the repetitions and the vocabulary of real text.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { generator } from '../benchmark/planters.mjs';

const LIBRARY = path.resolve(import.meta.dirname, '../../../shared/library');
const SOURCES = ['reports-2021-2025', 'reports-2026', 'plans-statistics', 'party-documents', 'xwlb'];
/** Average size of a document, in UTF-16 units. */
const DOCUMENT = 14_000;
/** The share of paragraphs that are made of whole sentences; the others are made of clauses. */
const OF_SENTENCES = 0.5;

/** Writes `megabytes` of text in UTF-8 to `folder`, a subfolder per thousand documents. Returns the files. */
export function writeShuffled(folder, megabytes) {
  const { clauses, sentences } = pieces();
  const random = generator(20261130);
  const pick = (from) => from[Math.floor(random() * from.length)];
  const figures = (text) => text.replace(/[0-9]/g, () => String(Math.floor(random() * 10)));
  const files = [];
  for (let bytes = 0; bytes < megabytes * 1e6; ) {
    const paragraphs = [];
    const wanted = DOCUMENT * (0.5 + random());
    for (let size = 0; size < wanted; ) {
      const [from, length] =
        random() < OF_SENTENCES ? [sentences, 60 + 200 * random()] : [clauses, 40 + 200 * random()];
      let paragraph = '';
      while (paragraph.length < length) {
        paragraph += pick(from);
        if (from === clauses) paragraph += random() < 0.25 ? '。' : '，';
      }
      paragraphs.push(figures(paragraph));
      size += paragraph.length;
    }
    const text = paragraphs.join('\n');
    const year = 2021 + Math.floor(6 * random());
    const inside = path.join(folder, String(Math.floor(files.length / 1000)));
    fs.mkdirSync(inside, { recursive: true });
    const file = path.join(inside, `${year}-${files.length}.txt`);
    fs.writeFileSync(file, text);
    files.push(file);
    bytes += Buffer.byteLength(text);
  }
  return files;
}

function pieces() {
  const clauses = [];
  const sentences = [];
  for (const source of SOURCES) {
    const options = { encoding: 'utf8', maxBuffer: 1 << 30 };
    const lines = execFileSync('xz', ['-dc', path.join(LIBRARY, `${source}.jsonl.xz`)], options).split('\n');
    for (const line of lines) {
      if (line === '') continue;
      for (const sentence of JSON.parse(line).text.split(/(?<=[。！？；])|\s+/)) {
        if (sentence.length < 4) continue;
        if (sentence.endsWith('。')) sentences.push(sentence);
        for (const clause of sentence.split(/[，。；！？]/)) if (clause.length > 3) clauses.push(clause);
      }
    }
  }
  return { clauses, sentences };
}
