/** The name of the file with the settings a team shares. Alone here because the client imports it. */
export const CONFIGURATION_FILE = '.policytext.json';

/** True for the URI or path of a configuration file. */
export function isConfigurationFile(uri: string): boolean {
  return /(?:^|[/\\])\.policytext\.json$/.test(uri);
}
