import type { Config } from '../../county/config/config.js';
import type { GatewayOptions } from '../../gateway/create-gateway.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { tellSharedStore } from './tell-shared-store.js';

interface OpenedTags {
  /** What a gateway is told of it. */
  readonly options: Pick<GatewayOptions, 'tags'>;
  /** To be called when the gateway is closed. */
  close(): Promise<void>;
}

/**
 * Opens where machines tell each other of answers, if the settings name it.
 *
 * @param onUp told at first, and when it changes.
 */
export async function openTags(
  { gateway: { sharedRedis }, cursorKey }: Pick<Config, 'gateway' | 'cursorKey'>,
  logger: Logger,
  onUp: (isUp: boolean) => void,
): Promise<OpenedTags> {
  if (sharedRedis === null) return { options: {}, close: () => Promise.resolve() };
  // The client is large, and most counties have none.
  const { openRedisTags } = await import('../../runtime/ledger/redis/redis-tags.js');
  const store = await openRedisTags(sharedRedis);
  const onChange = tellSharedStore({
    logger,
    onUp,
    said: {
      up: 'answers of other machines are known again to whoever polls',
      away: 'answers of other machines are not known to whoever polls',
    },
  });
  return { options: { tags: { store, secret: cursorKey, onChange } }, close: store.close };
}
