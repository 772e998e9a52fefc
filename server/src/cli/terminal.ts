/** The environment of a command, injected so that commands can run in a test as well as in a terminal. */
import picocolors from 'picocolors';

export interface Terminal {
  /** Writes data to standard output. */
  out(text: string): void;
  /** Writes reports and progress to standard error. */
  error(text: string): void;
  readStandardInput(): Promise<Uint8Array>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output (or standard error) is a screen and not a file or pipe. */
  readonly outputIsScreen: boolean;
  readonly errorIsScreen: boolean;
  /** Columns of the screen, if there is one. */
  readonly columns: number | undefined;
}

export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours for standard output or standard error: none on a pipe, on a dumb terminal or with NO_COLOR set. */
export function coloursFor(terminal: Terminal, stream: 'output' | 'error'): Colours {
  const { NO_COLOR, FORCE_COLOR, TERM } = terminal.environment;
  const isScreen = stream === 'output' ? terminal.outputIsScreen : terminal.errorIsScreen;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  return picocolors.createColors(!NO_COLOR && (forced || (isScreen && TERM !== 'dumb')));
}

/** Maximum line width in columns: the screen's, within reason, or a hundred on a pipe. */
export function lineWidth(terminal: Terminal): number {
  return terminal.outputIsScreen ? Math.max(40, Math.min(terminal.columns ?? 100, 160)) : 100;
}
