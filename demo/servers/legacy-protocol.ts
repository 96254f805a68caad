import type { IncomingHttpHeaders } from 'node:http';

/** One request as it came in. */
export interface LegacyRequest {
  readonly method: string;
  /** Without the query, percent-encoded as sent. */
  readonly path: string;
  /** Without `?`, as sent. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The system's clock, epoch milliseconds; wrong under `Fault.clockOffsetMs`. */
  readonly now: number;
  /** Under `Fault.expiredSecret`: whoever calls must be refused. */
  readonly refusesCredentials: boolean;
}

export interface LegacyAnswer {
  readonly status: number;
  /** Media type without charset. */
  readonly type: string;
  readonly charset: 'utf-8' | 'gbk';
  readonly text: string;
}

/** What one legacy system says, apart from sockets and faults. */
export interface LegacyProtocol {
  /** How the system reports a failure of its own under HTTP 200. */
  readonly failure: LegacyAnswer;
  answer(request: LegacyRequest): LegacyAnswer;
  /** Ends the secrets given out so far, where the protocol has such. */
  expireSecrets?(): void;
  /** What requests said of those whom they were made for, oldest first, where the protocol asks for it. */
  stated?(): readonly string[];
  close(): void;
}

export function jsonAnswer(body: unknown, status = 200): LegacyAnswer {
  return { status, type: 'application/json', charset: 'utf-8', text: JSON.stringify(body) };
}
