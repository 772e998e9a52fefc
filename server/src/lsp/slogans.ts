/** Requests about slogans other than suggestions: occurrences and listing. */
import type {
  CancellationToken,
  Connection,
  DocumentHighlight,
  Location,
  Position,
  Range,
  SemanticTokens,
} from 'vscode-languageserver';
import { DocumentHighlightKind } from 'vscode-languageserver';
import { beforeBreak } from '../features/completion';
import { Locator } from '../features/locate';
import { semanticTokens } from '../features/semanticTokens';
import { sloganAt, termAt } from '../features/sloganHover';
import { asksForPinyin, matchingSlogans } from '../features/sloganList';
import { sloganLocations, sloganOccurrences } from '../features/sloganOccurrences';
import { asLearned, asWritten, type DraftScript, draftScript } from '../lexicon/model/draftScript';
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import type { Draft } from './documents';
import type { LexiconStore } from './lexicon';
import { SLOGANS_CHANGED, type SloganInfo, type SlogansParams, type SlogansResult } from './protocol';
import { TimeSlice } from './requests';
import type { WorkspaceDrafts } from './workspace';

/** Page size of the list. */
const PAGE = 200;
const MAX_QUERY_LENGTH = 80;
/** Maximum number of occurrences returned. */
const MAX_PLACES = 5_000;
/** Number of characters on either side of the caret that may belong to a slogan. */
const MAX_DISTANCE = 200;

const AS_LEARNED: DraftScript = { script: 'simplified', cornerQuotes: false };

export class Slogans {
  /** Whether the client has shown a list of slogans and must be notified when that is out of date. */
  private listed = false;

  constructor(
    private readonly connection: Connection,
    private readonly lexicons: LexiconStore,
    private readonly workspace: WorkspaceDrafts,
    private readonly draftOf: (uri: string) => Draft | undefined,
    /** Whether the client supports refreshing semantic tokens. */
    private readonly refreshesTokens: boolean,
  ) {}

  /** Called when another lexicon is in use. */
  renew(): void {
    if (this.listed) void this.connection.sendNotification(SLOGANS_CHANGED);
    if (this.refreshesTokens) this.connection.languages.semanticTokens.refresh();
  }

  async tokens(uri: string, range?: Range): Promise<SemanticTokens> {
    const lexicon = await this.lexicons.get();
    const draft = this.draftOf(uri);
    await draft?.ready();
    return draft ? semanticTokens(draft.analysis, lexicon, range) : { data: [] };
  }

  /** All occurrences in the draft of the slogan at `position`; empty if there is none. */
  async highlights(uri: string, position: Position): Promise<DocumentHighlight[]> {
    const found = await this.phraseAt(uri, position);
    if (!found) return [];
    const locator = new Locator(found.draft.analysis.lines);
    return sloganOccurrences(found.draft.text, found.phrase).map((span) => ({
      range: locator.range(span),
      kind: DocumentHighlightKind.Text,
    }));
  }

  /** All occurrences of the slogan at `position` in the drafts of the workspace, those of the draft itself first. */
  async references(uri: string, position: Position, token: CancellationToken): Promise<Location[]> {
    const found = await this.phraseAt(uri, position);
    if (!found) return [];
    const own = sloganLocations(uri, found.draft.text, found.phrase);
    const turns = new TimeSlice();
    for await (const other of this.workspace.texts(token)) {
      if (other.uri !== uri) own.push(...sloganLocations(other.uri, other.text, found.phrase));
      if (own.length >= MAX_PLACES || !(await turns.goOn(() => !token.isCancellationRequested))) break;
    }
    return own.slice(0, MAX_PLACES);
  }

  /** A page of the lexicon. */
  async list({ query, from, limit, uri }: SlogansParams): Promise<SlogansResult> {
    this.listed = true;
    const wanted = typeof query === 'string' ? query.trim().slice(0, MAX_QUERY_LENGTH) : '';
    const pinyin = asksForPinyin(wanted) ? await this.lexicons.pinyin().catch(() => undefined) : undefined;
    const lexicon = await this.lexicons.get();
    const found = matchingSlogans(lexicon, pinyin, wanted);
    const first = count(from, 0);
    const page = found.slice(first, first + Math.min(PAGE, count(limit, PAGE)));
    const { documents, own } = lexicon.source;
    return { total: found.length, slogans: await this.described(page, uri), documents, ownDocuments: own ?? 0 };
  }

  private async described(phrases: readonly Phrase[], uri: string | undefined): Promise<SloganInfo[]> {
    const draft = typeof uri === 'string' ? this.draftOf(uri) : undefined;
    const script = draft ? draftScript(draft.text, 0) : AS_LEARNED;
    const infos = phrases.map(infoOf);
    if (script.script === 'simplified' && !script.cornerQuotes) return infos;
    const words = [...new Set(infos.flatMap(wordsOf))];
    const written = await asWritten(words, script);
    const inScript = new Map(words.map((word, index) => [word, written[index] ?? word]));
    return infos.map((info) => withWords(info, (word) => inScript.get(word) ?? word));
  }

  private async phraseAt(uri: string, position: Position): Promise<{ draft: Draft; phrase: Phrase } | undefined> {
    const lexicon: Lexicon = await this.lexicons.get();
    const draft = this.draftOf(uri);
    if (!draft) return undefined;
    const { text } = draft;
    const offset = draft.offsetAt(position);
    const from = Math.max(offset - draft.positionAt(offset).character, offset - MAX_DISTANCE);
    const near = text.slice(from, offset) + beforeBreak(text.slice(offset, offset + MAX_DISTANCE));
    const line = asLearned(near, draftScript(text, 0));
    const found = termAt(lexicon, line, offset - from) ?? sloganAt(lexicon, line, offset - from);
    return found && { draft, phrase: found.phrase };
  }
}

function infoOf({ text, count, documents, own, series, before, after, variants }: Phrase): SloganInfo {
  return { text, count, documents, own: own ?? 0, series: series?.members ?? [], before, after, variants };
}

function wordsOf({ text, series, before, after, variants }: SloganInfo): string[] {
  return [text, ...series, ...[...before, ...after, ...variants].map(([words]) => words)];
}

function withWords(info: SloganInfo, write: (words: string) => string): SloganInfo {
  const counted = (list: SloganInfo['before']) => list.map(([words, times]) => [write(words), times] as const);
  return {
    ...info,
    text: write(info.text),
    series: info.series.map(write),
    before: counted(info.before),
    after: counted(info.after),
    variants: counted(info.variants),
  };
}

/** A whole number from 0 on, from a client's parameter. */
function count(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : otherwise;
}
