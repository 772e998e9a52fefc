/** The lexicon and data derived from it, each loaded on first use and then kept. */
import type { Connection } from 'vscode-languageserver';
import type { Lexicon } from '../lexicon/model/lexicon';
import { commonPairs, PinyinIndex } from '../lexicon/model/pinyinIndex';
import { combineLexicons, emptyLexicon, LexiconError, loadLexicon } from '../lexicon/model/store';
import { wordsAmong } from '../text/words';
import type { Platform } from './platform';
import { runCooperatively, TimeSlice } from './requests';

/** Number of phrases converted to pinyin and segmented in one go. */
const PIECE = 5;
/**
 * Milliseconds of such work between yields: a request that comes meanwhile waits for several of them. A yield is cheap
 * in Node, but takes at least four milliseconds in a browser, which has only timers.
 */
const SLICE = typeof setImmediate === 'function' ? 1 : 4;

/** Between looks whether the writer has paused, in ms. */
const POLL_MS = 50;

export class LexiconStore {
  private shipped: Promise<Lexicon> | undefined;
  private loading: Promise<Lexicon> | undefined;
  private indexing: Promise<PinyinIndex> | undefined;
  private isIndexWanted = false;
  private isIdle = (): boolean => true;

  constructor(
    private readonly connection: Connection,
    private readonly host: Platform,
  ) {}

  /** Called when another lexicon is in use. */
  onChange: () => void = () => {};

  /** The lexicon; an empty one, with a log entry, if there is none. Never rejects. */
  get(): Promise<Lexicon> {
    this.shipped ??= this.load();
    this.loading ??= this.shipped;
    return this.loading;
  }

  /** Switches to a lexicon learned from the writer's own documents, or back to the shipped lexicon alone. */
  use(own: Lexicon | undefined): void {
    this.shipped ??= this.load();
    this.loading = own ? this.combined(this.shipped, own) : this.shipped;
    this.indexing = undefined;
    this.onChange();
  }

  /** Both lexicons in one; what is in use instead if that changes meanwhile. */
  private combined(shipped: Promise<Lexicon>, own: Lexicon): Promise<Lexicon> {
    const combining: Promise<Lexicon> = shipped.then(async (loaded) => {
      const both = await runCooperatively(combineLexicons(loaded, own), () => this.loading === combining);
      return both ?? this.get();
    });
    return combining;
  }

  /** The index of the lexicon by pinyin. */
  pinyin(): Promise<PinyinIndex> {
    this.isIndexWanted = true;
    return this.indexed();
  }

  /** Makes the index in the background, while the writer `isIdle`; or at once if somebody asks for it. */
  async preparePinyin(isIdle: () => boolean): Promise<void> {
    this.isIdle = isIdle;
    await this.indexed().catch(() => {});
  }

  private indexed(): Promise<PinyinIndex> {
    this.indexing ??= this.index();
    return this.indexing;
  }

  /** Resolves when the index may be worked on. */
  private async mayIndex(): Promise<void> {
    while (!this.isIndexWanted && !this.isIdle()) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  private async load(): Promise<Lexicon> {
    if (!this.host.lexicon) return emptyLexicon();
    try {
      return loadLexicon(await this.host.lexicon());
    } catch (error) {
      const reason = error instanceof LexiconError ? error.explanation.en : String(error);
      this.connection.console.error(`The lexicon was not loaded; there will be no suggestions from it. ${reason}`);
      return emptyLexicon();
    }
  }

  private async index(): Promise<PinyinIndex> {
    const lexicon = this.get();
    // If another lexicon comes into use, everyone waiting for this index gets the new one's.
    const isInUse = () => this.loading === lexicon;
    const [{ phrases, ngrams }, { pinyin }] = await Promise.all([lexicon, import('pinyin-pro')]);
    const options = { toneType: 'none', type: 'array', v: true } as const;
    const index = new PinyinIndex([], {
      read: (text) => pinyin(text, options),
      readings: (character) => pinyin(character, { ...options, multiple: true }),
    });
    // Incrementally, so that requests are not delayed.
    const turns = new TimeSlice(SLICE);
    for (let at = 0; at < phrases.length; at += PIECE) {
      await this.mayIndex();
      for (const phrase of phrases.slice(at, at + PIECE)) index.add(phrase);
      if (!(await turns.goOn(isInUse))) return this.indexed();
    }
    const pairs = commonPairs(ngrams);
    for (let at = 0; at < pairs.length; at += PIECE) {
      await this.mayIndex();
      for (const word of wordsAmong(pairs.slice(at, at + PIECE))) index.addWord(word);
      if (!(await turns.goOn(isInUse))) return this.indexed();
    }
    return index;
  }
}
