/** The headings of all drafts: those open in the editor and those in the workspace's folders. */
import type { CancellationToken, SymbolInformation } from 'vscode-languageserver';
import { flatSymbols } from '../features/outline';
import { analyse } from '../structure/analyse';
import { readsAsPolicyProse } from '../structure/recognise';
import type { Locale } from '../text/message';
import type { Drafts } from './documents';
import type { FileAccess } from './host';

/** Headings kept in memory; a folder that holds more is searched up to here. */
const MOST_SYMBOLS = 100_000;

interface Known {
  readonly stamp: string;
  readonly symbols: readonly SymbolInformation[];
}

export class WorkspaceHeadings {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  private known = new Map<string, Known>();

  constructor(
    private readonly drafts: Drafts,
    private readonly files: FileAccess | undefined,
    private readonly locale: Locale,
  ) {}

  /** Headings of the open drafts first, then of the files, each file read again only after it changed. */
  async all(token: CancellationToken): Promise<SymbolInformation[]> {
    const symbols: SymbolInformation[] = [];
    const open = new Set<string>();
    for (const draft of this.drafts.all()) {
      open.add(comparable(draft.uri));
      if (draft.isChineseProse) append(symbols, flatSymbols(draft.analysis, draft.uri, this.locale));
    }
    if (!this.files) return symbols;

    const seen = new Map<string, Known>();
    for (const folder of this.folders) {
      for await (const { uri, stamp } of this.files.list(folder, token)) {
        if (token.isCancellationRequested || symbols.length >= MOST_SYMBOLS) break;
        if (seen.has(uri)) continue;
        let known = this.known.get(uri);
        if (known?.stamp !== stamp) {
          known = { stamp, symbols: await this.read(uri, this.files) };
          this.known.set(uri, known);
        }
        seen.set(uri, known);
        if (!open.has(comparable(uri))) append(symbols, known.symbols);
      }
    }
    // Files that are gone are forgotten, but only by a search that was not broken off.
    if (!token.isCancellationRequested) this.known = seen;
    return symbols;
  }

  private async read(uri: string, files: FileAccess): Promise<SymbolInformation[]> {
    const text = await files.read(uri);
    if (text === undefined || !readsAsPolicyProse(text)) return [];
    const kind = /\.(?:md|markdown)$/i.test(uri) ? 'markdown' : 'policytext';
    return flatSymbols(analyse(text, kind), uri, this.locale);
  }
}

/** push(...items) would put every item on the stack. */
function append<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

/** Editors escape URIs in different ways (file:///c%3A/, file:///C:/); the same file compares equal. */
function comparable(uri: string): string {
  try {
    return decodeURIComponent(uri).replace(/^file:\/\/\/[A-Za-z]:/, (drive) => drive.toLowerCase());
  } catch {
    return uri;
  }
}
