/**
 * Property tests draw the same examples in each run of `npm test`, so that a commit passes or fails for what it
 * changes. `npm run fuzz` draws new ones each time, and many more of them.
 */
import process from 'node:process';
import fc from 'fast-check';

if (!process.env.POLICY_TEXT_FUZZ) fc.configureGlobal({ seed: 20_261_129 });
