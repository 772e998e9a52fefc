/** The writer's usage history, read once and stored on this machine; without storage, for the session only. */
import { Usage } from '../lexicon/prediction/usageHistory';

/** Storage of the history. Neither method rejects: what cannot be read or written is merely lost. */
export interface UsesAccess {
  read(storage: string): Promise<string | undefined>;
  write(storage: string, text: string): Promise<void>;
  remove(storage: string): Promise<void>;
}

/** Debounce for writing, in ms: several items accepted in a row are written together. */
const DEBOUNCE_MS = 300;

export class UsageHistoryStore {
  private loading: Promise<Usage> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly access: UsesAccess | undefined,
    private readonly storage: string | undefined,
  ) {}

  get(): Promise<Usage> {
    this.loading ??= this.load();
    return this.loading;
  }

  async note(text: string): Promise<void> {
    (await this.get()).note(text);
    this.flushSoon();
  }

  /** Reverts one {@link note}. */
  async retract(text: string): Promise<void> {
    (await this.get()).retract(text);
    this.flushSoon();
  }

  /** Forgets everything, on disk too. */
  async forget(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.loading = Promise.resolve(new Usage());
    if (this.storage !== undefined) await this.access?.remove(this.storage);
  }

  /** Writes pending changes. */
  async flush(): Promise<void> {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const usage = await this.get();
    if (this.storage !== undefined) await this.access?.write(this.storage, usage.stored());
  }

  private flushSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), DEBOUNCE_MS);
  }

  private async load(): Promise<Usage> {
    return Usage.read(this.storage === undefined ? undefined : await this.access?.read(this.storage));
  }
}
