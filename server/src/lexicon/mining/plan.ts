/** What must be known of all documents of a corpus before any of them is counted: which count how much, and what is enough. */

/** What is known of the documents of a corpus beside their text; by document, in the order of the corpus. */
export interface DocumentFacts {
  /** The year of each document, 0 where it is not known. */
  readonly years: ArrayLike<number>;
  /** 1 for a text of the central authorities: what is canonical is decided there. */
  readonly central: ArrayLike<number>;
}

/** What stands in one document only is that document's, and no phrase. */
const MIN_DOCUMENTS = 2;
/** A document of the newest year counts so many times in the n-grams, one of the year before so many. */
const NEWEST_WEIGHT = 3;
export const RECENT_WEIGHT = 2;
/** Years within which a phrase must stand to be alive. */
const ALIVE = 2;
/** Fewer documents are all needed for counting. */
const MIN_FOR_WEIGHTS = 40;
/** Documents held out to learn the weights on. */
const HELD_OUT = 16;

/** The document frequency that makes a phrase of a corpus: 3 of fifty documents, 10 of five hundred. */
function defaultMinDocuments(documents: number): number {
  return Math.max(MIN_DOCUMENTS, Math.round(Math.sqrt(documents) * 0.45));
}

/** How the documents of a corpus count. All that it says depends on nothing but their dates and number. */
export class CorpusPlan {
  private readonly newest: number;
  /** Documents of the last two years. */
  readonly recentDocuments: number;
  /** In how many documents a phrase must stand, or else in how many recent ones: a new slogan counts by its year. */
  readonly minDocuments: number;
  readonly minRecent: number;
  /** In how many documents it stands at least, either way. */
  readonly minSeen: number;

  /** Takes the number of documents that are kept, and what is known of them. */
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

  isRecent(year: number): boolean {
    return year > 0 && year > this.newest - ALIVE;
  }

  /** How many times the n-grams of a document count. */
  weightOf(document: number): number {
    const year = this.yearOf(document);
    return year === 0 || year < this.newest - 1 ? 1 : year === this.newest ? NEWEST_WEIGHT : RECENT_WEIGHT;
  }

  /**
   * Some of the newest documents, on which it is learned how far each context is to be believed while they are not
   * counted; none where there are too few documents.
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
