// An edit to the outline and back over stdio, beside a server that does nothing. Aim: at most one and a half times.
import { performance } from 'node:perf_hooks';
import { Client } from './client.mjs';
import { longReport } from './text.mjs';

const WARM_UP = 60;
const ROUNDS = 300;
const AIM = 1.5;
const uri = 'untitled:long';

export const title = 'outline after an edit, 320,000 characters, 720 headings, over stdio';

/** Measures both servers in turn and returns true where the aim is met. */
export async function run() {
  const { text, headings } = longReport();
  console.log(`  ${text.length.toLocaleString('en')} characters, ${headings.length} headings`);
  const servers = {
    'does nothing': new Client(['tests/bench/floor-server.mjs', '--stdio']),
    'policy-text': new Client(['dist/server.js', '--stdio']),
  };
  for (const [name, client] of Object.entries(servers)) {
    const started = performance.now();
    await client.start();
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'policytext', version: 1, text } });
    const found = count(await client.request('textDocument/documentSymbol', { textDocument: { uri } }));
    console.log(`  ${name}: ${found} symbols, first answer after ${(performance.now() - started).toFixed(0)} ms`);
  }

  let met = true;
  for (const [what, edit] of Object.entries(edits(headings))) {
    const times = { 'does nothing': [], 'policy-text': [] };
    let version = 1;
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const contentChanges = [edit(round)];
      version++;
      // In turn, so that a busy moment of the machine meets both.
      for (const [name, client] of Object.entries(servers)) {
        const started = performance.now();
        client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
        await client.request('textDocument/documentSymbol', { textDocument: { uri } });
        if (round >= WARM_UP) times[name].push(performance.now() - started);
      }
    }
    const [floor, ours] = [times['does nothing'], times['policy-text']].map(summary);
    const ratio = ours.median / floor.median;
    met &&= ratio <= AIM;
    console.log(
      `  ${what}: does nothing ${show(floor)}; policy-text ${show(ours)}; ratio of medians ${ratio.toFixed(2)} (aim ${AIM})`,
    );
  }
  for (const client of Object.values(servers)) await client.stop();
  return met;
}

/** What a writer does: each edit is undone by the next one, so that the text keeps its length. */
function edits(headings) {
  /** Types a character at a place, and takes it back the next time. */
  const toggled = (lineOf, character) => (round) => {
    const line = lineOf(Math.floor(round / 2));
    const start = { line, character };
    return round % 2 === 0
      ? { range: { start, end: start }, text: '水' }
      : { range: { start, end: { line, character: character + 1 } }, text: '' };
  };
  return {
    'typing in a paragraph': toggled((turn) => headings[(turn * 37) % headings.length].line + 1, 20),
    'typing in a heading': toggled((turn) => headings[(turn * 41) % headings.length].line, 6),
    'breaking a line': (round) => {
      const { line } = headings[(Math.floor(round / 2) * 29) % headings.length];
      const at = { line: line + 1, character: 30 };
      return round % 2 === 0
        ? { range: { start: at, end: at }, text: '\n' }
        : { range: { start: at, end: { line: line + 2, character: 0 } }, text: '' };
    },
  };
}

function count(symbols) {
  return symbols.reduce((sum, symbol) => sum + 1 + count(symbol.children ?? []), 0);
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)] };
}

function show({ median, p95 }) {
  return `median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
}
