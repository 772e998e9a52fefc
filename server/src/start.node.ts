/**
 * dist/server.js: loads the server with the code compiled in an earlier session. It is the first script of every start, so
 * it is small and imports little.
 */
import { CompiledScripts, compiledFolder } from './lsp/compiledScripts.node';

/** The script that `node.ts` is built to. */
const SERVER = 'language-server.js';

const scripts = new CompiledScripts(__dirname, compiledFolder(), require);
(scripts.load(SERVER) as typeof import('./node')).start(() => scripts.keep());
