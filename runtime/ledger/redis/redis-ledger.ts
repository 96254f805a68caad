import { type CommandParser, defineScript } from '@redis/client';
import { decodeAnswer } from '../asked-ledger.js';
import type { LeaseClaim, LedgerQuestion, QuotaLedger } from '../quota-ledger.js';
import { connectRedis, PATIENCE_MS } from './connect-redis.js';
import type { RedisAddress } from './redis-address.js';
import { SETTLE_SCRIPT } from './settle-script.js';

/**
 * A ledger in Redis (7 is tried). It needs the commands EVAL, EVALSHA, HGETALL, HSET, HDEL, PEXPIRE, TIME, PING and HELLO on the keys
 * `<prefix>:*`, and SELECT where the URL names a database.
 *
 * As long as there is no connection, every question fails.
 *
 * @returns when there is a connection, and after a second at the latest.
 */
export async function openRedisLedger(address: RedisAddress): Promise<QuotaLedger> {
  const redis = await connectRedis(address, { settle: SETTLE });
  return {
    ask: async (question) => {
      const reply = await redis.ready().settle(question);
      return decodeAnswer({ grants: grantsOf(reply) }, question);
    },
    patienceMs: PATIENCE_MS,
    close: async () => redis.close(),
  };
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
