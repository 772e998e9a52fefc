/** What all requests have in common. */
import { type CancellationToken, type ConnectionOptions, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** The error for a request that the client has taken back. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Request cancelled');
}

/** A request taken back before its turn is answered at once, without being looked at. The connection fills in its id. */
export const CONNECTION_OPTIONS: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: () => ({ jsonrpc: '2.0', id: null, error: cancelled().toJson() }),
  },
};

/** Wraps a handler so that a request taken back while it waited or ran is answered with {@link cancelled}. */
export function answer<Params, Result>(
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    if (token.isCancellationRequested) throw cancelled();
    const result = await handler(params, token);
    if (token.isCancellationRequested) throw cancelled();
    return result;
  };
}

/** Waits until messages that have arrived in the meantime are read. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers have no setImmediate, and Node's setTimeout takes a millisecond at least.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
