/**
 * The benchmark of planted breaks, at a small size, run on the built command line and on a tool that finds only one
 * thing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Count {
  readonly planted: number;
  readonly found: number;
}
interface Score {
  readonly counts: Record<string, Record<string, Count>>;
  readonly sound: { readonly characters: number; readonly findings: number };
}
interface Truth {
  readonly breaks: readonly { file: string; class: string; sound: string; places: { start: number; end: number }[] }[];
}

const from = (file: string) => import(new URL(`../benchmark/${file}`, import.meta.url).href);
const cases = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-cases-'));
const folders = [path.resolve(import.meta.dirname, '../benchmark/documents')];
const read = (part: string, file: string) => fs.readFileSync(path.join(cases, part, file), 'utf8');
let truth: Truth;
let score: (cases: string, command: string[], format?: string) => Score;

beforeAll(async () => {
  truth = await (await from('generate.mjs')).generate(cases, { folders, perKind: 1 });
  ({ score } = await from('run.mjs'));
});
afterAll(() => fs.rmSync(cases, { recursive: true, force: true }));

it('makes one break a case, at a place inside the text, the same every time', async () => {
  expect(new Set(truth.breaks.map((one) => one.class))).toEqual(
    new Set(['structure', 'numbering', 'counts', 'slogans', 'facts']),
  );
  for (const { file, sound, places } of truth.breaks) {
    const [broken, before] = [read('broken', file), read('sound', sound)];
    expect(broken).not.toBe(before);
    for (const { start, end } of places) expect([file, start < end && end <= broken.length + 1]).toEqual([file, true]);
  }
  const again = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-cases-'));
  expect(await (await from('generate.mjs')).generate(again, { folders, perKind: 1 })).toEqual(truth);
  fs.rmSync(again, { recursive: true });
});

it('finds nine of ten with the built command line, and nothing in the sound texts', () => {
  const { counts, sound } = score(cases, [process.execPath, 'dist/cli.js', 'lint', '--format', 'sarif', '{folder}']);
  const all = Object.values(counts).flatMap((kinds) => Object.values(kinds));
  const [planted, found] = [
    all.reduce((sum, one) => sum + one.planted, 0),
    all.reduce((sum, one) => sum + one.found, 0),
  ];
  expect(planted).toBe(truth.breaks.length);
  expect(found / planted, JSON.stringify(counts)).toBeGreaterThanOrEqual(0.9);
  expect(sound.findings).toBe(0);
});

it('reads lines of any tool, and gives nothing for what the sound text has too', () => {
  const tool = path.join(cases, 'tool.cjs');
  const write = (condition: string) =>
    fs.writeFileSync(
      tool,
      `const fs = require('fs');
      const [given] = process.argv.slice(2);
      const files = fs.statSync(given).isFile() ? [given] : fs.readdirSync(given).map((name) => given + '/' + name);
      for (const file of files)
        for (const [line, words] of fs.readFileSync(file, 'utf8').split('\\n').entries())
          if (${condition}) console.log(file + ':' + (line + 1) + ': wrong');`,
    );
  write("words.includes('（星期')");
  const { counts } = score(cases, [process.execPath, tool, '{folder}'], 'lines');
  expect(counts.facts?.weekday?.found).toBe(counts.facts?.weekday?.planted);
  expect(counts.numbering?.far?.found).toBe(0);
  const one = truth.breaks.find(({ file }) => file.includes('weekday')) as Truth['breaks'][number];
  const few = path.join(cases, 'few');
  for (const [part, file] of [
    ['sound', one.sound],
    ['broken', one.file],
  ] as const) {
    fs.mkdirSync(path.join(few, part), { recursive: true });
    fs.writeFileSync(path.join(few, part, file), read(part, file));
  }
  fs.writeFileSync(path.join(few, 'truth.json'), JSON.stringify({ breaks: [one] }));
  expect(score(few, [process.execPath, tool, '{file}'], 'lines').counts).toEqual({
    facts: { weekday: { planted: 1, found: 1 } },
  });
  write("words.includes('青禾县')");
  const everywhere = score(few, [process.execPath, tool, '{file}'], 'lines');
  expect(everywhere.sound.findings).toBeGreaterThan(1);
  expect(score(cases, [process.execPath, tool, '{folder}'], 'lines').counts.numbering?.far?.found).toBe(0);
});
