/** Defined by the build from package.json. */
declare const __VERSION__: string | undefined;

/** The version of this program. */
export function version(): string {
  return typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
}
