// How long a small request waits during long work of the server: the outline of a short note is requested repeatedly
// while drafts are linted. The longest wait is the longest stretch in which the server reads no messages. In wall time,
// which other load on the machine lengthens; the median shows how much.
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from './client.mjs';
import { median, ms } from './measure.mjs';
import { damagedReport, longReport } from './text.mjs';

export const title = 'what a small request waits while drafts are linted';

const NOTE = 'untitled:note.txt';
/** Limit for returning memory after drafts are closed, in ms. */
const GIVEN_BACK_MS = 6_000;
const MEMORY_AIM = 1.2;
/** Between two requests, in ms. */
const PAUSE_MS = 5;

/** Measures; yields rows for the table. */
export async function* run() {
  const many = Array.from({ length: 500 }, (_, index) => longReport(6_000, 300 + index).text);
  yield* waits('500 documents opened at once', many);
  yield* waits('a damaged text of 320,000 characters', [damagedReport(320_000)]);
  yield* waits('a text of 3,000,000 characters', [longReport(3_000_000).text]);
}

async function* waits(what, texts) {
  // With the same flags as in the extension.
  const client = new Client(['--expose-gc', 'dist/server.js', '--stdio']);
  await client.start();
  const open = (uri, text) =>
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'policytext', version: 1, text } });
  const outline = () => client.request('textDocument/documentSymbol', { textDocument: { uri: NOTE } });
  const lint = (uri) => client.request('textDocument/diagnostic', { textDocument: { uri } });
  open(NOTE, '一、总体要求\n各镇要抓好落实。\n二、组织保障\n各镇要加强领导。\n');
  // One-time loading is not to be measured.
  await lint(NOTE);
  await wait(2_000);
  const before = client.memory().now;
  const uris = texts.map((_, index) => `untitled:draft-${index}.txt`);
  for (const [index, text] of texts.entries()) open(uris[index], text);
  const began = performance.now();
  let isDone = false;
  const all = Promise.all(uris.map(lint)).then(() => {
    isDone = true;
  });
  const times = [];
  while (!isDone) {
    const asked = performance.now();
    await outline();
    times.push(performance.now() - asked);
    await wait(PAUSE_MS);
  }
  await all;
  const took = performance.now() - began;
  const { now } = client.memory();
  for (const uri of uris) client.notify('textDocument/didClose', { textDocument: { uri } });
  const closed = performance.now();
  let longest = 0;
  while (performance.now() - closed < GIVEN_BACK_MS) {
    const asked = performance.now();
    await outline();
    longest = Math.max(longest, performance.now() - asked);
    await wait(PAUSE_MS);
  }
  const after = client.memory().now;
  await client.stop();
  yield {
    what: `longest wait of an outline: ${what}`,
    ours: `${ms(Math.max(...times))} (median ${ms(median(times))})`,
    note: `all linted after ${(took / 1000).toFixed(1)} s, ${now.toFixed(0)} MB`,
  };
  yield {
    what: `memory, closed again: ${what}`,
    ours: `${after.toFixed(0)} MB`,
    peer: 'before',
    theirs: `${before.toFixed(0)} MB (an outline waited ${ms(longest)} at most)`,
    slower: after / before,
    ...(texts.length > 1 && { aim: MEMORY_AIM }),
  };
}
