// A folder of drafts searched for a heading: the first time, when every file has to be read, and in a session that
// finds the index of the previous one. In wall time, from the request to the answer, and in processor time of all
// threads, which other load on the machine does not affect. Also measures how long the outline of an open note waits
// meanwhile.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from './client.mjs';
import { median, ms } from './measure.mjs';
import { longReport } from './text.mjs';

export const title = 'a folder of 5,000 drafts, searched';

const FILES = 5_000;
const FOLDERS = 50;
/** Range of lengths in characters: from this to four times as much; 16 million in all. */
const MIN_CHARACTERS = 1_300;
const LATER_ROUNDS = 5;
/** In seconds, in wall time on two cores. */
const AIMS = { first: 4, later: 0.3 };

const NOTE = 'untitled:note.txt';
const PAUSE_MS = 5;

/** Measures; yields rows for the table. */
export async function* run() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-bench-folder-'));
  try {
    const drafts = path.join(folder, 'drafts');
    writeDrafts(drafts);
    const storage = path.join(folder, 'storage');
    const first = await search(drafts, storage);
    yield row('first search of 5,000 drafts', [first], AIMS.first);
    const later = [];
    for (let round = 0; round < LATER_ROUNDS; round++) later.push(await search(drafts, storage));
    yield row('first search in a later session', later, AIMS.later);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function row(what, results, aim) {
  const of = (key) => median(results.map((result) => result[key]));
  return {
    what,
    ours: ms(of('wall')),
    note: `processor ${ms(of('processor'))}, an outline waited ${ms(of('waited'))} at most, ${of('memory').toFixed(0)} MB`,
    limit: `${aim} s`,
    met: of('wall') <= aim * 1000,
  };
}

function writeDrafts(drafts) {
  for (let number = 0; number < FILES; number++) {
    const place = path.join(drafts, String(number % FOLDERS));
    if (number < FOLDERS) fs.mkdirSync(place, { recursive: true });
    const characters = MIN_CHARACTERS * (1 + (3 * ((number * 37) % 100)) / 100);
    fs.writeFileSync(path.join(place, `${number}.txt`), longReport(characters, 1_000 + number).text);
  }
}

/** Starts a server, and searches once it is idle. */
async function search(drafts, storage) {
  const client = new Client(['dist/server.js', '--stdio']);
  const folder = { uri: pathToFileURL(drafts).href, name: 'drafts' };
  await client.start({ storage, trusted: false }, [folder]);
  const text = '一、总体要求\n各镇要抓好落实。\n二、组织保障\n各镇要加强领导。\n';
  client.notify('textDocument/didOpen', { textDocument: { uri: NOTE, languageId: 'policytext', version: 1, text } });
  const outline = () => client.request('textDocument/documentSymbol', { textDocument: { uri: NOTE } });
  await outline();
  await atRest(client);

  const before = client.totalProcessorTime();
  const began = performance.now();
  let isDone = false;
  const found = client.request('workspace/symbol', { query: '临江市水利建设' }).finally(() => {
    isDone = true;
  });
  let waited = 0;
  while (!isDone) {
    const asked = performance.now();
    await outline();
    waited = Math.max(waited, performance.now() - asked);
    await wait(PAUSE_MS);
  }
  if ((await found).length === 0) throw new Error('nothing was found');
  const wall = performance.now() - began;
  const processor = client.totalProcessorTime() - before;
  const memory = client.memory().now;
  await client.stop();
  return { wall, processor, waited, memory };
}

/** Waits until the server is idle: after its start it loads the lexicon and prepares pinyin. */
async function atRest(client) {
  for (let quiet = 0, before = Number.NaN; quiet < 3; ) {
    await wait(300);
    const now = client.totalProcessorTime();
    quiet = now - before <= 20 || Number.isNaN(now) ? quiet + 1 : 0;
    before = now;
  }
}
