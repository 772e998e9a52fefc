// How long a list of suggestions takes while a sentence is typed into a long draft, over the protocol.
import { performance } from 'node:perf_hooks';
import { median, ms, quantile } from './measure.mjs';
import { floor, policyText } from './servers.mjs';
import { longReport } from './text.mjs';

export const title = 'suggestions while a sentence is typed';

const CHARACTERS = 320_000;
const ROUNDS = 12;
/** Milliseconds within which an answer is not noticed. */
const SLOWEST = 50;
const SENTENCES = [
  '　　坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，着力推动高质量发展。',
  '　　要统筹发展和安全，扎实推进乡村全面振兴，保障和改善民生，维护社会和谐稳定。',
  '　　各级各部门要提高政治站位，压实主体责任，确保各项任务落到实处。',
];

/** Measures; yields rows for the table. */
export async function* run({ full }) {
  const { text, headings } = longReport(CHARACTERS);
  const ours = await policyText();
  ours.open(text);
  const line = text.split('\n').length - 1;
  const sample = await typed(ours, SENTENCES[0], line);
  const completion = sample.lists.reduce((most, list) => (list.length > most.length ? list : most), []);
  const least = await floor(headings, { completion });
  least.open(text);
  const times = { ours: [], floor: [] };
  for (let round = 0; round < (full ? 4 * ROUNDS : ROUNDS); round++) {
    for (const [name, server] of Object.entries({ ours, floor: least })) {
      const { times: all } = await typed(server, SENTENCES[round % SENTENCES.length], line);
      if (round > 0) times[name].push(...all);
    }
  }
  const what = `completion, ${CHARACTERS.toLocaleString('en')} characters`;
  const [mine, theirs] = [median(times.ours), median(times.floor)];
  yield { what: `${what}, median`, ours: ms(mine), peer: 'does nothing', theirs: ms(theirs), slower: mine / theirs };
  const slowest = quantile(times.ours, 0.99);
  yield {
    what: `${what}, p99`,
    ours: ms(slowest),
    peer: 'does nothing',
    theirs: ms(quantile(times.floor, 0.99)),
    limit: `${SLOWEST} ms`,
    met: slowest <= SLOWEST,
  };
  await Promise.all([ours.stop(), least.stop()]);
}

/** Types `sentence` at the start of `line`, requests suggestions after every character, and deletes it again. */
async function typed(server, sentence, line) {
  const times = [];
  const lists = [];
  for (let character = 0; character < sentence.length; character++) {
    const at = { line, character };
    const began = performance.now();
    server.change([{ range: { start: at, end: at }, text: sentence[character] }]);
    const list = await server.completion({ line, character: character + 1 });
    times.push(performance.now() - began);
    lists.push(list?.items ?? list ?? []);
  }
  server.change([{ range: { start: { line, character: 0 }, end: { line, character: sentence.length } }, text: '' }]);
  return { times, lists };
}
