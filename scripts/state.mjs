// Finds mutable state at module level: `let`, and containers that something fills. Derived data belongs into LineMemo
// or AnalysisMemo, an expensive constant into lazily(), scratch into an object that its caller holds.
//   node scripts/state.mjs     names what is new, and fails
import fs from 'node:fs';
import path from 'node:path';

/** The accepted cases, by file and name, and why they stay. */
const KNOWN = new Map(
  Object.entries({
    'server/src/structure/lineCache.ts': { slots: 'numbers the keys of the line cache, which is LineMemo’s store' },
    'server/src/structure/linePrefilter.ts': {
      lowBits: 'registry of trigger sets',
      highBits: 'registry of trigger sets',
      sets: 'registry of trigger sets',
    },
    'server/src/structure/analyse.ts': {
      internals: 'start state of the next reading; in effect a private field',
    },
    'server/src/lsp/documents.ts': { revisions: 'counter that makes revisions unique in a process' },
    'server/src/features/diagnostics.ts': { explained: 'words by message object', reasons: 'words by rule' },
    'server/src/rules/prose.ts': { lastLine: 'cache of one line for ten rules', lastSpans: 'the same' },
    'server/src/rules/punctuation/pairs.ts': {
      glancedLine: 'cache of one line for four rules',
      glanced: 'the same',
      lastLine: 'the same',
      lastPairing: 'the same',
      CODES: 'table filled while its module loads',
      openFamilies: 'scratch of one synchronous pass',
      openOffsets: 'scratch of one synchronous pass',
    },
    'server/src/rules/numbering/styles.ts': { STYLES: 'styles by their text, a closed set' },
    'server/src/lexicon/model/comparedText.ts': { room: 'scratch, documented at its only reader' },
    'server/src/lexicon/prediction/prediction.ts': {
      KNOWN: 'by lexicon',
      likelihoods: 'scratch of one synchronous pass',
      touched: 'scratch of one synchronous pass',
      draftCounts: 'scratch of one synchronous pass',
      draftTotals: 'scratch of one synchronous pass',
      orders: 'scratch of one synchronous pass',
    },
    'server/src/text/words.ts': { known: 'the platform’s dictionary, pair by pair' },
    'server/src/text/script.ts': { converters: 'OpenCC by direction, loaded once' },
    'server/src/text/traditionalMessages.ts': { convert: 'OpenCC, loaded once', known: 'converted messages' },
    'server/src/repair/readings.ts': { known: 'readings by character' },
    'server/src/repair/digits.ts': { VALUES: 'table filled while its module loads' },
    'server/src/structure/markers.ts': { OPENS: 'table filled while its module loads' },
    'server/src/webFiles.ts': { folder: 'set once by the client' },
    'server/src/cli/main.ts': { gone: 'streams of this process that were closed' },
    'client/src/outlineTree.ts': { count: 'numbers rows' },
    'client/src/extension.ts': { server: 'VS Code calls activate and deactivate as functions' },
  }),
);

const CONTAINER =
  /^(?:export )?const (\w+)(?:: [^=]+)? = new (?:Map|WeakMap|Set|WeakSet|Uint8Array|Uint16Array|Int32Array|Uint32Array|Float64Array)(?:<.*>)?\((\w*)\);/;
const VARIABLE = /^(?:export )?let (\w+)/;
/**
 * A container of this name that is filled somewhere in its file is state; a table filled while the module loads is not.
 */
const filled = (name, text) =>
  new RegExp(
    `^\\s+.*\\b${name}(?:\\.(?:set|add|delete|clear|fill|push)\\(|\\[[^\\]]+\\]!? ?(?:=[^=]|\\+=|\\+\\+))`,
    'm',
  ).test(text);

const found = [];
for (const root of ['server/src', 'client/src']) {
  for (const name of fs.readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const file = path.posix.join(root, name.split(path.sep).join('/'));
    const text = fs.readFileSync(file, 'utf8');
    for (const line of text.split('\n')) {
      const variable = VARIABLE.exec(line)?.[1] ?? CONTAINER.exec(line)?.[1];
      if (!variable || (!line.includes('let ') && !filled(variable, text))) continue;
      if (!KNOWN.get(file)?.[variable]) found.push(`${file}: ${variable}`);
    }
  }
}
for (const variable of found) console.error(`mutable state at module level: ${variable}`);
process.exitCode = found.length > 0 ? 1 : 0;
