import type { ReplyHeaders } from './client/origin-client.js';
import { TransportFailure } from './transport-failure.js';

/** What an answer's status and headers say, before its body is looked at. */
export interface AnswerHead {
  readonly status: number;
  /** `content-encoding`; empty: none. */
  readonly encoding: string;
  readonly retryAfterSeconds: number | null;
  /** Why the body is not read; null when it may be a GraphQL answer. */
  readonly refusal: TransportFailure | null;
}

const JSON_TYPE = /^(?:application\/(?:[a-z0-9.-]+\+)?|text\/)json\b/i;

export function readAnswerHead(status: number, headers: ReplyHeaders): AnswerHead {
  const head = {
    status,
    encoding: textOf(headers['content-encoding']),
    retryAfterSeconds:
      headers['retry-after'] === undefined ? null : readRetryAfter(textOf(headers['retry-after'])),
  };
  return { ...head, refusal: refuseHead(head, textOf(headers['content-type'])) };
}

type HeadOfStatus = Pick<AnswerHead, 'status' | 'retryAfterSeconds'>;

/**
 * A failure whose code the status decides, whatever the body is: a subgraph that is down, or asks for less, may answer
 * later; any other answer that cannot be read will be the same next time.
 */
export function refuseByStatus(
  { status, retryAfterSeconds }: HeadOfStatus,
  reason: string,
  cause?: unknown,
): TransportFailure {
  const code = isAwayStatus(status) ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_MALFORMED';
  return new TransportFailure(code, `answered ${status}: ${reason}`, { cause, retryAfterSeconds });
}

/** 408, 429 and 5xx: the subgraph, or what stands in front of it, is away for now. */
export function isAwayStatus(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** Statuses of what stands in front of a subgraph, or of a subgraph that has too much to do. */
const PROXY_STATUSES = new Set([408, 429, 502, 503, 504]);

/** Whether the status says that no subgraph answered, even if the body looks like a GraphQL answer. */
export function isProxyStatus(status: number): boolean {
  return PROXY_STATUSES.has(status);
}

function refuseHead(head: HeadOfStatus, contentType: string): TransportFailure | null {
  if (head.status >= 300 && head.status < 400) return refuseByStatus(head, 'a redirect is not followed');
  if (JSON_TYPE.test(contentType)) return null;
  return refuseByStatus(head, `${JSON.stringify(contentType)} instead of JSON`);
}

/** No subgraph is believed to be away longer. */
const LONGEST_WAIT_SECONDS = 24 * 3600;

/** RFC 9110 §10.2.3: seconds or a date. */
function readRetryAfter(header: string): number | null {
  const isDate = /^[A-Z][a-z]{2}/.test(header);
  if (!isDate && !/^\d+$/.test(header)) return null;
  const seconds = isDate ? Math.ceil((Date.parse(header) - Date.now()) / 1000) : Number(header);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), LONGEST_WAIT_SECONDS);
}

function textOf(header: string | string[] | undefined): string {
  if (header === undefined) return '';
  return (typeof header === 'string' ? header : header.join(', ')).trim();
}
