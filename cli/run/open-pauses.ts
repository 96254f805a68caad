import type { Config } from '../../county/config/config.js';
import { type KeptPauses, keepPauses } from '../../county/hands/keep-pauses.js';
import type { RedisHolds } from '../../county/hands/redis-holds.js';
import type { CountyObserver } from '../../county/observe/observer.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Clock } from '../../runtime/clock.js';
import type { RedisAddress } from '../../runtime/ledger/redis/redis-address.js';
import { tellSharedStore } from './tell-shared-store.js';

interface PausesOptions {
  /** Null: pauses end with the process. */
  readonly folder: string | null;
  readonly clock: Clock;
  readonly watching: Pick<CountyObserver, 'holds'>;
  readonly config: {
    readonly today: Config['today'];
    readonly gateway: { readonly sharedRedis: RedisAddress | null };
  };
  readonly logger: Logger;
}

/**
 * What is held back by hand at a process that keeps a county or serves a department, with what other machines hold back that share its
 * history, or else a Redis. One whose clock is its own shares neither.
 *
 * @throws {Error} when a file of it cannot be read.
 */
export async function openPauses({
  folder,
  clock,
  watching: { holds },
  config: { today, gateway },
  logger,
}: PausesOptions): Promise<KeptPauses> {
  const tell = tellSharedStore({
    logger,
    onUp: () => undefined,
    said: {
      up: 'what is held back by hand is shared with other machines',
      away: 'what is held back by hand is known at this machine alone',
    },
  });
  const { sharedRedis } = gateway;
  const redis =
    holds !== null || sharedRedis === null || today !== null ? null : await openRedis(sharedRedis);
  const store = holds ?? redis;
  const kept = keepPauses({
    folder,
    clock,
    shared: store && {
      store,
      onAway: (error) => tell(error === null || error instanceof Error ? error : new Error(String(error))),
    },
    areOthersUntold: store === null && sharedRedis !== null,
  });
  // Nothing is served before it is known what must not be; who cannot be asked by then is asked again.
  await kept.hear();
  return {
    ...kept,
    stop: () => {
      kept.stop();
      redis?.close();
    },
  };
}

/** The client is large, and most counties have none. */
async function openRedis(address: RedisAddress): Promise<RedisHolds> {
  const { openRedisHolds } = await import('../../county/hands/redis-holds.js');
  return openRedisHolds(address);
}
