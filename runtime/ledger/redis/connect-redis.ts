import { setTimeout as delay } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { createClient, type RedisScripts } from '@redis/client';
import type { RedisAddress } from './redis-address.js';

/** Between two attempts to connect. Milliseconds. */
const RECONNECT_MS = 250;
const CONNECT_TIMEOUT_MS = 1000;
/** A connection on which nothing comes back to a ping in this time leads nowhere. */
const SILENCE_MS = 3000;
const PING_MS = 1000;

/** Longer than any answer of a Redis that is well, and not felt by a caller. */
export const PATIENCE_MS = 100;

/**
 * One connection that is opened again by itself. As long as there is none, `ready` throws.
 *
 * @returns when there is a connection, and after a second at the latest.
 */
export async function connectRedis<S extends RedisScripts>(
  { url, user, password, authority, prefix }: RedisAddress,
  scripts: S,
) {
  const client = createClient({
    url,
    ...(user !== null && { username: user }),
    ...(password !== null && { password: password.reveal() }),
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: RECONNECT_MS,
      ...(new URL(url).protocol === 'rediss:' && {
        tls: true,
        ...(authority !== null && { ca: [...rootCertificates, authority] }),
      }),
    },
    keyPrefix: `${prefix}:`,
    pingInterval: PING_MS,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    disableClientInfo: true,
    scripts,
  });
  let lastError: unknown = null;
  // Of the connection; it is tried again. What was asked fails by itself.
  client.on('error', (error) => {
    lastError = error;
  });
  client.on('ready', () => {
    lastError = null;
  });
  // It goes on trying until it is closed, and then nobody needs to hear.
  const connected = client.connect().catch(() => undefined);
  await Promise.race([connected, delay(CONNECT_TIMEOUT_MS, undefined, { ref: false })]);
  return {
    /** @throws {RedisAway} */
    ready: () => {
      if (!client.isReady) throw new RedisAway(lastError);
      return client;
    },
    close: () => client.destroy(),
  };
}

/** There is no connection. */
class RedisAway extends Error {
  override readonly name = 'RedisAway';

  constructor(cause: unknown) {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    super(`Cannot ask Redis: there must be a connection, but there is none${why}`, { cause });
  }
}
