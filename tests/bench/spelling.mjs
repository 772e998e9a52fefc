// Misspellings: how many of the wrong sentences of ../shared/fixtures/spelling are corrected and how many sound ones
// changed, and the rate of false alarms on sound documents of the library that the model was not learned from.
//   node --max-old-space-size=4000 tests/bench/spelling.mjs [--model=FILE] [--fold=K/M] [--hold=N] [--every=N] [--samples] [--plot=FILE]
//     [--sentences] [--unseen]
// The shipped model has learned from the correct side of these sentences, so its own figures are too good. For unbiased ones
// give --model one learned with --skip=K/M and --hold=N, --fold=K/M for the sentences, and --hold=N for the documents that it
// has not seen. --plot draws precision against recall as an SVG, --sentences leaves the documents out, --unseen also
// the sentences whose correct form occurs in another fold.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { LIBRARY, libraryDocuments, SHARED, spellingName } from '../../scripts/learned.mjs';
import { loadSources } from '../../scripts/sources.mjs';

const FIXTURES = path.resolve(import.meta.dirname, '../../../shared/fixtures/spelling');
const root = path.resolve(import.meta.dirname, '../..');
const { values: args } = parseArgs({
  options: {
    model: { type: 'string', default: path.join(root, 'corpus/spelling.bin') },
    fold: { type: 'string', default: '0/1' },
    every: { type: 'string', default: '1' },
    hold: { type: 'string', default: '40' },
    samples: { type: 'boolean' },
    plot: { type: 'string' },
    sentences: { type: 'boolean' },
    unseen: { type: 'boolean' },
  },
});
if (!fs.existsSync(FIXTURES)) {
  console.log('skipped: ../shared/fixtures/spelling is not here');
  process.exit(0);
}
const product = await loadSources([
  "export { lint } from './rules/lint';",
  "export { analyse } from './structure/analyse';",
  "export { loadLexicon } from './lexicon/model/store';",
  "export { decodeSpellingModel } from './spelling/spellingModel';",
  "export { heldOut } from './spelling/heldOut';",
  "export { decide } from './spelling/weighing';",
  "export { readMistakes, suspectedLines } from './rules/text/misspellingLines';",
  "export { placed, TextEvidence } from './rules/text/misspellingEvidence';",
  "export { vocabulary } from './repair/vocabulary';",
  "export { runToCompletion } from './text/resumable';",
]);
const { lint, analyse, loadLexicon, decodeSpellingModel, heldOut, runToCompletion, decide } = product;
const { placed, readMistakes, suspectedLines, TextEvidence, vocabulary } = product;
const lexicon = loadLexicon(fs.readFileSync(path.join(root, 'corpus/lexicon.json'), 'utf8'));
const loading = performance.now();
const spelling = runToCompletion(decodeSpellingModel(fs.readFileSync(args.model)));
console.log(`model read in ${(performance.now() - loading).toFixed(0)} ms`);
const words = runToCompletion(vocabulary());
const findings = (text) =>
  lint(analyse(text, 'policytext'), { rules: {} }, lexicon, spelling).filter(
    ({ rule }) => rule.id === 'text.misspelling',
  );

const [fold, folds] = args.fold.split('/').map(Number);
const curves = [];
const points = [];
for (const name of ['odw', 'law']) {
  const judged = [];
  const levels = { warning: [0, 0], information: [0, 0] };
  const count = { wrong: 0, sound: 0, right: 0, spoilt: 0, touched: 0, errors: 0, hits: 0, misses: 0 };
  const rows = fs.readFileSync(path.join(FIXTURES, `${name}.train`), 'utf8').split('\n');
  // The sets repeat sentences: one that also occurs in a row of another fold was learned from.
  const learned = new Set(rows.filter((_, index) => index % folds !== fold).map((row) => row.split('\t')[2]));
  for (const [index, row] of rows.entries()) {
    const [, written, meant] = row.split('\t');
    if (!meant || index % folds !== fold || (args.unseen && learned.has(meant))) continue;
    let text = written;
    const found = findings(written);
    for (const { severity, fixes = [] } of found) {
      const [edit] = fixes[0]?.edits ?? [];
      if (!edit || !levels[severity]) continue;
      levels[severity][1]++;
      if (isRight(edit, written, meant)) levels[severity][0]++;
    }
    if (args.plot) {
      const analysis = analyse(written, 'policytext');
      runToCompletion(readMistakes(analysis, spelling));
      const lines = runToCompletion(suspectedLines(analysis, { spelling, isTraditional: false }));
      const evidence = new TextEvidence(written, spelling, words);
      for (const one of lines.flatMap(({ base, line }) => line.suspicions.map((one) => placed(one, base))))
        judged.push({ odds: decide(evidence.of(one), spelling.sentence), right: isRight(one, written, meant) });
    }
    const edits = found.flatMap(({ fixes = [] }) => fixes[0]?.edits ?? []);
    for (const { start, end, newText } of edits.reverse()) text = text.slice(0, start) + newText + text.slice(end);
    for (let at = 0; at < written.length && text.length === written.length; at++) {
      if (written[at] !== meant[at]) count.errors++;
      if (text[at] === written[at]) continue;
      if (text[at] === meant[at]) count.hits++;
      else count.misses++;
    }
    if (written === meant) {
      count.sound++;
      if (text !== written) count.touched++;
    } else {
      count.wrong++;
      if (text === meant) count.right++;
      else if (text !== written) count.spoilt++;
    }
  }
  const score = (right, told, all) => {
    const [precision, recall] = [right / told, right / all];
    const f1 = (2 * precision * recall) / (precision + recall);
    return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
  };
  const changed = count.right + count.spoilt + count.touched;
  curves.push({ name, told: judged.sort((a, b) => b.odds - a.odds), errors: count.errors });
  const { warning, information } = levels;
  const all = [warning[0] + information[0], warning[1] + information[1]];
  for (const [level, [right, number]] of Object.entries({ warning, 'warning and information': all })) {
    points.push({ name, level, precision: right / number, recall: right / count.errors });
  }
  const level = (of, [right, number]) => `${of} ${right} of ${number} (${((100 * right) / number).toFixed(1)} %)`;
  console.log(`${name}: told rightly: ${level('warnings', warning)}, ${level('information', information)}`);
  console.log(
    `${name}: sentences ${score(count.right, changed, count.wrong)}, characters ${score(count.hits, count.hits + count.misses, count.errors)}, ${count.touched} of ${count.sound} sound ones touched`,
  );
}

if (args.plot) fs.writeFileSync(args.plot, plotted(curves, points));

if (!args.sentences && fs.existsSync(path.join(SHARED, 'library'))) {
  const all = { characters: 0, warning: 0, information: 0 };
  const reports = { characters: 0, warning: 0, information: 0 };
  const started = performance.now();
  let number = 0;
  for (const [file, document] of LIBRARY.flatMap((name) => [...libraryDocuments(name)].map((one) => [name, one]))) {
    const name = spellingName(document);
    if (!heldOut(name, Number(args.hold)) || number++ % Number(args.every)) continue;
    const { text } = document;
    const found = findings(text);
    for (const group of /^reports-20/.test(file) ? [all, reports] : [all]) {
      group.characters += text.length;
      for (const { severity } of found) group[severity]++;
    }
    if (!args.samples) continue;
    for (const { severity, start, end, fixes } of found)
      console.log(
        `${severity[0]} ${text.slice(start - 12, start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 10)} ${fixes[0].title.values} ${file}/${name}`.replaceAll(
          '\n',
          '⏎',
        ),
      );
  }
  const rate = ({ characters, warning, information }) =>
    `${((warning * 1e5) / characters).toFixed(2)} warnings, ${((information * 1e5) / characters).toFixed(2)} information in 100,000 characters of ${characters}`;
  console.log(`held-out documents: ${rate(all)}`);
  console.log(`held-out work reports since 2013: ${rate(reports)}`);
  console.log(`all rules: ${(all.characters / (performance.now() - started)).toFixed(0)} characters in a millisecond`);
}

/** Whether `edit` gives what was meant: sentences of the test sets have the same length on both sides. */
function isRight({ start, end, newText }, written, meant) {
  return newText === meant.slice(start, end) && newText !== written.slice(start, end);
}

/** Precision against recall of characters by the required odds, with the levels of the rule marked. */
function plotted(lines, marks) {
  const [width, height, margin] = [640, 420, 56];
  const rounded = (value) => Math.round(value * 10) / 10;
  const x = (recall) => rounded(margin + recall * (width - 2 * margin));
  const y = (precision) => rounded(height - margin - ((precision - 0.5) / 0.5) * (height - 2 * margin));
  const colours = { odw: '#b3261e', law: '#1f5fa8' };
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Precision against recall 准确率与召回率</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
  ];
  for (let step = 0; step <= 10; step += 2) {
    const [recall, precision] = [step / 10, 0.5 + step / 20];
    parts.push(
      `<path d="M${x(recall)} ${y(0.5)}V${y(1)}M${x(0)} ${y(precision)}H${x(1)}" stroke="#ddd"/>`,
      `<text x="${x(recall)}" y="${height - margin + 18}" text-anchor="middle">${recall.toFixed(1)}</text>`,
      `<text x="${margin - 8}" y="${y(precision) + 4}" text-anchor="end">${precision.toFixed(1)}</text>`,
    );
  }
  parts.push(
    `<text x="${width / 2}" y="${height - 14}" text-anchor="middle">recall 召回率</text>`,
    `<text x="16" y="${height / 2}" text-anchor="middle" transform="rotate(-90 16 ${height / 2})">precision 准确率</text>`,
  );
  lines.forEach(({ name, told, errors }, index) => {
    let right = 0;
    const path = [];
    told.forEach((one, at) => {
      if (one.right) right++;
      const isLast = told[at + 1]?.odds !== one.odds;
      if (isLast && at > 20 && right / (at + 1) >= 0.5) path.push(`${x(right / errors)} ${y(right / (at + 1))}`);
    });
    parts.push(
      `<path d="M${path.join('L')}" fill="none" stroke="${colours[name]}" stroke-width="2"/>`,
      `<text x="${width - margin - 8}" y="${margin + 18 * (index + 1)}" text-anchor="end" fill="${colours[name]}">${name.toUpperCase()}</text>`,
    );
  });
  for (const { name, level, precision, recall } of marks) {
    const shape =
      level === 'warning'
        ? `<circle cx="${x(recall)}" cy="${y(precision)}" r="5"`
        : `<rect x="${x(recall) - 5}" y="${y(precision) - 5}" width="10" height="10"`;
    parts.push(
      `${shape} fill="${colours[name]}"><title>${level}: ${precision.toFixed(3)} / ${recall.toFixed(3)}</title>${level === 'warning' ? '</circle>' : '</rect>'}`,
    );
  }
  parts.push(
    `<text x="${margin + 8}" y="${height - margin - 10}" fill="#555">● warning 警告　■ with information 含提示</text>`,
    '</svg>',
  );
  return `${parts.join('\n')}\n`;
}
