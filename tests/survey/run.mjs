// One run of a survey: the built product over the documents, two processes at a time.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROBE = pathToFileURL(path.join(path.dirname(fileURLToPath(import.meta.url)), 'probe.mjs')).href;
/**
 * Bytes of text that one process reads at most and at least. Its start, and the time until its code is compiled, cost as much as two
 * million; 20 million take 620 MB of memory. The last processes read little, so that none is left over at the end.
 */
const LARGEST_BATCH = 20_000_000;
const SMALLEST_BATCH = 4_000_000;
const PROCESSES = 2;
/** Characters shown on either side of a finding. */
const CONTEXT = 24;
/** The pseudo-rule under which headings are compared and drawn like findings. */
export const OUTLINE = 'outline';

/**
 * Runs `cli` (a built dist/cli.js) over `documents` of `folder`. Returns one record for each document, in order
 * (`document`, `characters`, `findings`, `headings`), and the resource usage of the processes.
 */
export async function run(cli, folder, documents, { progress = () => {} } = {}) {
  const batches = inBatches(documents, (document) => fs.statSync(path.join(folder, document)).size);
  const started = Date.now();
  const cost = { lint: 0, outline: 0, megabytes: 0, seconds: 0 };
  const records = new Array(batches.length);
  let next = 0;
  const work = async () => {
    while (next < batches.length) {
      const index = next++;
      records[index] = await runBatch(cli, folder, batches[index], cost);
      progress(next / batches.length);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, work));
  cost.seconds = (Date.now() - started) / 1000;
  return { records: records.flat(), cost };
}

/** `documents` in order, in batches that become smaller towards the end. */
export function inBatches(documents, sizeOf) {
  const sizes = documents.map(sizeOf);
  let left = sizes.reduce((sum, size) => sum + size, 0);
  const batches = [];
  let room = 0;
  for (const [index, document] of documents.entries()) {
    if (batches.length === 0 || sizes[index] > room) {
      batches.push([]);
      room = Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, left / (2 * PROCESSES)));
    }
    batches.at(-1).push(document);
    room -= sizes[index];
    left -= sizes[index];
  }
  return batches;
}

async function runBatch(cli, folder, documents, cost) {
  const found = await command(
    cli,
    ['lint', '--fail-on', 'never', '--format', 'json', '--lang', 'zh'],
    folder,
    documents,
  );
  const outlined = await command(cli, ['outline', '--format', 'json'], folder, documents);
  cost.lint += found.seconds;
  cost.outline += outlined.seconds;
  cost.megabytes = Math.max(cost.megabytes, found.megabytes, outlined.megabytes);
  return documents.map((document, index) => {
    const text = fs.readFileSync(path.join(folder, document), 'utf8').replace(/^\ufeff/, '');
    const lines = text.split(/\r\n|\r|\n/);
    return {
      document,
      characters: text.length,
      findings: found.data[index].findings.map((finding) => shortened(finding, lines)),
      headings: [...flat(outlined.data[index].headings)].map((heading) => headingOf(heading, lines)),
    };
  });
}

function* flat(headings) {
  for (const heading of headings) {
    yield heading;
    yield* flat(heading.children);
  }
}

function headingOf({ level, marker, title, line }, lines) {
  return {
    rule: OUTLINE,
    severity: 'information',
    message: `level ${level}`,
    line,
    before: '',
    text: `${marker}${title}`.slice(0, 60),
    after: (lines[line] ?? '').slice(0, CONTEXT * 2),
  };
}

/** The stored part of a finding: enough to read it, and to recognise it in another version's run. */
function shortened({ rule, severity, message, range: { start, end } }, lines) {
  const line = lines[start.line] ?? '';
  const stop = start.line === end.line ? end.character : line.length;
  return {
    rule,
    severity,
    message,
    line: start.line,
    before: line.slice(Math.max(0, start.character - CONTEXT), start.character),
    text: line.slice(start.character, Math.min(stop, start.character + 60)),
    after: line.slice(stop, stop + CONTEXT),
  };
}

/** Runs one command of the product; every document must have a result. */
function command(cli, args, folder, documents) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', PROBE, cli, ...args, '--', ...documents], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out = [];
    let err = '';
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      try {
        const needed = JSON.parse(err.slice(err.lastIndexOf('\u0001') + 1));
        const data = JSON.parse(Buffer.concat(out).toString('utf8'));
        if (data.length !== documents.length)
          throw new Error(`${data.length} of ${documents.length} documents answered`);
        resolve({ data, ...needed });
      } catch (error) {
        const [first, last] = [documents[0], documents.at(-1)];
        reject(
          new Error(`${args[0]} ${first} … ${last}: exit ${signal ?? code}, ${error.message}\n${err.slice(0, 2000)}`),
        );
      }
    });
  });
}
