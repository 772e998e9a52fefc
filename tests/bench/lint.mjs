// How fast a whole text is linted cold, all rules on, beside autocorrect (native Rust) and zhlint on the same text in
// the same run. Every line of every round is new, so that nothing remembered helps.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

export const title = 'a whole text linted cold, every line new, beside autocorrect and zhlint';

const CHARACTERS = 320_000;
const ROUNDS = 12;
/** Issue aims: twice as fast as autocorrect, twenty-five times as fast as zhlint. */
const AIM = { autocorrect: 2, zhlint: 25 };

const VERBS = ['深入推进', '持续加强', '稳步提升', '着力改善', '统筹抓好', '扎实开展', '加快实施', '全面落实'];
const FIELDS = [
  '水利建设',
  '粮食生产',
  '乡村治理',
  '园区招商',
  '学前教育',
  '基层医疗',
  '生态修复',
  '路网改造',
  '文化惠民',
];
const PLACES = ['青禾县', '望海区', '临江市', '云岭省', '河口镇', '松岗乡', '南屏街道'];
const CLAUSES = [
  ({ verb, field, place }) => `${verb}${place}${field}`,
  ({ field, place, number }) => `${place}${field}项目达到${number}个`,
  ({ verb, field, number }) => `${verb}“${field}”行动第${number}批任务`,
  ({ field, place }) => `制定《${place}${field}办法》（以下简称《办法》）`,
  ({ field, number }) => `${field}投资增长${number}.${number % 10}%`,
  ({ field, place, number }) => `到${2026 + (number % 10)}年${place}基本建成${field}体系`,
  ({ field, number }) => `完成${field}资金${number},500万元`,
  ({ field, place }) => `把${field}摆在${place}工作的重要位置`,
  ({ field, place }) => `压实${field}、${place}各部门主体责任`,
  ({ place, number }) => `受益群众（含${place}）超过${number}万人`,
];

/** Prose of `length` characters; no line of it occurs in the text of another seed. */
function report(seed, length) {
  const lines = [`云岭省第${seed}次工作会议报告`];
  let state = seed * 7919 + 13;
  const next = (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
  const pick = (list) => list[next(list.length)];
  for (let size = 0, number = 1; size < length; number++) {
    let line = `第${seed}批第${number}项：`;
    const clauses = 4 + next(12);
    for (let clause = 1; clause <= clauses; clause++) {
      line += pick(CLAUSES)({ verb: pick(VERBS), field: pick(FIELDS), place: pick(PLACES), number: 1 + next(99) });
      line += clause === clauses || next(4) === 0 ? '。' : '，';
    }
    lines.push(line);
    size += line.length + 1;
  }
  return lines.join('\n');
}

async function load() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lint-bench-'));
  const outfile = path.join(folder, 'lint.mjs');
  await esbuild.build({
    stdin: {
      contents:
        "export { lint } from './server/src/rules/lint'; export { analyse } from './server/src/structure/analyse';",
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  const loaded = await import(pathToFileURL(outfile).href);
  fs.rmSync(folder, { recursive: true });
  return loaded;
}

/** Runs once, prints, and returns false where an aim is missed. */
export async function run() {
  const require = createRequire(import.meta.url);
  const { lint, analyse } = await load();
  const autocorrect = require('autocorrect-node');
  const zhlint = require('zhlint');

  const contenders = {
    'lint alone': { prepare: (text) => analyse(text), work: (analysis) => lint(analysis) },
    'structure and lint': { prepare: (text) => text, work: (text) => lint(analyse(text)) },
    autocorrect: { prepare: (text) => text, work: (text) => autocorrect.lintFor(text, 'report.txt') },
    zhlint: { prepare: (text) => text, work: (text) => zhlint.run(text, { rules: { preset: 'default' } }) },
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { prepare, work }] of Object.entries(contenders)) {
      // zhlint takes a second for this; three rounds tell enough.
      if (name === 'zhlint' && round % 4 !== 3) continue;
      const input = prepare(report(round * 10 + Object.keys(contenders).indexOf(name) + 1, CHARACTERS));
      const start = performance.now();
      work(input);
      times[name].push(performance.now() - start);
    }
  }
  // The fastest round of each, which is what the machine can do when nothing else runs.
  const speed = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, CHARACTERS / Math.min(...all) / 1000]),
  );
  for (const [name, value] of Object.entries(speed)) {
    console.log(`  ${name.padEnd(20)}${value.toFixed(2).padStart(8)} M characters/s`);
  }
  let met = true;
  for (const [peer, aim] of Object.entries(AIM)) {
    const ratio = speed['structure and lint'] / speed[peer];
    met = met && ratio >= aim;
    console.log(
      `  structure and lint / ${peer}: ${ratio.toFixed(1)} (aim ${aim}); lint alone: ${(speed['lint alone'] / speed[peer]).toFixed(1)}`,
    );
  }
  return met;
}
