// Runs a tool on the planted breaks that generate.mjs made:
//   node tests/benchmark/run.mjs CASES [--format sarif|lines] [--json] -- COMMAND… {folder}
// COMMAND is run once on the folder of broken texts and once on that of the sound ones, or, with {file} for {folder},
// once for each text. It writes SARIF 2.1.0 or lines FILE:LINE[:COLUMN]: MESSAGE to standard output. See README.md for
// the rules.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const MAX_OUTPUT = 1024 * 1024 * 1024;

/**
 * What `command` finds in `cases`: for each class and kind how many breaks were planted and found, and the number of
 * findings in the sound texts. Throws if the tool cannot be run or its output cannot be read.
 */
export function score(cases, command, format = 'sarif') {
  const { breaks } = JSON.parse(fs.readFileSync(path.join(cases, 'truth.json'), 'utf8'));
  const sound = findings(path.join(cases, 'sound'), command, format);
  const broken = findings(path.join(cases, 'broken'), command, format);
  const counts = {};
  for (const one of breaks) {
    counts[one.class] ??= {};
    counts[one.class][one.kind] ??= { planted: 0, found: 0 };
    const count = counts[one.class][one.kind];
    count.planted++;
    const before = read(cases, 'sound', one.sound);
    const text = read(cases, 'broken', one.file);
    const known = new Set((sound.get(one.sound) ?? []).map((finding) => identity(finding, before)));
    const found = (broken.get(one.file) ?? []).some(
      (finding) => one.places.some((place) => meets(text, finding, place)) && !known.has(identity(finding, text)),
    );
    if (found) count.found++;
  }
  let [characters, alarms] = [0, 0];
  for (const file of fs.readdirSync(path.join(cases, 'sound'))) {
    characters += read(cases, 'sound', file).length;
    alarms += sound.get(file)?.length ?? 0;
  }
  return { counts, sound: { characters, findings: alarms } };
}

const texts = new Map();
function read(cases, part, file) {
  const name = path.join(cases, part, file);
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = fs.readFileSync(name, 'utf8');
  texts.set(name, text);
  return text;
}

/**
 * Identifies a finding by its rule and the text of its line, so that one which the sound text has too is not counted.
 */
function identity({ rule, line, column }, text) {
  const words = text.split('\n')[line - 1] ?? '';
  return `${rule} ${column === undefined ? '' : words.slice(column - 1, column + 3)} ${words}`;
}

/** Whether a finding is at a place: on its very characters, or in its line if the tool gives no column. */
function meets(text, finding, place) {
  const lines = text.slice(0, place.start).split('\n');
  const first = lines.length;
  const last = first + text.slice(place.start, place.end).split('\n').length - 1;
  if (finding.column === undefined) return finding.line >= first && finding.line <= last;
  const start = offsetOf(text, finding.line, finding.column);
  const end = finding.endLine === undefined ? start + 1 : offsetOf(text, finding.endLine, finding.endColumn);
  return start < place.end && Math.max(end, start + 1) > place.start;
}

function offsetOf(text, line, column) {
  let at = 0;
  for (let count = 1; count < line; count++) {
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  return at + column - 1;
}

/** The findings of the tool by the name of their file. */
function findings(folder, command, format) {
  if (command.some((word) => word.includes('{folder}'))) {
    return collect(run(command.map((word) => word.replaceAll('{folder}', folder))), format, new Map());
  }
  if (!command.some((word) => word.includes('{file}')))
    throw new Error('the command names neither {folder} nor {file}');
  const all = new Map();
  for (const file of fs.readdirSync(folder)) {
    collect(run(command.map((word) => word.replaceAll('{file}', path.join(folder, file)))), format, all);
  }
  return all;
}

/** The tool's output; a non-zero exit code may just mean that it found something. */
function run([program, ...args]) {
  const { stdout, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  if (error) throw error;
  return stdout;
}

function collect(output, format, all) {
  const add = (file, finding) => {
    const name = path.basename(file);
    const others = all.get(name);
    if (others) others.push(finding);
    else all.set(name, [finding]);
  };
  if (format === 'lines') {
    for (const row of output.split('\n')) {
      const match = /^(.+?):(\d+)(?::(\d+))?:?\s*(.*)$/.exec(row);
      if (!match) continue;
      const [, file, line, column, message] = match;
      // Figures differ between similar messages, so the rule is the message without them.
      add(file, { rule: message.replace(/\d+/g, ''), line: Number(line), ...(column && { column: Number(column) }) });
    }
    return all;
  }
  for (const { results = [] } of JSON.parse(output).runs) {
    for (const { ruleId, locations = [] } of results) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      if (!artifactLocation?.uri || !region) continue;
      const { startLine: line, startColumn: column, endLine = line, endColumn } = region;
      const uri = artifactLocation.uri;
      const file = uri.startsWith('file:') ? fileURLToPath(uri) : decodeURIComponent(uri);
      add(file, { rule: ruleId, line, column, ...(endColumn && { endLine, endColumn }) });
    }
  }
  return all;
}

/** The counts as a table. */
export function table({ counts, sound }) {
  const rows = [['class', 'kind', 'planted', 'found', '%']];
  const percent = ({ planted, found }) => ((100 * found) / planted).toFixed(1);
  for (const [group, kinds] of Object.entries(counts)) {
    const sum = { planted: 0, found: 0 };
    for (const [kind, count] of Object.entries(kinds)) {
      rows.push([group, kind, count.planted, count.found, percent(count)]);
      sum.planted += count.planted;
      sum.found += count.found;
    }
    rows.push([group, 'all', sum.planted, sum.found, percent(sum)]);
  }
  const lines = rows.map((row) => `| ${row.join(' | ')} |`);
  lines.splice(1, 0, '| --- | --- | ---: | ---: | ---: |');
  const rate = ((sound.findings * 1e5) / sound.characters).toFixed(2);
  return `${lines.join('\n')}\n\nIn the sound texts ${sound.findings} findings in ${sound.characters} characters, ${rate} in 100,000.\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--');
  const command = at < 0 ? [] : process.argv.slice(at + 1);
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2, at < 0 ? undefined : at),
    options: { format: { type: 'string', default: 'sarif' }, json: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (positionals.length !== 1 || command.length === 0 || !['sarif', 'lines'].includes(values.format)) {
    console.error('Usage: node tests/benchmark/run.mjs CASES [--format sarif|lines] [--json] -- COMMAND… {folder}');
    process.exit(2);
  }
  const result = score(positionals[0], command, values.format);
  console.log(values.json ? JSON.stringify(result, null, 2) : table(result));
}
