/** Builds the server once before the protocol tests run against it. */
import { execFileSync } from 'node:child_process';

export default function setup(): void {
  execFileSync(
    process.execPath,
    [
      'scripts/build.mjs',
      '--quiet',
      ...['server', 'server.web', 'learn-worker', 'index-worker', 'lint-worker'].flatMap((one) => ['--only', one]),
    ],
    {
      stdio: 'inherit',
    },
  );
}
