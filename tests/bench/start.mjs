// From starting the server's process to its first outline, each time in a new process, compared with a server that does
// nothing bundled by the same tool.
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
  for (const [characters, aim] of AIMS) {
    const { text, headings } = longReport(characters);
    const starts = { floor: () => floor(headings), ours: policyText };
    const times = { floor: [], ours: [] };
    const rounds = full ? 3 * ROUNDS : ROUNDS;
    // The first round fills the system's cache of files.
    for (let round = 0; round <= rounds; round++) {
      for (const name of round % 2 === 0 ? ['floor', 'ours'] : ['ours', 'floor']) {
        const began = clock();
        const server = await starts[name]();
        server.open(text);
        await server.outline();
        if (round > 0) times[name].push(clock(server) - began);
        await server.stop();
      }
    }
    const [ours, theirs] = [median(times.ours), median(times.floor)];
    yield {
      what: `start → first outline, ${characters.toLocaleString('en')} characters`,
      ours: ms(ours),
      peer: 'does nothing',
      theirs: ms(theirs),
      slower: ours / theirs,
      aim,
    };
  }
}
