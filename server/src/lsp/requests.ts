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

/** Requests outside the server's lifecycle are redirected to these methods, which refuse them. */
const TOO_EARLY = 'policyText/refusedBeforeInitialize';
const TOO_LATE = 'policyText/refusedAfterShutdown';

/**
 * Options of every connection. A request cancelled before its turn is answered at once, unprocessed; the connection
 * fills in its id. Before `initialize` and after `shutdown` nothing is served (LSP 3.17, lifecycle messages): requests
 * are refused by {@link refuseOutOfTurn}, notifications except `exit` are dropped. `traffic` is notified of every
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

/** Refuses requests on `connection`, made with {@link connectionOptions}, before `initialize` or after `shutdown`. */
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

/** Answers `type` with `handler`, and cancelled requests with the cancellation error. */
export function onRequest<Params, Result>(
  connection: Connection,
  { method }: RequestType<Params, Result>,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): void {
  connection.onRequest(method, cancellable(handler) as GenericRequestHandler<Result, void>);
}

/**
 * Default time slice: after this many ms of work, arrived messages are processed before it continues. A list of
 * suggestions, which takes three, waits for one slice and must come within eight.
 */
export const PIECE = 5;

/** Yields to other work at intervals during long work. */
export class TimeSlice {
  private began = performance.now();

  /** Yields after `piece` ms of work, by `turn`. */
  constructor(
    private readonly piece: number | (() => number) = PIECE,
    private readonly turn: () => Promise<void> = pause,
  ) {}

  /** True at once within the time slice, or else after yielding; false if the work is no longer `wanted` then. */
  async goOn(wanted: () => boolean): Promise<boolean> {
    const piece = typeof this.piece === 'number' ? this.piece : this.piece();
    if (performance.now() - this.began < piece) return true;
    await this.turn();
    this.began = performance.now();
    return wanted();
  }
}

/**
 * The result of `pieces`, yielding to other work at intervals, by `turn` after each `piece` of so many ms; undefined
 * once it is no longer `wanted`.
 */
export async function runCooperatively<Result>(
  pieces: Resumable<Result>,
  wanted: () => boolean,
  turn?: () => Promise<void>,
  piece?: () => number,
): Promise<Result | undefined> {
  const turns = new TimeSlice(piece, turn);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    if (!(await turns.goOn(wanted))) return undefined;
  }
}

/**
 * Number of consecutive turns without a message that show that none is left. What has arrived is processed two turns
 * after it was read from the stream: the reader takes it apart in the first, the connection's queue passes it on in the
 * second, each before or after other work.
 */
const QUIET_TURNS = 3;
/** A client that never pauses must not block all work. */
const MAX_TURNS = 2_000;

/**
 * Knows when all messages that have arrived are processed: the connection processes one in each turn of the event loop.
 */
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
  /** Works until it should yield; true once all is done, or the work is no longer wanted. */
  work(until: () => boolean): boolean;
  isWanted(): boolean;
  drop(): void;
  readonly urgent: boolean;
}

/**
 * Runs long jobs one at a time: however many there are, arrived messages are processed after every few milliseconds of
 * work. Independent jobs would each run a slice first, one after the other, in every turn of the event loop.
 */
export class WorkQueue {
  private readonly jobs: Job[] = [];
  private isRunning = false;

  /** `turn` yields to other work, until all messages that have arrived are processed, after each `piece` of so many ms. */
  constructor(
    private readonly turn: () => Promise<void> = pause,
    private readonly piece: () => number = () => PIECE,
  ) {}

  /**
   * The result of `pieces`; undefined once it is no longer `wanted`. `urgent` jobs come before others, and interrupt
   * them.
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
    const isOver = (): boolean => performance.now() - began >= this.piece();
    for (let [job] = this.jobs; job; [job] = this.jobs) {
      if (job.work(isOver)) this.jobs.splice(this.jobs.indexOf(job), 1);
      if (!isOver()) continue;
      await this.turn();
      // Resolves unwanted jobs at once, so that nobody waits for them.
      for (const other of this.jobs.filter((one) => !one.isWanted())) {
        this.jobs.splice(this.jobs.indexOf(other), 1);
        other.drop();
      }
      began = performance.now();
    }
    this.isRunning = false;
  }
}

/** Waits until messages that have arrived in the meantime are processed. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers have no setImmediate, and Node's setTimeout takes at least a millisecond.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
