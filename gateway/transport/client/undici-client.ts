import type { Dispatcher } from 'undici';
import { openPool, type PoolOptions } from '../../../runtime/http/open-pool.js';
import type { OriginClient, ReplyHandler, ReplyHeaders } from './origin-client.js';

/** Calls over undici: for encrypted connections. */
export function createUndiciClient(origin: string, options: PoolOptions): OriginClient {
  const pool = openPool(origin, options);
  return {
    send: ({ path, headers, body }, handler, isRepeated) => {
      const told = new ToldHandler(handler);
      const dispatcher = isRepeated ? pool.fresh : pool.kept;
      dispatcher.dispatch({ method: 'POST', path, headers: headers as string[], body }, told);
      return told.abort;
    },
    close: () => pool.destroy(),
  };
}

/** Tells a handler what undici tells. */
class ToldHandler implements Dispatcher.DispatchHandler {
  readonly #handler: ReplyHandler;
  #controller: Dispatcher.DispatchController | null = null;
  #isOver: Error | null = null;

  constructor(handler: ReplyHandler) {
    this.#handler = handler;
  }

  readonly abort = (reason: Error): void => {
    this.#isOver ??= reason;
    this.#controller?.abort(reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver !== null) controller.abort(this.#isOver);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ReplyHeaders): void {
    if (status >= 200 && this.#isOver === null) this.#handler.onHead(status, headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver === null) this.#handler.onData(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver === null) this.#handler.onEnd();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver === null) this.#handler.onFailure(error);
  }
}
