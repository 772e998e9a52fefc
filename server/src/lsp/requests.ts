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
 * messages): requests are refused by {@link refuseOutOfTurn}, notifications but `exit` dropped.
 */
export function connectionOptions(): ConnectionOptions {
  let state: 'new' | 'initialized' | 'shut down' = 'new';
  return {
    connectionStrategy: {
      cancelUndispatched: () => ({ jsonrpc: '2.0', id: null, error: cancelled().toJson() }),
    },
    messageStrategy: {
      handleMessage(message, next) {
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

/** Waits until messages that have arrived in the meantime are read. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers have no setImmediate, and Node's setTimeout takes a millisecond at least.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
