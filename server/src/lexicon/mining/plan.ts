/** Parameters that depend on all documents of a corpus and are needed before counting: weights and thresholds. */

/** Facts about the documents of a corpus besides their text; by document, in the order of the corpus. */
export interface DocumentFacts {
  /** The year of each document, 0 if unknown. */
  readonly years: ArrayLike<number>;
  /** 1 for a text of the central authorities, which decide what is canonical. */
  readonly central: ArrayLike<number>;
}

/** A string in a single document is that document's own wording, and not a phrase. */
const MIN_DOCUMENTS = 2;
/** Weights in the n-grams of a document of the newest year, and of the year before. */
const NEWEST_WEIGHT = 3;
export const RECENT_WEIGHT = 2;
/** Number of years within which a phrase must occur to be current. */
const ALIVE = 2;
/** With fewer documents all of them are needed for counting. */
const MIN_FOR_WEIGHTS = 40;
/** Number of documents held out to learn the weights on. */
const HELD_OUT = 16;

/** The default document frequency of a phrase: 3 of fifty documents, 10 of five hundred. */
function defaultMinDocuments(documents: number): number {
  return Math.max(MIN_DOCUMENTS, Math.round(Math.sqrt(documents) * 0.45));
}

/** Weights and thresholds for the documents of a corpus. Depends only on their dates and number. */
export class CorpusPlan {
  private readonly newest: number;
  /** Number of documents of the last two years. */
  readonly recentDocuments: number;
  /** Minimum number of documents with a phrase, or alternatively of recent ones: a new slogan counts by its year. */
  readonly minDocuments: number;
  readonly minRecent: number;
  /** Minimum number of documents in either case. */
  readonly minSeen: number;

  /** Takes the number of documents kept, and the facts about them. */
  constructor(
    readonly documentCount: number,
    private readonly facts: DocumentFacts = { years: [], central: [] },
    minDocuments?: number,
  ) {
    const years = Array.from(facts.years);
    this.newest = years.reduce((newest, year) => Math.max(newest, year), 0);
    this.recentDocuments = years.filter((year) => this.isRecent(year)).length;
    this.minDocuments = Math.max(MIN_DOCUMENTS, minDocuments ?? defaultMinDocuments(documentCount));
    this.minRecent = Math.max(3, minDocuments ?? defaultMinDocuments(this.recentDocuments));
    this.minSeen = this.recentDocuments > 0 ? Math.min(this.minDocuments, this.minRecent) : this.minDocuments;
  }

  yearOf(document: number): number {
    return this.facts.years[document] ?? 0;
  }

  isCentral(document: number): boolean {
    return this.facts.central[document] === 1;
  }

  /** The first of the last two years. */
  get recentSince(): number {
    return this.newest - ALIVE + 1;
  }

  isRecent(year: number): boolean {
    return year > 0 && year >= this.recentSince;
  }

  /** The weight of a document in the n-grams. */
  weightOf(document: number): number {
    const year = this.yearOf(document);
    return year === 0 || year < this.newest - 1 ? 1 : year === this.newest ? NEWEST_WEIGHT : RECENT_WEIGHT;
  }

  /**
   * Some of the newest documents, on which the interpolation weights are learned while they are not counted; empty if
   * there are too few documents.
   */
  heldOut(): ReadonlySet<number> {
    const { documentCount } = this;
    if (documentCount < MIN_FOR_WEIGHTS) return new Set();
    const newest = [...Array(documentCount).keys()].sort((a, b) => this.weightOf(b) - this.weightOf(a) || a - b);
    const likely = newest.slice(0, Math.max(2 * HELD_OUT, Math.ceil(documentCount / 5)));
    const step = Math.ceil(likely.length / HELD_OUT);
    return new Set(likely.filter((_, index) => index % step === 0));
  }
}
