// A whole text linted cold: every rule, every line new in every round, so that no cache helps. This server is measured
// over the protocol, minus the time that a server that does nothing takes for the same text and answer; the peers are
// called in this process. All have linted four texts before, like a server that has been running for a while: V8 has
// then compiled the code (autocorrect is native and needs no warm-up). The first text of a new server is listed
// separately. On a busy machine two processes that alternate wait for each other, so there is a row in processor time
// too.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { lint as markdownlint } from 'markdownlint/sync';
import { exponent, median, ms } from './measure.mjs';
import { floor, policyText } from './servers.mjs';
import { asMarkdown, longReport } from './text.mjs';

const require = createRequire(import.meta.url);

export const title = 'a whole text linted cold, every line new';

const CHARACTERS = 320_000;
const WARM_UP = 4;
const ROUNDS = 10;
/** zhlint takes seconds for this; nothing else does. */
const ZHLINT_ROUNDS = 2;
/** autocorrect rejects longer texts (“call limit reached”), so it gets the text in pieces. */
const PIECE = 100_000;
const AIMS = { autocorrect: 2, zhlint: 25 };
const MAX_GROWTH = 1.15;

/** Measures; yields rows for the table. */
export async function* run({ full }) {
  const peers = { autocorrect, zhlint, markdownlint: markdown };
  const times = { ours: [], floor: [], autocorrect: [], zhlint: [], markdownlint: [] };
  const processor = { ours: [], floor: [], autocorrect: [] };
  let seed = 100;
  const ours = await policyText();
  const sample = longReport(CHARACTERS, seed++);
  const began = performance.now();
  ours.open(sample.text);
  await ours.diagnostics();
  const first = performance.now() - began;
  const least = await floor(sample.headings, { diagnostics: await ours.diagnostics() });
  ours.close();

  const rounds = full ? 3 * ROUNDS : ROUNDS;
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const kept = round >= WARM_UP;
    for (const [name, server] of Object.entries({ ours, floor: least })) {
      const before = server.processorTime();
      const time = await opened(server, longReport(CHARACTERS, seed++).text);
      if (kept) times[name].push(time);
      if (kept) processor[name].push(server.processorTime() - before);
    }
    for (const [name, work] of Object.entries(peers)) {
      if (name === 'zhlint' && round % Math.floor(rounds / (full ? 3 * ZHLINT_ROUNDS : ZHLINT_ROUNDS)) !== 0) continue;
      const input = longReport(CHARACTERS, seed++);
      const { user, system } = process.cpuUsage();
      const began = performance.now();
      work(input);
      if (kept) times[name].push(performance.now() - began);
      const used = process.cpuUsage({ user, system });
      if (kept) processor[name]?.push((used.user + used.system) / 1000);
    }
  }
  const net = median(times.ours) - median(times.floor);
  const row = { what: `whole lint, ${CHARACTERS.toLocaleString('en')} characters`, ours: `${ms(net)} net` };
  yield { ...row, ours: ms(median(times.ours)), peer: 'does nothing', theirs: ms(median(times.floor)) };
  for (const peer of Object.keys(peers)) {
    const peerTime = median(times[peer]);
    yield { ...row, peer, theirs: ms(peerTime), faster: peerTime / net, aim: AIMS[peer] };
  }

  const ran = median(processor.ours) - median(processor.floor);
  if (!Number.isNaN(ran)) {
    const theirs = median(processor.autocorrect);
    const what = 'the same in processor time of the main thread';
    yield { what, ours: `${ms(ran)} net`, peer: 'autocorrect', theirs: ms(theirs), faster: theirs / ran };
  }
  yield { what: 'the first text of a new server', ours: ms(first) };

  const costs = [];
  for (const size of [CHARACTERS / 10, CHARACTERS]) {
    const all = [];
    for (let round = 0; round < 6; round++) all.push(await opened(ours, longReport(size, seed++).text));
    costs.push({ size, cost: median(all) });
  }
  const [from, to] = costs;
  yield {
    what: 'growth: whole lint',
    ours: `10-fold text costs ${(to.cost / from.cost).toFixed(1)}-fold`,
    exponent: exponent(from, to),
    aim: MAX_GROWTH,
  };
  await Promise.all([ours.stop(), least.stop()]);
}

/** From opening a text to its diagnostics. */
async function opened(server, text) {
  const began = performance.now();
  server.open(text);
  await server.diagnostics();
  const time = performance.now() - began;
  server.close();
  return time;
}

function autocorrect({ text }) {
  const { lintFor } = require('autocorrect-node');
  for (let at = 0; at < text.length; ) {
    const end = at + PIECE < text.length ? text.lastIndexOf('\n', at + PIECE) + 1 : text.length;
    const { error } = lintFor(text.slice(at, end), 'report.txt');
    if (error) throw new Error(`autocorrect gave up: ${error}`);
    at = end;
  }
}

function zhlint({ text }) {
  require('zhlint').run(text, { rules: { preset: 'default' } });
}

function markdown(report) {
  const { text } = asMarkdown(report);
  markdownlint({ strings: { report: text } });
}
