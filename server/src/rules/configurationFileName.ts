/** The name of a team's shared settings file. In a module of its own because the client imports it. */
export const CONFIGURATION_FILE = '.policytext.json';

/** Whether it is the URI or path of a configuration file. */
export function isConfigurationFile(uri: string): boolean {
  return /(?:^|[/\\])\.policytext\.json$/.test(uri);
}
