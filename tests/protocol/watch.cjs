// Loaded into Node before the server (and into its threads): writes a line to the file WATCH_LOG for every socket, pipe,
// look-up of a host and process, whichever library asks for it. Handles of the operating system are seen through
// async_hooks; processes that are waited for have none and are seen where they are asked for.
const { createHook } = require('node:async_hooks');
const childProcess = require('node:child_process');
const fs = require('node:fs');

const KINDS = /^(?:TCP|UDP|PIPE(?:CONNECT|SERVER)|PROCESS|GETADDRINFO|GETNAMEINFO|QUERY|TLS|HTTP2)/;

const tell = (what) => fs.appendFileSync(process.env.WATCH_LOG, `${what}\n`);
createHook({
  init(_id, type) {
    if (KINDS.test(type)) tell(type);
  },
}).enable();
for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
  const original = childProcess[name];
  childProcess[name] = (...given) => {
    tell(name);
    return original(...given);
  };
}
