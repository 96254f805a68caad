import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CATALOGUE } from '../../runtime/errors.js';

interface HttpErrorText {
  readonly code: string;
  readonly message: string;
}

/** What a caller reads when a request does not get as far as GraphQL. */
const HTTP_ERRORS: ReadonlyMap<number, HttpErrorText> = new Map([
  [400, { code: 'BAD_REQUEST', message: '请求无法解析。The request cannot be read.' }],
  [404, { code: 'NOT_FOUND', message: '没有这个地址。There is nothing at this address.' }],
  [405, { code: 'METHOD_NOT_ALLOWED', message: '请用 POST。Use POST.' }],
  [413, { code: 'PAYLOAD_TOO_LARGE', message: '请求体过大。The request body is too large.' }],
  [
    415,
    {
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: '请求体须为 application/json。The body must be application/json.',
    },
  ],
  [503, { code: 'SHUTTING_DOWN', message: '服务正在停止。The service is shutting down.' }],
]);
const INTERNAL = { code: 'INTERNAL', message: ERROR_CATALOGUE.INTERNAL.message };

/** Every answer that is no GraphQL answer has the same shape as one that has only errors. */
export async function sendHttpError(reply: FastifyReply, status: number): Promise<FastifyReply> {
  const known = HTTP_ERRORS.get(status);
  const { code, message } =
    known ?? (status < 500 ? { code: 'BAD_REQUEST', message: '请求有误。Bad request.' } : INTERNAL);
  const requestId = reply.request.id;
  return reply
    .code(status)
    .header('x-request-id', requestId)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code, requestId } }] });
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
