/** Builds the server once before the protocol tests run against it. */
import { execFileSync } from 'node:child_process';

export default function setup(): void {
  execFileSync(
    process.execPath,
    ['scripts/build.mjs', '--quiet', '--only', 'server', '--only', 'server.web', '--only', 'learn-worker'],
    {
      stdio: 'inherit',
    },
  );
}
