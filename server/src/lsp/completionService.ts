/** Suggestions, ghost text and information about slogans: everything that waits for the lexicon. */
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  type Connection,
  type Disposable,
  type Hover,
  type InlineCompletionItem,
  type MarkupContent,
  type Position,
} from 'vscode-languageserver';
import {
  beforeBreak,
  type Caret,
  type CompletionData,
  completionList,
  fillings,
  inlineCompletions,
  wantsPinyin,
} from '../features/completion';
import { sloganCard, sloganCount, withSeries, wordsOf } from '../features/sloganCard';
import { sloganAt } from '../features/sloganHover';
import { OpeningBudget } from '../features/suggestionFit';
import { asLearned, asWritten, type DraftScript, draftScript } from '../lexicon/model/draftScript';
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import type { PlaceholderWords } from '../lexicon/prediction/placeholderWords';
import { placeholderAround } from '../refactor/fillPlaceholder';
import { analyse } from '../structure/analyse';
import type { Locale } from '../text/message';
import { AcceptedWords } from './acceptedWords';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { Draft } from './documents';
import type { LexiconStore } from './lexicon';
import { pause, runCooperatively } from './requests';
import { triggerCharacters } from './triggers';
import type { Typing } from './typing';
import type { UsageHistoryStore } from './usageHistory';

/** Debounce after a change of the lexicon before the client is notified again, in ms. */
const DEBOUNCE_MS = 400;

/** Typed in the background before the writer types: the code of lists is slow when it runs for the first time. */
const REHEARSAL = '　　各镇各部门要提高认识，压实责任，扎实推进“三个一批”，确保完成全年目标任务，努力实现高质量发展。';

/** Maximum length of a list to choose from. */
const MAX_WORDS = 20;

/** An empty answer. */
const NOTHING: CompletionList = { isIncomplete: true, items: [] };

/** Server parts that completion needs. */
export interface SuggestingParts {
  readonly connection: Connection;
  readonly lexicons: LexiconStore;
  readonly draftOf: (uri: string) => Draft | undefined;
  readonly configuration: Configuration;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  readonly uses: UsageHistoryStore;
  /** The texts of all drafts but one. */
  readonly otherTexts: (uri: string) => Promise<readonly string[]>;
  readonly typing: Typing;
}

export class Suggesting {
  private begun = false;
  private isRehearsed = false;
  private registered: Disposable | undefined;
  private registering: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly accepted: AcceptedWords;
  private readonly budgets = new Map<string, OpeningBudget>();

  constructor(private readonly parts: SuggestingParts) {
    this.accepted = new AcceptedWords(parts.uses);
  }

  /** Loads the lexicon and registers completion with the client; then calls `then`. */
  start(then: () => unknown = () => {}): void {
    this.begun = true;
    this.register()
      .catch((error) => this.parts.connection.console.error(`Completion was not registered: ${error}`))
      .finally(then);
  }

  stop(): void {
    this.begun = false;
    clearTimeout(this.timer);
    void this.parts.uses.flush();
  }

  /** Called when another lexicon is in use: its characters become trigger characters too. */
  renew(): void {
    if (!this.begun) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), DEBOUNCE_MS);
  }

  /**
   * The suggestions at `position`. Unless `asked` for by the writer, only those that may open unasked, according to the
   * setting `policyText.completion.unasked`.
   */
  async complete(uri: string, position: Position, asked: boolean): Promise<CompletionList> {
    try {
      return await this.listAt(uri, position, asked);
    } finally {
      this.parts.typing.listAnswered();
    }
  }

  private async listAt(uri: string, position: Position, asked: boolean): Promise<CompletionList> {
    const { completion, lexicon: personal } = await this.parts.configuration.for(uri);
    if (!completion.enabled || !this.parts.draftOf(uri)) return NOTHING;
    const { unasked } = completion;
    if (!asked && unasked === 'never') return NOTHING;
    const lexicon = await this.parts.lexicons.get();
    const draft = this.parts.draftOf(uri);
    if (!draft) return NOTHING;
    const caret = { ...caretOf(draft, position), others: () => this.parts.otherTexts(uri) };
    const pinyin = wantsPinyin(caret) ? await this.parts.lexicons.pinyin() : undefined;
    return completionList(caret, lexicon, pinyin, {
      locale: this.parts.locale,
      maximumItems: completion.maximumItems,
      fuzzyPinyin: completion.fuzzyPinyin,
      personal,
      ...(completion.rememberUse && { usage: await this.parts.uses.get() }),
      labelDetails: this.parts.abilities.labelDetails,
      uri,
      ...(!asked && unasked !== 'never' && { unasked, budget: this.budgetOf(uri) }),
    });
  }

  private budgetOf(uri: string): OpeningBudget {
    let budget = this.budgets.get(uri);
    if (!budget) {
      budget = new OpeningBudget();
      this.budgets.set(uri, budget);
    }
    return budget;
  }

  /** Called when a draft is closed. */
  draftClosed({ uri }: Draft): void {
    this.budgets.delete(uri);
  }

  /** The writer accepted `text`; it was written as `written` into the draft `uri`. */
  async recordAccepted([text, uri, written]: readonly unknown[]): Promise<null> {
    const draft = typeof uri === 'string' ? this.parts.draftOf(uri) : undefined;
    if (typeof text === 'string') await this.accepted.record(text, draft, written);
    return null;
  }

  /** Called after each change of a draft. */
  draftChanged(draft: Draft): void {
    this.accepted.draftChanged(draft);
  }

  async forgetUses(): Promise<null> {
    await this.parts.uses.forget();
    return null;
  }

  /** Words that the placeholder at `position` may be filled with. */
  async placeholderWords(uri: string, position: Position): Promise<PlaceholderWords[]> {
    if (!this.parts.draftOf(uri)) return [];
    const lexicon = await this.parts.lexicons.get();
    const draft = this.parts.draftOf(uri);
    if (!draft) return [];
    await draft.ready();
    const { text, offset, analysis } = caretOf(draft, position);
    const gap = placeholderAround(analysis(), offset);
    const others = () => this.parts.otherTexts(uri);
    return gap ? fillings({ text, analysis, others }, gap, lexicon, MAX_WORDS) : [];
  }

  /** Adds the documentation of the slogan to an item of {@link complete}. */
  async resolve(item: CompletionItem): Promise<CompletionItem> {
    const data = dataOf(item);
    const phrase = data && (await this.parts.lexicons.get()).find(data.slogan);
    if (!phrase) return item;
    const markdown = this.parts.abilities.markdownDocumentation;
    return { ...item, documentation: await this.card(phrase, data.script, markdown, item.detail) };
  }

  async inline(uri: string, position: Position): Promise<InlineCompletionItem[]> {
    const { inlineCompletion, completion, lexicon: personal } = await this.parts.configuration.for(uri);
    if (!inlineCompletion.enabled || !this.parts.draftOf(uri)) return [];
    const lexicon = await this.parts.lexicons.get();
    const draft = this.parts.draftOf(uri);
    if (!draft) return [];
    return inlineCompletions(caretOf(draft, position), lexicon, personal, completion.rememberUse ? uri : undefined);
  }

  async hover(uri: string, position: Position): Promise<Hover | null> {
    if (!this.parts.draftOf(uri)) return null;
    const lexicon = await this.parts.lexicons.get();
    const draft = this.parts.draftOf(uri);
    if (!draft) return null;
    const { text, offset, position: inside } = caretOf(draft, position);
    const script = draftScript(text, offset);
    const from = Math.max(offset - inside.character, offset - 200);
    const near = text.slice(from, offset) + beforeBreak(text.slice(offset, offset + 200));
    const found = sloganAt(lexicon, asLearned(near, script), offset - from);
    if (!found) return null;
    const first = inside.character - (offset - from);
    const { line } = inside;
    return {
      contents: await this.card(found.phrase, script, this.parts.abilities.markdownHover),
      range: {
        start: { line, character: first + found.start },
        end: { line, character: first + found.end },
      },
    };
  }

  /** `counted` is the count already shown beside the card. */
  private async card(found: Phrase, script: DraftScript, markdown: boolean, counted?: string): Promise<MarkupContent> {
    const phrase = withSeries(found, await this.parts.lexicons.get());
    const words = wordsOf(phrase);
    const written = await asWritten(words, script);
    const inScript = new Map(words.map((word, index) => [word, written[index] ?? word]));
    const write = (word: string): string => inScript.get(word) ?? word;
    return sloganCard(phrase, this.parts.locale, markdown, write, counted === sloganCount(phrase, this.parts.locale));
  }

  /**
   * One registration at a time: of two concurrent ones, one would never be revoked, and the editor would list
   * everything twice.
   */
  private register(): Promise<void> {
    const begin = () => this.announce();
    this.registering = this.registering.then(begin, begin);
    return this.registering;
  }

  private async announce(): Promise<void> {
    const lexicon = await this.parts.lexicons.get();
    clearTimeout(this.timer);
    if (this.parts.abilities.completionRegistration) {
      const characters = await runCooperatively(triggerCharacters(lexicon), () => this.begun);
      if (!characters) return;
      this.registered?.dispose();
      this.registered = await this.parts.connection.client.register(CompletionRequest.type, {
        documentSelector: null,
        triggerCharacters: characters,
        resolveProvider: true,
      });
    }
    this.warmUp(lexicon).catch((error) =>
      this.parts.connection.console.error(`Suggestions were not warmed up: ${error}`),
    );
  }

  /**
   * What makes lists faster but blocks other requests for tens of milliseconds, while nothing is typed. Nothing waits for it:
   * somebody who types without a pause gets lists all the same.
   */
  private async warmUp(lexicon: Lexicon): Promise<void> {
    await this.parts.typing.idle();
    await this.rehearse(lexicon);
    await pause();
    await this.parts.typing.idle();
    // The writer types faster than the readings load.
    if (this.begun) await this.parts.lexicons.preparePinyin(() => this.parts.typing.isIdle);
  }

  /** Makes the lists for {@link REHEARSAL}, one at a time while nothing is typed. */
  private async rehearse(lexicon: Lexicon): Promise<void> {
    if (this.isRehearsed || lexicon.phrases.length === 0) return;
    this.isRehearsed = true;
    const budget = new OpeningBudget();
    for (let offset = 3; offset <= REHEARSAL.length && this.begun; offset++) {
      const text = REHEARSAL.slice(0, offset);
      const caret = { text, offset, position: { line: 0, character: offset }, analysis: () => analyse(text) };
      await completionList(caret, lexicon, undefined, {
        locale: this.parts.locale,
        maximumItems: 12,
        personal: { words: [], never: [] },
        labelDetails: this.parts.abilities.labelDetails,
        uri: '',
        unasked: offset % 2 === 0 ? 'likely' : 'always',
        budget,
      });
      await pause();
      await this.parts.typing.idle();
    }
  }
}

function caretOf(draft: Draft, position: Position): Caret {
  const offset = draft.offsetAt(position);
  return {
    text: draft.text,
    offset,
    position: draft.positionAt(offset),
    analysis: () => draft.analysis,
    ready: () => draft.ready(),
  };
}

/** The data that {@link completionList} attached to the item, as returned by the client. */
function dataOf({ data }: CompletionItem): CompletionData | undefined {
  const { slogan, script } = (typeof data === 'object' && data !== null ? data : {}) as Partial<CompletionData>;
  if (typeof slogan !== 'string' || typeof script !== 'object' || script === null) return undefined;
  return { slogan, script };
}
