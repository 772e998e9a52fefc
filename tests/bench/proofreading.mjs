// How many single-character breaks planted in long slogans are found and fixed, and how many false alarms there are on
// sound text. The lexicon is learned from three quarters of the documents of ../shared/corpus; breaks and alarms are
// counted in the rest.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { loadSources } from '../../scripts/sources.mjs';
import { breakWording, generator, occurrences, SLOGAN_BREAKS } from '../benchmark/planters.mjs';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');
const PARTS = 4;
const AIMS = { restored: 0.9, alarms: 1 };

export const title = 'slogans: planted breaks found, false alarms, on documents not learned from';

/** Measures and returns false if an aim is missed; true without the corpus. PART=0…3 holds out one quarter only. */
export async function run() {
  if (!fs.existsSync(CORPUS)) {
    console.log('  skipped: ../shared/corpus is not here');
    return true;
  }
  const product = await loadSources([
    "export { Learner } from './lexicon/mining/learner';",
    "export { soundText } from './lexicon/mining/clean';",
    "export { loadLexicon } from './lexicon/model/store';",
    "export { lint } from './rules/lint';",
    "export { applyEdits } from './text/textEdit';",
    "export { analyse } from './structure/analyse';",
  ]);
  const documents = readDocuments();
  const parts = process.env.PART === undefined ? [...Array(PARTS).keys()] : [Number(process.env.PART)];
  const all = { planted: 0, found: 0, told: 0, restored: 0, alarms: 0, characters: 0 };
  for (const part of parts) {
    const counts = await measure(product, documents, part);
    for (const name of Object.keys(all)) all[name] += counts[name];
  }
  const rate = (all.alarms * 100_000) / all.characters;
  console.log(
    `  each document held out once: ${percent(all.found, all.planted)} found (${percent(all.told, all.planted)} as more than a hint), ${percent(all.restored, all.planted)} restored (aim ${100 * AIMS.restored} %), ${rate.toFixed(2)} alarms in 100,000 characters (aim ${AIMS.alarms})`,
  );
  return all.restored >= AIMS.restored * all.planted && rate < AIMS.alarms;
}

async function measure({ Learner, soundText, loadLexicon, lint, analyse, applyEdits }, documents, part) {
  const heldOut = documents.filter(({ name }) => hash(name) % PARTS === part);
  const learner = new Learner(soundText);
  const learned = documents.filter((document) => !heldOut.includes(document));
  for (const { name, text } of learned) await learner.prepare(name, async () => text);
  const lexicon = loadLexicon(
    learner.learn(
      learned.map(({ name }) => ({ name, hash: name })),
      {},
    ).json,
  );
  const check = (text) =>
    lint(analyse(text, 'policytext'), undefined, lexicon).filter(({ rule }) => rule.id.startsWith('slogan.'));

  const alarms = [];
  let characters = 0;
  for (const { name, text } of heldOut) {
    characters += text.length;
    for (const alarm of check(text)) if (alarm.severity !== 'hint') alarms.push({ name, text, alarm });
  }

  const random = generator(20260101);
  const tally = { planted: 0, found: 0, told: 0, restored: 0 };
  const byKind = Object.fromEntries(
    SLOGAN_BREAKS.map((kind) => [kind, { planted: 0, found: 0, told: 0, restored: 0 }]),
  );
  const missed = [];
  for (const { name, text } of heldOut) {
    for (const { start, end, phrase } of occurrences(text, lexicon)) {
      // The paragraph alone, so that thousands of breaks can be tried.
      const from = text.lastIndexOf('\n', start) + 1;
      const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
      const paragraph = text.slice(from, to);
      for (const kind of SLOGAN_BREAKS) {
        const place = breakWording(paragraph, start - from, end - from, kind, random);
        if (!place) continue;
        const results = check(place.broken);
        const hit = results.find((result) => result.start <= place.end + 1 && result.end >= place.start - 1);
        const mended = hit?.fixes?.[0] && applyEdits(place.broken, hit.fixes[0].edits);
        for (const count of [tally, byKind[kind]]) {
          count.planted++;
          if (hit) count.found++;
          if (hit && hit.severity !== 'hint') count.told++;
          if (mended === paragraph) count.restored++;
        }
        if (mended !== paragraph) {
          missed.push({ name, kind, phrase, found: hit !== undefined, context: around(place.broken, place.start, 16) });
        }
      }
    }
  }

  const rate = (alarms.length * 100_000) / characters;
  console.log(
    `  part ${part}: ${learned.length} documents learned from, ${heldOut.length} held out, ${characters.toLocaleString('en')} characters`,
  );
  for (const [kind, { planted, found, told, restored }] of [...Object.entries(byKind), ['all', tally]]) {
    console.log(
      `  ${kind}: ${planted} planted, ${percent(found, planted)} found (${percent(told, planted)} as more than a hint), ${percent(restored, planted)} restored by the fix`,
    );
  }
  console.log(`  ${alarms.length} alarms on the same documents unbroken: ${rate.toFixed(2)} in 100,000 characters`);
  if (process.env.VERBOSE) {
    for (const { name, text, alarm } of alarms) {
      const [whole, detail, written, inDocuments, canonical] = alarm.message.values;
      console.log(
        `    ${alarm.severity} ${name}: ${around(text, alarm.start, 20)} | ${whole} → ${canonical} (${detail}/${written}, ${inDocuments})`,
      );
    }
    for (const { kind, phrase, found, context } of missed.slice(0, Number(process.env.VERBOSE))) {
      console.log(`    ${found ? 'not restored' : 'missed'} ${kind}: ${context} | ${phrase}`);
    }
  }
  return { ...tally, alarms: alarms.length, characters };
}

function percent(count, of) {
  return `${((100 * count) / of).toFixed(1)} %`;
}

function readDocuments() {
  return fs
    .readdirSync(CORPUS, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: path.relative(CORPUS, file), text: fs.readFileSync(file, 'utf8') }));
}

/** FNV-1a: which quarter a document belongs to must not change when others are added. */
function hash(name) {
  let value = 0x811c9dc5;
  for (const character of name) value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
}

function around(text, at, size) {
  return text.slice(Math.max(0, at - size), at + size).replace(/\s/g, ' ');
}
