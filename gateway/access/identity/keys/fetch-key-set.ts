import { openPool } from '../../../../runtime/http/open-pool.js';
import { ACCEPTED_ENCODINGS, readBody } from '../../../../runtime/http/read-body.js';
import { dropBody, sendRequest } from '../../../../runtime/http/send-request.js';
import type { RemoteKeySettings } from '../identity-settings.js';

/** A set of keys has some kilobytes. */
const MAX_BYTES = 256 * 1024;

/**
 * Asks an issuer's address for its set of keys. Redirects are not followed: they would lead away from the configured address.
 * Once an hour no connection is worth keeping.
 *
 * @throws {Error} when there is no answer with 200 in time, or a longer one.
 */
export async function fetchKeySet(settings: RemoteKeySettings): Promise<Buffer> {
  const { timeoutMs, authorities, authorization } = settings;
  const { origin, pathname, search } = new URL(settings.url);
  const pool = openPool(origin, {
    connections: 1,
    connectTimeoutMs: timeoutMs,
    ...(authorities !== null && { authorities }),
  });
  try {
    const answer = await sendRequest(
      pool,
      {
        method: 'GET',
        path: `${pathname}${search}`,
        headers: {
          accept: 'application/jwk-set+json, application/json',
          'accept-encoding': ACCEPTED_ENCODINGS,
          ...(authorization !== null && { authorization: authorization.reveal() }),
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
      { repeatable: true },
    );
    if (answer.statusCode !== 200) {
      dropBody(answer);
      throw new Error(`the answer must have status 200, but has ${answer.statusCode}`);
    }
    const encoding = String(answer.headers['content-encoding'] ?? '');
    return await readBody(answer.body, encoding, MAX_BYTES);
  } finally {
    await pool.destroy();
  }
}
