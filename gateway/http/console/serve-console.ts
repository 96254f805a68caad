import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { namesTag } from '../kept-answers.js';
import type { ConsoleFile } from './console-files.js';

/** The page runs its own scripts and styles, talks to this gateway alone, and stands in nobody's frame. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Seconds for which a file whose name tells its content is not asked for again. */
const NAMED_FOR = 31_536_000;

/** Whether the graph has what the console's page asks for. */
export function feedsConsole(schema: GraphQLSchema): boolean {
  const fields = schema.getQueryType()?.getFields() ?? {};
  return ['interfaces', 'incidents', 'dataHealth'].every((name) => fields[name] !== undefined);
}

/**
 * `/console/`: the page of the data centre. Its files hold no data and nothing of the graph, so they are given to
 * anybody; what it shows it asks by GraphQL, as whoever sits before it.
 */
export function serveConsole(app: FastifyInstance, files: readonly ConsoleFile[]): void {
  if (files.length === 0) return;
  app.get('/console', { config: { isPublic: true } }, (_, reply) => reply.redirect('console/', 308));
  for (const { path, type, isNamedByContent, bodies } of files) {
    app.get(`/console/${path}`, { config: { isPublic: true } }, (request, reply) => {
      const accepted = request.headers['accept-encoding'] ?? '';
      const [coding, { bytes, etag }] =
        bodies.find(([name]) => name === 'identity' || accepts(accepted, name)) ?? failWithoutBody(path);
      void reply
        .headers(PAGE_HEADERS)
        .type(type)
        .header('vary', 'accept-encoding')
        .header('etag', etag)
        .header('cache-control', isNamedByContent ? `public, max-age=${NAMED_FOR}, immutable` : 'no-store');
      if (coding !== 'identity') void reply.header('content-encoding', coding);
      if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.send(bytes);
    });
  }
}

function accepts(header: string, coding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === coding && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
  });
}

function failWithoutBody(path: string): never {
  throw new TypeError(`Cannot serve ${path}: it must have been read, but was not`);
}
