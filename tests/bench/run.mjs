// Runs the benchmarks, all of them or those named:  node tests/bench/run.mjs [outline …]
// Each is a module that exports `title` and `run`, which prints its figures and returns false where an aim is missed.
import process from 'node:process';

const BENCHES = ['outline', 'lint', 'learn', 'completion', 'proofreading'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : BENCHES) {
  const { title, run } = await import(`./${name}.mjs`);
  console.log(`${name}: ${title}`);
  if ((await run()) === false) {
    console.log('  AIM MISSED');
    process.exitCode = 1;
  }
}
