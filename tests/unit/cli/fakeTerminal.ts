import { run } from '../../../server/src/cli/run';
import type { Terminal } from '../../../server/src/cli/terminal';

export interface Outcome {
  code: number;
  out: string;
  error: string;
}

/** Runs the command line in this process, by default as on a pipe in an English environment. */
export async function policyText(
  args: string[],
  set: Partial<Terminal> & { input?: Uint8Array } = {},
): Promise<Outcome> {
  const outcome: Outcome = { code: 0, out: '', error: '' };
  const { input, ...rest } = set;
  outcome.code = await run(args, {
    out: (text) => {
      outcome.out += text;
    },
    error: (text) => {
      outcome.error += text;
    },
    readStandardInput: async () => input ?? new Uint8Array(),
    environment: { LANG: 'en_GB.UTF-8' },
    outputIsScreen: false,
    errorIsScreen: false,
    columns: undefined,
    ...rest,
  });
  return outcome;
}
