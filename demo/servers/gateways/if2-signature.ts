import { createHmac } from 'node:crypto';

/** What is signed (domain §1.1 IF-2): five lines, the last with a line feed too. The body is not. */
interface If2Signed {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  readonly accessKey: string;
  /** RFC 1123, GMT. */
  readonly date: string;
}

/** Base64 of HMAC-SHA256. */
export function signIf2(secretKey: string, { method, path, query, accessKey, date }: If2Signed): string {
  const text = `${method}\n${path}\n${sortQuery(query)}\n${accessKey}\n${date}\n`;
  return createHmac('sha256', secretKey).update(text, 'utf8').digest('base64');
}

/** By name, then by value, code point by code point; each part stays percent-encoded as it was sent. */
function sortQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((part) => ({ part, name: part.split('=', 1)[0] ?? '' }))
    .sort((left, right) => compare(left.name, right.name) || compare(left.part, right.part))
    .map(({ part }) => part)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
