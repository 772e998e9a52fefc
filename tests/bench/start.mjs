// From starting the server's process to its first outline, each time in a new process, compared with a server that does
// nothing bundled by the same tool. Code compiled in an earlier session is used, as for a user: its row is the one with the aim.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clock, median, ms } from './measure.mjs';
import { floor, policyText } from './servers.mjs';
import { longReport } from './text.mjs';

export const title = 'from the start of the process to the first outline';

const ROUNDS = 15;
/** The sizes in characters, each with its aim. */
const AIMS = [
  [30_000, 1.4],
  [320_000, 1.6],
];

/** Measures; yields rows for the table. */
export async function* run({ full }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-bench-'));
  try {
    for (const [characters, aim] of AIMS)
      yield* measure({ characters, aim, rounds: full ? 3 * ROUNDS : ROUNDS, folder });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Two rows: a later session, which runs code that an earlier one compiled, as almost all of a user's sessions do; and the very first
 * session of a version.
 */
async function* measure({ characters, aim, rounds, folder }) {
  const { text, headings } = longReport(characters);
  const starts = {
    floor: () => floor(headings),
    later: () => policyText({ NODE_COMPILE_CACHE: folder }),
    first: () => policyText({ NODE_DISABLE_COMPILE_CACHE: '1' }),
  };
  const names = Object.keys(starts);
  const times = { floor: [], later: [], first: [] };
  // The first round fills the system's cache of files, and that of compiled code.
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const began = clock();
      const server = await starts[name]();
      server.open(text);
      await server.outline();
      if (round > 0) times[name].push(clock(server) - began);
      await server.stop();
    }
  }
  const theirs = median(times.floor);
  const row = (name, what) => {
    const ours = median(times[name]);
    return { what, ours: ms(ours), peer: 'does nothing', theirs: ms(theirs), slower: ours / theirs };
  };
  yield { ...row('later', `start → first outline, ${characters.toLocaleString('en')} characters`), aim };
  yield row('first', 'the same, the first session of a version');
}
