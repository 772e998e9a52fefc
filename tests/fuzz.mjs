// `npm run fuzz [-- EFFORT]`: the properties that must hold for any text, edit and message, searched EFFORT times as
// long as in `npm test` (50 by default, some ten minutes). Every run draws other texts; a failure prints the smallest
// text it found and the seed that reproduces it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const effort = process.argv[2] ?? '50';
const PROTOCOL = ['tests/protocol/garbage', 'tests/protocol/ranges', 'tests/protocol/faults'];
const vitest = path.join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'tests/unit/endurance', ...PROTOCOL], {
  stdio: 'inherit',
  env: { ...process.env, POLICY_TEXT_FUZZ: effort },
});
process.exit(status ?? 1);
