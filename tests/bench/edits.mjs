// From an edit to what the editor shows: the outline alone, and outline, folds and diagnostics requested at once.
import { clock, exponent, median, ms, quantile } from './measure.mjs';
import { floor, markdown, policyText } from './servers.mjs';
import { asMarkdown, damagedReport, headingReport, longReport, placeholderReport } from './text.mjs';

export const title = 'an edit and its answer, over the protocol';

/** Number of edits by length of text; the Markdown server gets a tenth as many, because it takes most of the time. */
const SIZES = [
  { characters: 10_000, rounds: 200 },
  { characters: 100_000, rounds: 200 },
  { characters: 320_000, rounds: 300 },
  { characters: 3_000_000, rounds: 30 },
];
const PEER_EVERY = 10;
/** Other kinds of text, of the length for which there are aims. */
const KINDS = [
  { name: 'full of placeholders', rounds: 100, report: placeholderReport },
  { name: 'with 3,000 headings', rounds: 100, report: headingReport },
  {
    name: 'damaged',
    rounds: 20,
    report: (size) => ({ text: damagedReport(size), headings: longReport(size).headings }),
  },
];
/** The length for which there are aims. */
const AIMED = 320_000;
const WHAT = {
  outline: { name: 'edit → outline', aims: { floor: 1.5, markdown: 30 } },
  everything: { name: 'edit → outline + folding + diagnostics', aims: { floor: 2.5 } },
};
/** Ten times the text may cost twelve times as much. */
const MAX_GROWTH = 1.08;

/** Measures all lengths; yields rows for the table. */
export async function* run({ full }) {
  const costs = { outline: [], everything: [] };
  for (const { characters, rounds } of SIZES) {
    const report = longReport(characters);
    const times = await measure(report, full ? rounds * 3 : rounds);
    for (const [key, { name, aims }] of Object.entries(WHAT)) {
      const { ours, floor: least, markdown: peer } = times[key];
      const mine = median(ours);
      const row = {
        what: `${name}, ${characters.toLocaleString('en')} characters`,
        ours: `${ms(mine)} (p95 ${ms(quantile(ours, 0.95))})`,
      };
      const aimed = characters === AIMED;
      const slower = mine / median(least);
      yield { ...row, peer: 'does nothing', theirs: ms(median(least)), slower, aim: aimed ? aims.floor : undefined };
      const faster = median(peer) / mine;
      yield {
        ...row,
        peer: 'Markdown server',
        theirs: ms(median(peer)),
        faster,
        aim: aimed ? aims.markdown : undefined,
      };
      // If even a server that does nothing is not that much faster, the protocol and the client take the time.
      if (aimed && aims.markdown) {
        yield {
          what: `${name}, a server that does nothing`,
          ours: ms(median(least)),
          peer: 'Markdown server',
          theirs: ms(median(peer)),
          faster: median(peer) / median(least),
        };
      }
      costs[key].push({ size: report.text.length, cost: mine });
    }
  }
  for (const { name: kind, rounds, report } of KINDS) {
    const times = await measure(report(AIMED), full ? rounds * 3 : rounds, false);
    for (const [key, { name, aims }] of Object.entries(WHAT)) {
      const { ours, floor: least } = times[key];
      yield {
        what: `${name}, ${kind}`,
        ours: `${ms(median(ours))} (p95 ${ms(quantile(ours, 0.95))})`,
        peer: 'does nothing',
        theirs: ms(median(least)),
        slower: median(ours) / median(least),
        aim: aims.floor,
      };
    }
  }
  for (const [key, { name }] of Object.entries(WHAT)) {
    const [from, to] = [costs[key].find(({ size }) => size > 90_000), costs[key].at(-1)];
    yield {
      what: `growth: ${name}`,
      ours: `${(to.size / from.size).toFixed(0)}-fold text costs ${(to.cost / from.cost).toFixed(0)}-fold`,
      exponent: exponent(from, to),
      aim: MAX_GROWTH,
    };
  }
}

/** Compared with the Markdown server too, by default. */
async function measure(report, rounds, withMarkdown = true) {
  const twin = asMarkdown(report);
  const ours = await policyText();
  ours.open(report.text);
  const [outline, , diagnostics] = await ours.everything();
  if (count(outline) < report.headings.length) throw new Error('policy-text lost headings');
  const least = await floor(report.headings, { diagnostics });
  least.open(report.text);
  const servers = { floor: least, ours };
  if (withMarkdown) {
    const peer = await markdown();
    servers.markdown = peer;
    peer.open(twin.text);
    if (count(await peer.outline()) < report.headings.length) throw new Error('The Markdown server lost headings');
  }
  const editOf = { floor: edits(report.headings), ours: edits(report.headings), markdown: edits(twin.headings) };
  const times = {};
  for (const what of Object.keys(WHAT)) {
    times[what] = { floor: [], ours: [], markdown: [] };
    const timed = async (name, round, kept) => {
      const began = clock(servers[name]);
      servers[name].change([editOf[name](round)]);
      await servers[name][what]();
      if (kept) times[what][name].push(clock(servers[name]) - began);
    };
    // The first quarter is warm-up. Alternating, so that a busy moment of the machine affects both.
    const warm = Math.floor(rounds / 8) * 2;
    for (let round = 0; round < warm + rounds; round++) {
      for (const name of round % 4 < 2 ? ['floor', 'ours'] : ['ours', 'floor']) await timed(name, round, round >= warm);
      if (!withMarkdown || round % (2 * PEER_EVERY) >= 2) continue;
      await timed('markdown', round, round >= PEER_EVERY);
    }
  }
  await Promise.all(Object.values(servers).map((server) => server.stop()));
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
    const inHeading = turn % 5 === 3;
    const start = inHeading
      ? { line: heading.line, character: heading.name.length - 2 }
      : { line: heading.line + 1, character: 20 };
    const end = { ...start, character: start.character + 1 };
    return undo ? { range: { start, end }, text: '' } : { range: { start, end: start }, text: '水' };
  };
}

function count(symbols) {
  return symbols.reduce((sum, symbol) => sum + 1 + count(symbol.children ?? []), 0);
}
