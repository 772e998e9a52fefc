// Contradictions planted in documents of the library, one at a time: is the finding at the place that was changed? A
// place counts only if the draft states the fact twice with the same indicator, so that a careful reader could notice.
//   node tests/bench/facts.mjs [documents]
// (60 by default; the library is ../shared/library unpacked, or POLICY_TEXT_TEXTS)
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { FACTS } from '../benchmark/planters.mjs';
import { loadProduct } from '../benchmark/product.mjs';

const LIBRARY = process.env.POLICY_TEXT_TEXTS ?? '/work/lib/txt';
const DOCUMENTS = Number(process.argv[2] ?? 60);
const MIN_LENGTH = 6_000;
const MAX_LENGTH = 60_000;
/** Maximum number planted of each kind in one document. */
const PER_DOCUMENT = 2;
/** Minimum number planted of each kind, as long as there are documents. */
const MIN_PLANTED = 25;
/** A document without a match has no place for the kind. */
const MAY_OFFER = { body: /以下简称/, attachment: /^[\s　]*附件[:：]/m, sum: /其中/ };
const AIM = 0.9;

/** The same documents in every run: ordered by a hash of their names. */
function documents() {
  const hash = (name) => [...name].reduce((sum, one) => (Math.imul(sum, 31) + one.codePointAt(0)) >>> 0, 7);
  const files = fs
    .readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:reports|plans|state-council|xi-|laws|party)[^/]*\/.*\.txt$/.test(name))
    .sort((one, other) => hash(one) - hash(other));
  return files.flatMap((name) => {
    const text = fs.readFileSync(path.join(LIBRARY, name), 'utf8').replace(/^\ufeff/, '');
    return text.length >= MIN_LENGTH && text.length <= MAX_LENGTH ? [{ name, text }] : [];
  });
}

const product = fs.existsSync(LIBRARY) ? await loadProduct() : undefined;
if (!product) console.log(`skipped: there are no texts in ${LIBRARY}`);
else {
  const kept = new Set([
    ...product.rules.map(({ id }) => id).filter((id) => id.startsWith('fact.')),
    'document.attachment',
  ]);
  const configuration = { rules: Object.fromEntries(product.rules.map(({ id }) => [id, kept.has(id) ? {} : 'off'])) };
  const findings = (text) => product.lint(product.analyse(text), configuration);
  const kinds = Object.entries(FACTS);
  const counts = Object.fromEntries(kinds.map(([kind]) => [kind, { planted: 0, found: 0 }]));
  /** In the sound texts, by rule. */
  const alarms = new Map();
  const missed = [];
  let [characters, told, read] = [0, 0, 0];
  for (const { name, text } of documents()) {
    // Once there are enough documents, further ones only add to kinds that few of them have places for.
    const wanted = kinds.filter(
      ([kind]) => read < DOCUMENTS || (kind !== 'weekday' && counts[kind].planted < MIN_PLANTED),
    );
    if (wanted.length === 0) break;
    // Weekdays can be planted anywhere; a document counts if it states something else twice.
    if (!wanted.some(([kind]) => kind !== 'weekday' && MAY_OFFER[kind]?.test(text) !== false)) continue;
    const analysis = product.analyse(text);
    if (!wanted.some(([kind, plant]) => kind !== 'weekday' && !plant(product, { text, analysis }).next().done))
      continue;
    read++;
    const sound = findings(text);
    characters += text.length;
    for (const { rule, severity, start, end } of sound) {
      const count = alarms.get(rule.id) ?? { hint: 0, told: 0 };
      alarms.set(rule.id, count);
      if (severity === 'hint') count.hint++;
      else {
        count.told++;
        if (rule.id.startsWith('fact.')) told++;
        missed.push(`sound ${rule.id} ${name}: ${text.slice(Math.max(0, start - 40), end + 30).replace(/\s+/g, ' ')}`);
      }
    }
    for (const [kind, plant] of wanted) {
      let planted = 0;
      for (const { text: broken, places } of plant(product, { text, analysis })) {
        if (planted++ >= PER_DOCUMENT) break;
        counts[kind].planted++;
        const near = ({ start, end }) => places.some((place) => start < place.end && end > place.start);
        const found = findings(broken).some(
          (one) =>
            near(one) && !sound.some((old) => old.start === one.start && old.end === one.end && old.rule === one.rule),
        );
        const [{ start: at }] = places;
        if (found) counts[kind].found++;
        else missed.push(`missed ${kind} ${name}: ${broken.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ')}`);
      }
    }
  }
  for (const [kind, { planted, found }] of Object.entries(counts))
    console.log(`${kind.padEnd(12)} ${found} of ${planted} found`);
  // A weekday can be computed: compared with that the others would hardly count.
  const others = Object.entries(counts).filter(([kind]) => kind !== 'weekday');
  const [planted, found] = ['planted', 'found'].map((what) => others.reduce((sum, [, count]) => sum + count[what], 0));
  console.log(
    `but weekdays ${found} of ${planted}, ${((100 * found) / planted).toFixed(1)} % (aim ${AIM * 100} %), in ${read} documents`,
  );
  if (found < AIM * planted) process.exitCode = 1;
  console.log(
    `fact.* in the sound texts, hints apart: ${told} in ${characters} characters, ${((told * 1e5) / characters).toFixed(2)} in 100,000`,
  );
  for (const [rule, count] of [...alarms].sort())
    console.log(`  ${rule.padEnd(20)} ${count.told} told, ${count.hint} hints in the sound texts`);
  if (process.env.MISSED) for (const line of missed) console.log(`  ${line}`);
}
