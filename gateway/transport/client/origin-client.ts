/** Headers of a reply that somebody looks at; a client may leave out all others. */
export const REPLY_HEADERS = [
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'retry-after',
] as const;

/** One that came several times has a list. */
export type ReplyHeaders = Readonly<Partial<Record<(typeof REPLY_HEADERS)[number], string | string[]>>>;

/** Reads the reply of one call. `onEnd` or `onFailure` is the last that it is told. */
export interface ReplyHandler {
  /** @param status of the reply itself: interim ones (1xx) are left out. */
  onHead(status: number, headers: ReplyHeaders): void;
  /** @param chunk of the body; nobody else writes to it. */
  onData(chunk: Buffer): void;
  onEnd(): void;
  /** @param error `code` says whether a kept connection was stale, see `STALE_CONNECTION`. */
  onFailure(error: Error): void;
}

/** One POST. */
export interface OutgoingCall {
  /** With the query. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** Calls one origin (scheme, host and port), over connections that it keeps. */
export interface OriginClient {
  /**
   * @param isRepeated the same call met a connection that the other side had closed: another kept one must not be tried.
   * @returns gives the call up; the handler is told nothing any more. Without effect after its end.
   */
  send(call: OutgoingCall, handler: ReplyHandler, isRepeated: boolean): (reason: Error) => void;
  /** Cuts what is still running. */
  close(): Promise<void>;
}
