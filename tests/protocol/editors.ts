/** What the tests that drive other editors share. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SERVER } from './session';

/**
 * A new folder in `folder` that holds the command `policy-text-server`, as installing the npm package puts it on the path.
 * Returns its path.
 */
export function commandFolder(folder: string): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${path.resolve(SERVER)}' "$@"\n`;
  writeFileSync(path.join(bin, 'policy-text-server'), script, { mode: 0o755 });
  return bin;
}
