// Contradictions planted in documents of the library, one at a time: is the finding at the place that was changed? A place
// counts only where the draft states the fact twice with the same indicator, so that a careful reader could tell.
//   node tests/bench/facts.mjs [documents] (60 by default; the library is ../shared/library unpacked, or POLICY_TEXT_TEXTS)
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const LIBRARY = process.env.POLICY_TEXT_TEXTS ?? '/work/lib/txt';
const DOCUMENTS = Number(process.argv[2] ?? 60);
const MIN_LENGTH = 6_000;
const MAX_LENGTH = 60_000;
/** Of each kind so many are planted in one document. */
const PER_DOCUMENT = 2;
const AIM = 0.9;

const ENTRY = `
export { analyse } from './server/src/structure/analyse';
export { lint } from './server/src/rules/lint';
export { rules } from './server/src/rules/index';
export { indicatorGroups } from './server/src/facts/conflicts';
export { datesIn, weekdayOf } from './server/src/facts/time';
`;

async function load() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-facts-'));
  const outfile = path.join(scratch, 'facts.mjs');
  await esbuild.build({
    stdin: { contents: ENTRY, resolveDir: path.resolve(import.meta.dirname, '../..'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  const product = await import(pathToFileURL(outfile).href);
  fs.rmSync(scratch, { recursive: true });
  return product;
}

/** The same documents in every run: in the order of a hash of their names. */
function documents() {
  const hash = (name) => [...name].reduce((sum, one) => (Math.imul(sum, 31) + one.codePointAt(0)) >>> 0, 7);
  const files = fs
    .readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:reports|plans|state-council|xi-)[^/]*\/.*\.txt$/.test(name))
    .sort((one, other) => hash(one) - hash(other));
  return files.flatMap((name) => {
    const text = fs.readFileSync(path.join(LIBRARY, name), 'utf8').replace(/^\ufeff/, '');
    return text.length >= MIN_LENGTH && text.length <= MAX_LENGTH ? [{ name, text }] : [];
  });
}

const replaced = (text, start, end, words) => text.slice(0, start) + words + text.slice(end);
/** The figure with its first digit but one changed: no rounding, no slip of a unit. */
const another = (figure) =>
  figure.replace(/^(\d)(\d*)/, (_, first, rest) => `${first === '9' ? 7 : Number(first) + 1}${rest}`);

/** Whether two statements give one fact twice: the same value, exactly, for the same time and owner, in words of their own. */
const isSameFact = (one, other) =>
  one.quantity.value === other.quantity.value &&
  one.quantity.qualifier === 'exact' &&
  other.quantity.qualifier === 'exact' &&
  one.quantity.figures >= 3 &&
  one.time !== '' &&
  one.time === other.time &&
  one.scope === other.scope &&
  one.planned === other.planned &&
  !one.inherited &&
  !other.inherited;

const PLANTERS = {
  /** The second mention of a value of the same indicator, year and owner. */
  *value({ indicatorGroups }, { text, analysis }) {
    for (const group of indicatorGroups(analysis).values()) {
      for (const [index, other] of group.entries()) {
        const one = group.slice(0, index).find((before) => isSameFact(before, other));
        if (!one || group.length > 6) continue;
        const words = another(text.slice(other.start, other.end));
        if (words === text.slice(other.start, other.end)) continue;
        yield { text: replaced(text, other.start, other.end, words), at: other.start, also: one.start };
      }
    }
  },
  /** One of two parts after 其中 that add to the total before it. */
  *sum(_, { text }) {
    const pattern =
      /(\d+(?:\.\d+)?)(亿元|万元|万人|万吨|万亩|个|家|人)[，（]其中[：，]?[^，。；\d]{1,12}(\d+(?:\.\d+)?)\2[，、][^，。；\d]{1,12}(\d+(?:\.\d+)?)\2[）。；]/g;
    for (const match of text.matchAll(pattern)) {
      const [whole, total, unit, one, other] = match;
      if (Math.abs(Number(total) - Number(one) - Number(other)) > 1e-6) continue;
      const start = match.index + whole.lastIndexOf(other + unit);
      yield {
        text: replaced(text, start, start + other.length, another(other)),
        at: match.index,
        also: start,
        to: match.index + whole.length,
      };
    }
  },
  /** A weekday behind a date with a year: put there where none is, as the sentence would go on unchanged. */
  *weekday({ datesIn, weekdayOf }, { text }) {
    for (const date of datesIn(text)) {
      if (date.year === undefined || date.weekday !== undefined || date.year < 1950) continue;
      const wrong = '日一二三四五六'[(weekdayOf(date.year, date.month, date.day) + 3) % 7];
      yield { text: replaced(text, date.end, date.end, `（星期${wrong}）`), at: date.start, to: date.end + 5 };
    }
  },
  /** The full name with one character changed, behind the place that gives it a short name. */
  *body(_, { text }) {
    for (const { 1: name, index, 0: whole } of text.matchAll(
      /([\u4e00-\u9fff]{6,20}(?:委员会|办公室|中心|集团|公司|示范区|管理局))（以下简称[:：]?[“"]?[^”"）]{2,12}[”"]?）/g,
    )) {
      const second = text.indexOf(name.slice(-10), index + whole.length);
      if (second < 0 || name.length < 8) continue;
      const words = text.slice(second, second + 10);
      const end = second + words.length;
      yield {
        text: replaced(text, second + 2, second + 4, `${text[second + 3]}${text[second + 2]}`),
        at: second - 10,
        to: end,
      };
    }
  },
  /** An attachment of a note with several, dropped from behind the document. */
  *attachment(_, { text }) {
    const note = /^[\s　]*附件[:：][\s　]*1[.．]/m.exec(text);
    const heads = [...text.matchAll(/^[\s　]*附件[\s　]?(\d)[\s　]*$/gm)];
    const last = heads.at(-1);
    if (note && last && heads.length > 1)
      yield { text: text.slice(0, last.index), at: note.index, to: note.index + 300 };
  },
};

const product = fs.existsSync(LIBRARY) ? await load() : undefined;
if (!product) console.log(`skipped: there are no texts in ${LIBRARY}`);
else {
  const kept = new Set([
    ...product.rules.map(({ id }) => id).filter((id) => id.startsWith('fact.')),
    'document.attachment',
  ]);
  const configuration = { rules: Object.fromEntries(product.rules.map(({ id }) => [id, kept.has(id) ? {} : 'off'])) };
  const findings = (text) => product.lint(product.analyse(text), configuration);
  const counts = Object.fromEntries(Object.keys(PLANTERS).map((kind) => [kind, { planted: 0, found: 0 }]));
  const missed = [];
  let [characters, before] = [0, 0];
  let read = 0;
  for (const { name, text } of documents()) {
    const analysis = product.analyse(text);
    // Weekdays can be planted anywhere; a document counts where it states something else twice.
    const offers = Object.entries(PLANTERS).some(
      ([kind, plant]) => kind !== 'weekday' && !plant(product, { text, analysis }).next().done,
    );
    if (!offers) continue;
    if (read++ >= DOCUMENTS) break;
    const sound = findings(text);
    characters += text.length;
    for (const { rule, severity, start, end } of sound) {
      if (severity === 'hint' || !rule.id.startsWith('fact.')) continue;
      before++;
      missed.push(`sound ${rule.id} ${name}: ${text.slice(Math.max(0, start - 40), end + 30).replace(/\s+/g, ' ')}`);
    }
    for (const [kind, plant] of Object.entries(PLANTERS)) {
      let planted = 0;
      for (const { text: broken, at, also = at, to = at + 1 } of plant(product, { text, analysis })) {
        if (planted++ >= PER_DOCUMENT) break;
        counts[kind].planted++;
        const near = ({ start, end }) => (start < to && end > at) || (start <= also && end > also);
        const found = findings(broken).some(
          (one) => near(one) && !sound.some((old) => old.start === one.start && old.rule === one.rule),
        );
        if (found) counts[kind].found++;
        else missed.push(`missed ${kind} ${name}: ${broken.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ')}`);
      }
    }
  }
  for (const [kind, { planted, found }] of Object.entries(counts))
    console.log(`${kind.padEnd(12)} ${found} of ${planted} found`);
  const all = Object.values(counts).reduce((sum, { planted, found }) => [sum[0] + planted, sum[1] + found], [0, 0]);
  console.log(`all          ${all[1]} of ${all[0]} (aim ${AIM * 100} %)`);
  if (all[1] < AIM * all[0]) process.exitCode = 1;
  console.log(
    `findings in the sound texts, hints apart: ${before} in ${characters} characters, ${((before * 1e5) / characters).toFixed(2)} in 100,000`,
  );
  if (process.env.MISSED) for (const line of missed) console.log(`  ${line}`);
}
