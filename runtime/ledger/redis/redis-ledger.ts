import { setTimeout as delay } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { type CommandParser, createClient, defineScript } from '@redis/client';
import { decodeAnswer } from '../asked-ledger.js';
import type { LeaseClaim, LedgerQuestion, QuotaLedger } from '../quota-ledger.js';
import type { RedisAddress } from './redis-address.js';
import { SETTLE_SCRIPT } from './settle-script.js';

/** Between two attempts to connect. Milliseconds. */
const RECONNECT_MS = 250;
const CONNECT_TIMEOUT_MS = 1000;
/** A connection on which nothing comes back to a ping in this time leads nowhere. */
const SILENCE_MS = 3000;
const PING_MS = 1000;

/** Longer than any answer of a Redis that is well, and not felt by a caller. */
const PATIENCE_MS = 100;

/**
 * A ledger in Redis (7 is tried), over one connection that is opened again by itself. It needs the commands EVAL, EVALSHA,
 * HGETALL, HSET, HDEL, PEXPIRE, TIME, PING and HELLO on the keys `<prefix>:*`, and SELECT where the URL names a database.
 *
 * As long as there is no connection, every question fails.
 *
 * @returns when there is a connection, and after a second at the latest.
 */
export async function openRedisLedger(address: RedisAddress): Promise<QuotaLedger> {
  const { url, user, password, authority, prefix } = address;
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
    scripts: { settle: SETTLE },
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
    ask: async (question) => {
      if (!client.isReady) throw new RedisAway(lastError);
      const reply = await client.settle(question);
      return decodeAnswer({ grants: grantsOf(reply) }, question);
    },
    patienceMs: PATIENCE_MS,
    close: async () => client.destroy(),
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

const SETTLE = defineScript({
  SCRIPT: SETTLE_SCRIPT,
  IS_READ_ONLY: false,
  parseCommand: (parser: CommandParser, { holder, turn, claims }: LedgerQuestion) => {
    parser.pushKeysLength(claims.map(({ account }) => account));
    parser.push(holder, String(turn), ...claims.flatMap(numbersOf));
  },
  transformReply: (reply: unknown) => reply,
});

function numbersOf({ limits, tokens, returned, places, running, waiting, ahead }: LeaseClaim): string[] {
  const { rate, burst, concurrent } = limits;
  return [rate, burst, concurrent, tokens, returned, places, running, waiting, ahead].map(String);
}

/** Numbers of one grant in the reply. */
const GRANT_LENGTH = 6;

/** Its shape is checked with the answer. */
function grantsOf(reply: unknown): readonly unknown[] {
  if (!Array.isArray(reply)) return [];
  return Array.from({ length: reply.length / GRANT_LENGTH }, (_, index) => {
    const [stands, tokens, places, tokenInMs, held, spare] = reply.slice(index * GRANT_LENGTH) as unknown[];
    return { stands: stands === 1, tokens, places, tokenInMs, held, spare };
  });
}
