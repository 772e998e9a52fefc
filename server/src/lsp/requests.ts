/** Shared request helpers: cancellation and time slicing. */
import {
  type CancellationToken,
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  type GenericRequestHandler,
  LSPErrorCodes,
  type Message,
  ResponseError,
} from 'vscode-languageserver';
import type { Resumable } from '../text/resumable';
import type { RequestType } from './protocol';

/** The error for a request that the client has cancelled. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Request cancelled');
}

/** Requests that come too early or too late are handed to these, which refuse them. */
const TOO_EARLY = 'policyText/refusedBeforeInitialize';
const TOO_LATE = 'policyText/refusedAfterShutdown';

/**
 * What every connection is made with. A request cancelled before its turn is answered at once, without being looked at;
 * the connection fills in its id. Before `initialize` and after `shutdown` nothing is served (LSP 3.17, lifecycle
 * messages): requests are refused by {@link refuseOutOfTurn}, notifications but `exit` dropped. `traffic` is told of every
 * message.
 */
export function connectionOptions(traffic?: Traffic): ConnectionOptions {
  let state: 'new' | 'initialized' | 'shut down' = 'new';
  return {
    connectionStrategy: {
      cancelUndispatched: () => ({ jsonrpc: '2.0', id: null, error: cancelled().toJson() }),
    },
    messageStrategy: {
      handleMessage(message, next) {
        traffic?.messageRead();
        if (!('method' in message) || typeof message.method !== 'string') return next(message);
        const { method } = message;
        const isRequest = 'id' in message;
        if (state === 'new' && method === 'initialize') state = 'initialized';
        else if (state === 'initialized' && method === 'shutdown') state = 'shut down';
        else if (state !== 'initialized' && method !== 'exit') {
          if (isRequest) return next({ ...message, method: state === 'new' ? TOO_EARLY : TOO_LATE } as Message);
          if (!method.startsWith('$/')) return;
        }
        return next(message);
      },
    },
  };
}

/** Refuses on `connection`, made with {@link connectionOptions}, what comes before `initialize` or after `shutdown`. */
export function refuseOutOfTurn(connection: Connection): void {
  connection.onRequest(
    TOO_EARLY,
    () => new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.'),
  );
  connection.onRequest(
    TOO_LATE,
    () => new ResponseError(ErrorCodes.InvalidRequest, 'The server has been asked to shut down.'),
  );
}

/** Wraps a handler so that a request cancelled while it waited or ran is answered with {@link cancelled}. */
export function cancellable<Params, Result>(
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    if (token.isCancellationRequested) throw cancelled();
    const result = await handler(params, token);
    if (token.isCancellationRequested) throw cancelled();
    return result;
  };
}

/** Answers `type` with `handler`, and a cancelled request as such. */
export function onRequest<Params, Result>(
  connection: Connection,
  { method }: RequestType<Params, Result>,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): void {
  connection.onRequest(method, cancellable(handler) as GenericRequestHandler<Result, void>);
}

/** After so many milliseconds of work, messages that have arrived are read before it goes on, unless said otherwise. */
const PIECE = 12;

/** Gives others their turn now and then during long work. */
export class TimeSlice {
  private began = performance.now();

  /** Others have their turn after `piece` milliseconds of work. */
  constructor(private readonly piece = PIECE) {}

  /** True at once, or where some milliseconds have passed, once others have had their turn; false if that ended the `wanted`. */
  async goOn(wanted: () => boolean): Promise<boolean> {
    if (performance.now() - this.began < this.piece) return true;
    await pause();
    this.began = performance.now();
    return wanted();
  }
}

/** The result of `pieces`, with a turn for others now and then; undefined where they are no longer `wanted`. */
export async function runCooperatively<Result>(
  pieces: Resumable<Result>,
  wanted: () => boolean,
): Promise<Result | undefined> {
  const turns = new TimeSlice();
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    if (!(await turns.goOn(wanted))) return undefined;
  }
}

/** So many turns in a row without a message show that none is left: one is read in a turn, before or after others have theirs. */
const QUIET_TURNS = 2;
/** A client that never stops must not keep all work from being done. */
const MAX_TURNS = 2_000;

/** Knows when all messages that have arrived are read: the connection reads one of them in each turn of the event loop. */
export class Traffic {
  private count = 0;

  messageRead(): void {
    this.count++;
  }

  /** Waits until no more messages come. */
  async settled(): Promise<void> {
    let quiet = 0;
    for (let turn = 0; quiet < QUIET_TURNS && turn < MAX_TURNS; turn++) {
      const before = this.count;
      await pause();
      quiet = this.count === before ? quiet + 1 : 0;
    }
  }
}

interface Job {
  /** Does what fits before others have their turn; true once all is done, or nobody wants it any more. */
  work(until: () => boolean): boolean;
  isWanted(): boolean;
  drop(): void;
  readonly urgent: boolean;
}

/**
 * Long work, one job at a time: however many there are, messages that have arrived are read after every few milliseconds of
 * it. Left to themselves all of them would do their pieces first, one after the other, whenever the event loop came round.
 */
export class WorkQueue {
  private readonly jobs: Job[] = [];
  private isRunning = false;

  /** `turn` gives others theirs, until all messages that have arrived are read. */
  constructor(private readonly turn: () => Promise<void> = pause) {}

  /**
   * The result of `pieces`; undefined where they are no longer `wanted`. Those that are `urgent` come before others, and
   * interrupt them.
   */
  run<Result>(pieces: Resumable<Result>, wanted: () => boolean, urgent = false): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      const job: Job = {
        urgent,
        isWanted: wanted,
        drop: () => resolve(undefined),
        work(until) {
          try {
            do {
              const { done, value } = pieces.next();
              if (done) {
                resolve(value);
                return true;
              }
            } while (!until());
            return false;
          } catch (error) {
            reject(error);
            return true;
          }
        },
      };
      const place = urgent ? this.jobs.findIndex((other) => !other.urgent) : -1;
      if (place < 0) this.jobs.push(job);
      else this.jobs.splice(place, 0, job);
      if (!this.isRunning) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isRunning = true;
    let began = performance.now();
    const isOver = (): boolean => performance.now() - began >= PIECE;
    for (let [job] = this.jobs; job; [job] = this.jobs) {
      if (job.work(isOver)) this.jobs.splice(this.jobs.indexOf(job), 1);
      if (!isOver()) continue;
      await this.turn();
      // Whoever waits for what nobody wants any more is not kept waiting.
      for (const other of this.jobs.filter((one) => !one.isWanted())) {
        this.jobs.splice(this.jobs.indexOf(other), 1);
        other.drop();
      }
      began = performance.now();
    }
    this.isRunning = false;
  }
}

/** Waits until messages that have arrived in the meantime are read. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers have no setImmediate, and Node's setTimeout takes a millisecond at least.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
