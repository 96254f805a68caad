import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Pages of the allowed origins may read what the route answers, refusals included. */
    forPages?: boolean;
  }
}

/** Origins of web pages that may read answers, such as `https://board.example.cn`; `*` stands for every origin. */
export type AllowedOrigins = readonly string[];

/** Seconds for which a browser need not ask again. */
const MAX_AGE_SECONDS = 7200;
const HEADER_NAMES = /^[\w-]+(?:\s*,\s*[\w-]+)*$/;

/** To be called before anything refuses: a page is told why as well. */
export function serveOrigins(app: FastifyInstance, allowed: AllowedOrigins): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.forPages === true) allowOrigin(request, reply, allowed);
    done();
  });
}

/** Lets pages of the allowed origins read the answer (the Fetch standard's CORS protocol). */
function allowOrigin(request: FastifyRequest, reply: FastifyReply, allowed: AllowedOrigins): boolean {
  if (allowed.length === 0) return false;
  const headers = headersFor(request.headers.origin, allowed);
  void reply.headers(headers);
  return 'access-control-allow-origin' in headers;
}

/** What lets the page of an origin read an answer. */
export function headersFor(
  origin: string | undefined,
  allowed: AllowedOrigins,
): Readonly<Record<string, string>> {
  if (allowed.length === 0) return {};
  const vary = { vary: 'Origin' };
  if (origin === undefined || !(allowed.includes('*') || allowed.includes(origin))) return vary;
  return {
    ...vary,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, x-cost, preference-applied, x-export-status, retry-after',
  };
}

/** Answers `OPTIONS`: which methods there are, and to a page of an allowed origin that it may ask. */
export function answerOptions(
  request: FastifyRequest,
  reply: FastifyReply,
  { methods, allowed }: { readonly methods: readonly string[]; readonly allowed: AllowedOrigins },
): FastifyReply {
  void reply.code(204).header('allow', methods.join(', '));
  const asked = request.headers['access-control-request-method'];
  if (allowOrigin(request, reply, allowed) && asked !== undefined) {
    const headers = request.headers['access-control-request-headers'] ?? '';
    void reply
      .header('access-control-allow-methods', methods.join(', '))
      .header('access-control-max-age', MAX_AGE_SECONDS);
    if (HEADER_NAMES.test(headers)) void reply.header('access-control-allow-headers', headers);
  }
  return reply.send();
}
