import type { Dispatcher } from 'undici';
import { errorCodeOf } from '../error-code.js';
import type { OriginPool } from './open-pool.js';

/** What a server sends, or the system says, when a kept connection was closed just as it was used again. */
export const STALE_CONNECTION = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

interface OutgoingRequest extends Dispatcher.RequestOptions {
  readonly signal: AbortSignal;
}

/**
 * Sends one request and resolves with the answer's head. Redirects are not followed.
 *
 * @param repeatable whether sending it twice does no harm: it is sent once more, over a new connection, when the kept one
 *   was stale.
 * @throws what undici throws, or the signal's reason.
 */
export async function sendRequest(
  pool: OriginPool,
  request: OutgoingRequest,
  { repeatable }: { readonly repeatable: boolean },
): Promise<Dispatcher.ResponseData> {
  try {
    return await pool.kept.request(request);
  } catch (error) {
    if (!repeatable || request.signal.aborted || !isStaleConnection(error)) throw error;
    return pool.fresh.request(request);
  }
}

/** Frees the connection of an answer that nobody reads; unread it would stay taken, and raise its own error later. */
export function dropBody({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined).destroy();
}

function isStaleConnection(error: unknown): boolean {
  return STALE_CONNECTION.has(errorCodeOf(error) ?? '');
}
