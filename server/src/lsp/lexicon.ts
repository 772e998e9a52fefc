/** The lexicon and what is made from it, each loaded when it is first needed and kept from then on. */
import type { Connection } from 'vscode-languageserver';
import type { Lexicon } from '../lexicon/model/lexicon';
import { commonPairs, PinyinIndex } from '../lexicon/model/pinyinIndex';
import { combineLexicons, emptyLexicon, LexiconError, loadLexicon } from '../lexicon/model/store';
import { wordsAmong } from '../text/words';
import type { Platform } from './platform';
import { TimeSlice } from './requests';

/** Phrases read aloud and parted into words in one go. */
const PIECE = 5;
/**
 * Milliseconds of such work between turns for others: a request that comes meanwhile waits for several of them. A turn costs
 * next to nothing in Node, but four milliseconds at least in a browser, which has only timers.
 */
const SLICE = typeof setImmediate === 'function' ? 1 : 4;

export class LexiconStore {
  private shipped: Promise<Lexicon> | undefined;
  private loading: Promise<Lexicon> | undefined;
  private indexing: Promise<PinyinIndex> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly host: Platform,
  ) {}

  /** Called when another lexicon is in use. */
  onChange: () => void = () => {};

  /** The lexicon; an empty one, with a word in the log, where there is none. Never rejects. */
  get(): Promise<Lexicon> {
    this.shipped ??= this.load();
    this.loading ??= this.shipped;
    return this.loading;
  }

  /** Uses what was learned from the writer's own documents from now on, or nothing but the shipped lexicon again. */
  use(own: Lexicon | undefined): void {
    this.shipped ??= this.load();
    this.loading = own ? this.shipped.then((shipped) => combineLexicons(shipped, own)) : this.shipped;
    this.indexing = undefined;
    this.onChange();
  }

  /** The lexicon by its pinyin. */
  pinyin(): Promise<PinyinIndex> {
    this.indexing ??= this.index();
    return this.indexing;
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
    // Where another lexicon has come into use, whoever waits for this index gets the one of that.
    const isInUse = () => this.loading === lexicon;
    const [{ phrases, ngrams }, { pinyin }] = await Promise.all([lexicon, import('pinyin-pro')]);
    const options = { toneType: 'none', type: 'array', v: true } as const;
    const index = new PinyinIndex([], {
      read: (text) => pinyin(text, options),
      readings: (character) => pinyin(character, { ...options, multiple: true }),
    });
    // In pieces: what the writer asks for in the meantime is not kept waiting.
    const turns = new TimeSlice(SLICE);
    for (let at = 0; at < phrases.length; at += PIECE) {
      for (const phrase of phrases.slice(at, at + PIECE)) index.add(phrase);
      if (!(await turns.goOn(isInUse))) return this.pinyin();
    }
    const pairs = commonPairs(ngrams);
    for (let at = 0; at < pairs.length; at += PIECE) {
      for (const word of wordsAmong(pairs.slice(at, at + PIECE))) index.addWord(word);
      if (!(await turns.goOn(isInUse))) return this.pinyin();
    }
    return index;
  }
}
