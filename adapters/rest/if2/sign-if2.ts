import { createHmac } from 'node:crypto';

interface If2Request {
  readonly method: string;
  /** The whole path, without query. */
  readonly path: string;
  /** As sent, in the order of the names; empty when there is none. */
  readonly query: string;
  readonly accessKey: string;
  /** RFC 1123, always true GMT: `Tue, 09 Nov 2021 08:49:20 GMT`. */
  readonly date: string;
}

/**
 * Signature of the provincial gateway's second generation (domain §1.1 IF-2): base64 of HMAC-SHA256 over five lines,
 * each with its line break. The body is not part of it.
 */
export function signIf2({ method, path, query, accessKey, date }: If2Request, secretKey: string): string {
  const text = `${method}\n${path}\n${query}\n${accessKey}\n${date}\n`;
  return createHmac('sha256', secretKey).update(text).digest('base64');
}
