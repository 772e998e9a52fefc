// From an edit to what the editor shows: the outline alone, and the outline with folds and diagnostics, asked for at once.
import { performance } from 'node:perf_hooks';
import { median, quantile } from './measure.mjs';
import { floor, markdown, policyText } from './servers.mjs';
import { asMarkdown, longReport } from './text.mjs';

/** Rounds by length of text; the Markdown server, which needs most of the time, takes part in every tenth. */
const QUICK = [
  { characters: 10_000, rounds: 200 },
  { characters: 100_000, rounds: 160 },
  { characters: 320_000, rounds: 160 },
  { characters: 3_000_000, rounds: 24 },
];
const FULL = QUICK.map(({ characters, rounds }) => ({ characters, rounds: rounds * 3 }));
const PEER_EVERY = 10;
/** The length for which there are aims. */
const AIMED = 320_000;
const AIMS = { outline: { floor: 1.5, markdown: 30 }, everything: { floor: 2.5 } };
const NAMES = { outline: 'edit → outline', everything: 'edit → outline + folding + diagnostics' };

/** Measures all lengths; returns rows for the table. */
export async function run({ full }) {
  const rows = [];
  const costs = {};
  for (const { characters, rounds } of full ? FULL : QUICK) {
    const report = longReport(characters);
    const times = await measure(report, rounds);
    for (const what of ['outline', 'everything']) {
      const { ours, floor: least, markdown: peer } = times[what];
      const aims = characters === AIMED ? AIMS[what] : {};
      const name = `${NAMES[what]}, ${characters.toLocaleString('en')} characters`;
      rows.push({
        name,
        ours: `${ms(median(ours))} (p95 ${ms(quantile(ours, 0.95))})`,
        beside: `server that does nothing ${ms(median(least))}`,
        ratio: median(ours) / median(least),
        most: aims.floor,
      });
      rows.push({
        name,
        ours: ms(median(ours)),
        beside: `Markdown server ${ms(median(peer))}`,
        ratio: median(peer) / median(ours),
        least: aims.markdown,
        faster: true,
      });
      (costs[what] ??= []).push({
        characters: report.text.length,
        net: Math.max(0.01, median(ours) - median(least)),
        whole: median(ours),
      });
    }
  }
  return rows;
}

async function measure(report, rounds) {
  const twin = asMarkdown(report);
  const ours = await policyText();
  ours.open(report.text);
  const [outline, , diagnostics] = await ours.everything();
  if (process.env.VERBOSE) console.error(count(outline), diagnostics.length);
  const least = await floor(report.headings, { diagnostics });
  least.open(report.text);
  await least.everything();
  const peer = await markdown();
  peer.open(twin.text);
  if (count(await peer.outline()) < report.headings.length) throw new Error('The Markdown server lost headings');

  const times = {};
  const edit = edits(report.headings);
  const twinEdit = edits(twin.headings);
  for (const what of ['outline', 'everything']) {
    times[what] = { ours: [], floor: [], markdown: [] };
    const timed = async (server, edit, kept) => {
      const began = performance.now();
      server.change([edit]);
      await server[what]();
      kept?.push(performance.now() - began);
    };
    // A quarter of the rounds warms up. In turn, so that a busy moment of the machine meets all.
    const warm = Math.floor(rounds / 8) * 2;
    for (let round = -warm; round < rounds; round++) {
      const of = round < 0 ? {} : times[what];
      const [first, second] = round % 2 === 0 ? ['floor', 'ours'] : ['ours', 'floor'];
      const servers = { floor: least, ours };
      await timed(servers[first], edit(round + warm), of[first]);
      await timed(servers[second], edit(round + warm), of[second]);
    }
    for (let round = 0; round < Math.max(6, (rounds / PEER_EVERY) * 2); round++)
      await timed(peer, twinEdit(round), round < 2 ? undefined : times[what].markdown);
  }
  await Promise.all([ours.stop(), least.stop(), peer.stop()]);
  return times;
}

/** What a writer does, one after the other: types in a paragraph, in a heading, breaks a line; each is then undone. */
function edits(headings) {
  return (round) => {
    const turn = round >> 1;
    const heading = headings[(turn * 37) % headings.length];
    const undo = round % 2 === 1;
    if (turn % 5 === 4) {
      const at = { line: heading.line + 1, character: 30 };
      const after = { line: heading.line + 2, character: 0 };
      return undo ? { range: { start: at, end: after }, text: '' } : { range: { start: at, end: at }, text: '\n' };
    }
    const start =
      turn % 5 === 3
        ? { line: heading.line, character: heading.name.length - 2 }
        : { line: heading.line + 1, character: 20 };
    const end = { ...start, character: start.character + 1 };
    return undo ? { range: { start, end }, text: '' } : { range: { start, end: start }, text: '水' };
  };
}

function count(symbols) {
  return symbols.reduce((sum, symbol) => sum + 1 + count(symbol.children ?? []), 0);
}

const ms = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
