import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, REFUSAL_CATALOGUE, type RefusalCode } from '../../../runtime/errors.js';
import { type LimitFacts, limitSentence } from '../limits/limit-error.js';
import type { LimitValues } from '../request-limits.js';

interface HttpErrorText {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Codes of requests that do not get as far as GraphQL. */
const HTTP_CODES: readonly RefusalCode[] = [
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'RECEIVE_TIMEOUT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'EXPECTATION_FAILED',
  'RATE_LIMITED',
  'HEADERS_TOO_LARGE',
  'SHUTTING_DOWN',
];
const BY_STATUS: ReadonlyMap<number, HttpErrorText> = new Map<number, HttpErrorText>([
  ...HTTP_CODES.map(
    (code) => [REFUSAL_CATALOGUE[code].httpStatus, { code, ...REFUSAL_CATALOGUE[code] }] as const,
  ),
  [ERROR_CATALOGUE.FORBIDDEN.httpStatus, { code: 'FORBIDDEN', ...ERROR_CATALOGUE.FORBIDDEN }],
]);
const BAD_REQUEST: HttpErrorText = { code: 'BAD_REQUEST', ...REFUSAL_CATALOGUE.BAD_REQUEST };
const INTERNAL: HttpErrorText = { code: 'INTERNAL', ...ERROR_CATALOGUE.INTERNAL };

/** What a caller reads for an HTTP status. */
function errorOfStatus(status: number): HttpErrorText {
  return BY_STATUS.get(status) ?? (status < 500 ? BAD_REQUEST : INTERNAL);
}

/** Every answer that is no GraphQL answer has the same shape as one that has only errors. */
export function httpErrorBody(status: number, requestId: string, facts?: LimitFacts): string {
  const { code, message, retryable } = errorOfStatus(status);
  const text = facts === undefined ? message : `${message} ${limitSentence(facts)}`;
  return JSON.stringify({
    errors: [{ message: text, extensions: { ...facts, code, retryable, requestId } }],
  });
}

/** @param facts the limit that the request is beyond, if that is why. */
export async function sendHttpError(
  reply: FastifyReply,
  status: number,
  facts?: LimitFacts,
): Promise<FastifyReply> {
  const requestId = reply.request.id;
  return reply
    .code(status)
    .header('x-request-id', requestId)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(httpErrorBody(status, requestId, facts));
}

export function answerHttpErrors(
  app: FastifyInstance,
  { bodyBytes }: Pick<LimitValues, 'bodyBytes'>,
  onUnexpected: (error: Error, requestId: string) => void,
): void {
  app.setNotFoundHandler((_, reply) => sendHttpError(reply, 404));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500 && status !== 503) onUnexpected(error, request.id);
    if (status !== 413) return sendHttpError(reply, status, factsOf(error));
    const said = Number(request.headers['content-length'] ?? Number.NaN);
    const actual = said > bodyBytes ? said : null;
    return sendHttpError(reply, status, { limit: 'bodyBytes', allowed: bodyBytes, actual });
  });
}

/** A request that its reader finds beyond a limit. */
export class BeyondLimit extends Error {
  override readonly name = 'BeyondLimit';
  readonly statusCode = 400;
  readonly facts: LimitFacts;

  constructor(facts: LimitFacts) {
    super(limitSentence(facts));
    this.facts = facts;
  }
}

function factsOf(error: Error): LimitFacts | undefined {
  return error instanceof BeyondLimit ? error.facts : undefined;
}
