/** The drafts of the workspace: those open in the editor and those in its folders. */
import { CancellationToken, type SymbolInformation } from 'vscode-languageserver';
import { draftKind } from '../drafts/discovery';
import { flatSymbols } from '../features/outline';
import { type PlaceholderInfo, placeholderList } from '../features/placeholders';
import { analyse } from '../structure/analyse';
import { readsAsPolicyProse } from '../structure/recognise';
import type { Locale } from '../text/message';
import type { Drafts } from './documents';
import type { FileAccess } from './files';
import type { PlaceholderFile } from './protocol';

/** Headings kept in memory; a folder that holds more is searched up to here. */
const MAX_SYMBOLS = 250_000;
/** Of the texts of all files so many UTF-16 units are kept in memory. */
const MAX_TEXT = 4_000_000;
/** How long the folders are not looked at again for the texts in them, in milliseconds: they are asked for while typing. */
const RECENT = 10_000;

/** What is known of a file. */
interface Known {
  readonly stamp: string;
  readonly headings: readonly SymbolInformation[];
  readonly placeholders: readonly PlaceholderInfo[];
  readonly isDraft: boolean;
  /** Empty where too many others are kept already. */
  readonly text: string;
}

const NO_DRAFT = { headings: [], placeholders: [], isDraft: false, text: '' };

export class WorkspaceDrafts {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  private known = new Map<string, Known>();
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly drafts: Drafts,
    private readonly files: FileAccess | undefined,
    private readonly locale: Locale,
  ) {}

  /** The headings of the open drafts first, then those of the files. */
  async headings(token: CancellationToken): Promise<SymbolInformation[]> {
    const symbols: SymbolInformation[] = [];
    const open = this.openUris();
    for (const draft of this.drafts.all()) {
      if (draft.isChineseProse) append(symbols, flatSymbols(draft.analysis, draft.uri, this.locale));
    }
    for (const [uri, { headings }] of await this.look(token)) {
      if (!open.has(comparable(uri))) append(symbols, headings);
    }
    return symbols;
  }

  /** The drafts that have placeholders, open ones first. */
  async placeholders(token: CancellationToken): Promise<PlaceholderFile[]> {
    const found: PlaceholderFile[] = [];
    const files = await this.look(token);
    const open = this.openUris();
    for (const draft of this.drafts.all()) {
      if (!draft.isChineseProse) continue;
      const placeholders = placeholderList(draft.analysis);
      if (placeholders.length > 0) found.push({ uri: draft.uri, version: draft.version, placeholders });
    }
    for (const [uri, { placeholders }] of files) {
      if (placeholders.length > 0 && !open.has(comparable(uri))) found.push({ uri, placeholders });
    }
    return found;
  }

  /** The texts of all drafts but the one at `uri`, as far as they are kept in memory; those of files may be of late. */
  async otherTexts(uri: string): Promise<string[]> {
    if (Date.now() - this.lookedAt > RECENT) await this.look(CancellationToken.None);
    const open = this.openUris();
    const texts = this.drafts.all().filter((draft) => draft.uri !== uri && draft.isChineseProse);
    return [
      ...texts.map(({ text }) => text),
      ...[...this.known].filter(([file]) => !open.has(comparable(file))).map(([, { text }]) => text),
    ];
  }

  /** The text of every draft, open ones first. */
  async *texts(token: CancellationToken): AsyncGenerator<{ uri: string; text: string }> {
    const open = this.openUris();
    for (const { uri, text, isChineseProse } of this.drafts.all()) if (isChineseProse) yield { uri, text };
    for (const [uri, { isDraft, text }] of await this.look(token)) {
      if (!isDraft || open.has(comparable(uri))) continue;
      if (token.isCancellationRequested) return;
      yield { uri, text: text || ((await this.files?.read(uri)) ?? '') };
    }
  }

  private openUris(): Set<string> {
    return new Set(this.drafts.all().map(({ uri }) => comparable(uri)));
  }

  /** What is known of each file, read again only after it changed. Where it is broken off, as much as was found. */
  private async look(token: CancellationToken): Promise<Map<string, Known>> {
    const seen = new Map<string, Known>();
    if (!this.files) return seen;
    let symbols = 0;
    let units = 0;
    for (const folder of this.folders) {
      for await (const { uri, stamp } of this.files.list(folder, token)) {
        if (token.isCancellationRequested || symbols >= MAX_SYMBOLS) break;
        if (seen.has(uri)) continue;
        let known = this.known.get(uri);
        if (known?.stamp !== stamp) {
          known = { stamp, ...(await this.read(uri, this.files, MAX_TEXT - units)) };
          this.known.set(uri, known);
        }
        seen.set(uri, known);
        symbols += known.headings.length;
        units += known.text.length;
      }
    }
    // Files that are gone are forgotten, but only by a search that was not broken off.
    if (!token.isCancellationRequested) {
      this.known = seen;
      this.lookedAt = Date.now();
    }
    return seen;
  }

  /** The text is kept where it has no more than `room` units. */
  private async read(uri: string, files: FileAccess, room: number): Promise<Omit<Known, 'stamp'>> {
    const text = await files.read(uri);
    if (text === undefined || !readsAsPolicyProse(text)) return NO_DRAFT;
    const analysis = analyse(text, draftKind(uri));
    return {
      headings: flatSymbols(analysis, uri, this.locale),
      placeholders: placeholderList(analysis),
      isDraft: true,
      text: text.length <= room ? text : '',
    };
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
