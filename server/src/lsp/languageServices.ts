/**
 * Everything beside the outline: rules, edits, slogans, repair. In the built server this is a separate file, loaded
 * when one of its requests comes or shortly after the start: the first outline does not wait for it.
 */
import type {
  CancellationToken,
  Connection,
  Definition,
  DocumentHighlight,
  FileEvent,
  Hover,
  Location,
  Position,
} from 'vscode-languageserver';
import { documentHighlights } from '../features/documentHighlight';
import { definition, findReferences, referenceHover } from '../features/references';
import { isConfigurationFile } from '../rules/configurationFileName';
import { offsetOf } from '../structure/offsetOf';
import type { Locale } from '../text/message';
import type { ClientAbilities } from './capabilities';
import { Cleaning } from './cleaning';
import { Suggesting } from './completionService';
import type { Configuration } from './configuration';
import { ConfigurationFiles } from './configurationFiles';
import { Corpus } from './corpus';
import { Diagnostics } from './diagnostics';
import type { Draft, Drafts } from './documents';
import { Editing } from './editing';
import { FactServices } from './factServices';
import type { FileAccess } from './files';
import { LexiconStore } from './lexicon';
import type { Platform } from './platform';
import { Slogans } from './slogans';
import { SpellingStore } from './spelling';
import { Typing } from './typing';
import { UsageHistoryStore } from './usageHistory';
import { WorkspaceDrafts } from './workspace';

/** Parts of the server that it depends on. */
export interface LanguageServiceParts {
  readonly connection: Connection;
  readonly host: Platform;
  readonly files: FileAccess | undefined;
  readonly drafts: Drafts;
  /** The requested draft, unless it is unknown or a plain text that is not Chinese prose. */
  readonly draftOf: (uri: string) => Draft | undefined;
  readonly configuration: Configuration;
  /** The folders of the workspace, as URIs. */
  readonly folders: readonly string[];
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  /** Whether the client has the command that adds words to the lexicon. */
  readonly addsWords: boolean;
  /** The path of a folder for stored lexicons. */
  readonly storage: string | undefined;
  /** False if the writer has not trusted the workspace's folders. */
  readonly trusted: boolean;
}

export class LanguageServices {
  readonly workspace: WorkspaceDrafts;
  readonly lexicons: LexiconStore;
  readonly spelling: SpellingStore;
  readonly configurationFiles: ConfigurationFiles;
  readonly reports: Diagnostics;
  readonly editing: Editing;
  readonly suggesting: Suggesting;
  readonly slogans: Slogans;
  readonly cleaning: Cleaning;
  readonly corpus: Corpus | undefined;
  readonly facts: FactServices;

  constructor(private readonly parts: LanguageServiceParts) {
    const { connection, host, files, drafts, draftOf, abilities, locale } = parts;
    const workspace = new WorkspaceDrafts(drafts, files, locale, host.folderIndex, parts.storage);
    workspace.folders = parts.folders;
    this.workspace = workspace;
    const lexicons = new LexiconStore(connection, host);
    this.lexicons = lexicons;
    this.configurationFiles = new ConfigurationFiles(drafts, files, abilities.watchedFiles);
    const typing = new Typing();
    const spelling = new SpellingStore(connection, host, typing);
    this.spelling = spelling;
    drafts.onDidChange(() => typing.draftChanged());
    this.reports = new Diagnostics({
      ...parts,
      lexicon: () => lexicons.get(),
      spelling: () => spelling.get(),
      traffic: host.traffic,
      encoding: host.encoding,
      startLintWorker: host.startLintWorker,
      typing,
    });
    this.editing = new Editing({ ...parts, configurationFiles: this.configurationFiles, reports: this.reports });
    const uses = new UsageHistoryStore(host.uses, parts.storage);
    const otherTexts = (uri: string) => workspace.otherTexts(uri);
    this.suggesting = new Suggesting({ ...parts, lexicons, uses, otherTexts, typing });
    drafts.onDidChange(({ document }) => this.suggesting.draftChanged(document));
    drafts.onDidClose(({ document }) => this.suggesting.draftClosed(document));
    this.slogans = new Slogans(connection, lexicons, workspace, draftOf, abilities.semanticTokensRefresh);
    this.cleaning = new Cleaning(drafts, locale);
    this.facts = new FactServices(workspace, draftOf, locale, (uri) => this.configurationFiles.siblingsOf(uri));
    lexicons.onChange = () => {
      this.suggesting.renew();
      this.slogans.renew();
      this.reports.refresh();
    };
    this.corpus = host.corpus && new Corpus({ ...parts, access: host.corpus, lexicons });
    if (this.corpus) this.corpus.folders = workspace.folders;
    this.editing.folders = workspace.folders;
    if (!abilities.pullsDiagnostics) this.reports.push();
  }

  /** Loads the lexicon and learns from the writer's documents. */
  begin(): void {
    this.suggesting.start(() => this.corpus?.refresh());
    void this.workspace.restore();
  }

  settingsChanged(): void {
    this.reports.refresh();
    void this.corpus?.refresh();
  }

  foldersChanged(folders: readonly string[]): void {
    this.workspace.folders = folders;
    this.editing.folders = folders;
    if (!this.corpus) return;
    this.corpus.folders = folders;
    void this.corpus.refresh();
  }

  filesChanged(changes: readonly FileEvent[]): void {
    if (changes.some(({ uri }) => !isConfigurationFile(uri))) this.corpus?.documentsChanged();
  }

  async dispose(): Promise<void> {
    this.suggesting.stop();
    this.reports.dispose();
    this.corpus?.dispose();
    await this.workspace.dispose();
  }

  async highlights(uri: string, position: Position): Promise<DocumentHighlight[]> {
    const draft = this.parts.draftOf(uri);
    const siblings = draft ? documentHighlights(draft.analysis, position) : [];
    return siblings.length > 0 ? siblings : this.slogans.highlights(uri, position);
  }

  async hover(uri: string, position: Position, token: CancellationToken): Promise<Hover | null> {
    const draft = this.parts.draftOf(uri);
    const { locale, abilities } = this.parts;
    const reference =
      draft && referenceHover(draft.analysis, offsetOf(draft.analysis, position), locale, abilities.markdownHover);
    if (reference) return reference;
    const slogan = await this.suggesting.hover(uri, position);
    return slogan ?? (await this.facts.hover(uri, position, abilities.markdownHover, token)) ?? null;
  }

  definition(uri: string, position: Position): Definition | null {
    const draft = this.parts.draftOf(uri);
    return (draft && definition(draft.analysis, offsetOf(draft.analysis, position), uri)) ?? null;
  }

  async references(uri: string, position: Position, withHead: boolean, token: CancellationToken): Promise<Location[]> {
    const draft = this.parts.draftOf(uri);
    if (!draft) return [];
    const found = findReferences(draft.analysis, offsetOf(draft.analysis, position), uri, withHead);
    // Nobody refers to the section whose heading contains the caret: then the slogan is meant.
    if (found.length > (withHead ? 1 : 0)) return found;
    const places = await this.slogans.references(uri, position, token);
    return places.length > 0 ? places : found;
  }
}
