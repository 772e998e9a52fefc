// The output of a survey: figures for each rule, differences from another version, samples to read.
import { createHash } from 'node:crypto';
import { collectionOf } from './library.mjs';
import { OUTLINE } from './run.mjs';

const SEVERITIES = ['error', 'warning', 'information', 'hint'];

const rounded = (value, digits = 3) => Number(value.toFixed(digits));

/** The figures of a run, which depend only on the product and the documents. */
export function scores(records) {
  const rules = {};
  const collections = {};
  let characters = 0;
  for (const { document, characters: count, findings, headings } of records) {
    characters += count;
    collections[collectionOf(document)] ??= {
      documents: 0,
      characters: 0,
      headings: 0,
      warnings: 0,
      information: 0,
      hints: 0,
    };
    const collection = collections[collectionOf(document)];
    collection.documents++;
    collection.characters += count;
    collection.headings += headings.length;
    for (const { rule, severity } of findings) {
      rules[rule] ??= { error: 0, warning: 0, information: 0, hint: 0, documents: new Set() };
      rules[rule][severity]++;
      rules[rule].documents.add(document);
      if (severity === 'warning' || severity === 'error') collection.warnings++;
      else if (severity === 'information') collection.information++;
      else collection.hints++;
    }
  }
  const sorted = (object, map) =>
    Object.fromEntries(
      Object.entries(object)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, map(value)]),
    );
  const perHundredThousand = (count) => rounded((count / Math.max(1, characters)) * 100_000);
  return {
    documents: records.length,
    characters,
    headings: records.reduce((sum, { headings }) => sum + headings.length, 0),
    rules: sorted(rules, ({ documents, ...counts }) => ({
      ...Object.fromEntries(SEVERITIES.filter((name) => counts[name] > 0).map((name) => [name, counts[name]])),
      documents: documents.size,
      per100000: perHundredThousand(SEVERITIES.reduce((sum, name) => sum + counts[name], 0)),
    })),
    collections: sorted(collections, (value) => value),
  };
}

/** The figures as a table. */
export function table({ documents, characters, headings, rules, collections }) {
  const lines = [`${documents} documents, ${characters} characters, ${headings} headings`, ''];
  lines.push(row(['rule', 'warning', 'information', 'hint', 'documents', 'per 100,000']));
  const totals = { warning: 0, information: 0, hint: 0 };
  for (const [rule, counts] of Object.entries(rules)) {
    const warning = (counts.warning ?? 0) + (counts.error ?? 0);
    totals.warning += warning;
    totals.information += counts.information ?? 0;
    totals.hint += counts.hint ?? 0;
    lines.push(row([rule, warning, counts.information ?? 0, counts.hint ?? 0, counts.documents, counts.per100000]));
  }
  const per = (count) => rounded((count / Math.max(1, characters)) * 100_000);
  lines.push(row(['all', totals.warning, totals.information, totals.hint, '', '']));
  lines.push(row(['per 100,000', per(totals.warning), per(totals.information), per(totals.hint), '', '']), '');
  lines.push(row(['collection', 'documents', 'headings', 'warnings', 'information', 'hints']));
  for (const [name, value] of Object.entries(collections)) {
    lines.push(row([name, value.documents, value.headings, value.warnings, value.information, value.hints]));
  }
  return lines.join('\n');
}

const row = ([first, ...others]) => first.padEnd(32) + others.map((cell) => String(cell).padStart(12)).join('');

const keyOf = (document, { rule, severity, before, text, after, message }) =>
  JSON.stringify([document, rule, severity, before, text, after, rule === OUTLINE ? message : '']);

/** Everything found in `record`, headings included, of the rules that `wanted` accepts. */
function* found(records, wanted) {
  for (const { document, findings, headings } of records) {
    for (const finding of findings) if (wanted(finding.rule)) yield { document, finding };
    if (wanted(OUTLINE)) for (const finding of headings) yield { document, finding };
  }
}

/**
 * The findings of `others` that `records` lack, and the new ones, for the documents that both have read. Findings are
 * equal if their rule, severity, words and context are; their position does not matter.
 */
export function difference(records, others, wanted) {
  const both = new Set(others.map(({ document }) => document));
  const known = new Set(records.map(({ document }) => document));
  const counts = new Map();
  const before = others.filter(({ document }) => known.has(document));
  for (const each of found(before, wanted)) {
    const key = keyOf(each.document, each.finding);
    if (!counts.has(key)) counts.set(key, []);
    counts.get(key).push(each);
  }
  const fresh = [];
  for (const each of found(
    records.filter(({ document }) => both.has(document)),
    wanted,
  )) {
    const same = counts.get(keyOf(each.document, each.finding));
    if (same?.length) same.pop();
    else fresh.push(each);
  }
  return { gone: [...counts.values()].flat(), fresh };
}

/**
 * At most `size` findings of each rule, drawn at random but reproducibly: those whose words come first in an order
 * determined by `seed`, so that an unchanged finding stays in the sample.
 */
export function sample(records, size, seed, wanted) {
  return drawn([...found(records, wanted)], size, seed);
}

/** The same of a list of `{ document, finding }`. */
export function drawn(all, size, seed) {
  const byRule = new Map();
  for (const each of all) {
    if (!byRule.has(each.finding.rule)) byRule.set(each.finding.rule, []);
    const key = keyOf(each.document, { ...each.finding, severity: '' });
    byRule
      .get(each.finding.rule)
      .push({ ...each, order: createHash('sha256').update(`${seed}\n${key}`).digest('hex') });
  }
  return new Map(
    [...byRule]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, list]) => [
        rule,
        { count: list.length, shown: list.sort((a, b) => (a.order < b.order ? -1 : 1)).slice(0, size) },
      ]),
  );
}

/** One finding in a line or two. */
export function shown({ document, finding: { severity, message, line, before, text, after } }, sign = ' ') {
  return `${sign} ${document}:${line + 1} ${severity}: ${message}\n    …${before}⟦${text}⟧${after}…`;
}
