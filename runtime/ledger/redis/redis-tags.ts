import type { TagStore } from '../tag-store.js';
import { connectRedis, PATIENCE_MS } from './connect-redis.js';
import type { RedisAddress } from './redis-address.js';

/**
 * Texts in Redis (7 is tried). It needs GET and SET on the keys `<prefix>:*`.
 *
 * @returns when there is a connection, and after a second at the latest.
 */
export async function openRedisTags(address: RedisAddress): Promise<TagStore> {
  const redis = await connectRedis(address, {});
  return {
    ask: async (question) => {
      const client = redis.ready();
      if ('find' in question) return { text: await client.get(`tag:${question.find}`) };
      const { keep, text, forMs } = question;
      await client.set(`tag:${keep}`, text, { expiration: { type: 'PX', value: forMs } });
      return { text: null };
    },
    patienceMs: PATIENCE_MS,
    close: async () => redis.close(),
  };
}
