/**
 * The `.policytext.json` that applies to a document: the nearest one in its folder or above, as open in the editor or
 * on disk.
 */
import { readTemplate, type Template } from '../layout/template';
import { type FileConfiguration, readConfigurationFile } from '../rules/configurationFile';
import { CONFIGURATION_FILE, isConfigurationFile } from '../rules/configurationFileName';
import { ignoredIn } from '../rules/ignoring';
import type { Drafts } from './documents';
import type { DraftLayout } from './draftLayout';
import type { FileAccess } from './files';
import type { Settings } from './settings';

/** Maximum number of folders searched above a document. */
const MAX_PARENTS = 32;
/** How long cached files are valid if nobody reports changes, in ms. */
const CACHE_LIFETIME_MS = 2_000;

export interface NearestFile {
  readonly uri: string;
  readonly text: string;
  readonly configuration: FileConfiguration;
}

/** Maximum length of a template, in characters. */
const MAX_TEMPLATE = 1_000_000;

export class ConfigurationFiles {
  /** Templates with the text that they were read from. */
  private readonly templates = new Map<string, { readonly text: string; readonly template: Template }>();
  private nearest = new Map<string, Promise<NearestFile | undefined>>();
  private readAt = 0;

  /** `watched` says whether the client reports changes of these files. */
  constructor(
    private readonly drafts: Drafts,
    private readonly files: FileAccess | undefined,
    private readonly watched: boolean,
  ) {}

  /** The file that applies to the document `uri`; undefined if there is none, or no file system. */
  for(uri: string): Promise<NearestFile | undefined> {
    const folder = folderOf(uri);
    if (!this.files || folder === undefined) return Promise.resolve(undefined);
    const now = Date.now();
    if (!this.watched && now - this.readAt > CACHE_LIFETIME_MS) this.forget();
    let found = this.nearest.get(folder);
    if (!found) {
      this.readAt = now;
      found = this.find(folder, this.files);
      this.nearest.set(folder, found);
    }
    return found;
  }

  /** Called when such a file has changed, on disk or in the editor. */
  forget(): void {
    this.nearest = new Map();
  }

  /** The page layout of the draft `uri`, from the nearest file. */
  async layoutOf(uri: string): Promise<DraftLayout> {
    const file = isConfigurationFile(uri) ? undefined : await this.for(uri);
    const { head, template } = file?.configuration.layout ?? {};
    const own = head ? { head } : {};
    const folder = file && folderOf(file.uri);
    if (template === undefined || folder === undefined) return own;
    return { ...own, ...(await this.templateAt(folder, template)) };
  }

  /** The template called `name`, a path relative to `folder`. The same object as long as its text is unchanged. */
  private async templateAt(folder: string, name: string): Promise<DraftLayout> {
    const uri = besideFolder(folder, name);
    const text = uri && (this.drafts.get(uri)?.text ?? (await this.files?.read(uri)));
    if (uri === undefined || text === undefined || text.length > MAX_TEMPLATE) {
      return {
        problem: {
          zh: '模板“{0}”不存在或读不了，按国家标准排版',
          en: 'The template “{0}” is missing or cannot be read; the standard is used',
          values: [name],
        },
      };
    }
    const known = this.templates.get(uri);
    if (known?.text === text) return { template: known.template };
    try {
      const template = readTemplate(text);
      this.templates.set(uri, { text, template });
      return { template };
    } catch (error) {
      return {
        problem: {
          zh: '模板“{0}”有误（{1}），按国家标准排版',
          en: 'The template “{0}” has an error ({1}); the standard is used',
          values: [name, (error as Error).message],
        },
      };
    }
  }

  /** `settings` overlaid with those of the nearest file. */
  async over(settings: Settings, uri: string): Promise<Settings> {
    const file = isConfigurationFile(uri) ? undefined : await this.for(uri);
    if (!file) return settings;
    const { profile, rules, ignore, spelling } = file.configuration;
    return {
      ...settings,
      ...(profile && { profile }),
      ...(spelling && { spelling }),
      rules: { ...settings.rules, ...rules },
      ignore: ignoredIn(ignore, relativePath(file.uri, uri)),
    };
  }

  /**
   * The groups of drafts that must agree according to the nearest file of `uri`, by their addresses as in {@link
   * decodedAddress}.
   */
  async siblingsOf(uri: string): Promise<readonly (readonly string[])[]> {
    const file = await this.for(uri);
    const folder = file && folderOf(file.uri);
    if (!folder) return [];
    return (file.configuration.siblings ?? []).map((group) =>
      group.map((name) => decodedAddress(folder) + name.replace(/^\.\//, '')),
    );
  }

  private async find(folder: string, files: FileAccess): Promise<NearestFile | undefined> {
    for (
      let at: string | undefined = folder, steps = 0;
      at !== undefined && steps < MAX_PARENTS;
      at = above(at), steps++
    ) {
      const uri = at + CONFIGURATION_FILE;
      const text = this.drafts.get(uri)?.text ?? (await files.read(uri));
      if (text !== undefined) return { uri, text, configuration: readConfigurationFile(text) };
    }
    return undefined;
  }
}

/** The folder of a file, ending in a slash; undefined for anything but a file, such as an untitled document. */
export function folderOf(uri: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\/[^?#]*\//i.exec(uri)?.[0];
}

/** Resolves the file `name` against `folder`; undefined if it would be on another machine or of another scheme. */
function besideFolder(folder: string, name: string): string | undefined {
  try {
    const [file, base] = [new URL(encodeURI(name.replaceAll('\\', '/')), folder), new URL(folder)];
    return file.protocol === base.protocol && file.host === base.host ? file.href : undefined;
  } catch {
    return undefined;
  }
}

function above(folder: string): string | undefined {
  const parent = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return /^[a-z][a-z\d+.-]*:\/\/[^/]*\//i.test(parent) ? parent : undefined;
}

/** The path of `uri` relative to the folder of `file`, which is its own folder or one above. */
export function relativePath(file: string, uri: string): string {
  return decodedAddress(uri.slice((folderOf(file) ?? '').length));
}

/** `uri` without percent escapes, which clients apply to different characters; unchanged if they are invalid. */
export function decodedAddress(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
