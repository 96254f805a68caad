import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, REFUSAL_CATALOGUE, type RefusalCode } from '../../../runtime/errors.js';

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
export function httpErrorBody(status: number, requestId: string): string {
  const { code, message, retryable } = errorOfStatus(status);
  return JSON.stringify({ errors: [{ message, extensions: { code, retryable, requestId } }] });
}

export async function sendHttpError(reply: FastifyReply, status: number): Promise<FastifyReply> {
  const requestId = reply.request.id;
  return reply
    .code(status)
    .header('x-request-id', requestId)
    .type('application/json; charset=utf-8')
    .send(httpErrorBody(status, requestId));
}

export function answerHttpErrors(
  app: FastifyInstance,
  onUnexpected: (error: Error, requestId: string) => void,
): void {
  app.setNotFoundHandler((_, reply) => sendHttpError(reply, 404));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500 && status !== 503) onUnexpected(error, request.id);
    return sendHttpError(reply, status);
  });
}
