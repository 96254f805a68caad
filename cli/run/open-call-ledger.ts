import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import type { CountyOptions } from '../../county/open-county.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { tellSharedStore } from './tell-shared-store.js';

interface OpenedCallLedger {
  /** What a county is told of it. */
  readonly options: Pick<CountyOptions, 'callLedger'>;
  /** To be called when the county is closed. */
  close(): Promise<void>;
}

/**
 * Opens where calls to sources are counted with other machines, if the settings name it.
 *
 * @param onUp told at first, and when it changes.
 */
export async function openCallLedger(
  { sharedRedis }: Pick<GatewaySettings, 'sharedRedis'>,
  logger: Logger,
  onUp: (isUp: boolean) => void,
): Promise<OpenedCallLedger> {
  if (sharedRedis === null) return { options: {}, close: () => Promise.resolve() };
  // The client is large, and most counties have none.
  const { openRedisCallLedger } = await import('../../runtime/ledger/redis/redis-call-ledger.js');
  const ledger = await openRedisCallLedger(sharedRedis);
  const onChange = tellSharedStore({
    logger,
    onUp,
    said: {
      up: 'calls to sources are counted for all machines together',
      away: 'calls to sources are counted by this machine alone',
    },
  });
  return { options: { callLedger: { ...ledger, onChange } }, close: ledger.close };
}
