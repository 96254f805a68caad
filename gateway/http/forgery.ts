import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLError } from 'graphql';
import { refusal } from '../../runtime/errors.js';

/** Headers that no page of another origin can send unless it was allowed to. */
const GUARDING_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-request-id'] as const;
const BEARER = /^bearer /i;

/** Why a request by GET may have been made by a page that its user happens to look at; null: it was not. */
export function refuseForgery(headers: IncomingHttpHeaders): GraphQLError | null {
  const isGuarded =
    // Other types are refused before; a page of another origin cannot send this one.
    headers['content-type'] !== undefined ||
    GUARDING_HEADERS.some((name) => (headers[name] ?? '') !== '') ||
    BEARER.test(headers.authorization ?? '');
  if (isGuarded) return null;
  const names = GUARDING_HEADERS.join(', ');
  return refusal(
    'BAD_REQUEST',
    `为防跨站请求伪造，GET 须带 ${names} 之一。Against forgery by other pages a GET must have one of the headers ${names}.`,
  );
}
