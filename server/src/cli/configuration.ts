/** The configuration files that apply to drafts on disk, in addition to the command line's options. */
import path from 'node:path';
import { readOrdinary } from '../disk.node';
import { type FileConfiguration, readConfigurationFile } from '../rules/configurationFile';
import { CONFIGURATION_FILE } from '../rules/configurationFileName';
import { ignoredIn } from '../rules/ignoring';
import type { LintConfiguration } from '../rules/lint';
import type { HeadValues } from '../structure/draftHead';
import { positionAt, splitLines } from '../text/lines';
import { type Drafts, STANDARD_INPUT } from './drafts';

/** Maximum size of a configuration file, in bytes. */
const MAX_BYTES = 1024 * 1024;

interface Nearest {
  readonly folder: string;
  readonly configuration: FileConfiguration;
}

/** Finds the nearest `.policytext.json` of each draft; command line options override it. */
export class Configurations {
  private readonly known = new Map<string, Promise<Nearest | undefined>>();

  /** Errors in a file are reported through `drafts`, once. */
  constructor(
    private readonly options: LintConfiguration,
    private readonly drafts: Drafts,
  ) {}

  /** The configuration for the draft of this name; standard input counts as a file in the working directory. */
  async for(name: string): Promise<LintConfiguration> {
    const file = path.resolve(name === STANDARD_INPUT ? '-' : name);
    const nearest = await this.nearest(path.dirname(file));
    if (!nearest) return this.options;
    const { profile, rules, ignore, spelling } = nearest.configuration;
    const relative = path.relative(nearest.folder, file).split(path.sep).join('/');
    return {
      ...(profile && { profile }),
      ...(spelling && { spelling }),
      ...this.options,
      rules: { ...rules, ...this.options.rules },
      ignore: ignoredIn(ignore, relative),
    };
  }

  /** The groups of drafts that ought to agree according to the nearest file, by their absolute paths. */
  async siblingsOf(name: string): Promise<readonly (readonly string[])[]> {
    const nearest = name === STANDARD_INPUT ? undefined : await this.nearest(path.dirname(path.resolve(name)));
    if (!nearest) return [];
    const { folder, configuration } = nearest;
    return (configuration.siblings ?? []).map((files) => files.map((file) => path.resolve(folder, file)));
  }

  /** The page layout settings in the nearest file; `template` is the path of a file. */
  async layoutOf(name: string): Promise<{ readonly head?: HeadValues; readonly template?: string }> {
    const nearest = await this.nearest(path.dirname(path.resolve(name === STANDARD_INPUT ? '-' : name)));
    const { head, template } = nearest?.configuration.layout ?? {};
    return {
      ...(head && { head }),
      ...(nearest && template !== undefined && { template: path.resolve(nearest.folder, template) }),
    };
  }

  private nearest(folder: string): Promise<Nearest | undefined> {
    let found = this.known.get(folder);
    if (!found) {
      found = this.read(folder);
      this.known.set(folder, found);
    }
    return found;
  }

  private async read(folder: string): Promise<Nearest | undefined> {
    const file = path.join(folder, CONFIGURATION_FILE);
    const bytes = await readOrdinary(file, MAX_BYTES).catch(() => undefined);
    if (!bytes) {
      const parent = path.dirname(folder);
      return parent === folder ? undefined : this.nearest(parent);
    }
    const text = new TextDecoder().decode(bytes);
    const configuration = readConfigurationFile(text);
    const lines = splitLines(text);
    for (const { start, message } of configuration.problems) {
      const { line, character } = positionAt(lines, start);
      this.drafts.fail(`${path.relative('', file)}:${line + 1}:${character + 1}`, message);
    }
    return { folder, configuration };
  }
}
