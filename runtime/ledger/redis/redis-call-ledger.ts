import { type CommandParser, defineScript } from '@redis/client';
import { z } from 'zod';
import type { CallClaim, CallLedger, CallQuestion } from '../call-ledger.js';
import { connectRedis, PATIENCE_MS } from './connect-redis.js';
import { COUNT_CALLS_SCRIPT } from './count-calls-script.js';
import type { RedisAddress } from './redis-address.js';

/** Numbers of one standing in the reply. */
const STANDING_LENGTH = 5;

const replyGrammar = z.array(z.int().min(0)).min(2);

/**
 * A ledger of calls to sources in Redis (7 is tried). Beside what `openRedisLedger` needs: ZADD, ZREM, ZREMRANGEBYSCORE, ZSCORE,
 * ZCARD, ZRANGE, HVALS, HINCRBY, GET and SET.
 *
 * @returns when there is a connection, and after a second at the latest.
 */
export async function openRedisCallLedger(address: RedisAddress): Promise<CallLedger> {
  const redis = await connectRedis(address, { count: COUNT });
  return {
    ask: async (question) => {
      const [machines = 1, isKnown, ...numbers] = replyGrammar.parse(await redis.ready().count(question));
      const standings = question.claims.map((_, index) => {
        const [granted, running = 0, minute = 0, minuteInMs = 0, day = 0] = numbers.slice(
          index * STANDING_LENGTH,
        );
        return { isGranted: granted === 1, running, minute, minuteInMs, day };
      });
      return { standings, machines, isKnown: isKnown === 1 };
    },
    patienceMs: PATIENCE_MS,
    close: async () => redis.close(),
  };
}

const COUNT = defineScript({
  SCRIPT: COUNT_CALLS_SCRIPT,
  IS_READ_ONLY: false,
  parseCommand: (parser: CommandParser, { holder, claims }: CallQuestion) => {
    parser.pushKeysLength(['machines', 'machines:since', ...claims.flatMap(keysOf)]);
    parser.push(holder, ...claims.map(textOf));
  },
  transformReply: (reply: unknown) => reply,
});

function keysOf({ account, day }: CallClaim): readonly string[] {
  const key = `source:${account}`;
  return [`${key}:running`, `${key}:minute`, `${key}:day:${day}`];
}

/** Absent, where nothing limits it: a null of JSON is something in Lua. */
function textOf({ limits, wants, ...said }: CallClaim): string {
  const { concurrent, perMinute, perDay } = limits;
  return JSON.stringify({
    ...said,
    concurrent,
    ...(perMinute !== null && { perMinute }),
    ...(perDay !== null && { perDay }),
    ...(wants !== null && { wants }),
  });
}
