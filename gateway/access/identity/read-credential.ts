import type { IncomingHttpHeaders } from 'node:http';
import { readSentKey, type SentKey } from './applications/application-secret.js';
import type { Unauthenticated } from './identity.js';

/** What a request brings along to prove who it comes from. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'key'; readonly sent: SentKey };

/**
 * Reads `authorization: Bearer <token>`, `authorization: ApiKey <id>.<secret>` or `x-api-key: <id>.<secret>`. With two of them
 * a request would be somebody else for a proxy than for us, so it is refused.
 */
export function readCredential(headers: IncomingHttpHeaders): Credential | Unauthenticated {
  const { authorization } = headers;
  const key = headers['x-api-key'];
  if (authorization === undefined && key === undefined)
    return { reason: 'missing', detail: 'neither authorization nor x-api-key' };
  if (authorization !== undefined && key !== undefined)
    return malformed('either authorization or x-api-key must be given, but both are');
  if (key !== undefined) return keyOf(typeof key === 'string' ? key : '');
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return { kind: 'token', token: value };
    case 'apikey':
      return keyOf(value);
    default:
      return malformed('authorization must be Bearer or ApiKey with one value, but is not');
  }
}

function keyOf(text: string): Credential | Unauthenticated {
  const sent = readSentKey(text);
  return sent === null ? malformed('the key must be <id>.<secret>, but is not') : { kind: 'key', sent };
}

function malformed(detail: string): Unauthenticated {
  return { reason: 'malformed', detail };
}
