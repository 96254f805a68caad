import type { Deadline } from '../call-deadline.js';
import type { SourceStats } from '../source-adapter.js';
import type { HttpAnswer, Origin } from '../web/exchange.js';
import type { WebAnswer, WebParameters } from '../web/web-protocol.js';
import type { RestShape } from './answer/decode-rest-answer.js';
import type { RestRequest } from './build-request.js';
import type { HttpDefinition } from './http-definition.js';

/** An endpoint and what is understood of its answers. */
export interface Endpoint {
  readonly definition: HttpDefinition;
  readonly shape: RestShape;
}

/** What the generations of REST do differently: how a request is signed, and what a failure looks like. */
export interface RestDialect {
  /** As `SourceAdapter.kind`. */
  readonly kind: string;
  /** @param purpose as `CallBounds.purpose`. @throws {SourceError} and nothing else. */
  call(
    endpoint: Endpoint,
    parameters: WebParameters,
    deadline: Deadline,
    purpose?: string,
  ): Promise<WebAnswer>;
  /** The request without what is secret, for people. */
  explain(definition: HttpDefinition, parameters: WebParameters): string;
  stats?(): SourceStats;
  /** Lets go of what is shared with others. */
  release?(): void;
}

/** Sends a request with some headers more. */
export function sendRest(
  origin: Origin,
  { method, path, query, contentType, body }: RestRequest,
  headers: ReadonlyMap<string, string>,
  deadline: Deadline,
): Promise<HttpAnswer> {
  const all = new Map([['accept', 'application/json'], ...headers]);
  if (contentType !== undefined) all.set('content-type', contentType);
  return origin.exchange(
    {
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: all,
      ...(body !== undefined && { body }),
    },
    deadline,
  );
}
